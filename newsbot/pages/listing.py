"""A page of a listing into its headlines, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from newsbot.errors import NotAListing
from newsbot.items import Flag, Headline, Listing
from newsbot.korean.dates import read_date, resolve_listed
from newsbot.korean.text import tidy
from newsbot.pages.document import Document
from newsbot.pages.engines import engine_of
from newsbot.pages.layout import Engine, ListingLayout, TableLayout
from newsbot.pages.links import (
    PAGE_PARAMETER,
    Post,
    listing_key,
    page_number,
    plain_posts,
    with_page,
)
from newsbot.pages.selectors import classes, elements, first, first_text, select, text_of
from newsbot.pages.tables import HeadedTable, Role, headed_tables

_NOTICE_NUMBER = re.compile(r"\[?\s*(?:.{0,4}공지.{0,2}|알림|필독|notice|안내)\s*]?", re.I)
_COUNT = re.compile(r"[\[(+]?\s*(\d[\d,]*)\s*[\])]?")
_COUNT_CLASS = re.compile(r"cmt|comment|repl(?:y|ies)|(?:^|[-_])(?:cnt|count)(?:$|[-_])", re.I)
_ASIDE_CLASS = re.compile(
    r"sound_only|blind|sr-only|(?:^|[-_])(?:new|hot|file|lock|secret|icon|ico|badge|label)(?:$|[-_])", re.I
)
_FLAG_WORDS: dict[str, Flag] = {
    "new": "new", "새글": "new", "update": "update", "updated": "update", "secret": "secret", "비밀글": "secret",
    "lock": "secret", "file": "file", "첨부": "file", "attach": "file", "image": "image", "photo": "image",
    "notice": "notice",
}  # fmt: skip
_HREFS = etree.XPath("//a/@href", smart_strings=False)
_PAGE_OF = re.compile(r"(\d+)\s*/\s*([\d,]+)")


@dataclass(slots=True, kw_only=True)
class _Row:
    """What one row shows, before its link is identified and its date resolved."""

    link: str
    title: str
    number: str | None = None
    poster: str | None = None
    date_raw: str | None = None
    views: int | None = None
    comments: int | None = None
    category: str | None = None
    notice: bool = False
    flags: list[Flag] = field(default_factory=list)


def read_listing(page: Document) -> Listing:
    """The headlines of a listing page, notices included.

    A listing whose table is there but empty has no headlines: that is its end. Raises
    ``NotAListing`` where no listing is on the page at all, which is never the end.
    """
    engine = engine_of(page)
    rows = _rows(page, engine)
    if rows is None:
        raise NotAListing(
            f"no listing on {page.url}: no table with a 제목 column, and no list of a known board"
        )
    posts = _posts(page, engine, rows)
    kept = [(row, posts[row.link]) for row in rows if row.link in posts]
    headlines = _headlines(page, kept)
    name = engine.name if engine else "table"
    return Listing(
        url=page.url, engine=name, headlines=tuple(headlines), next_page=_next_page(page, engine, rows)
    )


def _headlines(page: Document, rows: list[tuple[_Row, Post]]) -> Iterator[Headline]:
    # Notices stand above the order of the list: they tell nothing of the year of the rows below.
    moments = resolve_listed([None if row.notice else row.date_raw for row, _ in rows], now=page.fetched)
    seen: set[str] = set()
    for (row, post), resolved in zip(rows, moments, strict=True):
        if post.key in seen:
            continue
        moment = read_date(row.date_raw, now=page.fetched) if row.notice and row.date_raw else resolved
        seen.add(post.key)
        yield Headline(
            document_id=post.document_id,
            url=post.url,
            title=row.title,
            number=row.number,
            poster=row.poster,
            date_raw=row.date_raw,
            date_listed=moment.value if moment else None,
            date_precision=moment.precision if moment else None,
            views=row.views,
            comments=row.comments,
            category=row.category,
            notice=row.notice,
            flags=tuple(dict.fromkeys(row.flags)),
        )


def _posts(page: Document, engine: Engine | None, rows: list[_Row]) -> dict[str, Post]:
    """The post of each row's link; links out of the listing's host are no rows of it."""
    own = [row.link for row in rows if urlsplit(row.link).hostname == urlsplit(page.url).hostname]
    if engine is None:
        return plain_posts(own)
    posts = {link: post for link in own if (post := engine.post(link))}
    return {link: _as_rewritten(page, link, post) for link, post in posts.items()}


_REWRITES = re.compile(r"rewrite_level\s*=\s*[12]")


def _as_rewritten(page: Document, link: str, post: Post) -> Post:
    """One canonical form on a site that rewrites its addresses, also where a link came unrewritten."""
    if "/index.php?" in link and post.board and _REWRITES.search(page.text):
        folder = post.key.removesuffix(post.document_id)
        origin = (
            post.url.partition("/index.php?")[0].removesuffix(f"/{folder.rstrip('/')}") if folder else None
        )
        start = origin or post.url.partition("/index.php?")[0]
        return replace(post, url=f"{start}/{folder}{post.board}/{post.document_id}")
    return post


def _rows(page: Document, engine: Engine | None) -> list[_Row] | None:
    """The rows of the page's listing, ``None`` where it has none."""
    for layout in engine.listings if engine else ():
        if first(page.root, layout.container) is not None:
            nodes = select(page.root, layout.row)
            return [row for node in nodes if (row := _listed(page, node, layout))]
    tables = headed_tables(page.root)
    if not tables:
        return None
    extras = engine.table if engine else TableLayout()
    read = [(table, _table_rows(page, table, extras)) for table in tables]
    best, rows = max(read, key=lambda found: (len(found[1]), len(set(found[0].roles.values()))))
    notices = [r for t, others in read if t is not best and t.roles == best.roles for r in others]
    return notices + rows


