"""The page of an outlet or a portal, or of a board of no known engine: layout, metadata, then structure.

Where the outlet has a layout, it says where things are; what it does not say, or where there is none,
comes from what the page states of itself and from what stands around the body.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from newsbot.items import Headline, Origin, Timestamp
from newsbot.korean.addresses import addresses_in, may_hold_address
from newsbot.korean.dates import KST, Dates, read_date, read_dates
from newsbot.korean.foreign_dates import read_foreign
from newsbot.korean.text import letters
from newsbot.pages.between import deck_between, signed_between
from newsbot.pages.blocks import passages
from newsbot.pages.document import Document
from newsbot.pages.found import Found, first_of, value_of
from newsbot.pages.furniture import furniture, signed_boxes
from newsbot.pages.general import find_body, whole_of
from newsbot.pages.headings import choose_headline
from newsbot.pages.labels import Labelled, labelled_values
from newsbot.pages.layout import ArticleLayout, Generation, Outlet, Selectors
from newsbot.pages.outlets.registry import generations, outlet_at, outlet_of
from newsbot.pages.posters import poster_above
from newsbot.pages.printed_dates import date_in, in_zone, refines, same_day
from newsbot.pages.script_data import ScriptArticle, find_script_article
from newsbot.pages.selectors import select, text_of
from newsbot.pages.stated import Field, Stated, completed_by_script, read_stated
from newsbot.pages.surroundings import Surroundings, is_signed, surroundings

_ENOUGH = 40  # letters: a layout that finds less is not this page's
_LITTLE = 150  # letters: a body this short may be the beginning of one in the script data
_PORTAL_LABEL = re.compile(r"^(?:언론사\s?홈|기사제공)\s*")
_FAR_MORE, _FAR_MORE_AROUND = 1.5, 2.5
_LONGEST_DATE, _FEWEST_DIGITS = 60, 4  # letters of a text that is to be a date
_EMPTY = ArticleLayout(body=())


def find_in_news_page(
    page: Document, listed: Headline | None, known: LaidOut | None = None, *, layouts: bool = True
) -> Found | None:
    """What the page gives, ``None`` where it has no body. Without ``layouts``: by its structure alone.

    ``known``: what ``find_by_host`` found.
    """
    outlet = known.outlet if known else outlet_of(page) if layouts else None
    known = known or (_laid_out(page, outlet) if outlet else None)
    generation, body = (known.generation, known.body) if known else (None, None)
    stated = read_stated(page)
    labelled = Labelled() if body is not None or stated.is_article else labelled_values(page.root)
    if generation is None or generation.checked is None:
        written, script = _by_structure(page, stated, labelled)
        if body is None or _is_more(written, body):
            body, generation = written, None
            stated = completed_by_script(stated, script) if script else stated
    if body is None:
        return None
    parts = _Parts(page=page, generation=generation, stated=stated, labelled=labelled, body=body)
    return parts.found(outlet, listed, "layout" if generation else "text")


def claims_article(page: Document) -> bool:
    """Whether a page says that it is an article: by the body of its outlet's layout, or in its metadata."""
    outlet = outlet_of(page)
    return (outlet is not None and _laid_out(page, outlet) is not None) or read_stated(page).is_article


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A body where an outlet's layout puts it."""

    outlet: Outlet
    generation: Generation
    body: HtmlElement


def find_by_host(page: Document) -> LaidOut | None:
    """The body by the layout of the outlet whose host the page is on; ``None`` where there is none."""
    outlet = outlet_at(page)
    return _laid_out(page, outlet) if outlet else None


def _laid_out(page: Document, outlet: Outlet) -> LaidOut | None:
    for generation in generations(outlet, page):
        body = first_of(page.root, generation.article.body)
        if body is not None and len(text_of(body) or "") >= _ENOUGH:
            return LaidOut(outlet=outlet, generation=generation, body=body)
    return None


def _by_structure(
    page: Document, stated: Stated, labelled: Labelled
) -> tuple[HtmlElement | None, ScriptArticle | None]:
    """The body by the page's structure, or with the article that its script data holds."""
    body = find_body(page.root, labelled, opening=stated.opening, is_article=stated.is_article)
    is_little = body is None or len(text_of(body) or "") < _LITTLE
    script = find_script_article(page.root) if is_little else None
    return (script.body, script) if script else (body, None)


