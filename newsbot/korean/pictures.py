"""Pictures of a body with their captions and credit lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsbot.items import Image
from newsbot.korean.captions import (
    credit_at_end,
    is_button,
    is_caption,
    is_caption_beside_image,
    is_credit_line,
    is_dated,
    split_credit,
)
from newsbot.korean.datelines import read_lead
from newsbot.korean.passages import Passage

_SPACE = re.compile(r"\s+")
_FULL_STOP = re.compile(r"[.!?]['\"”’)\]]*$")


class Pictures:
    """Takes pictures, captions and credits out of a body; ``rest`` is what remains, in order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.images: list[Image] = []
        self.rest: list[Passage] = []
        self.buttons: list[str] = []
        self._passages = passages
        self._last_lead = max((n for n, p in enumerate(passages) if _is_signed_lead(p)), default=-1)
        self._walk()

    def _walk(self) -> None:
        position = 0
        while position < len(self._passages):
            if self._passages[position].kind == "image":
                position = self._run(position)
            else:
                self._loose(self._passages[position])
                position += 1

    def _run(self, position: int) -> int:
        """A run of pictures, and the captions after it in the same order."""
        alts: list[str] = []
        while position < len(self._passages) and self._passages[position].kind == "image":
            self.images.append(Image(url=self._passages[position].image_url))
            alts.append(self._passages[position].text)
            position += 1
        captions: list[list[str]] = []
        while len(captions) < len(alts):
            position = self._buttons(position)
            length = self._caption_length(position, alts)
            if length == 0:
                break
            captions.append([p.text for p in self._passages[position : position + length]])
            position += length
        for picture, lines in zip(_pictures_of(captions, alts), captions, strict=True):
            self._caption(len(self.images) - len(alts) + picture, lines)
        return position

    def _buttons(self, position: int) -> int:
        while position < len(self._passages) and is_button(self._passages[position].text):
            self.buttons.append(self._passages[position].text)
            position += 1
        return position

    def _caption_length(self, position: int, alts: Sequence[str]) -> int:
        """How many passages from ``position`` on are one caption: a headline, the text, credits below."""
        if self._heads_a_wire_caption(position, alts):
            return 2 + self._credits(position + 2)
        for above in (0, 1):
            at = position + above
            if at >= len(self._passages) or self._passages[at].kind == "image":
                return 0
            if above and not _is_caption_headline(self._passages[position]):
                return 0
            if self._captions(at, alts if above == 0 else ()):
                return above + 1 + self._credits(at + 1)
        return 0

    def _heads_a_wire_caption(self, position: int, alts: Sequence[str]) -> bool:
        """Whether a short line, though it may caption a picture alone, heads the wire's caption below it."""
        if position + 1 >= len(self._passages) or not _is_caption_headline(self._passages[position]):
            return False
        head, below = self._passages[position].text, self._passages[position + 1]
        if below.kind not in ("text", "caption") or not is_caption(below.text):
            return False
        return not (is_credit_line(head) or is_caption(head) or any(_copied(alt, below.text) for alt in alts))

    def _captions(self, at: int, alts: Sequence[str]) -> bool:
        passage = self._passages[at]
        if passage.kind == "caption" or is_caption(passage.text) or is_credit_line(passage.text):
            return True
        if passage.kind not in ("text", "subhead"):
            return False
        if _is_signed_lead(passage):
            return at < self._last_lead and not _later_lead_is_caption(self._passages, at)
        if is_caption_beside_image(passage.text) or any(_copied(alt, passage.text) for alt in alts):
            return True
        return self._sentence_with_date(at) or self._sentence_above_lead(at)

    def _sentence_above_lead(self, at: int) -> bool:
        """A sentence between a picture and a signed lead: nothing of the text stands above a lead."""
        text = self._passages[at].text
        return at + 1 == self._last_lead and len(text) <= 300 and _FULL_STOP.search(text) is not None

    def _sentence_with_date(self, at: int) -> bool:
        """A caption whose date and address stand on a line of their own."""
        if at + 1 >= len(self._passages) or len(self._passages[at].text) > 300:
            return False
        below = self._passages[at + 1].text
        return len(below) <= 80 and re.match(r"(?:19|20)\d\d[./-]\s?\d{1,2}[./-]", below) is not None

    def _credits(self, at: int) -> int:
        count = 0
        while at + count < len(self._passages) and count < 2:
            text = self._passages[at + count].text
            dated = (
                re.match(r"(?:19|20)\d\d[./-]\s?\d{1,2}[./-]\s?\d{1,2}\.?(?:\s|/|$)", text)
                and len(text) <= 80
            )
            if self._passages[at + count].kind != "caption" and not dated and not is_credit_line(text):
                break
            count += 1
        return count

    def _caption(self, number: int, lines: list[str]) -> None:
        """A wire's caption stays whole, date and address and all; of others the credit stands apart."""
        parts = [("", line) if is_credit_line(line) else split_credit(line) for line in lines]
        if any(is_dated(head) for head, _ in parts):
            caption, credit = "\n".join(lines).strip(), parts[-1][1]
        else:
            caption = "\n".join(head for head, _ in parts if head)
            credit = "\n".join(credit for _, credit in parts if credit)
        self.images[number] = replace(
            self.images[number], caption=caption or None, credit_line=credit or None
        )

    def _loose(self, passage: Passage) -> None:
        """A caption or a credit that stands apart from its picture."""
        text = passage.text
        if passage.kind == "caption" or (passage.kind == "text" and is_caption(text)):
            self.images.append(Image())
            self._caption(len(self.images) - 1, [text])
        elif passage.kind == "text" and is_credit_line(text) and not self._is_under_table():
            self._credit(text)
        elif passage.kind == "text" and (cut := credit_at_end(text)):
            self._credit(text[cut:])
            self.rest.append(replace(passage, text=text[:cut].rstrip()))
        else:
            self.rest.append(passage)

    def _is_under_table(self) -> bool:
        """Whether the line stands under a table, so that its credit (``(자료: …)``) is the table's."""
        return bool(self.rest) and self.rest[-1].kind == "table"

    def _credit(self, text: str) -> None:
        """A credit belongs to the picture before it that has none, or to one that is not on the page."""
        last = self.images[-1] if self.images else None
        if last is not None and last.credit_line is None and not (last.caption or "").endswith(text):
            self.images[-1] = replace(last, credit_line=text)
        else:
            self.images.append(Image(credit_line=text))


