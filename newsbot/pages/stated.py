"""What a page states about its article apart from the visible text: metadata, JSON-LD, data attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape

from newsbot.items import Origin
from newsbot.korean.text import letters, tidy
from newsbot.korean.words import is_outlet
from newsbot.pages.document import Document
from newsbot.pages.linked_data import Node, persons, stated_article, text, texts
from newsbot.pages.metadata import page_title, properties
from newsbot.pages.script_data import ScriptArticle
from newsbot.pages.selectors import attribute, first_text

Field = tuple[str, Origin]

_TITLES = ("og:title", "twitter:title", "dable:title", "title", "headline")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "og:regdate", "regdate",
    "datepublished", "published_time", "parsely-pub-date", "dc.date.issued", "pubdate", "article:created",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "article:modified", "og:updated_time",
    "datemodified", "article:updated_time",
)  # fmt: skip
_AUTHORS = ("dable:author", "article:author", "og:article:author", "author", "byl", "twitter:creator")
_SECTIONS = ("article:section", "og:article:section", "article:section1", "section")
_KEYWORDS = ("news_keywords", "keywords", "article:tag")
_TIMES = (("span[data-date-time]", "data-date-time"), ('time[itemprop="datePublished"]', "datetime"))
_CHANGES = (
    ("span[data-modify-date-time]", "data-modify-date-time"),
    ('time[itemprop="dateModified"]', "datetime"),
)
_PORTAL = re.compile(
    r"\s*[|:·]\s*(?:네이버|다음|Daum|Naver|네이트|줌)(?:\s*뉴스)?\s*$|^(?:Daum|다음)\s*\|\s*", re.I
)
_HOUSE_WORDS = frozenset("뉴스 기사 속보 신문 news 언론 미디어 보도".split())
_HOUSE = re.compile(r"[가-힣A-Za-z0-9&]{2,12}(?: [가-힣A-Za-z0-9&]{1,8}){0,2}")
_AUTHOR_NODES = ("span[itemprop=author]", "a[itemprop=author]", "div[itemprop=author]", "p[itemprop=author]")
_LONGEST_NAME = 60
_SKIPPED = 12  # letters: a description may begin with another lead than the article
_KNOWN_AGAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Each text with where it was stated; absent is ``None`` or ``()``."""

    headline: Field | None = None
    deck: tuple[str, ...] = ()  # in script data
    titles: tuple[str, ...] = ()  # other spellings of the headline, often with the site's name
    published: Field | None = None
    modified: Field | None = None
    bylines: tuple[Field, ...] = ()
    section: Field | None = None
    keywords: tuple[str, ...] = ()
    keywords_origin: Origin = "meta"
    outlet: Field | None = None
    site_name: str | None = None
    opening: str = ""  # the first letters of its description
    is_article: bool = False
    is_news: bool = False  # in JSON-LD: NewsArticle

    def house(self) -> Field | None:
        """The site's own name, where it is a name: whose work it prints if it is an outlet's site."""
        name = _PORTAL.sub("", self.site_name or "")
        return (name, "meta") if _HOUSE.fullmatch(name) and name == self.site_name else None


def read_stated(page: Document) -> Stated:
    meta = properties(page.root)
    node = stated_article(page.root)
    titles = [tidy(unescape(meta[name])) for name in _TITLES if name in meta]  # some are escaped twice
    if title := page_title(page.root):
        titles.append(title)
    keywords, keywords_origin = _keywords(meta, node)
    return Stated(
        headline=_linked(node, "headline"),
        titles=tuple(dict.fromkeys(titles)),
        published=_linked(node, "datePublished") or _meta(meta, _PUBLISHED) or _attribute(page, _TIMES),
        modified=_linked(node, "dateModified") or _meta(meta, _MODIFIED) or _attribute(page, _CHANGES),
        bylines=tuple(_bylines(page, meta, node)),
        section=_section(meta, node),
        keywords=keywords,
        keywords_origin=keywords_origin,
        outlet=_outlet(meta, node),
        site_name=meta.get("og:site_name"),
        opening=_opening(meta),
        is_news="NewsArticle" in str(node.get("@type")),
        is_article=bool(node)
        or meta.get("og:type") in ("article", "news")
        or "schema.org/NewsArticle" in page.text,
    )


