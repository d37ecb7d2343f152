"""What a feed or a sitemap says of an article, made a headline of a listing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from newsbot.items import Headline, Timestamp
from newsbot.korean.dates import read_unlabelled
from newsbot.korean.standard_dates import read_standard
from newsbot.korean.text import tidy
from newsbot.pages.article_links import article_url, hides_its_target
from newsbot.pages.document import Document
from newsbot.pages.portals import portal_article

MOST_ENTRIES = 20_000  # of one feed: they list some tens, the largest of them thousands

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,32});", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
# HTML's own names alone, and attributes as HTML writes them: <단독>, <AI 시대> and <A 씨> are words.
_TAG = re.compile(
    r"</?(?:b|strong|em|i|u|s|a|p|div|span|font|small|big|mark|sup|sub|img|h[1-6]|center|strike|del|ins)"
    r"(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>",
    re.I,
)
_MOST_OTHER_DATES = 4_000  # of one file: those that are in neither of the forms that its standard names
_LONGEST_TITLE = 20_000  # characters, markup and all
_LONGEST_ID = 500  # characters
_SLASHES_OF_A_HOME_PAGE = 3

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KOREAN_WEEKDAY = re.compile(r"^\(?[월화수목금토일](?:요일)?\)?\s*,\s*")
_KOREAN_MONTH = re.compile(r"^(\d{1,2})\s+(1[0-2]|0?[1-9])월,?\s+(?=\d{4}\b)")
_SHORT_YEAR = re.compile(r"(\d{1,2} [A-Z][a-z]{2}) (\d{2})(?= \d{1,2}:)")
_SHORT_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d)(?::?(\d\d))?$")
_KOREAN_ZONE = re.compile(
    r"(?P<offset>(?:GMT|UTC)?\s?[+-]\d\d:?\d\d)?\s*\(?(?:(?:대한민국|한국)\s?표준시|Asia/Seoul)\)?$"
)


_Listed = TypeVar("_Listed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as it is listed. Texts are as printed; ``stated_id`` is a feed's ``guid`` or ``id``."""

    link: str  # whole
    title: str
    stated_id: str | None = None
    poster: str | None = None
    date: Timestamp | None = None
    date_raw: str | None = None
    category: str | None = None


def headlines_of(page: Document, entries: Iterable[Entry]) -> tuple[Headline, ...]:
    """The entries as headlines, in their order, each document once; those with no web address left out."""
    found = [(entry, url) for entry in entries if (url := article_url(entry.link))]
    shared = _shared_ids([entry for entry, _ in found])
    return tuple(_each_once(_headline(page, entry, url, shared) for entry, url in found))


def up_to(most: int, listed: Iterable[_Listed]) -> tuple[list[_Listed], tuple[str, ...]]:
    """The first ``most`` of what a file lists, and a warning where there are more."""
    kept = list(islice(listed, most + 1))
    words = f"more than {most:,} entries: those behind are left out"
    return kept[:most], (words,) if len(kept) > most else ()


def warnings_of(headlines: Sequence[Headline]) -> tuple[str, ...]:
    """What a person should know of the links: those that do not say where they lead are kept as they are."""
    hidden = sum(hides_its_target(headline.url) for headline in headlines)
    words = f"{hidden} links lead to Google News and do not say to which article: they are kept as they are"
    return (words,) if hidden else ()


def plain_title(text: str) -> str:
    """A headline as its reader sees it, out of the markup and the doubled escapes that feeds send."""
    text = text[:_LONGEST_TITLE]
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return tidy(_TAG.sub("", _BREAK.sub(" ", text)) if "<" in text else text)


class Moments:
    """The dates of one file, read as they come: those in the standard's forms all, others up to a number.

    Another form costs as much as the rest of its entry, and no file that is honest has many of them.
    """

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._others = 0

    def read(self, text: str) -> Timestamp | None:
        """The moment, in whatever form; RFC 822 also as servers set to Korean write it (``수, 11 6월 2025``).

        A date without a zone is in Korean time.
        """
        if reading := read_standard(text):
            return Timestamp(value=reading[0], precision=reading[1], raw=text)
        self._others += 1
        if self._others > _MOST_OTHER_DATES:
            return None
        moment = read_unlabelled(text, now=self._now)
        return moment or read_unlabelled(_as_rfc_822(text), now=self._now)

    def warnings(self) -> tuple[str, ...]:
        """What a person should know of dates that were not looked at."""
        unread = self._others - _MOST_OTHER_DATES
        words = (
            f"{unread:,} dates are left unread: they are not in the usual form, and too many to try others"
        )
        return (words,) if unread > 0 else ()


def _as_rfc_822(text: str) -> str:
    text = _KOREAN_WEEKDAY.sub("", tidy(text)[:100])
    text = _KOREAN_MONTH.sub(lambda date: f"{date[1]} {_MONTHS[int(date[2]) - 1]} ", text)
    text = _SHORT_YEAR.sub(r"\1 20\2", text)
    text = _KOREAN_ZONE.sub(lambda zone: zone["offset"] or " KST", text)
    return _SHORT_OFFSET.sub(lambda zone: f" {zone[1]}0{zone[2]}:{zone[3] or '00'}", text)


def _headline(page: Document, entry: Entry, url: str, shared: frozenset[str]) -> Headline:
    stated = None if entry.stated_id in shared else _stable_id(page, entry.stated_id)
    return Headline(
        document_id=stated or _id_of(page, url),
        url=url,
        title=entry.title,
        poster=entry.poster,
        date_raw=entry.date_raw,
        date_listed=entry.date.value if entry.date else None,
        date_precision=entry.date.precision if entry.date else None,
        category=entry.category,
    )


def _shared_ids(entries: Sequence[Entry]) -> frozenset[str]:
    """The stated ids that name several articles: some systems give every entry that of the site."""
    titles = defaultdict(set)
    for entry in entries:
        if entry.stated_id:
            titles[entry.stated_id].add(entry.title)
    return frozenset(stated for stated, named in titles.items() if len(named) > 1)


def _stable_id(page: Document, stated: str | None) -> str | None:
    """An id that stays the same when the site changes to https or a tracking parameter comes along."""
    if stated is None or len(stated) > _LONGEST_ID:
        return None
    url = article_url(stated)
    if url is None:
        return stated
    return None if url.endswith("/") and url.count("/") == _SLASHES_OF_A_HOME_PAGE else _id_of(page, url)


def _id_of(page: Document, url: str) -> str:
    """Path and query; before them the host, where the article lies on another site than its listing."""
    if article := portal_article(urlsplit(url)):
        return article.document_id
    site, _, within = url.partition("://")[2].removeprefix("www.").partition("/")
    return within if within and site == page.site.removeprefix("www.") else f"{site}/{within}"


def _each_once(headlines: Iterable[Headline]) -> Iterator[Headline]:
    seen: set[str] = set()
    for headline in headlines:
        if headline.document_id not in seen:
            seen.add(headline.document_id)
            yield headline
