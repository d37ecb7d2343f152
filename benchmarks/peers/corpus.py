"""The pages that the readers are compared on, all the project's own, and what must be read of each.

Outlets' pages are the tests' fixtures that claim an article; boards' pages are drawn by the sample board,
every other written article by each of two engines.
"""

from __future__ import annotations

import json
import re
import unicodedata
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from lxml.html import HtmlElement

from newsbot.pages.document import parse_document
from newsbot.pages.engines import engine_of
from newsbot.sampleboard.board import KST, EngineName, SampleBoard

FIXTURES = Path(__file__).parents[2] / "tests" / "pages" / "fixtures"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}

Group = Literal["outlets", "boards"]
Truth = Mapping[str, Any]  # what an Article as JSON must say; a field that is missing is not scored

_SHORTEST = 8  # letters: a shorter text may stand on a page twice by chance
_NOTICE = re.compile(r"무단\s*전재|재배포\s*금지|copyright|저작권자|all rights reserved", re.I)
_SPACE = re.compile(r"[\s\u200b-\u200d\ufeff]+")


@dataclass(frozen=True)
class Page:
    key: str
    group: Group
    url: str
    fetched: datetime
    text: str
    truth: Truth = field(repr=False)

    @property
    def body(self) -> str:
        return spaced("\n".join(block["text"] for block in self.truth["body"]))

    @property
    def deck(self) -> str:
        return spaced(" ".join(self.truth.get("deck", ())))

    @property
    def captions(self) -> list[str]:
        return [image["caption"] for image in self.truth.get("images", ()) if image.get("caption")]

    @cached_property
    def lead(self) -> str:
        """What stands before the first sentence, ``(서울=연합뉴스) 홍길동 기자 =``: no fault in a body."""
        opening = spaced(next((block["text"] for block in self.truth["body"]), ""))[:40]
        return next(
            (text.partition(opening)[0] for text, _ in self._texts if opening and opening in text), ""
        )

    @cached_property
    def boilerplate(self) -> frozenset[str]:
        """What is printed outside the article, and links and copyright lines inside it; without spaces."""
        body = tight(self.body)
        inside = [node for text, node in self._texts if len(text) > 2 * _SHORTEST and tight(text) in body]
        article = set(_shared(inside).iter()) if inside else set()
        return frozenset(
            tight(text)
            for text, node in self._texts
            if not self._is_claimed(text)
            and (
                node not in article
                or _NOTICE.search(text)
                or any(a.tag == "a" for a in (node, *node.iterancestors()))
            )
        )

    @cached_property
    def _texts(self) -> list[tuple[str, HtmlElement]]:
        """Each printed text with the element that it stands in."""
        root = parse_document(self.text, self.url).root
        found = root.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
        nodes = (text.getparent() if text.is_text else text.getparent().getparent() for text in found)
        return [(spaced(text), node) for text, node in zip(found, nodes, strict=True) if text.strip()]

    def _is_claimed(self, text: str) -> bool:
        """Whether a text belongs to the article, or is too short to tell."""
        names = [byline["name"] for byline in self.truth.get("bylines", ()) if byline.get("name")]
        if len(tight(text)) < _SHORTEST or any(name in text for name in names):
            return True
        claimed = " ".join((self.truth["headline"], self.deck, self.lead, self.body, *self.captions))
        return tight(text) in tight(claimed)


def spaced(text: str) -> str:
    """``text`` composed (NFC), each run of white space one space."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def tight(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFC", text))


def _shared(nodes: list[HtmlElement]) -> HtmlElement:
    """The smallest element that holds all of ``nodes``."""
    around = [{node, *node.iterancestors()} for node in nodes]
    return next(a for a in (nodes[0], *nodes[0].iterancestors()) if all(a in each for each in around))


def pages(scale: float) -> list[Page]:
    """All pages; with ``scale`` below 1 that part of the boards'."""
    return [*_outlets(), *_board("rhymix", 0, scale), *_board("gnuboard", 1, scale)]


def _outlets() -> Iterator[Page]:
    for folder in sorted(path.parent for path in FIXTURES.glob("*/expected.json")):
        truth = json.loads((folder / "expected.json").read_text("utf-8"))
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        fetched = datetime.fromisoformat(meta["fetched"])
        source = (folder / "page.html").read_bytes()
        page = parse_document(source, meta["url"], content_type=meta.get("content_type"), fetched=fetched)
        if (
            truth.get("read_as") == "article"
            and "body" in truth
            and engine_of(page) is None
            and "provider" not in truth
        ):
            yield Page(folder.name, "outlets", meta["url"], fetched, page.text, truth)


def _board(engine: EngineName, odd: int, scale: float) -> Iterator[Page]:
    with SampleBoard(engine=engine) as board:
        keys = [key for key in board.listed[odd::2] if not board.truth[key]["post"]["secret"]]
        for key in keys[: max(1, round(len(keys) * scale))]:
            url = f"{board.url}/{key}"
            with urllib.request.urlopen(urllib.request.Request(url, headers=BROWSER)) as response:
                text = response.read().decode()
            yield Page(
                f"{engine}-{key}", "boards", url, datetime.now(KST), text, _board_truth(board.truth[key])
            )


def _board_truth(truth: Truth) -> Truth:
    post, body = truth["post"], [{"type": kind, "text": text} for kind, text in truth["body"]]
    return {**truth, "body": body, "provider": post["poster"], "date_published": post["posted"].isoformat()}
