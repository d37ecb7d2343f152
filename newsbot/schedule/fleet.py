"""The jobs of a fleet: procrastinate's tables, in the archive's own database.

Nothing in them has to be kept: what is due is reckoned from the archive's runs, and a crawl's own hold on its
source and host keeps two apart, whatever stands here. So the tables lie in a PostgreSQL schema that is
named for procrastinate's version of them. A newer one makes its own; the workers of the older one go on with
theirs until they are restarted, and then it may be dropped.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import procrastinate
import sqlalchemy as sa
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.periodic import PeriodicDeferrer
from procrastinate.schema import SchemaManager

from newsbot.archive import Archive
from newsbot.errors import ArchiveError
from newsbot.schedule.jobs import CRAWLS, FIRST, CrawlJob, ReadingJob, queue_of

PLANNED: Final = "* * * * * */10"  # cron with seconds: every ten, by one worker of the fleet
HEARTBEAT: Final = 5.0  # seconds between two signs of life of a worker
STALLED: Final = 25.0  # seconds without one; then its jobs are given to others
PLAN: Final = "plan"


Plan = Callable[[], Awaitable[None]]
Take = Callable[[], Coroutine[Any, Any, None]]


class Jobs:
    """``name``: of its session with the server; ``plan``, of a worker, has the jobs made that are due.

    A context manager, once. Every method raises ArchiveError: the server is out of reach.
    """

    def __init__(self, url: str, *, name: str, plan: Plan | None = None) -> None:
        self._plan = plan
        self._worker = 0
        self._app = procrastinate.App(connector=_connector(url, name))
        self._app.periodic(cron=PLANNED)(
            self._app.task(name=PLAN, queue=PLAN, queueing_lock=PLAN, priority=FIRST + 1)(_planned)
        )

    async def __aenter__(self) -> Jobs:
        with _plainly():
            await self._app.open_async()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._app.close_async()

    # --- as a worker

    async def work(self, take: Take) -> None:
        """Is a worker of the fleet for as long as ``take`` runs, which is let end when this is cancelled."""
        with _plainly():
            await self._app.job_manager.prune_stalled_workers(STALLED)
            self._worker = await self._app.job_manager.register_worker()
        beside = [asyncio.ensure_future(each) for each in (self._live(), self._defer_plans())]
        taking = asyncio.ensure_future(take())
        try:
            await asyncio.shield(taking)
        except asyncio.CancelledError:
            with suppress(ArchiveError):  # it was told to stop, and what is left others will find
                await taking
            raise
        finally:
            for each in beside:
                each.cancel()
            with suppress(ConnectorException):
                await self._app.job_manager.unregister_worker(self._worker)

    async def next(self, queues: Sequence[str]) -> CrawlJob | ReadingJob | None:
        """Takes the next job of these queues that may begin now; makes the plan first if that is due."""
        manager = self._app.job_manager
        with _plainly():
            while job := await manager.fetch_job(queues=[PLAN, *queues], worker_id=self._worker):
                if job.task_name != PLAN:
                    return _job(job)
                if self._plan is not None:
                    await self._plan()
                await self.forget(job)
        return None

    async def waiting(self) -> tuple[int, int]:
        """How many crawls wait now, and how many workers there are."""
        with _plainly():
            row = await self._app.connector.execute_query_one_async(_WAITING, queue=CRAWLS, alive=STALLED)
        return row["crawls"], row["workers"]

    async def settle(
        self, job: CrawlJob | ReadingJob, again: timedelta | None, *, first: bool = False
    ) -> None:
        """Ends a job, or has it tried again after so long. One that cannot be ended is stalled, some day.

        ``first``: before all others that wait, and nothing else at its host until then.
        """
        if again is None:
            await self.forget(job)
            return
        with suppress(ConnectorException):
            # Behind the others: one that is to be tried later holds up no other one of its host.
            when, priority = datetime.now(UTC) + again, FIRST if first else job.priority - 1
            await self._app.job_manager.retry_job_by_id_async(job.id, retry_at=when, priority=priority)

    async def leave(self, job: CrawlJob) -> None:
        """Leaves a job to those workers that know its source."""
        await self.defer(job, queue_of(job.source))
        await self.forget(job)

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            with suppress(ConnectorException):
                await self._app.job_manager.update_heartbeat(self._worker)

    async def _defer_plans(self) -> None:
        deferrer = PeriodicDeferrer(self._app.periodic_registry, **self._app.periodic_defaults)
        while True:
            with suppress(ConnectorException):
                await deferrer.worker()
            await asyncio.sleep(HEARTBEAT)

    # --- as the one that plans

    async def defer(self, job: CrawlJob | ReadingJob, queue: str | None = None) -> None:
        """Has a job done; one that waits already is not made twice."""
        first = isinstance(job, CrawlJob) and job.first
        task = self._app.configure_task(
            job.task,
            lock=job.lock,
            queueing_lock=f"{job.task}:{job.name}",
            queue=queue or job.queue,
            priority=FIRST if first else job.priority,
        )
        with _plainly(), suppress(AlreadyEnqueued):
            await task.defer_async(**job.given)

    async def crawls(self) -> list[CrawlJob]:
        """The crawls that wait or run, on any machine."""
        with _plainly():
            jobs = await self._app.job_manager.list_jobs_async(task=CrawlJob.task)
        return [job for each in jobs if isinstance(job := _job(each), CrawlJob)]

    async def readings(self) -> list[ReadingJob]:
        """The capture files that wait to be read again, or are being read, on any machine."""
        with _plainly():
            jobs = await self._app.job_manager.list_jobs_async(task=ReadingJob.task)
        return [job for each in jobs if isinstance(job := _job(each), ReadingJob)]

    async def stalled(self) -> list[CrawlJob | ReadingJob]:
        """The jobs of workers that show no sign of life; plans of such workers are forgotten."""
        manager = self._app.job_manager
        with _plainly():
            jobs = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED))
        for job in jobs:
            if job.task_name == PLAN:
                await self.forget(job)
        return [_job(job) for job in jobs if job.task_name != PLAN]

    async def retry(self, job: CrawlJob | ReadingJob, when: datetime) -> None:
        """Gives a job of a worker that is gone to the others: before all that wait, the first time."""
        priority = FIRST if isinstance(job, CrawlJob) and not job.attempts else job.priority
        try:
            with _plainly():
                await self._app.job_manager.retry_job_by_id_async(job.id, retry_at=when, priority=priority)
        except UniqueViolation:  # another one waits already
            await self.forget(job)

    async def forget(self, job: CrawlJob | ReadingJob | Job) -> None:
        if job.id is None:
            return
        with suppress(ConnectorException):  # it has ended meanwhile
            await self._app.job_manager.finish_job_by_id_async(job.id, Status.SUCCEEDED, delete_job=True)


def queues_of(sources: Collection[str]) -> list[str]:
    """What a worker serves that knows these sources."""
    return [CRAWLS, *map(queue_of, sources)]


def is_prepared(archive: Archive) -> bool:
    """Whether there are tables of jobs. Raises ArchiveError."""
    with archive.reading() as connection:
        return _has(connection, schema_name())


def prepare(archive: Archive) -> None:
    """Makes the tables of the jobs, unless they are there. Raises ArchiveError."""
    schema = schema_name()
    if is_prepared(archive):
        return
    with archive.writing() as connection:
        if _has(connection, schema):  # another worker was first
            return
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        connection.exec_driver_sql(f"SET LOCAL search_path = {schema}")
        plain = connection.execution_options(no_parameters=True)  # its text has per cent signs
        plain.exec_driver_sql(SchemaManager.get_schema())


def _has(connection: sa.Connection, schema: str) -> bool:
    known = sa.text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
    return bool(connection.execute(known, {"name": schema}).scalar_one())


def schema_name() -> str:
    """The PostgreSQL schema of the jobs, by the last change that procrastinate made to its tables."""
    changes = (path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    last = max(re.findall(r"\d\d\.\d\d\.\d\d", " ".join(changes)))
    return f"procrastinate_{last.replace('.', '_')}"


async def _planned(timestamp: int) -> None:
    """A plan's place in the queue; who takes it makes it (``Jobs.next``)."""


