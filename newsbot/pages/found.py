"""What a page gives of its article before the Korean reading of its body."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from lxml.html import HtmlElement

from newsbot.items import Origin, Timestamp
from newsbot.korean.dates import read_date
from newsbot.korean.text import tidy
from newsbot.pages.document import Document
from newsbot.pages.labels import Labelled, labelled_values
from newsbot.pages.layout import ArticleLayout, Selectors
from newsbot.pages.line_nodes import is_beside_link
from newsbot.pages.metadata import page_title, properties
from newsbot.pages.posters import poster_above
from newsbot.pages.printed_dates import date_in
from newsbot.pages.selectors import Searched, first, select, text_of, value
from newsbot.pages.surroundings import Surroundings, surroundings


@dataclass(slots=True, kw_only=True)
class Found:
    """Texts as printed, and the node of the body. ``provenance``: where each field was found."""

    body: HtmlElement
    headline: str | None = None
    poster: str | None = None
    published: Timestamp | None = None
    published_raw: str | None = None
    modified: Timestamp | None = None
    modified_raw: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    deck: tuple[str, ...] = ()
    byline_lines: tuple[str, ...] = ()
    beside_date: tuple[str, ...] = ()  # what stands before the date above the body
    source: str | None = None
    holders: tuple[str, ...] = ()  # whose copyright notices the outlet's pages end in
    images: tuple[HtmlElement, ...] = ()  # pictures that stand outside the body
    outside: Set[HtmlElement] = frozenset()  # within the body, but no part of it
    provenance: dict[str, Origin] = field(default_factory=dict)
    byline_origins: dict[str, Origin] = field(default_factory=dict)  # of each byline line, and of the poster

    def origin_of_byline(self, raw: str) -> Origin:
        """Where a byline was found: in the article's own text, unless a line of the page holds it."""
        return next((origin for line, origin in self.byline_origins.items() if raw in line), "text")


def find_by_engine(page: Document, layout: ArticleLayout) -> Found | None:
    """The post of a board whose engine is known; ``None`` where its body is not on the page."""
    body = first_of(page.named, layout.body)
    if body is None:
        return None
    beside = _Beside(page, body)
    date_raw = _printed_date(page.named, layout.date)
    meta = properties(page.root)
    published, origin = _board_date(date_raw, meta, page.now)
    if published is None and (printed := beside.date()):
        published, origin = printed, "text"
    modified = read_date(meta.get("og:article:modified_time", ""), now=page.now)
    if modified and published and modified.value <= published.value:
        modified = None
    headline = _board_headline(page, layout)
    found = Found(
        body=body,
        headline=headline or beside.headline(meta.get("og:title")),
        poster=_poster(page.named, layout.poster) or beside.poster(),
        published=published,
        published_raw=date_raw,
        modified=modified,
        section=value_of(page.named, layout.category),
        keywords=tuple(dict.fromkeys(text for css in layout.keywords for text in _texts(page.named, css))),
        images=tuple(node for css in layout.images for node in select(page.named, css)),
        outside=_outside(page, body, layout.outside),
    )
    found.provenance |= {"body": "layout", "headline": "layout" if headline else "meta"}
    found.provenance |= {"date_published": origin, "date_modified": "meta"}
    found.provenance |= {"provider": "layout", "keywords": "layout", "section": "layout"}
    found.byline_origins |= {found.poster: "layout"} if found.poster else {}
    return found


def _outside(page: Document, body: HtmlElement, selectors: Selectors) -> frozenset[HtmlElement]:
    """What an engine puts into a body; asking the source for its class is far quicker than looking for it."""
    there = [css for css in selectors if css.rpartition(".")[2] in page.text]
    return frozenset(node for css in there for node in select(body, css))


