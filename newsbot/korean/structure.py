"""What a block of the body is (paragraph, subhead, list, note, speaker …), and what a deck looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbot.items import Block, BlockType
from newsbot.korean import lexicon
from newsbot.korean.interviews import questions
from newsbot.korean.passages import Passage

_SENTENCE_END = re.compile(r"[.!?。]['\"”’)\]]*$|(?:다|요)[)\]]*$")
_FULL_STOP = re.compile(r"[.。]['\"”’)\]]*$")
_SUBHEAD_MARK = re.compile(r"[◇◆■□◈▣◊❏❑▼▽★☆◉⊙]")
_ITEM_MARK = re.compile(r"[▲△▶▷○●◦•‣✓✔①-⑳]|[-–·ㆍ]\s?\S|\d{1,2}[.)]\s|[가-하][.)]\s")
_SPEAKER = re.compile(
    rf"[\[<〈【]\s*(?:{lexicon.SPOKEN_TURNS})\s*[\]>〉】](?:\s|$)|◀[^◀▶]{{1,20}}▶"
    r"|[\[<][^\[\]<>:]{2,40}\s?[:：]\s|\[[가-힣]{2,4}\s?[/·|]\s?[^\[\]/|]{2,40}\]$"
)
_NOTE = re.compile(
    r"※|\*\s?(?:이|본) (?:기사|글|콘텐츠|보도)[는은]\s|[\[<〈【(]\s*편집자\s?주\s*[\]>〉】)]|편집자\s?주"
    r"\s*[|:：─-]|[\[<〈]\s*(?:알립니다|용어\s?설명)\s*[\]>〉]"
)
_NO_DECK = re.compile(r"\d{1,2}:\d\d$|※|\d{1,2}[.)]\s|[가-하][.)]\s|[①-⑳•○●◦✓✔◇◆■□▶▷]|https?://|\[편집자")
_LABELLED = re.compile(r"[◇◆■□◈▣◊]\s?[가-힣 ]{1,12}\s?[:：]\s?\S")  # ◇ 일시 : 3월 5일
_TURN = re.compile(r"[◇◆■□●○▶▷]\s?[가-힣A-Za-z]{2,10}\s?>\s")  # ◇ 홍길동> 어서 오세요.
_LONGEST_SUBHEAD = 60
_LONGEST_DECK = 90
_MOST_DECK_LINES = 5


def ends_a_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-12:]) is not None


def blocks(passages: Sequence[Passage]) -> tuple[Block, ...]:
    """The blocks of a body, each seen with its neighbours."""
    around = [None, *passages, None]
    asked = questions(passages)
    return tuple(
        Block(
            type="speaker" if n in asked else _block_type(passage, around[n], around[n + 2]),
            text=passage.text,
        )
        for n, passage in enumerate(passages)
        if passage.text
    )


def _block_type(passage: Passage, before: Passage | None, after: Passage | None) -> BlockType:
    """What ``passage`` is, seen with its neighbours in the body."""
    text = passage.text
    match passage.kind:
        case "quote" | "list" | "table":
            return passage.kind
        case "subhead":
            return "paragraph" if _FULL_STOP.search(text[-12:]) else "subhead"
    if _NOTE.match(text):
        return "note"
    if _SPEAKER.match(text):
        return "speaker"
    if len(text) > _LONGEST_SUBHEAD or _FULL_STOP.search(text[-12:]):
        return "paragraph"
    is_heading = passage.strong and _stands_between_prose(before, after)
    return "subhead" if is_heading else _short_line(text, before, after)


def _stands_between_prose(before: Passage | None, after: Passage | None) -> bool:
    """Whether sentences that are no headings themselves stand above and below."""
    return all(each is not None and not each.strong and is_prose(each) for each in (before, after))


def _short_line(text: str, before: Passage | None, after: Passage | None) -> BlockType:
    """A short line without a full stop: a subhead, or an item where its neighbour bears the same mark."""
    mark = _ITEM_MARK.match(text)
    if mark is not None:
        beside = any(other is not None and other.text[:1] == text[0] for other in (before, after))
        is_subhead = text[0] in "▲△▶▷○●" or (text[0] in "-–" and _stands_between_prose(before, after))
        return "subhead" if is_subhead and not beside else "list"
    if _SUBHEAD_MARK.match(text):
        return _marked(text, before, after)
    return "subhead" if _is_plain_subhead(text, before, after) else "paragraph"


def _marked(text: str, before: Passage | None, after: Passage | None) -> BlockType:
    """A line behind a mark of headings: an item where a neighbour has it too, or what somebody says."""
    if _TURN.match(text):
        return "paragraph"
    beside = any(other is not None and other.text[:1] == text[0] for other in (before, after))
    return "list" if beside and _LABELLED.match(text) else "subhead"


def is_deck_line(passage: Passage) -> bool:
    """Whether ``passage`` can be of a deck: short lines, no full stop, no mark of a list or a note."""
    if passage.kind in ("list", "quote"):
        lines = passage.text.splitlines()
        return len(lines) <= _MOST_DECK_LINES and all(is_deck_line(Passage(text=line)) for line in lines)
    if passage.kind not in ("text", "subhead") or len(passage.text) > _LONGEST_DECK:
        return False
    text = passage.text
    return not (_FULL_STOP.search(text[-12:]) or _NO_DECK.match(text) or _SPEAKER.match(text))


def are_deck(above: Sequence[Passage], below: Sequence[Passage], *, signed: bool) -> bool:
    """Whether the passages above the first paragraph are a deck: every one of them can be.

    ``signed``: who wrote it stands between. Where nobody does, one heading alone is the first of the
    sub-headings that are marked up like it below.
    """
    if not (above and below and all(map(is_deck_line, above))):
        return False
    heads = [passage.kind == "subhead" for passage in (*above, *below)]
    return signed or len(above) > 1 or not (heads[0] and any(heads[1:]))


def is_sentence(passage: Passage) -> bool:
    """Whether ``passage`` ends in a full stop, as nothing does that links to something else."""
    return passage.kind in ("text", "quote") and _FULL_STOP.search(passage.text[-12:]) is not None


def is_prose(passage: Passage) -> bool:
    """Whether ``passage`` is running text: a full sentence, or more of it than any deck has."""
    if passage.kind not in ("text", "quote"):
        return False
    return ends_a_sentence(passage.text) or len(passage.text) > _LONGEST_DECK


def _is_plain_subhead(text: str, before: Passage | None, after: Passage | None) -> bool:
    """A short line without any mark between two paragraphs."""
    if (
        len(text) > 40
        or not any(map(str.isalnum, text))
        or text[-1] in "?!:,;\"”’'"
        or ends_a_sentence(text)
        or before is None
        or after is None
    ):
        return False
    return (
        _FULL_STOP.search(before.text[-12:]) is not None and _FULL_STOP.search(after.text[-12:]) is not None
    )


def repeated(headline: str, passages: Sequence[Passage]) -> str:
    """``headline`` without its spaces, as a body may print it again; "" where a flash says no more."""
    wanted = "".join(headline.split())
    says_more = any(
        passage.kind in ("image", "caption")
        or (is_prose(passage) and "".join(passage.text.split()) != wanted)
        for passage in passages
    )
    return wanted if says_more else ""
