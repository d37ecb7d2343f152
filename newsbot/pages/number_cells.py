"""The numbers of rows where no header names their column: its word is a picture's, or there is no header."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from newsbot.pages.selectors import text_of
from newsbot.pages.tables import HeadedTable, grid

_NEAR = 6  # elements from a link up to its cell
_LONGEST = 9  # digits


def with_number_column(table: HeadedTable) -> HeadedTable:
    """``table`` with the column before its titles for numbers that holds one in most rows, named or not."""
    if "number" in table.roles.values():
        return table
    title = min(column for column, role in table.roles.items() if role == "title")
    counted: Counter[int] = Counter()
    ids: set[int] = set()  # columns in which notices, too, have numbers
    rows = 0
    for row in table.rows:
        before = takewhile(lambda cell: cell[1] < title, grid(row))
        numbers = [column for cell, column, _ in before if column not in table.roles and _number(cell)]
        counted.update(numbers)
        ids.update(numbers if "notice" in (row.get("class") or "") else ())
        rows += next(row.iter("a"), None) is not None
    column, count = next((pair for pair in counted.most_common() if pair[0] not in ids), (0, 0))
    return replace(table, roles={**table.roles, column: "number"}) if 2 * count > rows else table


def number_beside(row: HtmlElement, link: HtmlElement) -> str | None:
    """The number in a cell of its own before that of ``link``, in a table's row."""
    if row.tag != "tr":
        return None
    around = (link, *islice(link.iterancestors(), _NEAR))
    cell = next((node for node in around if node.getparent() is row), None)
    before = () if cell is None else cell.itersiblings("td", "th", preceding=True)
    return next((number for each in before if (number := _number(each))), None)


def _number(cell: HtmlElement) -> str | None:
    text = text_of(cell) or ""
    return text if len(text) <= _LONGEST and text.isdecimal() else None
