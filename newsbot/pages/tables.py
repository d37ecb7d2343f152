"""Tables whose columns are known by their header texts: 번호, 제목, 글쓴이, 날짜, 조회 …

Columns differ from board to board in number and order, so position means nothing. A header may be
``th`` or ``td``, a picture of its word, span columns, and stand in a table that also lays out the page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.selectors import text_of

Role = Literal["number", "title", "poster", "date", "views", "comments", "category", "file"]

_HEADERS: dict[Role, str] = {
    "number": r"(?:글|게시물?)?번호|no\.?|num(?:ber)?|순번|순서|연번|#",
    "title": r"(?:글|기사|게시글?)?제목|타이틀|기사명|기사|title|subject|headline",
    "poster": r"글쓴이|(?:작성|등록|게시)자(?:명)?|이름|성명|닉네임|필자|기자(?:명)?|(?:작성|담당)?부서|출처"
    r"|매체(?:명)?|언론사|author|writer|poster|name|posted ?by",
    "date": r"(?:등록)?날짜|(?:작성|등록|게시|보도|발행|입력|기사|최초)?(?:일자|일시|시간)"
    r"|(?:작성|등록|게시|보도|발행|입력)일|일$|date|time|posted|created",
    "views": r"조회(?:수)?|읽음|열람(?:수)?|히트|hits?|views?|read",
    "comments": r"댓글(?:수)?|답글(?:수)?|덧글(?:수)?|의견|comments?|repl(?:y|ies)",
    "category": r"분류|카테고리|말머리|구분|섹션|지면|분야|category|section|type",
    "file": r"첨부(?:파일)?|파일|file|files|attach(?:ment)?",
}
_ROLES = tuple((role, re.compile(rf"(?:{pattern})", re.I)) for role, pattern in _HEADERS.items())
_HEADER_ROWS = 12  # a layout table may have rows of its own before the header
_HEADER_LETTERS = 16
_PICTURES = 3  # of a header cell: a spacer may stand before the one of its word
_NO_HEADER = re.compile(r"[\s▲▼↑↓△▽]+")
_DEEPEST = 50  # tables around a table
_NEAR = 4  # steps from a row up to its table: form, tbody
_TABLES, _ROWS = 300, 1000  # looked at below a header that stands in a table of its own
_FEWEST_CELLS = 3  # of a post's row
_INNER_ROWS = 20  # looked at inside a row's one cell
_FILE_NAME = re.compile(r"([^/?#]+?)\.(?:gif|png|jpe?g|svg|webp)(?:[?#]|$)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedTable:
    """A listing's table: the role of each grid column, and the rows below the header."""

    roles: dict[int, Role]
    rows: tuple[HtmlElement, ...]
    width: int  # columns
    fits: bool = True  # whether the rows have the header's columns

    def cells(self, row: HtmlElement) -> dict[Role, list[HtmlElement]]:
        """The cells of ``row`` by role; a cell that spans columns counts for the roles it covers."""
        inner = _inner_row(row)
        fits = _width(inner) == self.width or (inner is row and self.fits)
        roles = self.roles if fits else _fitted(self.roles, self.width, inner)
        found: dict[Role, list[HtmlElement]] = {}
        for cell, start, width in grid(inner):
            for column in range(start, start + width):
                role = roles.get(column)
                if role is None:
                    continue
                held = found.setdefault(role, [])
                if not held or held[-1] is not cell:
                    held.append(cell)
        return found


def headed_tables(root: HtmlElement) -> list[HeadedTable]:
    """Every table of the page with a header of a listing, the innermost where tables are nested."""
    rows: dict[HtmlElement, list[HtmlElement]] = {}
    for row in root.iter("tr"):
        table = next((above for above in islice(row.iterancestors(), _NEAR) if above.tag == "table"), None)
        if table is not None:
            rows.setdefault(table, []).append(row)
    headed = {table: found for table, own in rows.items() if (found := _headed(own)) is not None}
    for table, found in headed.items():
        if not any(map(_holds_text, found.rows)):
            rows_below = _rows_below(table, found.width)
            fits = all(_width(row) == found.width for row in rows_below)
            headed[table] = replace(found, rows=rows_below, fits=fits)
    around = {_nearest(table, headed) for table in headed}
    return [found for table, found in headed.items() if table not in around]


