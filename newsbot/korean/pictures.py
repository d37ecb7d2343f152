"""Pictures of a body with their captions and credit lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from newsbot.items import Image
from newsbot.korean.addresses import may_hold_address
from newsbot.korean.bylines import is_surely_signed
from newsbot.korean.captions import (
    credit_at_end,
    is_button,
    is_caption,
    is_caption_beside_image,
    is_credit_alone,
    is_credit_below,
    is_credit_line,
    is_dated,
    is_origin,
    split_credit,
)
from newsbot.korean.datelines import read_lead
from newsbot.korean.passages import Passage
from newsbot.korean.structure import is_prose

_SPACE = re.compile(r"\s+")
_SHORTEST_ALT = 4  # letters: a shorter alt text copies nothing
_LONGEST_COPIED = 300  # letters of a caption that an alt text copies
_MARKED = re.compile(
    r"[▲△▼◀↑☝]\s?\S|사진\s?설명\s?[=:：]|[<〈\[(]사진[>〉\])]\s?\S"
)  # what a line right below a picture points at it with
_LONGEST_MARKED = 200  # letters
_FULL_STOP = re.compile(r"[.!?]['\"”’)\]]*$")


class Pictures:
    """Takes pictures, captions and credits out of a body; ``rest`` is what remains, in order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.images: list[Image] = []
        self.rest: list[Passage] = []
        self.buttons: list[str] = []
        self._passages = passages
        leads = [n for n, passage in enumerate(passages) if _is_signed_lead(passage)]
        self._last_lead = max(leads, default=-1)
        self._last_lead_of_text = max((n for n in leads if n and passages[n - 1].kind != "image"), default=-1)
        prose = (n for n in reversed(range(len(passages))) if is_prose(passages[n]))
        self._last_prose = next(prose, -1)
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
        texts: list[str] = []
        while position < len(self._passages) and self._passages[position].kind == "image":
            self.images.append(Image(url=self._passages[position].image_url))
            texts.append(self._passages[position].text)
            position += 1
        alts = _Alts(texts)
        captions = self._one_each(position, len(texts))
        position += len(captions)
        while len(captions) < len(texts):
            position = self._buttons(position)
            length = self._caption_length(position, alts)
            if length == 0:
                break
            captions.append([p.text for p in self._passages[position : position + length]])
            position += length
        for picture, lines in zip(_pictures_of(captions, len(texts), alts), captions, strict=True):
            self._caption(len(self.images) - len(texts) + picture, lines)
        return position

    def _one_each(self, position: int, pictures: int) -> list[list[str]]:
        """The captions below a run of pictures where the markup says that there are just as many."""
        near = self._passages[position : position + pictures + 1]
        captions = [[p.text] for p in takewhile(lambda passage: passage.kind == "caption", near)]
        return captions if len(captions) == pictures > 1 else []

    def _buttons(self, position: int) -> int:
        while position < len(self._passages) and is_button(self._passages[position].text):
            self.buttons.append(self._passages[position].text)
            position += 1
        return position

    def _caption_length(self, position: int, alts: _Alts) -> int:
        """How many passages from ``position`` on are one caption: a headline, the text, credits below."""
        if self._heads_a_wire_caption(position, alts):
            return 2 + self._credits(position + 2)
        for above in (0, 1):
            at = position + above
            if at >= len(self._passages) or self._passages[at].kind == "image":
                return 0
            if above and not _is_caption_headline(self._passages[position]):
                return 0
            if self._captions(at, alts if above == 0 else _NO_ALTS) or self._is_credit(at, below=above > 0):
                return above + 1 + self._credits(at + 1)
        return 0

    def _heads_a_wire_caption(self, position: int, alts: _Alts) -> bool:
        """Whether a short line, though it may caption a picture alone, heads the wire's caption below it."""
        if position + 1 >= len(self._passages) or not _is_caption_headline(self._passages[position]):
            return False
        head, below = self._passages[position].text, self._passages[position + 1]
        if below.kind not in ("text", "caption") or not is_caption(below.text):
            return False
        return not (is_credit_line(head) or is_caption(head) or alts.copied_in(below.text) is not None)

    def _captions(self, at: int, alts: _Alts) -> bool:
        passage = self._passages[at]
        if passage.kind == "caption" or is_caption(passage.text) or is_credit_line(passage.text):
            return True
        if passage.kind not in ("text", "subhead"):
            return False
        if _is_signed_lead(passage):
            return at < self._last_lead_of_text  # else the first lead is the article's
        if is_origin(passage.text):
            return at < self._last_prose  # else it says where the article is from
        if is_caption_beside_image(passage.text) or alts.copied_in(passage.text) is not None:
            return True
        is_marked = _MARKED.match(passage.text) is not None and len(passage.text) <= _LONGEST_MARKED
        return (
            is_marked
            or self._sentence_with_address(at)
            or self._sentence_with_date(at)
            or self._sentence_above_lead(at)
        )

    def _sentence_with_address(self, at: int) -> bool:
        """``… 걷고 있다. hong@mail.example``, where the article goes on below: its end is signed so, too."""
        text = self._passages[at].text
        if at >= self._last_prose or len(text) > _LONGEST_MARKED or not may_hold_address(text):
            return False
        head, credit = split_credit(text)
        return bool(head and credit) and may_hold_address(credit) and _FULL_STOP.search(head) is not None

    def _is_credit(self, at: int, *, below: bool) -> bool:
        """Whether a line says whose the picture is: one below a caption's headline, or alone."""
        passage = self._passages[at]
        says = is_credit_below if below and "기자" not in passage.text else is_credit_alone
        return passage.kind == "text" and at < self._last_prose and says(passage.text)

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
        lines = [part for line in lines for part in line.split("\n")]
        parts = [
            ("", line) if _is_credit(line, below=n > 0) else _parted(line) for n, line in enumerate(lines)
        ]
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
        elif passage.kind == "text" and is_credit_line(text) and not self._is_no_credit(text):
            self._credit(text)
        elif passage.kind == "text" and (cut := credit_at_end(text)):
            self._credit(text[cut:])
            self.rest.append(replace(passage, text=text[:cut].rstrip()))
        else:
            self.rest.append(passage)

    def _is_no_credit(self, text: str) -> bool:
        """Whether a credit is a table's above it (``(자료: …)``), or signs the article with an address."""
        is_tables = bool(self.rest) and self.rest[-1].kind == "table"
        return is_tables or (may_hold_address(text) and is_surely_signed(text))

    def _credit(self, text: str) -> None:
        """A credit belongs to the picture before it that has none, or to one that is not on the page."""
        last = self.images[-1] if self.images else None
        if last is not None and last.credit_line is None and not (last.caption or "").endswith(text):
            self.images[-1] = replace(last, credit_line=text)
        else:
            self.images.append(Image(credit_line=text))


