"""A fetched page, parsed once: what every reader of this package is given."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from newsbot.korean.dates import KST
from newsbot.pages.clocks import site_time
from newsbot.pages.encoding import decoded
from newsbot.pages.limits import MAX_BYTES, excess_of_page, excess_of_source
from newsbot.pages.selectors import Named

_FROM_ROOT = re.compile(r"/(?!/)[^\s.#]*")  # a link from the site's root, without dots to resolve
_WHOLE = re.compile(r"https?://[^\s#]+")
_ENDS = ("</html", "</body", "</HTML", "</BODY")
# One class for all elements: lxml.html looks one up for each of them, which costs more than parsing it.
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # read, but not written by lxml
_TAIL = 65536  # characters at a page's end in which it closes: some hang scripts behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page. ``fetched`` is the moment of the response; ``now`` the same by the site's clock, against which
    relative dates are read.
    """

    url: str
    text: str
    root: html.HtmlElement
    named: Named
    fetched: datetime
    now: datetime
    status: int = 200
    base_url: str = ""
    engine_name: str | None = None  # given by the source; None: seen from the page
    excess: str | None = None  # what the page is, in words, that has too much of something: its root is empty

    @property
    def site(self) -> str:
        """Host and, where it is not the scheme's own, port."""
        return site_of(self.url)

    def absolute(self, link: str) -> str:
        """``link`` as it stands on this page, as a whole URL; a link that is no URL comes back as it is."""
        if _FROM_ROOT.fullmatch(link):
            return _origin(self.base_url or self.url) + link
        if _WHOLE.fullmatch(link):
            return link
        return _joined(self.base_url or self.url, link)

    def is_cut(self, *, strict: bool) -> bool:
        """Whether the page ends before its end.

        ``strict``: the page's engine always closes what it opens. Pages written by hand do not: they
        are cut only where they leave a table or a box open.
        """
        start = max(0, len(self.text) - _TAIL)
        if any(self.text.rfind(end, start) >= 0 for end in _ENDS):
            return False
        if strict:
            return True
        source = self.text.lower()
        return "<html" in source and any(
            source.count(f"<{tag}") > source.count(f"</{tag}") for tag in ("div", "table")
        )


def parse_document(
    page: bytes | str,
    url: str,
    *,
    content_type: str | None = None,
    encoding: str | None = None,
    fetched: datetime | None = None,
    date_header: str | None = None,
    status: int = 200,
    engine_name: str | None = None,
) -> Document:
    """Parse ``page``; never raises for its content: one empty, binary or too large has an empty root."""
    if isinstance(page, str):
        text, source = page, None
    else:
        text, source = decoded(page[:MAX_BYTES], content_type, declared=encoding)
    root, excess = _root(source if source is not None else text.encode("utf-8", "replace"), len(page))
    moment = fetched or datetime.now(KST)
    return Document(
        url=url,
        text=text,
        root=root,
        named=Named(root),
        fetched=moment,
        now=site_time(date_header, moment),
        status=status,
        base_url=_base(root, url),
        engine_name=engine_name,
        excess=excess,
    )


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def _base(root: html.HtmlElement, url: str) -> str:
    """Where the page's links start from: its ``base``, if that is an address."""
    base = next((link for node in root.iter("base") if (link := node.get("href")) is not None), None)
    stated = _joined(url, base) if base is not None else url
    try:
        urlsplit(stated)
    except ValueError:
        return url
    return stated


@functools.lru_cache(maxsize=64)
def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@functools.lru_cache(maxsize=1024)
def site_of(url: str) -> str:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    port = parts.port
    return host if port in (None, {"http": 80, "https": 443}.get(parts.scheme)) else f"{host}:{port}"


def _root(source: bytes, length: int) -> tuple[html.HtmlElement, str | None]:
    """The page's root, with breaks as spaces; an empty one with the reason where there is too much of it."""
    source = source.replace(b"\x00", b"")
    excess = excess_of_source(source, length)
    root = _parsed(source) if excess is None and source.strip() else None
    if root is not None and (excess := excess_of_page(root, source)) is None:
        for line_break in root.iter("br"):  # it parts words, also where a text is taken on one line
            line_break.tail = f" {_NO_XML.sub(' ', line_break.tail or '')}"
        return root, None
    return html.fromstring("<html></html>"), excess


def _parsed(source: bytes) -> html.HtmlElement | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        return etree.fromstring(source, parser)
    except etree.ParserError:
        return None
