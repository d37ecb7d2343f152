"""The rows of a listing that is a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.document import Document
from newsbot.pages.layout import TableLayout
from newsbot.pages.line_nodes import is_member
from newsbot.pages.links import canonical_url
from newsbot.pages.notice_marks import is_notice_icon, is_notice_number, is_notice_sign, is_pinned
from newsbot.pages.number_cells import with_number_column
from newsbot.pages.row_dates import printed_date
from newsbot.pages.rows import (
    Row,
    Title,
    category_before,
    count_beside,
    flags_of,
    is_count,
    leads_on,
    number_in,
    own_text,
    read_title,
    script_id,
)
from newsbot.pages.script_posts import PostScripts
from newsbot.pages.selectors import elements, text_of
from newsbot.pages.tables import HeadedTable, Role, headed_tables, role_of, short_words

_NARROWS = re.compile(r"[?&;](?:category|sca|search_keyword|stx)=")  # a link to a part of the listing

_NEAR = 4  # elements around a button
_LARGEST = 120  # elements of a row that are looked at
_SEVERAL = 2  # elements
_NUMBERED = 0.6  # of the rows
_ANSWERS = ("re:", "re ", "ㄴ", "└", "↳", "답변", "[답변]", "[re]")
Cells = dict[Role, list[HtmlElement]]


def rows_of_tables(page: Document, layout: TableLayout) -> list[Row] | None:
    """The rows of the page's listing, ``None`` where no table of it has the header of one.

    Of several tables the one with most rows is the listing; those with the same columns beside it
    hold its notices.
    """
    tables = [with_number_column(table) for table in headed_tables(page.root)]
    if not tables:
        return None
    scripts = PostScripts(page)
    read = [(table, _rows(page, table, layout, scripts)) for table in tables]
    best, rows = max(read, key=lambda found: (len(found[1]), len(set(found[0].roles.values()))))
    notices = [
        row for table, others in read if table is not best and table.roles == best.roles for row in others
    ]
    return notices + rows


def _rows(page: Document, table: HeadedTable, layout: TableLayout, scripts: PostScripts) -> list[Row]:
    cells = (table.cells(node) for node in table.rows)
    found = (
        (_row(page, node, held, layout, scripts), held) for node, held in zip(table.rows, cells, strict=True)
    )
    rows = [(row, row.number is None and _is_unnumbered(held)) for row, held in found if row]
    _see_notices_above(page, rows)
    return [row for row, _ in rows]


def _is_unnumbered(cells: Cells) -> bool:
    return "number" in cells and all(text_of(cell) is None for cell in cells["number"])


def _see_notices_above(page: Document, rows: Sequence[tuple[Row, bool]]) -> None:
    """Rows without a number above those that have one are notices: but the page's own post, and an answer."""
    numbered = sum(row.number is not None for row, _ in rows)
    if numbered < _NUMBERED * len(rows):
        return
    here = canonical_url(page.url)
    for row, _ in takewhile(lambda pair: pair[1] or pair[0].notice, rows):
        answers = row.title.lower().startswith(_ANSWERS)
        row.notice = row.notice or not (answers or canonical_url(row.link) == here)


def _row(
    page: Document, node: HtmlElement, cells: Cells, layout: TableLayout, scripts: PostScripts
) -> Row | None:
    for cell in cells.get("title", ()):
        parts = list(elements(cell))
        if (found := _headline(parts, layout, scripts)) is not None:
            break
    else:
        if (found := _clicked_row(node, cells, scripts)) is None:
            return None
        parts = []
    link, title = found
    number = _text(cells, "number")
    date = next(iter(cells.get("date", ())), None)
    comments = title.comments
    if comments is None:
        comments = count_beside(link, parts[1:], layout.comments)
    return Row(
        link=scripts.beyond(link) if leads_on(link) else _scripted(page, link, scripts),
        title=title.text,
        number=number if number and number.isdecimal() else None,
        poster=_poster(cells),
        date_raw=_text(cells, "date") if "date" in cells else _date_beside(node, link),
        date_exact=_unseen_date(date),
        views=number_in(_text(cells, "views")),
        comments=number_in(_text(cells, "comments")) if comments is None else comments,
        category=title.category
        or _category(parts, layout)
        or _text(cells, "category")
        or category_before(link),
        notice="notice" in title.flags or _is_notice(node, cells, parts, layout),
        flags=[
            *title.flags,
            *flags_of(parts),
            *flags_of(p for c in cells.get("file", ()) for p in elements(c)),
        ],
    )


def _scripted(page: Document, link: HtmlElement, scripts: PostScripts) -> str:
    """Where a script leads; if the page does not say, its own address with the post's id behind ``#``."""
    if link.tag == "form":
        return scripts.sent_by(link) or ""
    return scripts.address(link) or f"{page.url.partition('#')[0]}#{script_id(link)}"


