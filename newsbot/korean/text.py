"""Text made plain: for keeping (``tidy``), for matching (``letters``), and the hashes made of both."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from newsbot.items import Article, Block, Candidate
from newsbot.korean.headlines import read_headline
from newsbot.korean.nearness import sketch
from newsbot.korean.signatures import read_signature
from newsbot.korean.tails import line_kind, opens_correction, source_of

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters that are no white space
    "\xad\u200b-\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069"  # zero width, and bidi controls
    "\ud800-\udfff]"  # halves of a character, which no encoding can store
)
_SEPARATORS = re.compile("[\x1c-\x1f]")
_BLANKS = re.compile("[\u2800\u3164]")  # letters to Unicode, nothing to the eye
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_NO_LETTERS = re.compile(r"[\W_\u115f\u1160\u119e]+")  # in NFKC the separator ㆍ is the old vowel U+119E

_STABLE_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_TAIL_LINES = 6
_SHARE_KEPT = 0.7
_CORRECTING = frozenset({"고침", "수정"})
_LONGEST_NOTE = 400  # characters
_SHORTEST_TEXT = 60  # letters: less is a flash or a photo, and says nothing about sameness


def tidy(text: str) -> str:
    """``text`` with every run of white space as one space, and nothing in it that cannot be seen.

    Letters stay as printed. Parted Hangul is composed (NFC), but a hanja of the compatibility block
    (李 U+F9E1) stays what it is, though NFC would change it. Not NFKC: ㈜, ① and ： stay too.
    """
    if text.isprintable() and "  " not in text and text == text.strip(" "):  # as most are already
        return text if text.isascii() else _composed(text)
    plain = " ".join(text.split())
    # Hardly any text holds what cannot be seen, and asking is far cheaper than looking for it; but four
    # separators that are none to the eye are white space to ``split``.
    if not plain.isprintable() or (plain != text and _SEPARATORS.search(text)):
        plain = " ".join(_UNSEEN.sub("", text).split())
    return plain if plain.isascii() else _composed(plain)


def _composed(text: str) -> str:
    if "\u3164" in text or "\u2800" in text:
        text = " ".join(_BLANKS.sub(" ", text).split())
    if unicodedata.is_normalized("NFC", text):
        return text
    return _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def letters(text: str) -> str:
    """The letters and digits of ``text`` alone, lower case, compatibility forms resolved (NFKC).

    The same for ``李 대통령, "AI·5G"`` whichever of its many spellings was printed. For matching,
    never for showing.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())  # half of what goes are spaces
    return _NO_LETTERS.sub("", plain)


def content_hash(article: Article) -> str:
    """SHA-256 (hex) of the fields whose change makes a new revision.

    These are headline, deck, body (each block's type and text), the names and e-mail addresses of
    the bylines, the image captions and the corrections, all tidied. Left out is what changes by
    itself: every date, URL, copyright notice, listing figure and the raw texts.
    """
    return _sha256(_STABLE_JSON.encode(_that_matter(article)))


def changed_fields(before: Article, after: Article) -> list[str]:
    """The names of the fields of ``content_hash`` in which two revisions differ."""
    old, new = _that_matter(before), _that_matter(after)
    return [name for name, value in new.items() if value != old[name]]


def new_correction(before: Article, after: Article) -> str | None:
    """What a revision says that it corrects, if it is the first to say so: its text, or its headline."""
    fresh = [text for text in after.corrections if text not in before.corrections]
    if fresh:
        return tidy("\n".join(fresh))[:_LONGEST_NOTE]
    marked = _corrects(after.headline) and not _corrects(before.headline)
    return tidy(after.headline) if marked else None


def _corrects(headline: str) -> bool:
    reading = read_headline(headline)
    return reading.story_form in _CORRECTING or any(opens_correction(f"[{mark}]") for mark in reading.marks)


def _that_matter(article: Article) -> dict[str, Any]:
    return {
        "headline": tidy(article.headline),
        "deck": _tidied(article.deck),
        "body": [[block.type, tidy(block.text)] for block in article.body],
        "bylines": [[byline.name, byline.email] for byline in article.bylines],
        "captions": [tidy(image.caption) for image in article.images if image.caption],
        "corrections": _tidied(article.corrections),
    }


def text_hash(body: Sequence[Block]) -> str | None:
    """SHA-256 (hex) of the letters of a body, without what outlets hang on its end.

    Equal means the same text. ``None`` under 60 letters, too short to be called the same text.
    """
    text = matching_letters(body)
    return None if text is None else _sha256(text)


def matching_letters(body: Sequence[Block]) -> str | None:
    """The letters of a body by which it is matched; ``None`` under 60.

    Only the last six lines are looked at for signatures, copyright and promotion, and if these would be
    more than 30 % of the letters the whole text is taken: a greedier rule emptied bodies.
    """
    lines = [line for block in body for line in block.text.splitlines() if line.strip()]
    tail = _without_tail(lines[-_TAIL_LINES:])
    whole = letters("".join(lines))
    kept = whole if tail == lines[-_TAIL_LINES:] else letters("".join(lines[:-_TAIL_LINES] + tail))
    text = kept if len(kept) >= _SHARE_KEPT * len(whole) else whole
    return text if len(text) >= _SHORTEST_TEXT else None


def candidate(article: Article) -> Candidate:
    """The article with the keys by which the archive knows it again."""
    text = matching_letters(article.body)
    return Candidate(
        article=article,
        content_hash=content_hash(article),
        text_hash=None if text is None else _sha256(text),
        letters=text,
        sketch=sketch(text or ""),
    )


def _without_tail(lines: Sequence[str]) -> list[str]:
    return [_without_signature(line) for line in map(str.strip, lines) if not _is_tail(line)]


def _is_tail(line: str) -> bool:
    return line_kind(line) is not None or source_of(line) is not None or _is_signature(line)


def _without_signature(line: str) -> str:
    """The line without the name or address that is glued to its last sentence."""
    sentence, end, rest = line.rpartition("다.")
    return sentence + end if _is_signature(rest) else line


def _is_signature(text: str) -> bool:
    signature = read_signature(text) if text else None
    return signature is not None and bool(signature.people or signature.emails)


def _tidied(texts: Sequence[str]) -> list[str]:
    return [tidy(text) for text in texts]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