class _Beside:
    """What stands around a body whose skin puts things elsewhere than the layout says; looked at in need."""

    def __init__(self, page: Document, body: HtmlElement) -> None:
        self._page, self._body = page, body

    @cached_property
    def _labelled(self) -> Labelled:
        return labelled_values(self._page.root)

    @cached_property
    def _above(self) -> Surroundings:
        around = surroundings(self._body)
        own = tuple(line for line in around.above if not is_beside_link(line.node))
        return replace(around, above=own, below=(), inside=())

    def headline(self, stated: str | None) -> str | None:
        """The stated title, as far as a line above the body prints it."""
        title = stated or _titled(self._page) or page_title(self._page.root)
        return (self._above.part_of(title) if title else None) or title

    def date(self) -> Timestamp | None:
        printed = date_in(self._labelled.date or "")
        stated = read_date(printed, now=self._page.now) if printed else None
        return stated or self._above.dates(self._page.now).published

    def poster(self) -> str | None:
        return poster_above(self._above, self._labelled.poster, is_article=False)


def _board_headline(page: Document, layout: ArticleLayout) -> str | None:
    node = first_of(page.named, layout.headline)
    heading = _after_trail(node) if node is not None else None
    if heading is None:
        return None
    parts = _title_parts(page)
    if layout.cut_headlines and heading.endswith("…"):
        return parts[0] if parts[0].startswith(heading[:-1]) else heading
    # A category or a date may stand in the heading as well.
    category = value_of(page.named, layout.category) or ""
    bare = heading.removeprefix(category).strip() or heading
    return next((part for part in parts if part and part in heading), bare)


def _title_parts(page: Document) -> tuple[str, str]:
    """What a page's title names before its last ``>`` and behind it: the post, and the board, or reversed."""
    title = page_title(page.root) or ""
    before, mark, behind = title.rpartition(" > ")
    return (before, behind) if mark else ("", "")


def _titled(page: Document) -> str | None:
    """The post's headline in the title of a page that shows it nowhere else (``제목 > 게시판 | 마을``)."""
    return _title_parts(page)[0] or None


def _after_trail(node: HtmlElement) -> str | None:
    """The text of a heading without the trail of links that leads to it (``게시판 › 분류 › 제목``)."""
    trail = select(node, ":scope > a")
    if not trail or "›" not in (trail[-1].tail or ""):
        return text_of(node)
    after = [trail[-1].tail or ""]
    after += [(text_of(part) or "") + (part.tail or "") for part in trail[-1].itersiblings("*")]
    return tidy(tidy("".join(after)).removeprefix("›")) or None


def _poster(searched: Searched, selectors: Selectors) -> str | None:
    """The poster's name, which a phone's page prints before a bar: ``이름 | 날짜``."""
    text = value_of(searched, selectors)
    return tidy(text.partition("|")[0]) or None if text else None


def _printed_date(searched: Searched, selectors: Selectors) -> str | None:
    for css in selectors:
        for node in select(searched, css):
            if printed := date_in(f"{text_of(node) or ''} {node.tail or ''}"):
                return printed
    return None


def _board_date(
    printed_raw: str | None, meta: dict[str, str], now: datetime
) -> tuple[Timestamp | None, Origin]:
    """The printed date; the page's own metadata where it says the same moment more exactly."""
    printed = read_date(printed_raw, now=now) if printed_raw else None
    stated = read_date(meta.get("og:article:published_time", ""), now=now)
    if printed is None or stated is None:
        return printed or stated, "layout" if printed else "meta"
    same_minute = abs((stated.value - printed.value).total_seconds()) < 60
    return (stated, "meta") if same_minute else (printed, "layout")


def first_of(searched: Searched, selectors: Selectors) -> HtmlElement | None:
    return next((node for css in selectors if (node := first(searched, css)) is not None), None)


def value_of(searched: Searched, selectors: Selectors) -> str | None:
    return next((text for css in selectors if (text := value(searched, css))), None)


def _texts(searched: Searched, css: str) -> list[str]:
    return [text for node in select(searched, css) if (text := text_of(node))]
