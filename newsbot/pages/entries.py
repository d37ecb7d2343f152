"""What a feed or a sitemap says of an article, made a headline of a listing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

from newsbot.items import Headline, Timestamp
from newsbot.korean.dates import read_date
from newsbot.korean.text import tidy
from newsbot.pages.article_links import article_url, hides_its_target
from newsbot.pages.document import Document
from newsbot.pages.portals import portal_article

MOST_ENTRIES = 50_000  # of one file: what sitemaps.org allows

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,32});", re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
# HTML's own names alone, and attributes as HTML writes them: <단독>, <AI 시대> and <A 씨> are words.
_TAG = re.compile(
    r"</?(?:b|strong|em|i|u|s|a|p|div|span|font|small|big|mark|sup|sub|img|h[1-6]|center|strike|del|ins)"
    r"(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>",
    re.I,
)
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


def read_moment(text: str, *, now: datetime) -> Timestamp | None:
    """``read_date`` for feeds: RFC 822 also as servers set to Korean write it (``수, 11 6월 2025``).

    A date without a zone is in Korean time.
    """
    return read_date(text, now=now) or read_date(_as_rfc_822(text), now=now)


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