def _listed(page: Document, node: HtmlElement, layout: ListingLayout) -> _Row | None:
    link, title = first(node, layout.link), first(node, layout.title)
    if link is None or title is None or not link.get("href"):
        return None
    text, flags, inner_count = _title(title)
    if not text:
        return None
    comments = first_text(node, layout.comments) if layout.comments else None
    category = _leading_category(node, layout)
    return _Row(
        link=page.absolute(link.get("href", "")),
        title=text,
        poster=_own_text(first(node, layout.poster)) if layout.poster else None,
        date_raw=_own_text(first(node, layout.date)) if layout.date else None,
        views=_number(_own_text(first(node, layout.views))) if layout.views else None,
        comments=_number(comments) if comments else inner_count,
        category=category,
        notice=layout.notice is not None and first(node, layout.notice) is not None,
        flags=flags + _flags(node),
    )


def _leading_category(node: HtmlElement, layout: ListingLayout) -> str | None:
    """The category's name: an element's text, or what stands before ``›`` in the title's box."""
    if layout.category is None or (found := first(node, layout.category)) is None:
        return None
    before, mark, _ = (text_of(found) or "").partition("›")
    if not mark:
        return before if found.tag == "a" else None
    return before.removeprefix("공지").strip() or None


def _table_rows(page: Document, table: HeadedTable, extras: TableLayout) -> list[_Row]:
    return [row for node in table.rows if (row := _table_row(page, node, table, extras))]


def _table_row(page: Document, node: HtmlElement, table: HeadedTable, extras: TableLayout) -> _Row | None:
    cells = table.cells(node)
    for cell in cells.get("title", ()):
        if (link := _title_link(cell, extras)) is not None:
            break
    else:
        return None
    text, flags, inner_count = _title(link)
    if not text:
        return None
    number = _cell_text(cells, "number")
    notice = _is_notice(node, number, extras)
    return _Row(
        link=page.absolute(link.get("href", "")),
        title=text,
        number=None if number is None or not number.isdecimal() else number,
        poster=_poster(cells, extras),
        date_raw=_cell_text(cells, "date"),
        views=_number(_cell_text(cells, "views")),
        comments=_comments(cell, link, cells, extras, inner_count),
        category=_category(cells, cell, extras),
        notice=notice,
        flags=flags + _flags(cell, *cells.get("file", ())) + (["notice"] if notice else []),
    )


def _title_link(cell: HtmlElement, extras: TableLayout) -> HtmlElement | None:
    """The link that is the headline: the layout's, or the first whose text is more than a count."""
    if extras.link and (found := [a for a in select(cell, extras.link) if _leads_on(a)]):
        return found[0]
    links = [a for a in select(cell, "a[href]") if _leads_on(a) and _title(a)[0]]
    named = [a for a in links if not _COUNT.fullmatch(text_of(a) or "")]
    return max(named, key=lambda a: len(text_of(a) or ""), default=None)


def _leads_on(link: HtmlElement) -> bool:
    href = (link.get("href") or "").strip()
    return bool(href) and not href.startswith("#") and not href.lower().startswith(("javascript:", "mailto:"))


