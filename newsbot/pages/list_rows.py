"""The rows of a listing whose engine puts it in a list, not in a table."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.document import Document
from newsbot.pages.layout import ListingLayout
from newsbot.pages.row_dates import is_row_date
from newsbot.pages.rows import Row, flags_of, number_in, own_text, read_title
from newsbot.pages.selectors import elements, first, first_text, select, text_of

_PIECES = 20  # of the text of a date's box


def rows_of_list(page: Document, layout: ListingLayout) -> list[Row] | None:
    """The rows of the page's listing, ``None`` where it does not have this layout."""
    if first(page.root, layout.container) is None:
        return None
    return [row for node in select(page.root, layout.row) if (row := _row(page, node, layout))]


def _row(page: Document, node: HtmlElement, layout: ListingLayout) -> Row | None:
    link = first(node, layout.link)
    box = link if layout.title == layout.link else first(node, layout.title)
    if link is None or box is None or not link.get("href"):
        return None
    title = read_title(box)
    if not title.text:
        return None
    comments = first_text(node, layout.comments) if layout.comments else None
    return Row(
        link=page.absolute(link.get("href", "")),
        title=title.text,
        poster=own_text(first(node, layout.poster)) if layout.poster else None,
        date_raw=_date(first(node, layout.date)) if layout.date else None,
        views=number_in(own_text(first(node, layout.views))) if layout.views else None,
        comments=number_in(comments) if comments else title.comments,
        category=_category(node, layout),
        notice=layout.notice is not None and first(node, layout.notice) is not None,
        flags=[*title.flags, *flags_of(elements(node))],
    )


def _date(box: HtmlElement | None) -> str | None:
    """The date in its box, before which a skin may put the count of comments."""
    shown = own_text(box)
    if box is None or shown is None or is_row_date(shown):
        return shown
    texts = (tidy(text) for text in islice(box.itertext("*"), _PIECES))
    return next((text for text in texts if text and is_row_date(text)), shown)


def _category(node: HtmlElement, layout: ListingLayout) -> str | None:
    """The category's name: an element's text, or what stands before ``›`` in the title's box."""
    if layout.category is None or (found := first(node, layout.category)) is None:
        return None
    before, mark, _ = (text_of(found) or "").partition("›")
    if not mark:
        return before if found.tag == "a" else None
    return before.removeprefix("공지").strip() or None