def _is_more(found: HtmlElement | None, laid_out: HtmlElement) -> bool:
    """Whether a body found by structure shows that a layout is not this page's: it holds far more text."""
    if found is None or found in laid_out.iter():
        return False
    factor = _FAR_MORE_AROUND if found in laid_out.iterancestors() else _FAR_MORE
    return len(text_of(found) or "") > factor * len(text_of(laid_out) or "")


@dataclass(kw_only=True)
class _Parts:
    """The parts of one page; what stands around the body is looked at only where something is missing."""

    page: Document
    generation: Generation | None
    stated: Stated
    labelled: Labelled
    body: HtmlElement

    @property
    def layout(self) -> ArticleLayout:
        return self.generation.article if self.generation else _EMPTY

    @property
    def is_checked(self) -> bool:
        """Whether the layout was checked against the outlet's pages: else it needs other evidence."""
        return self.generation is not None and self.generation.checked is not None

    @cached_property
    def around(self) -> Surroundings:
        return surroundings(self.body)

    @cached_property
    def printed_dates(self) -> Dates:
        labelled = [self._labelled_date(text) for text in (self.labelled.date, self.labelled.modified)]
        if labelled[0] is not None:
            return Dates(*labelled)
        around = self.around.dates(self.page.now)
        return Dates(around.published, labelled[1] or around.modified)

    def _labelled_date(self, text: str | None) -> Timestamp | None:
        return read_date(date_in(text or "") or "", now=self.page.now)

    def found(self, outlet: Outlet | None, listed: Headline | None, origin: Origin) -> Found:
        headline = self._headline(listed)
        published = self._published()
        unread = None if published else self._unread(self.layout.date, self.stated.published, changed=False)
        if unread and (moment := read_foreign(unread)):
            published, unread = (moment, "text"), None
        modified = self._modified(published[0] if published else None)
        change = None if modified else self._unread(self.layout.modified, self.stated.modified, changed=True)
        section = self._layout_or(self.layout.category, self.stated.section)
        source = self._source(outlet)
        body, beside = whole_of(self.body) if origin == "text" else (self.body, set())
        outside = self._outside(body)
        zone = outlet.zone if outlet else KST
        signing = self._byline_lines(outside)
        deck = [node for css in self.layout.deck for node in select(self.page.root, css)]
        if not deck and headline is not None and not (self.is_checked and self.layout.deck):
            deck = deck_between(self.around.above, headline[0])
        found = Found(
            body=body,
            headline=headline[0] if headline else None,
            poster=poster_above(self.around, self.labelled.poster, is_article=self.stated.is_article),
            published=in_zone(published[0] if published else None, zone),
            published_raw=unread,
            modified=in_zone(modified[0] if modified else None, zone),
            modified_raw=change,
            section=section[0] if section else None,
            keywords=self.stated.keywords,
            deck=tuple(dict.fromkeys(line for node in deck for line in _lines(node))) or self.stated.deck,
            byline_lines=tuple(signing),
            beside_date=self._beside(headline) if origin == "text" or not signing else (),
            source=source[0] if source else None,
            holders=outlet.holders() if outlet else (),
            outside=outside | beside | set(deck) | self.labelled.rows,
        )
        named = {"headline": headline, "date_published": published, "date_modified": modified}
        named |= {"section": section, "source": source}
        found.provenance |= {"body": origin, "provider": "text", "keywords": self.stated.keywords_origin}
        if found.deck:
            found.provenance["deck"] = "layout" if self.layout.deck and deck else "text" if deck else "meta"
        found.byline_origins |= signing
        found.provenance |= {name: value[1] for name, value in named.items() if value}
        return found

    def _layout_or(self, selectors: Selectors, stated: Field | None) -> Field | None:
        value = value_of(self.page.root, selectors)
        return (value, "layout") if value else stated

    def _headline(self, listed: Headline | None) -> Field | None:
        laid_out = value_of(self.page.root, self.layout.headline)
        if laid_out and (self.is_checked or self._is_stated(laid_out)):
            return laid_out, "layout"
        if self.labelled.headline:
            return self.labelled.headline, "text"
        if listed is not None and self.around.printed(listed.title):
            return listed.title, "text"
        return choose_headline(self.stated, self.around)

    def _is_stated(self, headline: str) -> bool:
        """Whether the page states the headline, whole or with more about it; if it states any."""
        titles = [self.stated.headline[0]] if self.stated.headline else self.stated.titles
        return not titles or any(letters(headline) in letters(title) for title in titles)

    def _published(self) -> tuple[Timestamp, Origin] | None:
        """The layout's date, else the stated one; more exact where both mean the same minute."""
        laid_out = self._read(self.layout.date).published
        text, origin = self.stated.published or ("", "meta")
        stated = read_date(text, now=self.page.now)
        is_sure = self.is_checked or stated is None or (laid_out and same_day(laid_out, stated))
        if laid_out is not None and is_sure and not refines(stated, laid_out):
            return laid_out, "layout"
        if stated is not None and stated.precision != "day":
            return stated, origin
        printed = self.printed_dates.published
        if printed is not None:
            return printed, "text"
        return (stated, origin) if stated else None

    def _modified(self, published: Timestamp | None) -> tuple[Timestamp, Origin] | None:
        """The printed change, also of the same minute; a stated one only where it is later."""
        dates = self._read(self.layout.modified)
        printed = dates.modified or dates.published
        text, origin = self.stated.modified or ("", "meta")
        moment = read_date(text, now=self.page.now)
        if printed is not None and (published is None or printed.value >= published.value):
            return (moment, origin) if moment and refines(moment, printed) else (printed, "layout")
        if moment is not None:
            return (moment, origin) if published and moment.value > published.value else None
        if self.layout.modified:
            return None
        change = self.printed_dates.modified
        return (change, "text") if change else None

    def _read(self, selectors: Selectors) -> Dates:
        for css in selectors:
            text = value_of(self.page.root, (css,))
            if text and (dates := read_dates(text, now=self.page.now)) != Dates():
                return dates
            if text and (printed := date_in(text)):
                return read_dates(printed, now=self.page.now)
        return Dates()

    def _unread(self, selectors: Selectors, stated: Field | None, *, changed: bool) -> str | None:
        """What is printed or stated for a date, and not understood."""
        texts = [value_of(self.page.root, (css,)) for css in selectors]
        texts += [stated[0] if stated else None, self.labelled.modified if changed else self.labelled.date]
        texts += self.around.labelled_dates(changed=changed)
        return next((text for text in texts if text and self._is_unread(text)), None)

    def _is_unread(self, text: str) -> bool:
        if len(text) > _LONGEST_DATE or sum(letter.isdigit() for letter in text) < _FEWEST_DIGITS:
            return False
        return all(read_dates(part, now=self.page.now) == Dates() for part in (text, date_in(text) or ""))

    def _byline_lines(self, outside: Set[HtmlElement]) -> dict[str, Origin]:
        """The lines that sign, each once with where it stands, in order."""
        nodes = [node for css in self.layout.bylines for node in select(self.page.root, css)]
        laid_out = (line for node in nodes[:12] for line in _lines(node))
        lines: dict[str, Origin] = {line: "layout" for line in laid_out if self.is_checked or is_signed(line)}
        for line, origin in self.stated.bylines:
            lines.setdefault(line, origin)
        boxed = [line for box in signed_boxes(outside) for line in _lines(box)]
        if not lines:
            lines |= dict.fromkeys(self.around.bylines(), "text")
            lines |= {line: "text" for line in boxed if is_signed(line)}
        elif not any(map(may_hold_address, lines)):
            addresses = {address for line in boxed for address in addresses_in(line)}
            lines |= dict.fromkeys(addresses if len(addresses) == 1 else (), "text")
        return lines

    def _beside(self, headline: Field | None) -> tuple[str, ...]:
        above, named = self.around.above, headline[0] if headline else ""
        return (*self.around.beside_dates(), *signed_between(above, named))

    def _source(self, outlet: Outlet | None) -> Field | None:
        if outlet is not None and outlet.name:
            return outlet.name, "layout"
        named = value_of(self.page.root, self.layout.outlet)
        if named:
            return _PORTAL_LABEL.sub("", named), "layout"
        if labelled := self.around.source() if outlet is None else None:
            return labelled, "text"
        is_outlets_own = self.stated.is_news or (outlet is not None and not outlet.hosts)
        return self.stated.outlet or (self.stated.house() if is_outlets_own else None)

    def _outside(self, body: HtmlElement) -> set[HtmlElement]:
        nodes = {node for css in self.layout.outside for node in select(body, css)}
        return nodes | furniture(body)


def _lines(node: HtmlElement) -> list[str]:
    return [passage.text for passage in passages(node, str) if passage.kind != "image"]
