"""Sites that live for a simulated week: what they post, edit and delete, and when, is drawn from a seed.

A site's board at any moment is made anew from what has happened until then, so that every process sees the
same one, and so that the truth is known at the end.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from random import Random
from typing import Any, Final, Literal

from simulated_clock import BEGIN, DAY, HOUR, MINUTE, moment

from newsbot.sampleboard.articles import WrittenArticle
from newsbot.sampleboard.board import ALLOW_ALL
from newsbot.sampleboard.database import MAIN_BOARD, Database, Post
from newsbot.sampleboard.exchange import Answer, Engine, Request
from newsbot.sampleboard.faults import ROBOTS
from newsbot.sampleboard.generated import GeneratedPosts
from newsbot.sampleboard.gnuboard import Gnuboard
from newsbot.sampleboard.rhymix import Rhymix
from newsbot.sampleboard.table import PlainTable
from newsbot.sampleboard.view import Look

Kind = Literal["post", "edit", "delete", "trash", "hide", "show", "pin", "comment", "move"]
Form = Literal["rhymix", "gnuboard", "table"]

FEED_ROWS: Final = 15
_ENGINES: Final[dict[Form, type[Rhymix | Gnuboard | PlainTable]]] = {
    "rhymix": Rhymix, "gnuboard": Gnuboard, "table": PlainTable,
}  # fmt: skip
_FEEDS: Final[dict[Form, str]] = {"rhymix": "/news/rss", "gnuboard": "/bbs/rss.php?bo_table=news"}
_HOURS: Final = (0.2, 0.1, 0.1, 0.1, 0.2, 0.5, 1.0, 1.4, 1.8, 2.0, 2.0, 1.8, 1.2, 1.6, 1.8, 2.0, 1.8, 1.6,
                 1.2, 0.9, 0.8, 0.7, 0.5, 0.3)  # fmt: skip
_WEEKEND: Final = 0.4  # of a working day's posts
_NUMBER: Final = re.compile(r"(?:/news/|wr_id=|[?&]no=|document_srl=)(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """``post``: which one of the site's, counted from 0. ``dated``: what a new one bears as its date."""

    at: float
    kind: Kind
    post: int
    dated: float = 0.0
    notice: bool = False
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Site:
    """``sources``: the name of each in newsbot.toml, and whether it is the feed."""

    host: str
    form: Form
    look: Look
    happenings: tuple[Happening, ...]
    seed: int
    sources: dict[str, bool] = field(default_factory=dict)

    def url(self, *, feed: bool) -> str:
        path = _FEEDS[self.form] if feed else _ENGINES[self.form].listing_path
        return f"http://{self.host}{path}"

    @cached_property
    def _written(self) -> GeneratedPosts:
        return GeneratedPosts(len(self.happenings), BEGIN, self.seed)

    def article(self, post: int, version: int) -> WrittenArticle:
        """Each version has one paragraph more to it; every second one another headline."""
        article = self._written.post(post).article
        body = [text for _, text in article.truth["body"]]
        more = [f"이 기사는 {number}번째로 고쳐 쓴 대목을 담고 있다." for number in range(1, version + 1)]
        title = article.title + (f" 고침{version // 2}" if version >= 2 else "")
        truth = {**article.truth, "headline": title, "body": [["paragraph", text] for text in (*body, *more)]}
        place = 2 + len(body)
        paragraphs = (*article.paragraphs[:place], *more, *article.paragraphs[place:])
        return dataclasses.replace(article, title=title, paragraphs=paragraphs, truth=truth)


class _Article:
    """A written article that is made when somebody looks at it."""

    category = None

    def __init__(self, site: Site, post: int, version: int) -> None:
        self._made = cache(lambda: site.article(post, version))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made(), name)


