"""What a page states in JSON-LD: the NewsArticle, wherever it is nested and however it is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from newsbot.korean.text import tidy

_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*(?:;\s*)?$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|articleBody)"\s*:\s*"(.*?)"(?=\s*(?:,\s*"[@\w]+"\s*:|\}|\Z))',
    re.S,
)  # what can be saved where a quotation inside a text was not escaped
_FIELD_END = re.compile(r'"(?=\s*(?:,\s*"[@\w]+"\s*:|\}|\Z))')
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]]{0,1000}?"name"\s*:\s*"([^"]{2,60})"', re.S)
_ARTICLE = re.compile(r"(?:News|Reportage|Opinion|AnalysisNews|Review|Blog)?(?:NewsArticle|Article|Posting)")
_DEEPEST = 6
_MOST_LETTERS = 2_000_000  # of a page's JSON-LD: what stands beyond is not read
_COST_OF_A_SCRIPT = 10_000  # letters: so 200 of them are read at most
_LONGEST_TEXT = 20_000
_LONGEST_BROKEN = 200_000

Node = dict[str, Any]


def stated_article(root: HtmlElement) -> Node:
    """The page's article in schema.org's names, texts tidied and entities resolved; empty without one."""
    best: Node = {}
    left = _MOST_LETTERS
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(source := script.text or "") > left:
            continue
        left -= len(source) + _COST_OF_A_SCRIPT
        for node in _articles(_loaded(source)):
            if len(node) > len(best):
                best = node
    return best


def texts(value: Any) -> Iterator[str]:
    """The texts of a value that may be a text, a list of them, or things with a name."""
    match value:
        case str() if text := tidy(unescape(value[:_LONGEST_TEXT])):
            yield text
        case list():
            for part in value:
                yield from texts(part)
        case dict():
            yield from texts(value.get("name"))


def text(value: Any) -> str | None:
    return next(texts(value), None)


def persons(value: Any) -> Iterator[str]:
    """Authors as a line each: name, job title and address; organisations left out."""
    match value:
        case list():
            for part in value:
                yield from persons(part)
        case dict() if "Organization" not in str(value.get("@type")):
            names = " ".join(texts(value.get("name")))
            title = text(value.get("jobTitle")) or ""
            address = (text(value.get("email")) or "").removeprefix("mailto:")
            parts = [names, "" if title in names else title, "" if address in names else address]
            if names:
                yield " ".join(part for part in parts if part)
        case str():
            yield from texts(value)


def _loaded(source: str) -> Any:
    source = _WRAPPING.sub("", source.strip()).strip()
    for trial in (source, _TRAILING_COMMA.sub(r"\1", source)):
        try:
            return json.loads(trial, strict=False)
        except (ValueError, RecursionError):
            continue
    return _saved(source)


def _saved(source: str) -> Node:
    """The fields that can be told in JSON that is none."""
    source = source[:_LONGEST_BROKEN]
    if not _ARTICLE.search(source):
        return {}
    # Behind the last end of a field no other one ends, and each would be looked for up to the end.
    last = max((end.end() for end in _FIELD_END.finditer(source)), default=0)
    found = _FIELD.findall(source[:last])
    fields: Node = {name: value.replace('\\"', '"') for name, value in found}
    authors = _AUTHOR.findall(source)
    return {"@type": "NewsArticle", **fields, **({"author": authors} if authors else {})} if fields else {}


def _articles(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _articles(part, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(_ARTICLE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"):
            if isinstance(value.get(name), dict | list):
                yield from _articles(value[name], depth + 1)
