"""Where one printed passage is two: a deck or caption before a lead, a credit or sentence before a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsbot.korean.bylines import credit_beside_signature, glued_signature, read_signing_line
from newsbot.korean.captions import is_caption
from newsbot.korean.datelines import find_glued_lead
from newsbot.korean.passages import Passage
from newsbot.korean.signatures import Signature
from newsbot.korean.structure import is_deck_line, is_prose
from newsbot.korean.tails import line_kind

_LABELS = ("입력", "승인", "등록", "송고", "작성")
_DATED = re.compile(
    rf"(?<=\S)\s+(?:[|ㅣ/·]\s*)?(?:기사\s?)?(?:{'|'.join(_LABELS)})\s?[:|]?\s?(?=(?:19|20)\d\d\s?[./-])"
)
_LONGEST_META = 120  # letters


def unglued(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with what was glued together parted."""
    result: list[Passage] = []
    for passage in passages:
        cut = _seam(passage, result)
        if cut:
            result += [
                replace(passage, text=passage.text[:cut].rstrip()),
                replace(passage, text=passage.text[cut:].lstrip()),
            ]
        elif passage.text or passage.kind == "image":
            result.append(passage)
    return result


def _seam(passage: Passage, before: Sequence[Passage]) -> int | None:
    """Where in a passage something else begins: a lead after a caption or a deck, a credit after a byline."""
    if passage.kind != "text":
        return None
    if (at := _date_behind_signature(passage.text)) is not None:
        return at
    if (cut := find_glued_lead(passage.text)) is not None:
        above = passage.text[:cut].rstrip()
        return cut if is_caption(above) or _may_be_deck(above, before) else None
    return credit_beside_signature(passage.text)


def _date_behind_signature(text: str) -> int | None:
    """``기자명 홍길동 기자 입력 2026.11.20 10:11``, as it is copied from above an article."""
    if "20" not in text or len(text) > _LONGEST_META or not any(label in text for label in _LABELS):
        return None
    dated = _DATED.search(text)
    if dated is None or line_kind(text[dated.start() :]) != "date":
        return None
    return dated.start() if read_signing_line(text[: dated.start()].strip()) is not None else None


def _may_be_deck(text: str, before: Sequence[Passage]) -> bool:
    return is_deck_line(Passage(text=text)) and not any(is_prose(passage) for passage in before)


def split_signature(passage: Passage) -> tuple[Passage, str, Signature] | None:
    """The last paragraph without the signature that was glued to it, and the signature."""
    cut = glued_signature(passage.text) if passage.kind == "text" else None
    text = passage.text[cut:].strip() if cut else ""
    signature = read_signing_line(text) if text else None
    return (replace(passage, text=passage.text[:cut].rstrip()), text, signature) if signature else None