def _holds_text(row: HtmlElement) -> bool:
    return text_of(row) is not None


def _rows_below(table: HtmlElement, width: int) -> tuple[HtmlElement, ...]:
    """The rows of a table that holds nothing but a header: of the same columns, in the tables below it."""
    for node in (table, *islice(table.iterancestors(), _NEAR)):
        below = (row for each in islice(node.itersiblings("*"), _TABLES) for row in each.iter("tr"))
        worded = [row for row in islice(below, _ROWS) if _holds_text(row)]
        rows = tuple(row for row in worded if _width(row) == width) or tuple(filter(_may_be_row, worded))
        if rows or node.tag in ("tr", "td", "body"):
            return rows
    return ()


def _may_be_row(row: HtmlElement) -> bool:
    """Whether a row of other columns than the header's has as many as a post's, and a link."""
    return len(row) >= _FEWEST_CELLS and next(row.iter("a"), None) is not None


def _inner_row(row: HtmlElement) -> HtmlElement:
    """The row of a table that a row's one cell holds, else the row itself."""
    if len(row) != 1:
        return row
    return next((inner for inner in islice(row.iter("tr"), 1, _INNER_ROWS) if _may_be_row(inner)), row)


def _fitted(roles: dict[int, Role], width: int, row: HtmlElement) -> dict[int, Role]:
    """The roles of the columns of a row that has others than the header, an icon's or a spacer's.

    What stands before the titles is counted from the left, what stands behind them from the right.
    """
    title = max((column for column, role in roles.items() if role == "title"), default=0)
    linked = [(len(text_of(link) or ""), start) for cell, start, _ in grid(row) for link in cell.iter("a")]
    place, own = max(linked, default=(0, title))[1], _width(row)
    shifted = {column - width + own: role for column, role in roles.items() if column > title}
    before = {c: role for c, role in roles.items() if c < min(title, place) and role != "title"}
    return {**before, **{c: role for c, role in shifted.items() if c > place}, place: "title"}


def _nearest(table: HtmlElement, among: Container[HtmlElement]) -> HtmlElement | None:
    return next((above for above in islice(table.iterancestors("table"), _DEEPEST) if above in among), None)


def _headed(rows: list[HtmlElement]) -> HeadedTable | None:
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        roles = _roles(row)
        named = set(roles.values())
        if "title" in named and named & {"number", "poster", "date", "views"}:
            return HeadedTable(roles=roles, rows=tuple(rows[position + 1 :]), width=_width(row))
    return None


def _roles(row: HtmlElement) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    for cell, start, width in grid(row):
        role = next((role for word in short_words(cell) if (role := role_of(word))), None)
        if role is not None:
            roles.update(dict.fromkeys(range(start, start + width), role))
    return roles


def short_words(cell: HtmlElement) -> Iterator[str]:
    """The text of a cell, if it is short, without its spaces; its first word; else those of its picture."""
    text = first = ""
    for piece in islice(cell.itertext("*"), 12):
        text += tidy(piece)
        first = first or text
        if len(text) > _HEADER_LETTERS:
            break
    if text:
        yield from dict.fromkeys(
            _NO_HEADER.sub("", word) for word in (text, first) if len(word) <= _HEADER_LETTERS
        )
        return
    for picture in islice(cell.iter("img"), _PICTURES):
        yield re.sub(r"\s", "", picture.get("alt") or "")
        name = _FILE_NAME.search(picture.get("src") or "")
        yield from reversed(re.split(r"[_-]", name[1])) if name else ()
        yield re.sub(r"\s", "", picture.get("title") or "")


def role_of(header: str) -> Role | None:
    """What the column under a header text holds."""
    return next((role for role, pattern in _ROLES if pattern.fullmatch(header)), None)


def _width(row: HtmlElement) -> int:
    return sum(width for _, _, width in grid(row))


def grid(row: HtmlElement) -> Iterator[tuple[HtmlElement, int, int]]:
    """The cells of a row, each with the first column it covers and how many."""
    column = 0
    for cell in row.iterchildren("td", "th"):
        span = cell.get("colspan")
        width = min(int(span), 100) if span and re.fullmatch(r"[1-9]\d{0,3}", span) else 1
        yield cell, column, width
        column += width
