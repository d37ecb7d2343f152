"""What the pages hand to the Korean reading: a body, block by block, not yet understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "subhead", "quote", "list", "table", "image", "caption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block of a body as printed: whitespace tidied, e-mail addresses unmasked.

    ``kind`` is what the markup said ("text": it said nothing). Line breaks stand only in a list, a
    table, a quote or a caption. The ``text`` of an image is its alt text: a hint, often a cut copy of the
    caption, and no text of the article.
    """

    text: str = ""
    kind: Kind = "text"
    image_url: str | None = None
