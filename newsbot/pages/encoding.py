"""Bytes to text, as Korean sites really encode it.

A label is a hint, never a promise: pages labelled EUC-KR are CP949, several labels mean CP949 and
are unknown to general tools, and UTF-8 pages carry old EUC-KR labels. CP949 text is hardly ever
valid UTF-8, so what decodes strictly as UTF-8 is UTF-8 whatever the label says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_CP949_LABELS = {
    "euc-kr", "euckr", "euc_kr", "cp949", "ms949", "uhc", "x-windows-949", "windows-949", "korean",
    "ks_c_5601-1987", "ks_c_5601-1989", "ks_c_5601", "ksc5601", "ksc_5601", "iso-ir-149", "cseuckr",
}  # fmt: skip
_KOREAN = frozenset({"cp949", "utf-8"})
# Python knows codecs that are no character sets (hex, rot13) or do not take every error (idna).
_CHARACTER_SET = re.compile(
    r"utf-(?:8|16|32)(?:-[bl]e)?|ascii|iso8859-\d+|cp125\d|koi8-[ru]|shift_jis\w*|cp932|euc_\w+|gb\w+|big5\w*|johab"
    r"|iso2022_\w+|cp949|mac-\w+|tis-620"
)
_UTF_8_BOM = codecs.BOM_UTF8
_UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META_WINDOW = 4096  # bytes: where HTML wants its charset to stand (1024), with room for sloppy pages
_SHIFTED = b"\x1b$)C"  # ISO-2022-KR announces itself
_UTF_16_WINDOW = 512  # bytes
_C1 = re.compile("[\x80-\x9f]")
_THREE_BYTES = re.compile(
    rb"[\xe0-\xf4]"
)  # in UTF-8 the head of a letter from U+0800 on, as all Korean ones are
_NOT_HANGUL = re.compile("[^가-힣ㄱ-ㆎ]")

# A run of CP949 in a UTF-8 page, up to where UTF-8's own three bytes of a Korean syllable begin again.
_ISLAND = re.compile(
    rb"(?:(?![\xea-\xed][\x80-\xbf]{2}(?:[\xea-\xed][\x80-\xbf]{2}|[\x00-\x7f]))"
    rb"[\x81-\xfe][\x41-\x5a\x61-\x7a\x81-\xfe]|[ .,!?'\"()0-9])*[\x81-\xfe][\x41-\x5a\x61-\x7a\x81-\xfe]"
)
_TWO_BYTES = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf] ?)+$"
)  # CP949 that could be UTF-8, before an island's start
_LONGEST_START = 40  # bytes
_MOST_ISLANDS = 500
_LARGEST = 1_000_000  # bytes of a page in which islands are looked for: it takes its length for each of them


def decode(body: bytes, content_type: str | None = None, *, declared: str | None = None) -> str:
    """The text of ``body``; undecodable bytes become U+FFFD. Never raises.

    ``declared`` (a source's own setting) goes before every label; ``content_type`` is the header.
    """
    return decoded(body, content_type, declared=declared)[0]


def decoded(
    body: bytes, content_type: str | None = None, *, declared: str | None = None
) -> tuple[str, bytes | None]:
    """``decode``, and ``body`` itself where it is that text in UTF-8, byte for byte."""
    if body.startswith(_UTF_16_BOMS):
        return body.decode("utf-16", "replace"), None
    if body.startswith(_UTF_8_BOM):  # some servers put it before what is no UTF-8 at all
        return decode(body[len(_UTF_8_BOM) :], content_type, declared=declared), None
    if declared is None:
        if codec := _by_its_bytes(body):
            return body.decode(codec, "replace"), None
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return (text, body) if text.isascii() else _as_utf_8(body, text, content_type)
    return _least_damaged(body, _candidates(body, content_type, declared)), None


def _by_its_bytes(body: bytes) -> str | None:
    """The encoding of which every ASCII page would be free: of wide characters, or of shifted ones."""
    if _SHIFTED in body[:_META_WINDOW]:
        return "iso2022_kr"
    head = body[:_UTF_16_WINDOW]
    zeros = [head[place::2].count(0) for place in (0, 1)]
    if max(zeros) * 4 < len(head) // 2 or min(zeros) * 4 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _as_utf_8(body: bytes, text: str, content_type: str | None) -> tuple[str, bytes | None]:
    """``text``, unless it is labelled CP949 of a few syllables that happen to be valid UTF-8 (``ù``: 첫)."""
    if _THREE_BYTES.search(body) is None and "cp949" in _named(body, content_type, None):
        korean = body.decode("cp949", "replace")
        if _damage(korean) == 0 and not _NOT_HANGUL.search(re.sub(r"[\x00-\x7f]", "", korean)):
            return korean, None
    return text, body


def _least_damaged(body: bytes, candidates: list[str]) -> str:
    texts: list[tuple[int, str, str]] = []
    for codec in candidates:
        text = body.decode(codec, "replace")
        damage = _damage(text)
        if damage == 0 and codec != "johab":
            return text
        texts.append((_rare(text) if codec == "johab" else damage, codec, text))
    if candidates[0] == "johab" and texts[0][0] == 0:
        return texts[0][2]
    _, codec, text = min(texts, key=lambda found: found[0])
    return _with_islands(body) if codec == "utf-8" else text


def _candidates(body: bytes, content_type: str | None, declared: str | None) -> list[str]:
    named = _named(body, content_type, declared)
    if declared is not None and named:
        return named[:1]
    # Latin-1 takes any bytes at all, and is the default label of many servers; a page labelled with another
    # country's set is Korean if it is good CP949. Wide characters have been seen by their bytes.
    korean = [codec for codec in named if codec in _KOREAN or codec == "johab"]
    others = [codec for codec in named if codec not in korean and not codec.startswith("utf-")]
    return list(dict.fromkeys([*korean, "utf-8", "cp949", *others]))


def _named(body: bytes, content_type: str | None, declared: str | None) -> list[str]:
    """The codecs that are named, the setting's first, then the header's and the page's own."""
    labels = (declared, _label(content_type or ""), _label(body[:_META_WINDOW].decode("ascii", "replace")))
    return [codec for label in labels if label and (codec := _codec(label))]


def _label(text: str) -> str | None:
    match = _CHARSET.search(text)
    return match[1] if match else None


def is_known(label: str) -> bool:
    """Whether ``decode`` reads by this name of an encoding, such as "cp949" or "x-windows-949"."""
    return _codec(label) is not None


def _codec(label: str) -> str | None:
    if label.lower() in _CP949_LABELS:
        return "cp949"
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if _CHARACTER_SET.fullmatch(name) is None:
        return None
    return "cp949" if name in ("euc_kr", "cp949") else name


def _damage(text: str) -> int:
    """How badly a decoding went: lost bytes, and the C1 controls that a Latin guess leaves behind."""
    return text.count("\ufffd") + len(_C1.findall(text))


def _rare(text: str) -> int:
    """Damage, with every syllable that no Korean word has: bytes of CP949 read as Johab are full of these."""
    return _damage(text) + sum(1 for letter in text if "가" <= letter <= "힣" and not _is_common(letter))


def _is_common(syllable: str) -> bool:
    try:
        syllable.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


def _with_islands(body: bytes) -> str:
    """A UTF-8 page with what another system wrote into it in CP949: a banner, a title out of a database."""
    return "".join(_pieces(body)) if len(body) <= _LARGEST else body.decode("utf-8", "replace")


def _pieces(body: bytes) -> Iterator[str]:
    start = 0
    for _ in range(_MOST_ISLANDS):
        try:
            yield body[start:].decode("utf-8")
        except UnicodeDecodeError as error:
            bad = start + error.start
            before = _TWO_BYTES.search(body[max(start, bad - _LONGEST_START) : bad])
            begin = bad - len(before[0]) if before else bad
            island = _island(body, begin) or _island(body, bad)
            if island is None:
                yield body[start:bad].decode("utf-8") + "\ufffd"
                start += error.end
                continue
            first, end, text = island
            yield body[start:first].decode("utf-8") + text
            start = end
        else:
            return
    yield body[start:].decode("utf-8", "replace")


def _island(body: bytes, begin: int) -> tuple[int, int, str] | None:
    """The Korean words in CP949 that begin there; a syllable cut in two, as cut titles end, is none."""
    run = _ISLAND.match(body, begin)
    if run is None:
        return None
    text = run[0].decode("cp949", "replace")
    letters = re.sub(r"[\x00-\x7f]", "", text)
    if len(letters) < 2 or "\ufffd" in text or 2 * len(_NOT_HANGUL.findall(letters)) > len(letters):
        return None
    return begin, run.end(), text
