"""The rows of a listing that is neither a table nor a known engine's list: repeated, dated headlines.

A list repeats one structure: siblings of one tag, each with a linked headline and a date. The dates
tell it from menus, rankings and boxes of related articles, which hardly ever print them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.document import Document
from newsbot.pages.headed_rows import NO_HEAD, Head, head_of
from newsbot.pages.line_nodes import is_member
from newsbot.pages.linked_rows import of_one_place, posts_of
from newsbot.pages.links import Post
from newsbot.pages.notice_marks import is_notice_icon, is_notice_label, is_pinned
from newsbot.pages.number_cells import number_beside
from newsbot.pages.own_rows import of_own_board, rows_without_dates
from newsbot.pages.row_dates import EDGES, SIGNED, is_row_date, opens_with_date, printed_date
from newsbot.pages.row_groups import FEWEST, Group, groups, groups_by_path, rows_above
from newsbot.pages.rows import (
    Row,
    flags_of,
    is_count,
    leads_on,
    number_in,
    own_text,
    read_title,
)
from newsbot.pages.script_posts import PostScripts
from newsbot.pages.selectors import elements, text_of

_DATED = 0.6  # of the rows
_LARGEST = 200  # elements of a row that are looked at
_SHORTEST = 4  # letters of a headline

_STAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d")
_TITLES = re.compile(r"tit|subj|headline|ellipsis", re.I)
_LABELLED = re.compile(
    r"\s*(?:(?P<poster>작성자|글쓴이|등록자|게시자|이름)|조회수?)\s*:\s*(?P<value>[^:\n]{1,30})"
)
_LABELS = {
    **dict.fromkeys(("by", "작성자", "글쓴이", "등록자", "이름"), "poster"),
    **dict.fromkeys(("views", "view", "hit", "조회", "조회수"), "views"),
    **dict.fromkeys(("reply", "replies", "댓글"), "comments"),
    **dict.fromkeys(("category", "분류"), "category"),
}
_COUNTED = frozenset(("views", "comments"))
_LONGEST_VALUE = 40  # letters
_BLOCKS = frozenset("div p li dt dd".split())
_BOLD = frozenset(("strong", "b"))
_LONGEST_LABEL = 6  # letters of a category, a name
_ICONS = frozenset(("i", "svg", "use"))
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NAMED = {
    "poster": re.compile(
        r"author|writer|writing|nick|reporter|byline|press|media|(?:^|[-_\s])member(?:$|\s)|(?:^|[-_\s])(?:name|by|user)(?:$|[-_\s])",
        re.I,
    ),
    "category": re.compile(r"categ|cate(?:$|[-_\s])|section", re.I),
    "views": re.compile(r"view|hit|read", re.I),
    "comments": re.compile(r"cmt|comment|reply", re.I),
}

Addresses = Mapping[HtmlElement, str]


def rows_of_repetition(page: Document, is_post: Callable[[str], Post | None] | None) -> list[Row] | None:
    """The rows of the page's longest dated repetition, ``None`` where it has none.

    ``is_post`` tells which links lead to posts, where the page's engine is known. There the posts of the
    board that the page's address names are its listing, dated or not, and were there only one.
    """
    addresses = _addresses(page, is_post)
    if is_post is None:
        rows = _longest(groups(addresses), addresses, page.url)
        return _of_address(page.url, addresses, fewest=2 * len(rows or ())) or rows
    if own := of_own_board(page.url, addresses, is_post):
        return _longest(groups(own), own, page.url) or rows_without_dates(groups(own, fewest=1), own, _row)
    return _longest(groups(addresses), addresses, page.url)


def _of_address(url: str, addresses: Addresses, *, fewest: int) -> list[Row] | None:
    """The rows of the listing that the page's own address names, if they are that many; on a page of no
    known engine.
    """
    own = of_one_place(url, addresses)
    if not own or posts_of(own) < fewest:
        return None
    found = groups_by_path(own)
    return _longest(found, own, url) or rows_without_dates(found, own, _row)


def _longest(found: Sequence[Group], addresses: Addresses, url: str) -> list[Row] | None:
    best: list[Row] = []
    longest: Group = {}
    for group in found:
        if len(group) > len(longest) and (rows := _dated_rows(group, addresses)):
            best, longest = rows, group
    above = rows_above(longest, addresses, url) if longest else {}
    best = [*(_row(node, links, addresses) for node, links in above.items()), *best]
    return _without_false_notices([row for row in best if row.title]) or None


def _without_false_notices(rows: list[Row]) -> list[Row]:
    """``rows``, in which no notice is seen where all are called so: that is what the list is of."""
    if rows and all(row.notice for row in rows):
        for row in rows:
            row.notice = False
    return rows


def _addresses(page: Document, is_post: Callable[[str], object] | None) -> Addresses:
    """Where the links of the page lead; ``is_post`` tells those that count, where its engine is known."""
    scripts = PostScripts(page)
    found: dict[HtmlElement, str] = {}
    for link in page.root.iter("a"):
        address = scripts.beyond(link) if leads_on(link) else None
        if address is None and is_post is None:
            address = scripts.address(link)
        if address is not None and (is_post is None or is_post(address)):
            found[link] = address
    return found


def _dated_rows(group: Group, addresses: Addresses) -> list[Row] | None:
    """The rows of ``group``, ``None`` as soon as too many of them are without a date."""
    rows: list[Row] = []
    undated = 0
    spared = len(group) - max(FEWEST, _DATED * len(group))
    head = head_of(next(iter(group)))
    for node, links in group.items():
        rows.append(_row(node, links, addresses, head))
        undated += rows[-1].date_raw is None
        if undated > spared:
            return None
    return rows


def _row(node: HtmlElement, links: Sequence[HtmlElement], addresses: Addresses, head: Head = NO_HEAD) -> Row:
    link = _headline_link(links, addresses)
    parts = list(islice(elements(node), _LARGEST))
    box = _title_box(link)
    title = read_title(box)
    if box is not link and not title.text:
        title = read_title(link)
    if (not title.text or opens_with_date(title.text)) and (named := _title_beside(parts, link)) is not None:
        box, title = named, read_title(named)  # beside a picture that is the link
    values = _labelled(parts) | _values(parts, link) | head.values(node)
    date, signed = printed_date(parts, box if box is not link else link)
    return Row(
        link=addresses[link],
        title=title.text,
        poster=_trimmed(values.get("poster") or signed),
        date_raw=date,
        date_exact=_exact_date(parts),
        views=number_in(values.get("views")),
        comments=number_in(values.get("comments")) if title.comments is None else title.comments,
        category=_trimmed(title.category or values.get("category")),
        number=number_beside(node, link) or _number(values),
        notice=_is_notice(node, parts),
        flags=[*title.flags, *flags_of(parts)],
    )


def _is_notice(node: HtmlElement, parts: Sequence[HtmlElement]) -> bool:
    """Whether a row is named a notice, or holds a label or a pin that says so (``<span>공지</span>``)."""
    if "notice" in (node.get("class") or "").lower() or is_pinned(node):
        return True
    if any(is_pinned(part) for part in parts if part.tag in _ICONS):
        return True
    labels = (part.text for part in parts if part.text and len(part) == 0)
    return any(map(is_notice_label, labels)) or any(map(is_notice_icon, parts))


def _headline_link(links: Sequence[HtmlElement], addresses: Addresses) -> HtmlElement:
    """The link that is a heading or is named a title; else the longest."""
    texts = {link: text_of(link) or "" for link in links}
    worded = [link for link in links if len(texts[link]) >= _SHORTEST and not is_count(texts[link])]
    titled = [
        link
        for link in worded
        if _is_title(link)
        or any(map(_is_title, islice(link.iterancestors(), 2)))
        or any(map(_is_title, link))
    ]
    [(most, count)] = Counter(addresses[link] for link in titled).most_common(1) or [("", 0)]
    if count > 1:  # one post's headline, and below it a summary or figures that lead there too
        return next(link for link in titled if addresses[link] == most)
    return max(titled or worded or links, key=lambda link: len(texts[link]))


def _title_box(link: HtmlElement) -> HtmlElement:
    """The part of a link that is its headline: one named so, or the first of its blocks; else the link."""
    inside = [part for part in islice(elements(link), _LARGEST) if part is not link]
    if (named := next(filter(_is_title, inside), None)) is not None:
        return named
    blocks = [part for part in inside if part.tag in _BLOCKS and not any(c.tag in _BLOCKS for c in part)]
    if blocks and len(bold := [part for part in inside if part.tag in _BOLD]) == 1:
        blocks = [*bold, *blocks]
    texts = ((block, text_of(block) or "") for block in blocks) if len(blocks) > 1 else ()
    worded = (b for b, text in texts if len(text) > _LONGEST_LABEL and not is_row_date(text))
    return next(worded, link)


def _title_beside(parts: Sequence[HtmlElement], link: HtmlElement) -> HtmlElement | None:
    """The headline in a row whose link holds none: what is named so, else the first words in bold."""
    inside = set(elements(link))
    outside = [part for part in parts if part not in inside]
    bold = (part for part in outside if part.tag in _BOLD and len(text_of(part) or "") > _LONGEST_LABEL)
    return next((part for part in (*filter(_is_title, outside), *bold)), None)


def _is_title(node: HtmlElement) -> bool:
    return node.tag in _HEADINGS or _TITLES.search(node.get("class") or "") is not None


def _values(parts: Sequence[HtmlElement], link: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        if is_member(part) and (member := own_text(part)):
            found.setdefault("poster", member)
        names = part.get("class")
        if not names or part is link:
            continue
        if "byline" in names and len(part) > 1:
            found = _line_of_several(part) | found
            continue
        for field, pattern in _NAMED.items():
            if field in found or not pattern.search(names):
                continue
            text = text_of(part) if field in _COUNTED else own_text(part)
            if text and len(text) <= _LONGEST_VALUE:
                found[field] = text
    return found


def _labelled(parts: Sequence[HtmlElement]) -> dict[str, str]:
    """What stands behind labels: ``작성자 : 샛강지기``."""
    texts = (part.text for part in parts if part.text and ":" in part.text)
    found = (match for text in texts if (match := _LABELLED.match(text)) is not None)
    values = {"poster" if match["poster"] else "views": tidy(match["value"]) for match in found}
    for part in parts:
        if part.tag in _BOLD and part.text and (label := _LABELS.get(_before(part))):
            values.setdefault(label, tidy(part.text))
    return values


def _before(part: HtmlElement) -> str:
    """The text right before an element, lower case: ``By <b>샛강지기</b>``."""
    before, around = part.getprevious(), part.getparent()
    text = before.tail if before is not None else around.text if around is not None else None
    return (text or "").strip(" :\n\t\xa0").lower()


def _line_of_several(line: HtmlElement) -> dict[str, str]:
    """A line of section, reporter and date, told apart by what they say."""
    texts = [text for child in line.iterchildren("*") if (text := own_text(child)) and not is_row_date(text)]
    signed = next((text for text in texts if SIGNED.search(text)), None)
    others = [text for text in texts if text != signed]
    named = {"poster": signed, "category": others[0] if others else None}
    return {field: text for field, text in named.items() if text}


def _exact_date(parts: Sequence[HtmlElement]) -> str | None:
    """The moment that a row holds unseen: in ``time``, or as the title of what prints it."""
    for part in parts:
        stamp = (part.get("datetime" if part.tag == "time" else "title") or "").strip()
        if _STAMP.match(stamp):
            return stamp
    return None


def _number(values: Mapping[str, str]) -> str | None:
    return number if (number := values.get("number")) and number.isdecimal() else None


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip(EDGES) or None
