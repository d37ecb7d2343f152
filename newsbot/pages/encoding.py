"""Bytes to text, as Korean sites really encode it.

A label is a hint, never a promise: pages labelled EUC-KR are CP949, several labels mean CP949 and
are unknown to general tools, and UTF-8 pages carry old EUC-KR labels. CP949 text is hardly ever
valid UTF-8, so what decodes strictly as UTF-8 is UTF-8 whatever the label says.
"""

from __future__ import annotations

import codecs
import re

_CP949_LABELS = {
    "euc-kr", "euckr", "euc_kr", "cp949", "ms949", "uhc", "x-windows-949", "windows-949", "korean",
    "ks_c_5601-1987", "ks_c_5601-1989", "ks_c_5601", "ksc5601", "ksc_5601", "iso-ir-149", "cseuckr",
}  # fmt: skip
_WESTERN = {"iso8859-1", "cp1252", "iso8859-15"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META_WINDOW = 4096  # bytes: where HTML wants its charset to stand (1024), with room for sloppy pages


def decode(body: bytes, content_type: str | None = None, *, declared: str | None = None) -> str:
    """The text of ``body``; undecodable bytes become U+FFFD. Never raises.

    ``declared`` (a source's own setting) goes before every label; ``content_type`` is the header.
    """
    return decoded(body, content_type, declared=declared)[0]


def decoded(
    body: bytes, content_type: str | None = None, *, declared: str | None = None
) -> tuple[str, bytes | None]:
    """``decode``, and ``body`` itself where it is that text in UTF-8, byte for byte."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body.decode(codec, "replace"), None
    if declared is None:
        try:
            return body.decode("utf-8"), body
        except UnicodeDecodeError:
            pass
    candidates = _candidates(body, content_type, declared)
    return min((body.decode(codec, "replace") for codec in candidates), key=_damage), None


def _candidates(body: bytes, content_type: str | None, declared: str | None) -> list[str]:
    labels = (declared, _label(content_type or ""), _label(body[:_META_WINDOW].decode("ascii", "replace")))
    named = [codec for label in labels if label and (codec := _codec(label))]
    if declared is not None and named:
        return named[:1]
    # Any bytes at all are Latin-1, the default label of many servers: it is what Korean is not.
    western = [codec for codec in named if codec in _WESTERN]
    return list(
        dict.fromkeys([*(codec for codec in named if codec not in western), "utf-8", "cp949", *western])
    )


def _label(text: str) -> str | None:
    match = _CHARSET.search(text)
    return match[1] if match else None


def _codec(label: str) -> str | None:
    if label.lower() in _CP949_LABELS:
        return "cp949"
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return "cp949" if name in ("euc_kr", "cp949", "johab") else name


def _damage(text: str) -> int:
    """How badly a decoding went: lost bytes, and the C1 controls that a Latin guess leaves behind."""
    return text.count("\ufffd") + len(_C1.findall(text))


_C1 = re.compile("[\x80-\x9f]")
