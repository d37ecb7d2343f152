"""Sitemaps as listings, news sitemaps above all; their indexes; and where a site has some."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from protego import Protego

from newsbot.items import Listing
from newsbot.pages.document import Document
from newsbot.pages.entries import Entry, Moments, headlines_of, plain_title, up_to
from newsbot.pages.limits import MAX_BYTES
from newsbot.pages.xmltree import Node, fields_of, first_of, read_xml

MOST_ADDRESSES = 50_000  # of one file: what sitemaps.org allows

_GZIP = b"\x1f\x8b"
_FIRST_ADDRESS = 256  # characters
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapPart:
    url: str
    modified: datetime | None = None  # aware, Asia/Seoul


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex:
    """The sitemaps that an index lists, the one changed last first, those without a date at the end."""

    url: str
    parts: tuple[SitemapPart, ...] = ()


def read_sitemap(page: Document) -> Listing:
    """The addresses of a sitemap as headlines, in their order.

    ``news:`` gives title, date of publication, and the outlet's name as ``poster``; without it the date
    is ``lastmod`` and the title is "", for none is printed. Raises ``NotAListing`` where the page is no
    sitemap, an index, or only a part of one.
    """
    root = read_xml(page, "sitemap")
    moments = Moments(page.now)
    nodes, more = up_to(MOST_ADDRESSES, root.iter("{*}url"))
    entries = (_entry(page, node, root, moments) for node in nodes)
    return Listing(
        url=page.url,
        engine="sitemap",
        headlines=headlines_of(page, (entry for entry in entries if entry)),
        warnings=(*moments.warnings(), *more),
    )


def is_plain_sitemap(text: str) -> bool:
    """Whether a text is a sitemap in its plainest form (sitemaps.org): one whole address on each line."""
    if not text[:_FIRST_ADDRESS].lstrip("\ufeff \t\r\n").startswith(("http://", "https://")):
        return False
    lines = text.lstrip("\ufeff").split()
    return "<" not in text and all(line.startswith(("http://", "https://")) for line in lines)


def read_plain_sitemap(page: Document) -> Listing:
    """The addresses of a sitemap in plain text. They have neither titles nor dates."""
    links, more = up_to(MOST_ADDRESSES, page.text.lstrip("\ufeff").split())
    return Listing(
        url=page.url,
        engine="sitemap",
        headlines=headlines_of(page, (Entry(link=link, title="") for link in links)),
        warnings=more,
    )


def read_sitemap_index(page: Document) -> SitemapIndex:
    """The parts of a sitemap index. Raises ``NotAListing`` where the page is none, or only a part of one."""
    root = read_xml(page, "sitemapindex")
    nodes = islice(root.iter("{*}sitemap"), MOST_ADDRESSES)
    moments = Moments(page.now)
    parts = [part for node in nodes if (part := _part(page, node, root, moments))]
    parts.sort(key=lambda part: part.modified or _NEVER, reverse=True)
    return SitemapIndex(url=page.url, parts=tuple(dict.fromkeys(parts)))


def sitemaps_of_robots(text: str) -> tuple[str, ...]:
    """The addresses in a robots.txt's ``Sitemap:`` lines, as they stand there, each once."""
    return tuple(dict.fromkeys(Protego.parse(text).sitemaps))


def unpacked(body: bytes, limit: int = MAX_BYTES) -> bytes:
    """``body`` without its gzip, if it has one (``sitemap.xml.gz``); at most ``limit`` bytes of it.

    What is cut or damaged is given as far as it can be read. Never raises.
    """
    parts: list[bytes] = []
    while body.startswith(_GZIP) and limit > 0:
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            parts.append(unpacking.decompress(body, limit))
        except zlib.error:
            break
        limit -= len(parts[-1])
        body = unpacking.unused_data
    return b"".join(parts) if parts else body


def _entry(page: Document, node: Node, root: Node, moments: Moments) -> Entry | None:
    fields = fields_of(node.iterdescendants(), root)
    if not (link := first_of(fields, "loc")):
        return None
    raw = first_of(fields, "news:publication_date", "lastmod")
    return Entry(
        link=page.absolute(link),
        title=plain_title(first_of(fields, "news:title") or ""),
        poster=plain_title(first_of(fields, "news:name") or "") or None,
        date=moments.read(raw) if raw else None,
        date_raw=raw,
    )


def _part(page: Document, node: Node, root: Node, moments: Moments) -> SitemapPart | None:
    fields = fields_of(node.iterchildren(), root)
    link = page.absolute(first_of(fields, "loc") or "")
    if not link.startswith(("http://", "https://")) or link == page.url:
        return None
    raw = first_of(fields, "lastmod")
    moment = moments.read(raw) if raw else None
    return SitemapPart(url=link, modified=moment.value if moment else None)