def _headline(
    parts: Sequence[HtmlElement], layout: TableLayout, scripts: PostScripts
) -> tuple[HtmlElement, Title] | None:
    """The link of a cell that is the headline: the longest that is no count and no category."""
    aside = layout.comments | layout.category
    links = [
        part
        for part in parts
        if part.tag == "a" and leads_on(part) and aside.isdisjoint((part.get("class") or "").split())
    ]
    links = links or [part for part in parts if _is_scripted(part, scripts)]
    found = [(link, title) for link in links if (title := read_title(link)).text]
    if len(found) > 1:
        worded = [(link, title) for link, title in found if not is_count(title.text)] or found
        found = [
            (link, title) for link, title in worded if not _NARROWS.search(link.get("href", ""))
        ] or worded
    return max(found, key=lambda pair: len(pair[1].text), default=None) or _button(parts, scripts)


def _clicked_row(node: HtmlElement, cells: Cells, scripts: PostScripts) -> tuple[HtmlElement, Title] | None:
    """A row that is clicked as a whole, and the headline in its cell."""
    if not node.get("onclick") or not _is_scripted(node, scripts):
        return None
    titles = (read_title(cell) for cell in cells.get("title", ()))
    return next(((node, title) for title in titles if title.text), None)


def _button(parts: Sequence[HtmlElement], scripts: PostScripts) -> tuple[HtmlElement, Title] | None:
    """The form of a cell whose button is the headline."""
    for button in parts:
        if button.tag != "input" or button.get("type") != "submit" or not tidy(button.get("value") or ""):
            continue
        form = next((above for above in islice(button.iterancestors(), _NEAR) if above.tag == "form"), None)
        if form is not None and scripts.sent_by(form) is not None:
            return form, Title(tidy(button.get("value") or ""))
    return None


def _is_scripted(part: HtmlElement, scripts: PostScripts) -> bool:
    if part.tag != "a" and not part.get("onclick"):
        return False
    return script_id(part) is not None or scripts.address(part) is not None


def _is_notice(node: HtmlElement, cells: Cells, parts: Sequence[HtmlElement], layout: TableLayout) -> bool:
    numbers = cells.get("number", ())
    if any(map(is_notice_icon, (*parts, *(part for cell in numbers for part in elements(cell))))):
        return True
    words = [word for cell in numbers for word in short_words(cell)]
    words += [number] if (number := _text(cells, "number")) else []
    if any(word.isdecimal() for word in words):
        return False
    if any(map(is_notice_number, words)) or _is_named_notice(node):
        return True
    unworded = [cell for cell in numbers if (text := text_of(cell)) is None or is_notice_sign(text)]
    if any(_is_named_notice(part) or is_pinned(part) for cell in unworded for part in elements(cell)):
        return True
    if any(is_notice_sign(word) for word in words):
        return True
    holders = [*node.iterchildren("td"), *parts] if layout.notice else ()
    return any(not layout.notice.isdisjoint((part.get("class") or "").split()) for part in holders)


def _is_named_notice(node: HtmlElement) -> bool:
    return "notice" in (node.get("class") or "").lower()


def _category(parts: Sequence[HtmlElement], layout: TableLayout) -> str | None:
    if not layout.category:
        return None
    named = (part for part in parts if not layout.category.isdisjoint((part.get("class") or "").split()))
    return next((text for part in named if (text := text_of(part))), None)


def _poster(cells: Cells) -> str | None:
    shown = ((cell, _member(cell) or own_text(cell)) for cell in cells.get("poster", ()))
    texts = (_unlabelled(c, text_of(c), "poster") if t and role_of(t) == "poster" else t for c, t in shown)
    return next((text for text in texts if text), None)


def _member(cell: HtmlElement) -> str | None:
    """The member's name in a cell of several elements: a picture or a level may stand before it."""
    if len(cell) < _SEVERAL:
        return None
    return next((text for part in elements(cell) if is_member(part) and (text := own_text(part))), None)


def _text(cells: Cells, role: Role) -> str | None:
    texts = (_unlabelled(cell, text_of(cell), role) for cell in cells.get(role, ()))
    return next((text for text in texts if text), None)


def _unlabelled(cell: HtmlElement, text: str | None, role: Role) -> str | None:
    """The text of a cell without its column's header, which some repeat in it for phones."""
    if text is None or len(cell) == 0 or (cell.text or "").strip():
        return text
    label = text_of(cell[0]) or ""
    return text.removeprefix(label).strip(" :") if label and role_of(label) == role else text


def _date_beside(row: HtmlElement, link: HtmlElement) -> str | None:
    """The date in a row of a table that has no column for it."""
    return printed_date(list(islice(elements(row), _LARGEST)), link)[0]


def _unseen_date(cell: HtmlElement | None) -> str | None:
    """The whole date that some boards keep in the ``title`` of a shortened one, or in ``time@datetime``."""
    if cell is None:
        return None
    for part in elements(cell):
        stated: str | None = part.get("datetime") or part.get("title")
        if stated:
            return stated
    return None