def _is_signed_lead(passage: Passage) -> bool:
    """``(서울=연합뉴스) 홍길동 기자 = 본문``: head of an article, or of a caption that lost its date."""
    if passage.kind != "text" or not passage.text.startswith(("(", "[", "【")) or is_caption(passage.text):
        return False
    lead = read_lead(passage.text)
    return lead is not None and bool(lead.bylines) and lead.end < len(passage.text)


def _later_lead_is_caption(passages: Sequence[Passage], at: int) -> bool:
    """Whether every later signed lead stands beside a picture too: then the first is the article's."""
    later = [n for n in range(at + 1, len(passages)) if _is_signed_lead(passages[n])]
    return all(passages[n - 1].kind == "image" for n in later)


def _is_caption_headline(passage: Passage) -> bool:
    text = passage.text
    return passage.kind in ("text", "subhead") and 0 < len(text) <= 60 and not _FULL_STOP.search(text)


def _pictures_of(captions: Sequence[Sequence[str]], alts: Sequence[str]) -> list[int]:
    """Which picture of a run each caption is of: where every one has an alt text that copies it, these
    pictures; else, in order, the last, which stand right above the captions.
    """
    known = [
        next((n for n, alt in enumerate(alts) if any(_copied(alt, line) for line in lines)), -1)
        for lines in captions
    ]
    if -1 in known or len(set(known)) < len(known):
        return list(range(len(alts) - len(captions), len(alts)))
    return known


def _copied(alt: str, text: str) -> bool:
    """Whether the picture's alt text is the beginning of ``text``, or all of it."""
    short, whole = _SPACE.sub("", alt), _SPACE.sub("", text)
    return (
        len(short) >= 4
        and len(text) <= 300
        and (whole.startswith(short) or (len(whole) >= 4 and short == whole))
    )
