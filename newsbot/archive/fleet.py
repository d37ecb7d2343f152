"""What a fleet asks of an archive on a server: its clock, many sources' runs at once, and who is at work.

Who is at work is seen from the sessions themselves: a crawl holds locks of its session, a worker's session
bears its name. Nothing has to be kept, and nothing is left of those that died.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from newsbot.archive.archive import Archive
from newsbot.archive.postgresql import lock_key
from newsbot.archive.run_records import Look
from newsbot.archive.schema import runs
from newsbot.archive.standing import LOOK
from newsbot.korean.date_forms import KST

WORKER: Final = "newsbot worker"
CRAWL: Final = "crawl of worker"
READING: Final = "reparse of worker"
_LONGEST_NAME: Final = 36  # of a process and its machine; PostgreSQL cuts a session's name at 63 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """A process that is connected to the archive. ``since``: when it connected, by the server's clock."""

    who: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker of the fleet. ``at_once``: how many crawls it may run; ``sources``: whom it crawls now."""

    machine: str
    process: int
    since: datetime
    at_once: int
    sources: tuple[str, ...]


def moment(archive: Archive) -> datetime:
    """Now, by the clock of the server: the same for every machine of a fleet."""
    with archive.reading() as connection:
        now: datetime = connection.execute(sa.select(sa.func.now())).scalar_one()
    return now.astimezone(KST)


def latest_runs(archive: Archive, sources: Collection[str], *, limit: int) -> dict[str, list[Look]]:
    """The latest runs of each of these sources, the latest first; none of a source without any."""
    wanted = (
        sa.func.unnest(sa.literal(list(sources), ARRAY(sa.Text)))
        .table_valued("source")
        .render_derived("wanted")
    )
    latest = (
        sa.select(*LOOK).where(runs.c.source == wanted.c.source).order_by(runs.c.id.desc()).limit(limit)
    ).lateral("latest")
    statement = sa.select(latest).select_from(wanted.join(latest, sa.true())).order_by(latest.c.id.desc())
    found: dict[str, list[Look]] = {}
    with archive.reading() as connection:
        for row in connection.execute(statement).mappings():
            found.setdefault(row["source"], []).append(Look(**row))
    return found


def holders(archive: Archive, sources: Collection[str], hosts: Collection[str] = ()) -> dict[str, AtWork]:
    """Who crawls these sources, or is at these hosts, now. Empty where the archive is a file."""
    if archive.dialect != "postgresql":
        return {}
    keys = {lock_key(f"newsbot: source {source}"): source for source in sources}
    keys |= {lock_key(f"newsbot: source the host {host}"): host for host in hosts}
    with archive.reading() as connection:
        rows = connection.execute(_HOLDERS, {"keys": list(keys)})
        return {keys[row.key]: AtWork(who=row.who, since=row.since.astimezone(KST)) for row in rows}


def workers(archive: Archive, sources: Collection[str] = ()) -> list[Worker]:
    """The workers that are connected now, the one that has been longest first; none where it is a file.

    ``sources``: of these it is seen who crawls them.
    """
    if archive.dialect != "postgresql":
        return []
    held = holders(archive, sources)
    with archive.reading() as connection:
        rows = connection.execute(_WORKERS, {"like": f"{WORKER} %"}).all()
    found = [(named, row.since) for row in rows if (named := _NAMED.fullmatch(row.who))]
    return [
        Worker(
            machine=named["machine"],
            process=int(named["process"]),
            since=since.astimezone(KST),
            at_once=int(named["at_once"]),
            sources=tuple(source for source, by in held.items() if by.who == f"{CRAWL} {named['here']}"),
        )
        for named, since in found
    ]


def end_holder(archive: Archive, source: str) -> bool:
    """Takes a source from the crawl of a worker that holds it; whether one did.

    What its process tries to write afterwards is refused: it has lost its connection.
    """
    given = {"key": lock_key(f"newsbot: source {source}"), "like": f"{CRAWL} %"}
    with archive.reading() as connection:
        return any(connection.execute(_END_HOLDER, given).scalars())


def worker_name(at_once: int) -> str:
    """By which this process, a worker of so many crawls at once, names its session."""
    return f"{WORKER} {_here()}, {at_once} at once"


def as_worker(url: str, what: str = CRAWL) -> str:
    """The archive's URL for a process of this worker, whose session bears the worker's name."""
    given: Mapping[str, str] = {"application_name": f"{what} {_here()}"}
    return sa.make_url(url).update_query_dict(given).render_as_string(hide_password=False)


def _here() -> str:
    return f"{os.getpid()} on {socket.gethostname().partition('.')[0]}"[:_LONGEST_NAME]


_NAMED: Final = re.compile(
    rf"{WORKER} (?P<here>(?P<process>\d+) on (?P<machine>.*)), (?P<at_once>\d+) at once"
)
# A lock's key is shown in halves: https://www.postgresql.org/docs/current/view-pg-locks.html
_KEY: Final = "((l.classid::bigint << 32) | l.objid::bigint)"
_LOCKS: Final = (
    " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.database = a.datid AND l.objsubid = 1"
)
_HOLDERS: Final = sa.text(
    f"SELECT {_KEY} AS key, a.application_name AS who, a.backend_start AS since"
    f"{_LOCKS} AND {_KEY} = ANY(CAST(:keys AS bigint[]))"
)
_END_HOLDER: Final = sa.text(
    f"SELECT pg_terminate_backend(a.pid){_LOCKS} AND {_KEY} = CAST(:key AS bigint)"
    " AND a.application_name LIKE :like"
)
_WORKERS: Final = sa.text(
    "SELECT application_name AS who, min(backend_start) AS since FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE :like"
    " GROUP BY application_name ORDER BY since, who"
)