def _title(link: HtmlElement) -> tuple[str, list[Flag], int | None]:
    """The headline as printed, without the icons and counts that stand inside its link as elements."""
    if len(link) == 0:
        return text_of(link) or "", [], None
    parts: list[str] = [link.text or ""]
    flags: list[Flag] = []
    count: int | None = None
    for child in link:
        text = (text_of(child) or "") if isinstance(child.tag, str) else ""
        names = child.get("class") or "" if isinstance(child.tag, str) else ""
        if names and _COUNT_CLASS.search(names) and (match := _COUNT.search(text)):
            count = _number(match[1])
        elif names and any(_ASIDE_CLASS.search(name) for name in names.split()):
            flags += _flags(child)
        else:
            parts.append(_verbatim(child))
        parts.append(child.tail or "")
    title = tidy("".join(parts))
    return (title, flags, count) if title else (text_of(link) or "", [], None)


def _verbatim(node: HtmlElement) -> str:
    return "".join(node.itertext()) if isinstance(node.tag, str) else ""


def _flags(*nodes: HtmlElement) -> list[Flag]:
    """Flags shown as icons: an image's ``alt``, or an element whose class or text names one."""
    found: list[Flag] = []
    for node in nodes:
        for part in elements(node):
            if part.tag == "img":
                words = [(part.get("alt") or "").strip().lower()]
            elif part.tag in ("span", "i", "em", "strong", "p") and part.get("class"):
                words = [word for name in classes(part) for word in re.split(r"[-_]", name.lower())]
            else:
                continue
            found += [_FLAG_WORDS[word] for word in words if word in _FLAG_WORDS]
    return found


def _is_notice(row: HtmlElement, number: str | None, extras: TableLayout) -> bool:
    if number and number.isdecimal():
        return False
    if number and _NOTICE_NUMBER.fullmatch(number):
        return True
    if extras.notice and select(row, f"{extras.notice}"):
        return True
    return any("notice" in name.lower() for name in classes(row))


def _comments(
    cell: HtmlElement,
    link: HtmlElement,
    cells: dict[Role, list[HtmlElement]],
    extras: TableLayout,
    inner: int | None,
) -> int | None:
    if extras.comments and (found := first(cell, extras.comments)) is not None:
        return _number(text_of(found))
    if inner is not None:
        return inner
    if counted := _cell_text(cells, "comments"):
        return _number(counted)
    beside = (part for part in elements(cell) if part is not link and part.getparent() is not link)
    texts = (
        text_of(part) or "" for part in beside if part.tag in ("a", "span", "em", "b", "strong", "small")
    )
    return next((_number(text) for text in texts if re.fullmatch(r"[\[(+]\s*\d[\d,]*\s*[\])]?", text)), None)


def _category(cells: dict[Role, list[HtmlElement]], cell: HtmlElement, extras: TableLayout) -> str | None:
    if extras.category and (text := first_text(cell, extras.category)):
        return text
    return _cell_text(cells, "category")


def _poster(cells: dict[Role, list[HtmlElement]], extras: TableLayout) -> str | None:
    for cell in cells.get("poster", ()):
        named = first(cell, extras.poster) if extras.poster else None
        if text := _own_text(named if named is not None else cell):
            return text
    return None


def _cell_text(cells: dict[Role, list[HtmlElement]], role: Role) -> str | None:
    return next((text for cell in cells.get(role, ()) if (text := text_of(cell))), None)


def _own_text(node: HtmlElement | None) -> str | None:
    """The first text of a node that a reader sees: menus and hidden labels come with it."""
    if node is None:
        return None
    for part in elements(node):
        if "sound_only" in classes(part):
            if text := tidy(part.tail or ""):
                return text
            continue
        if text := tidy(part.text or ""):
            return text
        if part is not node and (text := tidy(part.tail or "")):
            return text
    return None


def _number(text: str | None) -> int | None:
    match = re.search(r"\d[\d,]*", text or "")
    return int(match[0].replace(",", "")) if match else None


def _next_page(page: Document, engine: Engine | None, rows: list[_Row]) -> str | None:
    """The listing's next page: there is one where the page links to any with a higher number."""
    if not rows:
        return None
    current = page_number(page.url) or 1
    here = listing_key(page.url)
    later: dict[int, str] = {}
    for href in cast(list[str], _HREFS(page.root)):
        match = PAGE_PARAMETER.search(href)
        if match is None or int(match[2]) <= current or int(match[2]) in later:
            continue
        link = page.absolute(href)
        if engine.post(link) is None if engine else listing_key(link) == here:
            later[int(match[2])] = link
    if not later or ((last := _last_page(page)) is not None and current >= last):
        return None
    nearest = later[min(later)]
    return with_page(nearest, cast(re.Match[str], PAGE_PARAMETER.search(nearest))[1], current + 1)


def _last_page(page: Document) -> int | None:
    """The last page's number where a pager prints it as "2 / 158"."""
    text = first_text(page.root, ".pn > strong, .pagination > strong, .paging > strong")
    match = _PAGE_OF.fullmatch(text or "")
    return int(match[2].replace(",", "")) if match else None
