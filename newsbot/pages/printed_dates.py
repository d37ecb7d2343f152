"""A date in the middle of other text, as printed."""

from __future__ import annotations

import re

from newsbot.korean.text import tidy

_DATE = re.compile(
    r"(?<!\d)(?:\d{4}|\d{2})\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}(?!\d)(?:일|\.)?"
    r"(?:\s*\([월화수목금토일]\))?(?:\s+(?:오전|오후|AM|PM)?\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_BRACKETED_TIME = re.compile(r"[(\[](\d{1,2}:\d{2}(?::\d{2})?)[)\]]")  # 2010.01.02 (12:33:44)


def date_in(text: str) -> str | None:
    """The first date in ``text`` as printed, its time included."""
    match = _DATE.search(_BRACKETED_TIME.sub(r"\1", text))
    return tidy(match[0]) if match else None
