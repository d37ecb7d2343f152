"""Bodies that stand only in a page's script data: Next.js (``__NEXT_DATA__`` and flight), Arc Fusion.

The markup of such pages is drawn by the reader's browser. What is looked for is not a name but a form:
the longest running Korean text, or the list of content elements that Arc keeps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from newsbot.pages.limits import MAX_LETTERS, excess_of_page, excess_of_source
from newsbot.pages.script_fields import Holder, said_of_article


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptArticle:
    """A body as an element, and what the object around it says of it; dates as written."""

    body: HtmlElement
    headline: str | None = None
    deck: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    bylines: tuple[str, ...] = ()


_PUSH = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_PUSHED = re.compile(r"(?<=\])\s*\)\s*(?:;\s*)?$")
_FUSION = re.compile(r"Fusion\.globalContent\s*=\s*")
_ROW = re.compile(r"(?P<id>[0-9a-f]+):(?:T(?P<length>[0-9a-f]+),|(?=[\[{\"]))")
_REFERENCE = re.compile(r"\$[0-9a-f]{1,6}")  # to a row
_NEXT_ROW = re.compile(rf"\n{_ROW.pattern}")  # after a text a row may begin on the same line
_PIECE = re.compile(r"[^<>\n]+")
_SHORTEST_SENTENCE = 10
_KEYS = frozenset(
    "content contents body article_body articlebody text html description_html news_content".split()
)
_DECODER = json.JSONDecoder(strict=False)
_HANGUL = re.compile("[가-힣]")
_FEWEST = 120  # letters of Hangul in a body
_DEEPEST = 24
_MOST_ROWS = 20_000  # of a flight stream


def find_script_article(root: HtmlElement) -> ScriptArticle | None:
    """The article in the page's script data, ``None`` where there is none."""
    markup: list[tuple[str, Holder]] = []
    flight: list[str] = []
    for script in root.iter("script"):
        source = script.text or ""
        if script.get("id") == "__NEXT_DATA__" or _is_data(script):
            markup += _bodies(_json(source))
        elif (match := _PUSH.search(source)) is not None:
            pushed = _json(_PUSHED.sub("", source[match.end() :]))
            flight += (
                [part for part in pushed[1:] if isinstance(part, str)] if isinstance(pushed, list) else []
            )
        elif (match := _FUSION.search(source)) is not None:
            markup += _bodies(_json_at(source, match.end()))
    markup += _flight_bodies("".join(flight))
    found = [one for one in markup if len(one[0]) <= MAX_LETTERS]
    best, holder = max(found, key=lambda one: _weight(one[0]), default=("", {}))
    if _weight(best) < _FEWEST:
        return None
    body = _element(f"<div>{best if '<' in best else _paragraphs(best)}</div>")
    return None if body is None else ScriptArticle(body=body, **said_of_article(holder))


def _is_data(script: HtmlElement) -> bool:
    """Whether a script is nothing but an object: data under a name of the site's own, and no JSON-LD."""
    kind = (script.get("type") or "").lower()
    return (script.text or "").lstrip().startswith('{"') and "ld+json" not in kind


def _element(markup: str) -> HtmlElement | None:
    """``markup`` as an element; ``None`` where it is too much or none."""
    source = markup.replace("\x00", "").encode("utf-8", "replace")
    if excess_of_source(source, len(source)) is not None:
        return None
    try:
        found = html.fromstring(source.decode())
    except etree.ParserError:
        return None
    return found if excess_of_page(found, source) is None else None


def _flight_bodies(stream: str) -> Iterator[tuple[str, Holder]]:
    """The texts of a flight stream: rows ``id:json`` and ``id:Tlength,text``, hexadecimal, in bytes.

    A long text stands in a row of its own, where the object that it belongs to says ``$id``.
    """
    texts: dict[str, str] = {}
    objects: list[Any] = []
    position = 0
    for _ in range(_MOST_ROWS):
        match = _ROW.match(stream, position) or _NEXT_ROW.search(stream, position)
        if match is None:
            break
        position = match.end()
        if match["length"] is None:
            objects.append(_json_at(stream, position))
            continue
        length = int(match["length"], 16)
        row = stream[position : position + length].encode()[:length].decode("utf-8", "ignore")
        position += len(row)
        texts[f"${match['id']}"] = row
    for value in objects:
        for text, holder in _bodies(value):
            yield texts.get(text, text), holder
    yield from ((text, {}) for text in texts.values())


def _bodies(
    value: Any, depth: int = 0, key: str = "", holder: Holder | None = None
) -> Iterator[tuple[str, Holder]]:
    """Each text that may be a body, with the object that holds it."""
    if depth > _DEEPEST:
        return
    match value:
        case {"content_elements": [*parts]}:
            yield "".join(map(_arc_element, parts)), value
        case [{"type": str(), "content": str()}, *_]:
            yield "".join(map(_arc_element, value)), holder or {}
        case dict():
            for name, part in value.items():
                yield from _bodies(part, depth + 1, name.lower(), value)
        case list() if value and all(isinstance(part, str) for part in value):
            yield from _bodies("\n".join(value), depth + 1, key, holder)
        case list():
            for part in value:
                yield from _bodies(part, depth + 1, key, holder)
        case str() if key in _KEYS or key.endswith(("content", "body")) or _REFERENCE.fullmatch(value):
            yield value, holder or {}
        case _:
            return


def _arc_element(part: Any) -> str:
    match part:
        case {"type": "text" | "paragraph" | "raw_html", "content": str(content)}:
            return f"<p>{content}</p>"
        case {"type": "header", "content": str(content)}:
            return f"<h3>{content}</h3>"
        case {"type": "image" | "photo", "url": str(url), **rest}:
            caption = rest.get("caption") or ""
            return (
                f'<figure><img src="{escape(url)}"><figcaption>{escape(str(caption))}</figcaption></figure>'
            )
        case _:
            return ""


def _weight(markup: str) -> int:
    """Letters of Hangul, of what has at least one sentence."""
    return (
        len(_HANGUL.findall(markup))
        if any(_has_sentence(found[0]) for found in _PIECE.finditer(markup))
        else 0
    )


def _has_sentence(piece: str) -> bool:
    start = _HANGUL.search(piece)
    return start is not None and max(map(piece.rfind, ".?!")) - start.end() >= _SHORTEST_SENTENCE


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())


def _json(source: str) -> Any:
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _json_at(source: str, position: int) -> Any:
    try:
        return _DECODER.raw_decode(source, position)[0]
    except (ValueError, RecursionError):
        return None
