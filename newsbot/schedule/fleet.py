"""The jobs of a fleet: procrastinate's, as a worker takes them and as the one that plans makes them.

Nothing in them has to be kept: what is due is reckoned from the archive's runs, and a crawl's own hold on its
source and host keeps two apart, whatever stands here.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.periodic import PeriodicDeferrer

from newsbot.errors import ArchiveError
from newsbot.schedule.fleet_server import Forgotten, connector, plainly
from newsbot.schedule.jobs import CRAWLS, FIRST, CrawlJob, ReadingJob, queue_of

logger = logging.getLogger(__name__)

PLANNED: Final = "* * * * * */10"  # cron with seconds: every ten, by one worker of the fleet
HEARTBEAT: Final = 5.0  # seconds between two signs of life of a worker
STALLED: Final = 25.0  # seconds without one; then its jobs are given to others
PLAN: Final = "plan"


Plan = Callable[[], Awaitable[None]]
Take = Callable[[], Coroutine[Any, Any, None]]


class Jobs:
    """``name``: of its session with the server; ``plan``, of a worker, has the jobs made that are due.

    A context manager, once. Every method raises Away: the server is out of reach.
    """

    def __init__(self, url: str, *, name: str, plan: Plan | None = None) -> None:
        self._plan = plan
        self._worker = 0
        self._cut = -math.inf  # when the server last gave no answer to a sign of life
        self._unsettled: dict[int, Callable[[], Awaitable[None]]] = {}  # while the server was away
        self._app = procrastinate.App(connector=connector(url, name))
        self._app.periodic(cron=PLANNED)(
            self._app.task(name=PLAN, queue=PLAN, queueing_lock=PLAN, priority=FIRST + 1)(_planned)
        )

    async def __aenter__(self) -> Jobs:
        with plainly():
            await self._app.open_async()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._app.close_async()

    # --- as a worker

    async def work(self, take: Take) -> None:
        """Is a worker of the fleet for as long as ``take`` runs, which is let end when this is cancelled."""
        await self._enter()
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

    async def _enter(self) -> None:
        with plainly():
            await self._app.job_manager.prune_stalled_workers(STALLED)
            self._worker = await self._app.job_manager.register_worker()

    async def next(self, queues: Sequence[str]) -> CrawlJob | ReadingJob | None:
        """Takes the next job of these queues that may begin now; makes the plan first if that is due."""
        while job := await self._fetch([PLAN, *queues]):
            if job.task_name != PLAN:
                return _job(job)
            try:
                if self._plan is not None:
                    await self._plan()
            finally:
                await self.forget(job)
        return None

    async def _fetch(self, queues: Sequence[str]) -> Job | None:
        try:
            with plainly():
                job = await self._app.job_manager.fetch_job(queues=queues, worker_id=self._worker)
        except Forgotten:
            logger.warning("this worker gave no sign of life, and others took its jobs over: it begins anew")
            await self._enter()
            return None
        await self._settle_rest()
        return job

    async def waiting(self) -> tuple[int, int]:
        """How many crawls wait now, and how many workers there are."""
        with plainly():
            row = await self._app.connector.execute_query_one_async(_WAITING, queue=CRAWLS, alive=STALLED)
        return row["crawls"], row["workers"]

    async def settle(
        self, job: CrawlJob | ReadingJob, again: timedelta | None, *, first: bool = False
    ) -> None:
        """Ends a job, or has it tried again after so long; later, if the server is away.

        ``first``: before all others that wait, and nothing else at its host until then.
        """
        if again is None:
            await self.forget(job)
            return
        with self._unless_away(job.id, partial(self.settle, job, again, first=first)):
            # Behind the others: one that is to be tried later holds up no other one of its host.
            when, priority = datetime.now(UTC) + again, FIRST if first else job.priority - 1
            await self._app.job_manager.retry_job_by_id_async(job.id, retry_at=when, priority=priority)

    async def has(self, job: int) -> bool:
        """Whether a job is this worker's yet."""
        with plainly():
            found = await self._app.connector.execute_query_all_async(_HAS, job=job, worker=self._worker)
        return bool(found)

    @contextmanager
    def _unless_away(self, job: int, anew: Callable[[], Awaitable[None]]) -> Iterator[None]:
        try:
            yield
        except ConnectorException as error:  # else it has ended meanwhile
            if isinstance(error.__cause__, psycopg.OperationalError):
                self._unsettled[job] = anew

    async def _settle_rest(self) -> None:
        left, self._unsettled = self._unsettled, {}
        for job, anew in left.items():
            if await self.has(job):
                await anew()

    async def leave(self, job: CrawlJob) -> None:
        """Leaves a job to those workers that know its source."""
        await self.defer(job, queue_of(job.source))
        await self.forget(job)

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self._app.job_manager.update_heartbeat(self._worker)
            except ConnectorException:
                self._cut = asyncio.get_running_loop().time()

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
        with plainly(), suppress(AlreadyEnqueued):
            await task.defer_async(**job.given)

    async def crawls(self) -> list[CrawlJob]:
        """The crawls that wait or run, on any machine."""
        with plainly():
            jobs = await self._app.job_manager.list_jobs_async(task=CrawlJob.task)
        return [job for each in jobs if isinstance(job := _job(each), CrawlJob)]

    async def readings(self) -> list[ReadingJob]:
        """The capture files that wait to be read again, or are being read, on any machine."""
        with plainly():
            jobs = await self._app.job_manager.list_jobs_async(task=ReadingJob.task)
        return [job for each in jobs if isinstance(job := _job(each), ReadingJob)]

    async def stalled(self) -> list[CrawlJob | ReadingJob]:
        """The jobs of workers that show no sign of life; plans of such workers are forgotten.

        None for a while after the server was away: the others have yet to show theirs.
        """
        if asyncio.get_running_loop().time() - self._cut < STALLED:
            return []
        manager = self._app.job_manager
        with plainly():
            jobs = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED))
        for job in jobs:
            if job.task_name == PLAN:
                await self.forget(job)
        return [_job(job) for job in jobs if job.task_name != PLAN]

    async def retry(self, job: CrawlJob | ReadingJob, when: datetime) -> None:
        """Gives a job of a worker that is gone to the others: before all that wait, the first time."""
        priority = FIRST if isinstance(job, CrawlJob) and not job.attempts else job.priority
        try:
            with plainly():
                await self._app.job_manager.retry_job_by_id_async(job.id, retry_at=when, priority=priority)
        except UniqueViolation:  # another one waits already
            await self.forget(job)

    async def forget(self, job: CrawlJob | ReadingJob | Job) -> None:
        if job.id is None:
            return
        with self._unless_away(job.id, partial(self.forget, job)):
            await self._app.job_manager.finish_job_by_id_async(job.id, Status.SUCCEEDED, delete_job=True)


def queues_of(sources: Collection[str]) -> list[str]:
    """What a worker serves that knows these sources."""
    return [CRAWLS, *map(queue_of, sources)]


async def _planned(timestamp: int) -> None:
    """A plan's place in the queue; who takes it makes it (``Jobs.next``)."""


_WAITING: Final = (
    "SELECT (SELECT count(*) FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => %(alive)s)) AS workers,"
    " (SELECT count(*) FROM procrastinate_jobs WHERE queue_name = %(queue)s AND status = 'todo'"
    " AND (scheduled_at IS NULL OR scheduled_at <= now())) AS crawls"
)


_HAS: Final = (
    "SELECT id FROM procrastinate_jobs WHERE id = %(job)s AND worker_id = %(worker)s AND status = 'doing'"
)


def _job(job: Job) -> CrawlJob | ReadingJob:
    kind = CrawlJob if job.task_name == CrawlJob.task else ReadingJob
    found = kind.taken(
        job.task_kwargs,
        id=job.id or 0,
        attempts=job.attempts,
        running=job.status == Status.DOING.value,
        waits=job.status == Status.TODO.value and job.priority < kind.priority,
    )
    return replace(found, first=job.priority >= FIRST) if isinstance(found, CrawlJob) else found
