"""What the pages hand to the Korean reading, a body block by block, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsbot.items import Block, Byline, Image

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
    strong: bool = False  # all of it stands in bold


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from a body."""

    deck: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    bylines: tuple[Byline, ...] = ()
    byline_raw: str | None = None  # every line that signs, as printed
    dateline: str | None = None  # as printed: "(서울=연합뉴스)"
    located: str | None = None  # the place: "서울"
    images: tuple[Image, ...] = ()
    source: str | None = None  # the outlet that wrote it, where the text says so
    copyright_notice: str | None = None
    usage_terms: tuple[str, ...] = ()  # read out of the notice
    corrections: tuple[str, ...] = ()
    promotion: tuple[str, ...] = ()  # not of the article; kept so that nothing is lost unseen
    date_raw: str | None = None  # "2023/06/23 10:12 송고"
