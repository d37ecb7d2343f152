"""The jobs of a fleet: procrastinate's tables, in the archive's own database.

Nothing in them has to be kept: what is due is reckoned from the archive's runs, and a crawl's own hold on its
source and host keeps two apart, whatever stands here. So the tables lie in a PostgreSQL schema that is
named for procrastinate's version of them. A newer one makes its own; the workers of the older one go on with
theirs until they are restarted, and then it may be dropped.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import procrastinate
import sqlalchemy as sa
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.schema import SchemaManager
from procrastinate.worker import Worker

from newsbot.archive import Archive
from newsbot.archive.fleet import worker_name
from newsbot.errors import ArchiveError

PLANNED: Final = "* * * * * */10"  # cron with seconds: every ten, by one worker of the fleet
HEARTBEAT: Final = 5.0  # seconds between two signs of life of a worker
STALLED: Final = 25.0  # seconds without one; then its jobs are given to others
POLL: Final = 2.0  # seconds between two looks for a job; a session that listens would cost a connection more
BEHIND: Final = -1  # priority of a job that is tried again: it holds up no other one of its host
_PLAN: Final = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlJob:
    """A source to be crawled. ``source``: its key in the archive; ``after``: its latest run, as planned.

    ``attempts``: how often the job was begun before. ``planned``: by the server's clock.
    ``running``: by a worker, of which nothing need be left. ``waits``: to be tried again, later.
    """

    id: int
    source: str
    host: str
    after: int
    planned: datetime
    attempts: int = 0
    running: bool = False
    waits: bool = False


Plan = Callable[[], Awaitable[None]]
Crawl = Callable[[CrawlJob], Awaitable[timedelta | None]]


class TryAgain(Exception):
    def __init__(self, after: timedelta) -> None:
        super().__init__(f"to be tried again after {after}")
        self.after = after


class Jobs:
    """``plan`` has the jobs made that are due; ``crawl`` does one, and says when to try it again, or None.

    A context manager, once. Every method raises ArchiveError: the server is out of reach.
    """

    def __init__(self, url: str, *, plan: Plan, crawl: Crawl) -> None:
        self._plan = plan
        self._crawl = crawl
        self._app = procrastinate.App(connector=_connector(url))
        self._app.task(name="crawl", pass_context=True, retry=_Again())(self._do_crawl)
        planning = self._app.task(name=_PLAN, queue=_PLAN, queueing_lock=_PLAN, priority=1)
        self._app.periodic(cron=PLANNED)(planning(self._do_plan))

    async def __aenter__(self) -> Jobs:
        try:
            await self._app.open_async()
        except ConnectorException as error:
            raise _away(error) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._app.close_async()

    async def work(self, queues: list[str], *, at_once: int, wait: bool = True) -> None:
        """Does the jobs of these queues, so many at once, until it is cancelled; then what is in hand ends.

        ``queues`` may be changed meanwhile. Without ``wait``: until there is no job that may begin.
        """
        worker = Worker(
            self._app,
            queues=queues,
            concurrency=at_once,
            wait=wait,
            fetch_job_polling_interval=POLL,
            listen_notify=False,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
        )
        living = asyncio.get_running_loop().create_task(self._live(worker))
        try:
            await worker.run()  # type: ignore[no-untyped-call]
        except ConnectorException as error:
            raise _away(error) from error
        finally:
            living.cancel()

    async def _live(self, worker: Worker) -> None:
        """Signs of life to the end: of itself, a worker that lets its last jobs end gives none any more."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            if worker.worker_id is not None:
                with suppress(ConnectorException):
                    await self._app.job_manager.update_heartbeat(worker.worker_id)

    async def defer(self, source: str, *, host: str, after: int, planned: datetime) -> None:
        """Has a source crawled; one that waits already is not made twice."""
        job = self._app.configure_task(
            "crawl", lock=f"host:{host}", queueing_lock=f"source:{source}", queue=queue_of(source)
        )
        try:
            await job.defer_async(source=source, host=host, after=after, planned=planned.isoformat())
        except AlreadyEnqueued:
            pass
        except ConnectorException as error:
            raise _away(error) from error

    async def crawls(self) -> list[CrawlJob]:
        """The crawls that wait or run, on any machine."""
        try:
            return [_crawl_job(job) for job in await self._app.job_manager.list_jobs_async(task="crawl")]
        except ConnectorException as error:
            raise _away(error) from error

    async def stalled(self) -> list[CrawlJob]:
        """The crawls of workers that show no sign of life; plans of such workers are forgotten."""
        try:
            jobs = list(await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED))
        except ConnectorException as error:
            raise _away(error) from error
        for job in jobs:
            if job.task_name == _PLAN:
                await self.forget(job)
        return [_crawl_job(job) for job in jobs if job.task_name != _PLAN]

    async def retry(self, job: CrawlJob, when: datetime) -> None:
        """Gives a job of a worker that is gone to the others."""
        try:
            await self._app.job_manager.retry_job_by_id_async(job.id, retry_at=when)
        except UniqueViolation:  # another one waits already
            await self.forget(job)
        except ConnectorException as error:
            raise _away(error) from error

    async def forget(self, job: CrawlJob | Job) -> None:
        if job.id is None:
            return
        with suppress(ConnectorException):  # it has ended meanwhile
            await self._app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)

    async def _do_plan(self, timestamp: int) -> None:  # noqa: ARG002 - of procrastinate's
        await self._plan()

    async def _do_crawl(self, context: procrastinate.JobContext, /, **_: Any) -> None:
        again = await self._crawl(_crawl_job(context.job))
        if again is not None:
            raise TryAgain(again)


