"""Layouts: where an engine or an outlet puts things, as data.

Every selector is CSS. In a listing it is relative to the row (``:scope`` is the row itself); in an
article, to the page. A tuple of selectors is tried in order. A selector begins with a tag where it
can: ``div.read`` is found in a tenth of the time of ``.read``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

from newsbot.pages.links import Post

Selectors = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingLayout:
    """A listing that is not a table with headed columns: each field by its selector."""

    name: str
    container: str  # its presence makes the page a listing
    row: str
    link: str
    title: str
    notice: str | None = None  # found in a row: the row is a notice
    number: str | None = None
    poster: str | None = None
    date: str | None = None
    views: str | None = None
    comments: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """What an engine adds to a table whose columns are found by their header texts: class names."""

    notice: frozenset[str] = frozenset()  # in a row: the row is a notice
    comments: frozenset[str] = frozenset()
    category: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLayout:
    """Where one engine or outlet puts the parts of an article."""

    body: Selectors
    headline: Selectors = ()
    images: Selectors = ()  # pictures that stand outside the body, before it
    category: Selectors = ()
    poster: Selectors = ()
    date: Selectors = ()
    keywords: Selectors = ()
    cut_headlines: bool = False  # long headlines end in "…" here, and stand whole in ``title``


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A page of the engine's own in an article's stead, and what it says of the article."""

    state: Literal["deleted", "secret", "login", "no such board"]
    pattern: re.Pattern[str]
    statuses: frozenset[int] = frozenset({200})
    names_post: re.Pattern[str] | None = None  # group 1: the id of the post that the page speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A kind of board: how it is recognised, how it names its posts and where it puts things."""

    name: str
    marks: tuple[str, ...]  # any of them in a page's source: the page is this engine's
    post: Callable[[str], Post | None]  # the post that a link means
    page_id: Callable[[HtmlElement, HtmlElement], str | None]  # (page, body node) → the post it shows
    table: TableLayout
    listings: tuple[ListingLayout, ...]
    article: ArticleLayout
    stands: tuple[Stand, ...]
