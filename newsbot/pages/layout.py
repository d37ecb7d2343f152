"""Layouts: where an engine or an outlet puts things, as data.

Every selector is CSS. In a listing it is relative to the row (``:scope`` is the row itself); in an
article, to the page, and ``css@name`` is an attribute. A tuple of selectors is tried in order. A
selector begins with a tag where it can: ``div.read`` is found in a tenth of the time of ``.read``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Literal

from lxml.html import HtmlElement

from newsbot.korean.dates import KST
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
    outside: Selectors = ()  # within the body, but no part of it
    headline: Selectors = ()
    deck: Selectors = ()
    bylines: Selectors = ()
    outlet: Selectors = ()  # who wrote it, on a page that carries the work of many
    images: Selectors = ()  # pictures that stand outside the body, before it
    category: Selectors = ()
    poster: Selectors = ()
    date: Selectors = ()
    modified: Selectors = ()
    keywords: Selectors = ()
    cut_headlines: bool = False  # long headlines end in "…" here, and stand whole in ``title``


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One generation of an outlet's pages."""

    article: ArticleLayout
    checked: date | None = None  # against pages of the outlet's own; None: from what is known of its markup
    until: date | None = None  # the last day of its use


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet, a portal or a publishing system: how its pages are recognised and where it puts things."""

    name: str | None  # of the outlet; None: it carries the work of others, or is used by many
    hosts: tuple[str, ...] = ()  # with all hosts below them
    marks: tuple[str, ...] = ()  # any of them in a page's source
    generations: tuple[Generation, ...]  # the newest first
    zone: tzinfo = KST  # of the moments that its pages print or state without one
    holder: str | None = None  # as its copyright notice names it, where that is not ``name``

    def holders(self) -> tuple[str, ...]:
        """Whose copyright notices its pages end in, however shortly they are put: ``ⓒ 샛강일보사``."""
        return tuple(dict.fromkeys(name for name in (self.holder, self.name) if name))


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