def queue_of(source: str) -> str:
    """The queue of a source's jobs: a worker serves those of the sources that it knows."""
    return f"source-{sha256(source.encode()).hexdigest()[:24]}"


def queues_of(sources: Collection[str]) -> list[str]:
    """What a worker that knows these sources serves."""
    return [_PLAN, *map(queue_of, sources)]


def prepare(archive: Archive) -> None:
    """Makes the tables of the jobs, unless they are there. Raises ArchiveError."""
    schema = schema_name()
    with archive.reading() as connection:
        if _has(connection, schema):
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


class _Again(procrastinate.BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:  # noqa: ARG002
        if not isinstance(exception, TryAgain):
            return None
        seconds = int(exception.after.total_seconds())
        return procrastinate.RetryDecision(retry_in={"seconds": seconds}, priority=BEHIND)


def _connector(url: str) -> procrastinate.PsycopgConnector:
    conninfo = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    given = {
        # A worker that was stopped in the middle of a statement or two keeps nobody waiting for long.
        "options": f"-c search_path={schema_name()} -c idle_in_transaction_session_timeout=10s",
        "application_name": worker_name(),
        "connect_timeout": 10,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    # One connection, for as long as it lasts: connections are what a server has fewest of.
    return procrastinate.PsycopgConnector(
        conninfo=conninfo, kwargs=given, min_size=1, max_size=1, timeout=10, max_lifetime=86400.0
    )


def _crawl_job(job: Job) -> CrawlJob:
    given: Mapping[str, Any] = job.task_kwargs
    return CrawlJob(
        id=job.id or 0,
        source=given["source"],
        host=given["host"],
        after=given["after"],
        planned=datetime.fromisoformat(given["planned"]),
        attempts=job.attempts,
        running=job.status == Status.DOING.value,
        waits=job.status == Status.TODO.value and job.scheduled_at is not None and job.priority == BEHIND,
    )


def _away(error: ConnectorException) -> ArchiveError:
    said = str(error.__cause__ or error).strip().splitlines()
    return ArchiveError(
        f"the fleet's jobs cannot be had from the archive's server: {said[0] if said else error!r}"
    )