def completed_by_script(stated: Stated, script: ScriptArticle) -> Stated:
    """What a page states, and for want of it what the object around the body in its script data says."""
    return replace(
        stated,
        headline=stated.headline or _said(script.headline),
        deck=script.deck,
        published=stated.published or _said(script.published),
        modified=stated.modified or _said(script.modified),
        bylines=stated.bylines or tuple((line, "meta") for line in script.bylines if _may_be_byline(line)),
    )


def _said(text: str | None) -> Field | None:
    return (tidy(unescape(text)), "meta") if text else None


def _linked(node: Node, name: str) -> Field | None:
    value = text(node.get(name))
    return (value, "jsonld") if value else None


def _meta(meta: dict[str, str], names: tuple[str, ...]) -> Field | None:
    return next(((meta[name], "meta") for name in names if name in meta), None)


def _attribute(page: Document, places: tuple[tuple[str, str], ...]) -> Field | None:
    found = (attribute(page.root, css, name) for css, name in places if name in page.text)
    return next(((value, "text") for value in found if value), None)


def _opening(meta: dict[str, str]) -> str:
    """Enough letters of the description to know its text again; a lead before them is not looked for."""
    described = letters(meta.get("og:description") or meta.get("description") or "")
    return described[_SKIPPED : _SKIPPED + _KNOWN_AGAIN] if len(described) >= _SKIPPED + _KNOWN_AGAIN else ""


def _bylines(page: Document, meta: dict[str, str], node: Node) -> list[Field]:
    lines: list[Field] = [(line, "jsonld") for line in persons(node.get("author"))]
    if 'itemprop="author"' in page.text:
        lines += [(name, "text") for css in _AUTHOR_NODES if (name := first_text(page.root, css))]
    lines += [(meta[name], "meta") for name in _AUTHORS if name in meta]
    return [(line, origin) for line, origin in lines if _may_be_byline(line)]


def _may_be_byline(line: str) -> bool:
    bare = _PORTAL.sub("", line)
    if line.startswith("@"):
        return False
    return bare == line and len(line) <= _LONGEST_NAME and "://" not in line and not is_outlet(bare)


def _section(meta: dict[str, str], node: Node) -> Field | None:
    """The section in Korean where any is; a code (``society``) only for want of it."""
    found = [field for field in (_meta(meta, (name,)) for name in _SECTIONS) if field]
    found += [(name, "jsonld") for name in texts(node.get("articleSection"))]
    found = [(value, origin) for value, origin in found if len(value) <= 30]
    return next((field for field in found if re.search("[가-힣]", field[0])), found[0] if found else None)


def _keywords(meta: dict[str, str], node: Node) -> tuple[tuple[str, ...], Origin]:
    """The article's own keywords: a list that names the trade itself is the site's."""
    stated: list[tuple[str | None, Origin]] = [(meta.get(name), "meta") for name in _KEYWORDS]
    for listed, origin in (*stated, (",".join(texts(node.get("keywords"))), "jsonld")):
        words = tuple(dict.fromkeys(word.strip() for word in (listed or "").split(",") if word.strip()))
        if words and len(_HOUSE_WORDS.intersection(word.lower() for word in words)) < 2:
            return words, origin
    return (), "meta"


def _outlet(meta: dict[str, str], node: Node) -> Field | None:
    """Who wrote it: the publisher; on a portal the outlet that it names beside itself."""
    for name in ("og:article:author", "og:site_name", "dable:site", "article:publisher"):
        value = meta.get(name, "")
        bare = _PORTAL.sub("", value)
        if bare and (bare != value or is_outlet(bare)):
            return bare, "meta"
    publisher = text(node.get("publisher"))
    return (publisher, "jsonld") if publisher and len(publisher) <= 30 else None
