"""Feeds as listings: RSS 2.0 and its elders, RSS 1.0 (RDF), Atom; and where a site has some."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from newsbot.items import Listing, Timestamp
from newsbot.pages.document import Document
from newsbot.pages.entries import (
    MOST_ENTRIES,
    Entry,
    Moments,
    headlines_of,
    plain_title,
    up_to,
    warnings_of,
)
from newsbot.pages.selectors import select, text_of
from newsbot.pages.xmltree import Fields, Node, fields_of, first_of, read_xml

_DATES = (
    "pubdate", "dc:date", "published", "atom:published", "issued", "dcterms:issued", "created", "date",
    "updated", "atom:updated", "modified", "dcterms:modified",
)  # fmt: skip
_MAIL_AND_NAME = re.compile(r"[^\s@(]+@[^\s@(]+\s*\((?P<name>.+)\)")  # RSS 2.0's form of an author
_FEED_TYPE = re.compile(
    r"(?:(?:application|text)/(?:rss|atom|rdf)\+xml|application/feed\+json)\s*(?:;.*)?", re.I
)
_FEED_PATH = re.compile(
    r"/(?:.*[/._-])?(?:rss|atom|rdf|feed)/?"  # /rss, /news/rss, /all.rss
    r"|/(?:.*/)?\w*(?:rss|atom|rdf|feed)[\w-]*\.(?:xml|json|php|do|aspx?|jsp|nhn)"  # /bbs/rss.php
    r"|/(?:.*[/._-])?(?:rss|atom|rdf|feeds?)/[^/]+\.xml",  # /rss/S1N1.xml
    re.I,
)
_FEED_HOST = re.compile(r"(?:rss|feeds?)\..+", re.I)
_FEED_QUERY = re.compile(r"(?:^|&)(?:act|mod|feed)=(?:rss2?|atom)(?:&|$)", re.I)


def read_feed(page: Document) -> Listing:
    """The entries of a feed, in their order; entries without a link or a title are left out.

    ``document_id`` is what the feed names an entry by, ``url`` the article's one address. A feed that
    lists nothing has no headlines. Raises ``NotAListing`` where the page is no feed, or part of one.
    """
    root = read_xml(page, "feed")
    nodes, more = up_to(MOST_ENTRIES, root.iter("{*}item", "{*}entry"))
    moments = Moments(page.now)
    entries = (_entry(page, node, root, moments) for node in nodes)
    headlines = headlines_of(page, (entry for entry in entries if entry))
    return Listing(
        url=page.url,
        engine="feed",
        headlines=headlines,
        next_page=_next_page(page, root),
        warnings=(*warnings_of(headlines), *moments.warnings(), *more),
    )


def feed_links(page: Document) -> tuple[str, ...]:
    """The addresses of the feeds that an HTML page names: those of its head first, then visible links.

    Feeds of comments are left out.
    """
    declared = [
        node.get("href")
        for node in select(page.root, "link[rel~=alternate][href]")
        if _FEED_TYPE.fullmatch((node.get("type") or "").strip())
    ]
    shown = [node.get("href") for node in select(page.root, "a[href]") if _looks_like_feed(node.get("href"))]
    links = (page.absolute(_over_http(link)) for link in [*declared, *shown])
    return tuple(dict.fromkeys(link for link in links if _is_web(link) and "/comments/" not in link))


def _entry(page: Document, node: Node, root: Node, moments: Moments) -> Entry | None:
    fields = fields_of(node.iterchildren(), root)
    link = _link(page, fields)
    title = plain_title(first_of(fields, "title", "dc:title", "media:title") or "")
    if not link or not title:
        return None
    raw, moment = _date(fields, moments)
    return Entry(
        link=link,
        title=title,
        stated_id=first_of(fields, "guid", "id", "atom:id"),
        poster=_poster(fields, root),
        date=moment,
        date_raw=raw,
        category=_category(fields),
    )


def _link(page: Document, fields: Fields) -> str | None:
    """The article's address: a proxy's original first, Atom's ``alternate``, a ``guid`` that is a link."""
    if original := first_of(fields, "feedburner:origlink"):
        return original
    for node in (*fields.get("link", ()), *fields.get("atom:link", ())):
        stated = node.get("href") if node.get("rel", "alternate") == "alternate" else None
        if link := stated or text_of(node):
            return page.absolute(_from_base(node, link))
    named = [
        node for name in ("guid", "id") for node in fields.get(name, ()) if node.get("isPermaLink") != "false"
    ]
    return next((link for node in named if (link := text_of(node)) and _is_web(link)), None)


def _from_base(node: Node, link: str) -> str:
    """``link`` under the ``xml:base`` that it stands in."""
    try:
        return urljoin(node.base or "", link)
    except ValueError:
        return link


def _date(fields: Fields, moments: Moments) -> tuple[str | None, Timestamp | None]:
    """The date of publication as printed, and as understood; the last change's where there is no other."""
    first = None
    for name in _DATES:
        if text := first_of(fields, name):
            first = first or text
            if moment := moments.read(text):
                return text, moment
    return first, None


def _poster(fields: Fields, root: Node) -> str | None:
    """Who is named as the author: ``dc:creator``, Atom's ``name``, or the name beside RSS's e-mail."""
    for name in ("dc:creator", "author", "atom:author", "itunes:author"):
        names = [_author(node, root) for node in fields.get(name, ())]
        if shown := ", ".join(dict.fromkeys(filter(None, names))):
            return shown
    return None


def _author(node: Node, root: Node) -> str | None:
    text = first_of(fields_of(node.iterchildren(), root), "name", "atom:name") or text_of(node) or ""
    with_mail = _MAIL_AND_NAME.fullmatch(text)
    return plain_title(with_mail["name"] if with_mail else text) or None


def _category(fields: Fields) -> str | None:
    nodes = [*fields.get("category", ()), *fields.get("dc:subject", ())]
    shown = (plain_title(text_of(node) or node.get("label") or node.get("term") or "") for node in nodes)
    return next(filter(None, shown), None)


def _next_page(page: Document, root: Node) -> str | None:
    """The next part of a feed that has pages (RFC 5005)."""
    for node in _links_of_feed(root):
        link = page.absolute(_from_base(node, node.get("href") or ""))
        if node.get("rel") == "next" and _is_web(link) and link != page.url:
            return link
    return None


def _links_of_feed(root: Node) -> Iterable[Node]:
    for parent in (root, *root.iterchildren("{*}channel")):
        yield from parent.iterchildren("{*}link")


def _looks_like_feed(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if "http" in parts.query:  # a reader's offer to take a feed up
        return False
    on_feed_host = _FEED_HOST.fullmatch(parts.netloc) and parts.path.endswith(".xml")
    return bool(on_feed_host or _FEED_PATH.fullmatch(parts.path) or _FEED_QUERY.search(parts.query))


def _over_http(link: str) -> str:
    """Links for feed readers (``feed://``, ``feed:https://``) as addresses."""
    return re.sub(r"^\s*feed:(?://)?(?=(https?:)?)", lambda m: "" if m[1] else "http://", link, flags=re.I)


def _is_web(link: str) -> bool:
    return link.startswith(("http://", "https://"))
