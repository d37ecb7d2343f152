"""Feeds and sitemaps as XML trees, also where what came is not quite XML.

What is well-formed is read as it stands. Else it is mended first, as a browser would understand it: an
``&`` that begins no entity, HTML's entities, control characters, a ``<`` in a headline, HTML in a text.
libxml2's own recovery alone would drop these, and with them half of a headline and parameters of a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Literal

from lxml import etree

from newsbot.errors import NotAListing
from newsbot.pages.document import Document
from newsbot.pages.mistaken import what_instead
from newsbot.pages.selectors import text_of

Kind = Literal["feed", "sitemap", "sitemapindex"]
Node = Any  # lxml's elements are untyped
Fields = dict[str, list[Node]]

_HEAD = 2048  # characters in which the root element begins
_TAIL = 65536  # characters at the end in which it closes: some servers hang scripts behind it
_ROOT = re.compile(r"<(?:[a-z][\w.-]{0,20}:)?(rss|feed|rdf|urlset|sitemapindex)(?=[\s>/])", re.I)
_HTML = re.compile(r"<(?:!doctype\s+)?html\b", re.I)
_CLOSED_AT_ONCE = re.compile(r"<[^<>]*/>")
_KINDS: dict[str, Kind] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemapindex",
}  # fmt: skip
_USUAL_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}

_TEXTS = r"(?:\w{1,20}:)?(?:title|description|summary|content|encoded)\b"  # they hold no elements of a feed
# Linear: what never ends reaches to the end, a text to the next text or entry at most.
_TO_MEND = re.compile(
    r"(?P<kept><!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*))"
    rf"|(?P<open><(?P<name>{_TEXTS})[^<>]{{0,200}}(?<!/)>)"
    rf"(?P<text>[^<]*(?:<(?!!\[CDATA\[|{_TEXTS}|/(?P=name)|/?(?:item|entry|channel|link)\b)[^<]*)*)"
    r"(?P<close></(?P=name)\s*>)"
    r"|<(?![/?!a-z_])"
    r"|&(?:#\w{1,8};|\w{1,32};)?",
    re.S | re.I,
)
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry|url|sitemap)[\s>]", re.I)
_MOST_MENDED = 1_000_000  # places: 16 MiB of markup errors are no feed
# By number: behind its first error libxml2 leaves out every entity that has a name, even &amp;.
_ESCAPED = str.maketrans({mark: f"&#{ord(mark)};" for mark in "&<>\"'"})
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def kind_of_xml(text: str) -> Kind | None:
    """What a text is by its root element, from its first 2,048 characters; ``None``: neither of these.

    What stands before the root may be anything but HTML: blank lines, declarations, a server's notices.
    """
    return _KINDS[root[1].lower()] if (root := _root_tag(text)) else None


def read_xml(page: Document, kind: Kind) -> Node:
    """The root element of ``page``.

    Raises ``NotAListing`` where the page is of another kind, ends before its end, or is beyond reading.
    Nothing is fetched and no entity is expanded: the part in which documents declare them is left out.
    """
    root_tag, found = _root_tag(page.text), kind_of_xml(page.text)
    if root_tag is None or found != kind:
        raise NotAListing(f"no {kind} at {page.url}: it is {f'a {found}' if found else what_instead(page)}")
    source = _whole(page.text, root_tag)
    if source is None:
        raise NotAListing(f"{page.url} ends in the middle of the {kind}")
    root = _tree(source)
    if root is None:
        raise NotAListing(f"the {kind} at {page.url} is too broken to be read")
    return root


def fields_of(nodes: Iterator[Node], root: Node) -> Fields:
    """``nodes`` by name, lower case: ``title``, ``dc:creator``, whatever prefixes the document has chosen.

    Names of the root's own vocabulary, and those without a prefix, stand alone; a prefix that was never
    declared counts as it stands.
    """
    found: Fields = {}
    own = _namespace(root)
    for node in nodes:
        if isinstance(node.tag, str):
            found.setdefault(_name(node, own), []).append(node)
    return found


def first_of(fields: Fields, *names: str) -> str | None:
    """The text of the first of ``names`` that has any."""
    for name in names:
        for node in fields.get(name, ()):
            if text := text_of(node):
                return text
    return None


def _name(node: Node, own: str) -> str:
    prefix = node.prefix
    namespace, local = _namespace(node), str(node.tag.rpartition("}")[2].lower())
    if prefix is None or namespace == own:
        return local
    return f"{_USUAL_PREFIXES.get(namespace, prefix.lower())}:{local}"


def _namespace(node: Node) -> str:
    return str(node.tag[1:].partition("}")[0]) if node.tag.startswith("{") else ""


def _root_tag(text: str) -> re.Match[str] | None:
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    root = _ROOT.search(text, start, start + _HEAD)
    return None if root is None or _HTML.search(text, start, root.start()) else root


def _whole(text: str, root_tag: re.Match[str]) -> str | None:
    """The root element from its first to its last character, ``None`` where it does not close."""
    if _CLOSED_AT_ONCE.match(text, root_tag.start(), root_tag.start() + _HEAD):
        return root_tag[0] + "/>"
    close = re.compile(rf"</{re.escape(root_tag[0][1:])}\s*>", re.I)
    ends = [tag.end() for tag in close.finditer(text, max(root_tag.end(), len(text) - _TAIL))]
    return text[root_tag.start() : ends[-1]] if ends else None


def _tree(source: str) -> Node | None:
    try:
        return _parsed(source, recover=False)
    except etree.XMLSyntaxError:
        mended, places = _TO_MEND.subn(_mended, source, _MOST_MENDED)
        return _recovered(_NO_XML.sub("", mended)) if places < _MOST_MENDED else None


def _recovered(source: str) -> Node | None:
    """The tree of what is still not well-formed, ``None`` where its entries are lost in it."""
    try:
        root = _parsed(source, recover=True)
    except etree.XMLSyntaxError:
        return None
    if root is None or (_ENTRY.search(source) and not _has_entries(root)):
        return None
    return root


def _has_entries(root: Node) -> bool:
    return next(root.iter("{*}item", "{*}entry", "{*}url", "{*}sitemap"), None) is not None


def _parsed(source: str, *, recover: bool) -> Node | None:
    parser = etree.XMLParser(
        encoding="utf-8", recover=recover, huge_tree=True, remove_comments=True, remove_pis=True,
        resolve_entities=False, load_dtd=False, no_network=True,
    )  # fmt: skip
    return etree.fromstring(source.encode("utf-8", "replace"), parser)


def _mended(part: re.Match[str]) -> str:
    if part["kept"] is not None:
        return part["kept"]
    if part["open"] is not None:
        return part["open"] + _as_text(part["text"]) + part["close"]
    return _as_text(part[0])


def _as_text(source: str) -> str:
    return unescape(source).translate(_ESCAPED)