_WAITING: Final = (
    "SELECT (SELECT count(*) FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => %(alive)s)) AS workers,"
    " (SELECT count(*) FROM procrastinate_jobs WHERE queue_name = %(queue)s AND status = 'todo'"
    " AND (scheduled_at IS NULL OR scheduled_at <= now())) AS crawls"
)


def _connector(url: str, name: str) -> procrastinate.PsycopgConnector:
    conninfo = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    given = {
        # A worker that was stopped in the middle of a statement or two keeps nobody waiting for long.
        "options": f"-c search_path={schema_name()} -c idle_in_transaction_session_timeout=10s",
        "application_name": name,
        "connect_timeout": 10,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    # One connection, for as long as it lasts: connections are what a server has fewest of.
    return procrastinate.PsycopgConnector(
        conninfo=conninfo, kwargs=given, min_size=1, max_size=1, timeout=10, max_lifetime=86400.0
    )


def _job(job: Job) -> CrawlJob | ReadingJob:
    kind = CrawlJob if job.task_name == CrawlJob.task else ReadingJob
    return kind.taken(
        job.task_kwargs,
        id=job.id or 0,
        attempts=job.attempts,
        running=job.status == Status.DOING.value,
        waits=job.status == Status.TODO.value and job.priority < kind.priority,
    )


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except UniqueViolation:
        raise
    except ConnectorException as error:
        said = str(error.__cause__ or error).strip().splitlines()
        raise ArchiveError(
            f"the fleet's jobs cannot be had from the archive's server: {said[0] if said else error!r}"
        ) from error
