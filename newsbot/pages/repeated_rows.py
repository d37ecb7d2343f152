"""The rows of a listing that is neither a table nor a known engine's list: repeated, dated headlines.

A list repeats one structure: siblings of one tag, each with a linked headline and a date. The dates
tell it from menus, rankings and boxes of related articles, which hardly ever print them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.document import Document
from newsbot.pages.rows import Row, flags_of, is_count, leads_on, number_in, own_text, read_title
from newsbot.pages.script_posts import PostScripts
from newsbot.pages.selectors import elements, text_of

_FEWEST = 3  # rows: fewer are no list
_DATED = 0.6  # of the rows
_HEIGHT = 8  # steps from a headline up to its row's list
_LARGEST = 200  # elements of a row that are looked at
_SHORTEST = 4  # letters of a headline

_DATE = re.compile(
    r"(?![\d.]+\s?[kKm만천])\D{0,12}(?:(?:\d{4}|\d{2})\s?[.\-/년]\s?)?\d{1,2}\s?[.\-/월]\s?\d{1,2}일?\.?(?:\s*\([월화수목금토일]\))?"
    r"(?:\s+(?:오전|오후)?\s?\d{1,2}:\d{2}(?::\d{2})?)?\D{0,4}"
    r"|(?:[A-Z][a-z]{2,8}\.? \d{1,2}, |\d{1,2} [A-Z][a-z]{2,8}\.? )(?:19|20)\d\d"
    r"(?:,?\s\d{1,2}:\d\d(?:\s?[AaPp][Mm])?)?"
    r"|\D{0,4}\d{1,2}:\d{2}(?::\d{2})?\D{0,4}|\d{1,2}\s?(?:초|분|시간|일)\s?전|방금\s?전?|어제(?:\s\d{1,2}:\d{2})?"
)
_STAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d")
_TITLES = re.compile(r"tit|subj|headline|ellipsis", re.I)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NAMED = {
    "poster": re.compile(
        r"author|writer|writing|nick|reporter|byline|press|media|(?:^|[-_\s])member(?:$|\s)|(?:^|[-_\s])(?:name|by)(?:$|[-_\s])",
        re.I,
    ),
    "category": re.compile(r"categ|cate\b|section", re.I),
    "views": re.compile(r"view|hit|read", re.I),
    "comments": re.compile(r"cmt|comment|reply", re.I),
}
_SIGNED = re.compile(r"기자|특파원|위원|@|^By [A-Z]")
_BARS = re.compile(r"\s+[·|ㅣ/]\s+")
_EDGES = " /|·ㆍ,:[]"

Group = dict[HtmlElement, list[HtmlElement]]
Addresses = dict[HtmlElement, str]


def rows_of_repetition(page: Document, is_post: Callable[[str], object] | None) -> list[Row] | None:
    """The rows of the page's longest dated repetition, ``None`` where it has none.

    ``is_post`` tells which links lead to posts, where the page's engine is known.
    """
    best: list[Row] = []
    addresses = _addresses(page, is_post)
    for group in _groups(addresses):
        if len(group) <= len(best):
            continue
        best = _dated_rows(group, addresses) or best
    return best or None


def _addresses(page: Document, is_post: Callable[[str], object] | None) -> Addresses:
    """Where the links of the page lead; ``is_post`` tells those that count, where its engine is known."""
    scripts = PostScripts(page)
    found: Addresses = {}
    for link in page.root.iter("a"):
        address = page.absolute(link.get("href", "")) if leads_on(link) else None
        if address is None and is_post is None:
            address = scripts.address(link)
        if address is not None and (is_post is None or is_post(address)):
            found[link] = address
    return found


def _dated_rows(group: Group, addresses: Addresses) -> list[Row] | None:
    """The rows of ``group``, ``None`` as soon as too many of them are without a date."""
    rows: list[Row] = []
    undated = 0
    spared = len(group) - max(_FEWEST, _DATED * len(group))
    for node, links in group.items():
        rows.append(_row(node, links, addresses))
        undated += rows[-1].date_raw is None
        if undated > spared:
            return None
    return rows


def _groups(links: Iterable[HtmlElement]) -> list[Group]:
    """Siblings with a headline each, by the names of where they stand."""
    groups: dict[tuple[str, ...], Group] = {}
    for link in links:
        node = link
        for parent in islice(link.iterancestors(), _HEIGHT):
            above = parent.getparent()
            place = (node.tag, _name(parent), _name(above) if above is not None else "")
            groups.setdefault(place, {}).setdefault(node, []).append(link)
            node = parent
    return sorted((group for group in groups.values() if len(group) >= _FEWEST), key=len, reverse=True)


def _name(node: HtmlElement) -> str:
    return f"{node.tag}.{node.get('class') or ''}#{node.get('id') or ''}"


def _row(node: HtmlElement, links: Sequence[HtmlElement], addresses: Addresses) -> Row:
    link = _headline_link(links, addresses)
    box = next((part for part in elements(link) if part is not link and _is_title(part)), link)
    title = read_title(box)
    if box is not link and title.comments is None:
        title = title if title.text else read_title(link)
    parts = list(islice(elements(node), _LARGEST))
    values = _values(parts, link)
    date, signed = _date(parts, box if box is not link else link)
    return Row(
        link=addresses[link],
        title=title.text,
        poster=_trimmed(values.get("poster") or signed),
        date_raw=date,
        date_exact=_exact_date(parts),
        views=number_in(values.get("views")),
        comments=number_in(values.get("comments")) if title.comments is None else title.comments,
        category=_trimmed(values.get("category")),
        notice="notice" in (node.get("class") or "").lower(),
        flags=[*title.flags, *flags_of(parts)],
    )


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


def _is_title(node: HtmlElement) -> bool:
    return node.tag in _HEADINGS or _TITLES.search(node.get("class") or "") is not None


def _values(parts: Sequence[HtmlElement], link: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        names = part.get("class")
        if not names or part is link:
            continue
        if "byline" in names and len(part) > 1:
            found = _line_of_several(part) | found
            continue
        for field, pattern in _NAMED.items():
            if field not in found and pattern.search(names) and (text := own_text(part)) and len(text) <= 40:
                found[field] = text
    return found


def _line_of_several(line: HtmlElement) -> dict[str, str]:
    """A line of section, reporter and date, told apart by what they say."""
    texts = [
        text for child in line.iterchildren("*") if (text := own_text(child)) and not _DATE.fullmatch(text)
    ]
    signed = next((text for text in texts if _SIGNED.search(text)), None)
    others = [text for text in texts if text != signed]
    named = {"poster": signed, "category": others[0] if others else None}
    return {field: text for field, text in named.items() if text}


def _date(parts: Sequence[HtmlElement], link: HtmlElement) -> tuple[str | None, str | None]:
    """The first short text of a row that is a date and stands outside the headline; who signs beside it."""
    inside = set(elements(link)) if len(link) else {link}
    for part in parts:
        if part in inside and part.tag != "time" and "date" not in (part.get("class") or ""):
            continue
        for text in (part.text, *(child.tail for child in part)):
            short = tidy(text or "")[:60].strip(_EDGES)
            beside = _BARS.split(short)
            date = next((one for one in (*beside, short) if one and _DATE.fullmatch(one)), None)
            if date is not None:
                return date, next((one for one in beside if _SIGNED.search(one)), None)
    return None, None


def _exact_date(parts: Sequence[HtmlElement]) -> str | None:
    """The moment that a row holds unseen: in ``time``, or as the title of what prints it."""
    for part in parts:
        stamp = (part.get("datetime" if part.tag == "time" else "title") or "").strip()
        if _STAMP.match(stamp):
            return stamp
    return None


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip(_EDGES) or None