def _is_credit(line: str, *, below: bool) -> bool:
    return is_credit_line(line) or is_origin(line) or (below and is_credit_below(line))


def _parted(line: str) -> tuple[str, str]:
    """A caption and its credit; all of it may be the credit (``가온시 제공``)."""
    head, credit = split_credit(line)
    return ("", line) if not credit and is_credit_alone(line) else (head, credit)


def _is_signed_lead(passage: Passage) -> bool:
    """``(서울=연합뉴스) 홍길동 기자 = 본문``: head of an article, or of a caption that lost its date."""
    if passage.kind != "text" or not passage.text.startswith(("(", "[", "【")) or is_caption(passage.text):
        return False
    lead = read_lead(passage.text)
    return lead is not None and bool(lead.bylines) and lead.end < len(passage.text)


def _is_caption_headline(passage: Passage) -> bool:
    text = passage.text
    return passage.kind in ("text", "subhead") and 0 < len(text) <= 60 and not _FULL_STOP.search(text)


def _pictures_of(captions: Sequence[Sequence[str]], pictures: int, alts: _Alts) -> list[int]:
    """Which picture of a run each caption is of: where every one has an alt text that copies it, these
    pictures; else, in order, the last, which stand right above the captions.
    """
    copied = [[n for line in lines if (n := alts.copied_in(line)) is not None] for lines in captions]
    known = [min(numbers, default=-1) for numbers in copied]
    if -1 in known or len(set(known)) < len(known):
        return list(range(pictures - len(captions), pictures))
    return known


class _Alts:
    """The alt texts of a run of pictures: which of them copy a caption."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._first: dict[str, int] = {}
        for number, text in enumerate(texts):
            short = _SPACE.sub("", text)
            if _SHORTEST_ALT <= len(short) <= _LONGEST_COPIED:
                self._first.setdefault(short, number)
        self._lengths = sorted({len(short) for short in self._first})

    def copied_in(self, text: str) -> int | None:
        """The first picture whose alt text is the beginning of ``text``, or all of it."""
        if not self._first or len(text) > _LONGEST_COPIED:
            return None
        whole = _SPACE.sub("", text)
        found = (self._first.get(whole[:length]) for length in self._lengths if length <= len(whole))
        return min((number for number in found if number is not None), default=None)


_NO_ALTS = _Alts(())
