"""A body as text and as HTML, for formats that carry one of them in a field."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from newsbot.items import Block, Byline


def plain(body: Sequence[Block]) -> str:
    """The blocks' texts, an empty line between them."""
    return "\n\n".join(block.text for block in body)


def html(body: Sequence[Block]) -> str:
    """The blocks as HTML elements a line each, all that they say escaped."""
    return "\n".join(map(_element, body))


def by(bylines: Sequence[Byline]) -> str:
    """The bylines as a reader would write them: ``김하늘 기자·이바다 인턴기자``."""
    names = (" ".join(filter(None, (line.name, line.role))) or line.raw for line in bylines)
    return "·".join(name for name in names if name)


_ELEMENTS: Final = {
    "paragraph": "<p>{}</p>",
    "subhead": "<h2>{}</h2>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "list": "<ul><li>{}</li></ul>",
    "table": "<pre>{}</pre>",
    "note": "<p><small>{}</small></p>",
    "speaker": "<p><strong>{}</strong></p>",
}
_LINE_ENDS: Final = {"list": "</li><li>", "table": "\n"}


def _element(block: Block) -> str:
    text = escape(block.text, quote=False)
    return _ELEMENTS[block.type].format(text.replace("\n", _LINE_ENDS.get(block.type, "<br/>")))
