"""A page of a listing into its headlines, as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from newsbot.errors import NotAListing
from newsbot.items import Headline, Listing, Timestamp
from newsbot.korean.dates import read_date, resolve_listed
from newsbot.pages.document import Document
from newsbot.pages.engines import engine_of
from newsbot.pages.layout import Engine, TableLayout
from newsbot.pages.links import Post, host_of, is_address, plain_post, scripted_post, strangers
from newsbot.pages.list_rows import rows_of_list
from newsbot.pages.mistaken import site_failure, what_instead
from newsbot.pages.pagination import next_page
from newsbot.pages.repeated_rows import rows_of_repetition
from newsbot.pages.rows import Row
from newsbot.pages.table_rows import rows_of_tables

_REWRITES = re.compile(r"rewrite_level\s*=\s*[12]")
_RELATIVE = re.compile(r"전$|방금")
_NOTHING_LISTED = re.compile(
    r">\s*+(?:(?:[가-힣]{2,3}\s)?(?:글|게시물|게시글|기사|뉴스|자료)"
    r"|(?:등록|조회|검색|작성)된\s?(?:데이터|내용|목록|정보|내역))[이가] 없습니다\.?\s*<"
)


def read_listing(page: Document, *, above: Timestamp | None = None) -> Listing:
    """The headlines of a listing page, notices included.

    ``above`` is the last date of the page before: a date without its year is read under it.
    A listing whose table is there but empty has no headlines: that is its end. Raises
    ``NotAListing`` where no listing is on the page at all, or only a part of it: never the end.
    """
    if page.excess is not None:
        raise NotAListing(f"no listing on {page.url}: it is {page.excess}")
    engine = engine_of(page)
    rows = _rows(page, engine)
    if rows is None:
        raise NotAListing(f"no listing on {page.url}: it is {site_failure(page) or what_instead(page)}")
    if page.is_cut(strict=engine is not None):
        raise NotAListing(f"{page.url} ends in the middle of the page")
    posts = _posts(page, engine, rows)
    kept = [(row, posts[row.link]) for row in rows if row.link in posts]
    if rows and not kept and not is_address(page.url):
        raise NotAListing(
            f"a listing of {len(rows)} rows that cannot be told apart: its own address is missing"
        )
    headlines = tuple(_headlines(page, kept, above))
    return Listing(
        url=page.url,
        engine=engine.name if engine else "table",
        headlines=headlines,
        next_page=next_page(page, engine.post if engine else None) if rows else None,
        warnings=_warnings(headlines, engine) if kept else _warnings_of_none(rows),
    )


def _warnings_of_none(rows: list[Row]) -> tuple[str, ...]:
    """What a person should know of rows none of which is taken for a post of the listing."""
    words = f"{len(rows)} rows lead to no post of this site, and are left out"
    return (words,) if rows else ()


def _warnings(headlines: tuple[Headline, ...], engine: Engine | None) -> tuple[str, ...]:
    """What a person should know of rows that only a script opens."""
    if engine is not None:
        return ()
    closed = sum(scripted_post(headline.url) is not None for headline in headlines)
    words = f"{closed} rows have no address: a script opens them, and the page does not say where they lead"
    return (words,) if closed else ()


def _rows(page: Document, engine: Engine | None) -> list[Row] | None:
    """The rows of the page's listing, ``None`` where it has none."""
    for layout in engine.listings if engine else ():
        if (rows := rows_of_list(page, layout)) is not None:
            return rows
    rows = rows_of_tables(page, engine.table if engine else TableLayout())
    if rows is None:
        rows = rows_of_repetition(page, engine.post if engine else None)
    if rows is None and engine is None and _NOTHING_LISTED.search(page.text):
        return []
    return rows


def _posts(page: Document, engine: Engine | None, rows: list[Row]) -> dict[str, Post]:
    """The post of each row's link; links out of the listing's host are no rows of it."""
    hosts = [host_of(row.link) for row in rows]
    # A saved page without its address: its rows tell which host it is of.
    here = host_of(page.url) or next((host for host, _ in Counter(hosts).most_common(1)), None)
    own = [row.link for row, host in zip(rows, hosts, strict=True) if host == here or _beside(host, here)]
    if engine is None:
        return {
            link: post
            for link in _of_one_board(rows, own)
            if (post := scripted_post(link) or plain_post(link))
        }
    posts = {link: post for link in own if (post := engine.post(link))}
    rewrites = any("/index.php?" in link for link in posts) and _REWRITES.search(page.text)
    return {link: _as_rewritten(post) for link, post in posts.items()} if rewrites else posts


def _beside(host: str | None, here: str | None) -> bool:
    """Whether a host is of the listing's site: ``n.news.naver.com`` of ``news.naver.com``, www or not."""
    if not host or not here:
        return False
    one, other = (re.sub(r"^(?:www|m)\.", "", name) for name in (host, here))
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _of_one_board(rows: list[Row], links: list[str]) -> list[str]:
    """``links`` without advertisements: rows without a number, among numbered ones, that lead elsewhere."""
    numbered = sum(row.number is not None for row in rows)
    if 2 * numbered < len(rows):
        return links
    astray = strangers(links) - {row.link for row in rows if row.number or row.notice}
    return [link for link in links if link not in astray]


def _as_rewritten(post: Post) -> Post:
    """One canonical form on a site that rewrites its addresses, also where a link came unrewritten."""
    site, script, _ = post.url.partition("/index.php?")
    if not (script and post.board):
        return post
    return replace(post, url=f"{site}/{post.board}/{post.document_id}")


def _headlines(page: Document, rows: list[tuple[Row, Post]], above: Timestamp | None) -> Iterator[Headline]:
    # Notices stand above the order of the list: they tell nothing of the year of the rows below.
    moments = resolve_listed(
        [None if row.notice else row.date_raw for row, _ in rows],
        now=page.now,
        above=above.value if above else None,
    )
    seen: set[str] = set()
    in_order = {post.key for row, post in rows if not row.notice}
    for (row, post), resolved in zip(rows, moments, strict=True):
        if post.key in seen or (row.notice and post.key in in_order):
            continue  # some boards list a notice above and once more in its place
        seen.add(post.key)
        moment = read_date(row.date_raw, now=page.now) if row.notice and row.date_raw else resolved
        moment = _exact(page, row, moment) or moment
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
            flags=tuple(dict.fromkeys([*row.flags, "notice"] if row.notice else row.flags)),
        )


def _exact(page: Document, row: Row, printed: Timestamp | None) -> Timestamp | None:
    """The moment that a row holds unseen: the whole of a date that is printed in part, or its time."""
    if row.date_exact is None or row.date_raw is None:
        return None
    if _RELATIVE.search(row.date_raw) and (moment := read_date(row.date_exact, now=page.now)):
        return moment
    for stated in (f"{row.date_raw} {row.date_exact}", row.date_exact):
        moment = read_date(stated, now=page.now)
        if moment is None or moment.precision == "day":
            continue
        if printed is None or f"{moment.value:%m%d}" == f"{printed.value:%m%d}":
            return moment
    return None
