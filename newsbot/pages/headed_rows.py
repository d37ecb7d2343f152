"""The header of a listing whose rows are boxes, not a table's: boxes of labels, as many as a row has."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from newsbot.pages.rows import own_text
from newsbot.pages.selectors import text_of
from newsbot.pages.tables import Role, role_of, short_words

_READ: frozenset[Role] = frozenset(
    ("number", "poster", "views", "category")
)  # the rest a row shows by itself
_MOST = 12  # boxes of a row
_ABOVE = 3  # elements above the first row in which a header is looked for


@dataclass(frozen=True, slots=True)
class Head:
    """The roles of the boxes of a row, by their place; empty where no header stands above the rows."""

    roles: tuple[Role | None, ...]

    def values(self, row: HtmlElement) -> dict[str, str]:
        boxes = list(row.iterchildren("*"))
        if len(boxes) != len(self.roles):
            return {}
        pairs = zip(self.roles, boxes, strict=True)
        named = ((role, text_of(box) if role == "views" else own_text(box)) for role, box in pairs)
        return {role: text for role, text in named if role in _READ and text}


NO_HEAD = Head(())


def head_of(row: HtmlElement) -> Head:
    """The header above the first row of a list: beside it, or beside the box of all rows."""
    if row.tag in ("tr", "td"):
        return NO_HEAD
    around = row.getparent()
    for node in (row, around) if around is not None else (row,):
        for above in islice(node.itersiblings("*", preceding=True), _ABOVE):
            roles = tuple(_role(box) for box in islice(above.iterchildren("*"), _MOST))
            if "title" in roles and len(set(roles)) > 2:
                return Head(roles)
    return NO_HEAD


def _role(box: HtmlElement) -> Role | None:
    return next((role for word in short_words(box) if (role := role_of(word))), None)
