"""Sites that are crawled together by one newsbot, each a source of its own, and the people it tells."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from behind_proxy import Proxy, Site, expired_certificate
from commanding import HURRY, in_its_own_process
from crawling import let_time_pass, let_visits_come_due
from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from newsbot.archive import open_archive
from newsbot.archive.schema import runs, troubles
from newsbot.archive.verify_runs import count_anew
from newsbot.korean.dates import KST
from newsbot.sampleboard.articles import load_articles

ONCE_MORE = ("-s", "RETRY_TIMES=1")
LATE = cycle(load_articles()[2:9])


class NoNames(CachingThreadedResolver):
    """Knows no host."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802 - Twisted's name
        return defer.fail(DNSLookupError(name))


class Office:
    """Takes the notices that are sent to it."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                notice = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                office.titles.append(notice["title"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a crawl of all sites came to: its exit code, the state of every site's run, what was said."""

    code: int
    states: dict[str, str]
    err: str


@dataclass(frozen=True, slots=True)
class Town:
    sites: dict[str, Site]
    folder: Path
    proxy: Proxy
    office: Office

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    def crawl(self, *options: str, behind_proxy: bool = True) -> Outlook:
        """Every site, and everything that waits for its time at once."""
        if self.archive.exists():
            let_time_pass(self.archive)
            let_visits_come_due(self.archive)
        config = ("--config", str(self.folder / "newsbot.toml"), "--archive", f"sqlite:///{self.archive}")
        environment = self.proxy.environment if behind_proxy else None
        done = in_its_own_process(
            "crawl", *config, "--json", *HURRY, *ONCE_MORE, *options, environment=environment
        )
        states = {_words(each["source"]): each["state"] for each in done.lines}
        return Outlook(done.code, states, done.err)

    def history(self) -> None:
        """Two crawls of sites that are well, hours ago; since then a post has arrived."""
        for _ in range(2):
            done = self.crawl()
            assert done.code == 0, done.err
            self.arrive()
        with open_archive(f"sqlite:///{self.archive}") as opened, opened.writing() as connection:
            for run in connection.execute(sa.select(runs.c.id, runs.c.started, runs.c.finished)).all():
                before = {name: getattr(run, name) - timedelta(hours=3) for name in ("started", "finished")}
                connection.execute(sa.update(runs).where(runs.c.id == run.id).values(**before))
            list(count_anew(connection))  # they may have begun on the day before

    def well_for_hours(self) -> None:
        """Brings the moment since when troubles have stayed away so far back that they are over."""
        with open_archive(f"sqlite:///{self.archive}") as opened, opened.writing() as connection:
            since = datetime.now(KST) - timedelta(hours=7)
            shown = sa.update(troubles).where(troubles.c.well_since.is_not(None))
            connection.execute(shown.values(well_since=since))

    def arrive(self) -> None:
        article = next(LATE)
        for site in self.sites.values():
            site.post(article)

    def told(self, name: str) -> tuple[str, ...]:
        """The notices of a site, in their order."""
        opening = f"newsbot: {_key(name)}: "
        return tuple(each.removeprefix(opening) for each in self.office.titles if each.startswith(opening))


@contextmanager
def town(names: Iterable[str], folder: Path, **board: Any) -> Iterator[Town]:
    """A site of every name, ``board`` its board."""
    sites = {name: Site(f"{_key(name)}.example", **({"posts": 5, "page_size": 3} | board)) for name in names}
    office = Office()
    config = [f'[notify]\nurls = ["{office.url}"]']
    config += [f'[sources."{_key(name)}"]\nurl = "{site.url}"' for name, site in sites.items()]
    (folder / "newsbot.toml").write_text("\n".join(config), "utf-8")
    with Proxy(tuple(sites.values()), expired_certificate(folder / "proxy.pem")) as proxy:
        yield Town(sites, folder, proxy, office)
    office.close()


def _key(name: str) -> str:
    return name.replace(" ", "-")


def _words(key: str) -> str:
    return key.replace("-", " ")