class Board:
    """A site's board, which lives on until the moment that it is asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.now = -1e9
        self._gaps = Random(site.seed)
        self._left = iter(site.happenings)
        self._next = next(self._left, None)
        self.ids: list[int] = []  # of the posts, in their order
        self.versions: list[int] = []
        self.database = Database(lambda: moment(self.now), first_id=_ENGINES[site.form].first_id)
        self.engine: Engine = _ENGINES[site.form](self.database, site.look)

    def live_until(self, seconds: float) -> None:
        while self._next is not None and self._next.at <= seconds:
            self.now = self._next.at
            self._happen(self._next)
            self._next = next(self._left, None)
        self.now = seconds

    def answer(self, target: str, user_agent: str) -> Answer:
        if target == ROBOTS:
            return Answer(body=ALLOW_ALL.encode(), content_type="text/plain")
        origin, now = f"http://{self.site.host}", moment(self.now).replace(microsecond=0)
        request = Request(method="GET", target=target, origin=origin, now=now, user_agent=user_agent)
        return self.engine.answer(request)

    def asked_post(self, target: str) -> int | None:
        """Which of the posts is asked for."""
        found = _NUMBER.search(target)
        number = int(found[1]) if found else 0
        return self.ids.index(number) if number in self.ids else None

    def shows(self, post: int, *, feed: bool) -> bool:
        """Whether a reader of the source would find the post in it."""
        known = self.database.get(self.ids[post])
        if known is None or known.state != "live" or known.board != MAIN_BOARD or known.secret:
            return False
        rows = self.database.listed(MAIN_BOARD)
        return not feed or known.id in rows[max(len(rows) - FEED_ROWS, 0) :]

    def _happen(self, what: Happening) -> None:
        if what.kind == "post":
            self._post(what)
            return
        number = self.ids[what.post]
        post = self.database.get(number)
        if post is None or post.state != "live" or post.board != MAIN_BOARD:
            return
        match what.kind:
            case "edit":
                self.versions[what.post] += 1
                article: Any = _Article(self.site, what.post, self.versions[what.post])
                self.database.change(number, article=article, modified=_whole(what.at))
            case "delete":
                self.database.change(number, state="deleted")
            case "trash":
                self.database.change(number, state="trashed")
            case "hide" | "show":
                self.database.change(number, secret=what.kind == "hide")
            case "pin":
                self.database.change(number, notice=True)
            case "comment":
                self.database.comment(number, 1, _whole(what.at))
            case "move":
                self.engine.move(post, "etc")

    def _post(self, what: Happening) -> None:
        gap = self._gaps.randint(0, 3) if self.engine.sparse_ids else 0
        dated, article = _whole(what.dated), _Article(self.site, what.post, 0)
        post = Post(
            id=self.database.reserve(1 + gap), article=article, posted=dated, modified=dated,  # type: ignore[arg-type]
            notice=what.notice, secret=what.secret,
        )  # fmt: skip
        self.database.add(post)
        self.ids.append(post.id)
        self.versions.append(0)


def _whole(seconds: float) -> Any:
    return moment(seconds).replace(microsecond=0)


# ---- all of them -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the sites are drawn from. ``calm``: so many seconds at the end without a fault.

    ``seldom``: every source is asked but a few times a day.
    """

    seed: int
    sources: int
    days: float
    calm: float
    seldom: bool = False


@cache
def sites(plan: Plan) -> dict[str, Site]:
    """By their hosts."""
    return {site.host: site for site in town(plan.seed, plan.sources, plan.days)}


# ---- what happens ----------------------------------------------------------------------------------


def town(seed: int, sources: int, days: float) -> list[Site]:
    """So many sources: most of them boards, some feeds, of which some lie on the host of a board."""
    chance, sites, count = Random(f"town {seed}"), list[Site](), 0
    while count < sources:
        site = _site(Random(f"site {seed} {len(sites)}"), seed * 1000 + len(sites), days)
        kinds = chance.choices(((False,), (True,), (False, True)), (8, 2, 1))[0]
        if site.form == "table" or not site.look.feeds:
            kinds = (False,)
        for feed in kinds[: sources - count]:
            site.sources[f"{'feed' if feed else 'board'}{len(sites):03}"] = feed
            count += 1
        sites.append(site)
    return sites


def _site(chance: Random, seed: int, days: float) -> Site:
    form = chance.choices(tuple(_ENGINES), (4, 4, 2))[0]
    look = Look(page_size=chance.choice((10, 15, 20)), feeds=chance.random() < 0.8)
    if form == "gnuboard":
        look = dataclasses.replace(look, slug_urls=chance.random() < 0.2, feeds=True)
    return Site(
        host=f"site{seed % 1000:03}.example", form=form, look=look, seed=seed,
        happenings=tuple(_happenings(chance, days)),
    )  # fmt: skip


def _happenings(chance: Random, days: float) -> list[Happening]:
    moments = sorted(-chance.expovariate(1 / (3 * DAY)) for _ in range(chance.randint(12, 40)))
    moments += _rhythm(chance, days, a_day=2 ** chance.uniform(0, 4.5))
    found = [each for post, at in enumerate(moments) for each in _life(chance, post, at)]
    return sorted((each for each in found if each.at < days * DAY), key=lambda each: (each.at, each.post))


def _rhythm(chance: Random, days: float, *, a_day: float) -> Iterator[float]:
    """The moments at which something is posted: by day rather than by night, less at week-ends."""
    at = 0.0
    while (at := at + chance.expovariate(2 * a_day / DAY)) < days * DAY:
        when = moment(at)
        often = _HOURS[when.hour] * (_WEEKEND if when.weekday() >= 5 else 1.0)
        if chance.random() < often / 2:
            yield at


def _life(chance: Random, post: int, at: float) -> Iterator[Happening]:
    """What becomes of a post."""
    dated = at - (chance.uniform(0.1, 30) * DAY if chance.random() < 0.04 else 0)
    rare = chance.random()
    yield Happening(
        at=at, kind="post", post=post, dated=dated, notice=rare < 0.03, secret=0.03 <= rare < 0.05
    )
    if 0.05 <= rare < 0.2:
        for _ in range(chance.randint(1, 3)):
            yield Happening(at=at + MINUTE + chance.expovariate(1 / (8 * HOUR)), kind="edit", post=post)
    if chance.random() < 0.1:
        yield Happening(at=at + chance.expovariate(1 / (5 * HOUR)), kind="comment", post=post)
    ends: tuple[Kind | None, ...] = (None, "delete", "trash", "hide", "pin", "move")
    end = chance.choices(ends, (90, 4, 1, 1, 1, 1))[0]
    if end is not None:
        yield Happening(at=at + chance.expovariate(1 / (20 * HOUR)), kind=end, post=post)
