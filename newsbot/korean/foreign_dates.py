"""Dates of the foreign-language editions of Korean outlets: ``11 juin 2025 à 07:30``.

They are what remains when all else was tried. dateparser knows the words of these languages, and guesses: it
takes a millisecond a date and reads some sense into almost anything. So it is asked only where a page says
that a date stands, only of a year printed in full beside a word, and its answer is taken only if it accounts
for every number that was printed.
"""

from __future__ import annotations

import re
from datetime import datetime

from newsbot.items import Timestamp
from newsbot.korean.date_forms import KST

LANGUAGES = ("fr", "es", "de", "ru", "vi", "id", "ar")  # of the editions, but those with forms of their own

_LONGEST = 60
_DATE = re.compile(r"(?=.*(?<!\d)(?:19|20)\d\d(?!\d))(?=.*[^\W\d_]{3})[^가-힣\u4e00-\u9fff]+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?[:h]\s?\d\d(?P<second>:\d\d)?(?!\d)")
_OFFSET = re.compile(r"[+-]\d\d:?\d\d(?!\d)")
_LABEL = re.compile(r"(?:publi|veröffentlicht|опубликовано)[\w ]{0,12}?(?: le| el| am)?\s?:?\s(?=\d)", re.I)
# Zones by letters, which dateparser knows in one meaning and without their summers; 10:00-11:00.
_UNSURE = re.compile(r"\b(?!(?:UTC|GMT|KST)\b)[A-Z]{2,5}\b|\d:\d\d\s?-\s?\d\d:\d\d")
_NUMBER = re.compile(r"\d+")
_SETTINGS = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}


def read_foreign(text: str) -> Timestamp | None:
    """The moment that ``text`` names in one of ``LANGUAGES``, Korea's time where it names no zone."""
    text = _LABEL.sub("", text.strip())
    if len(text) > _LONGEST or not _DATE.fullmatch(text) or _UNSURE.search(text):
        return None
    import dateparser  # noqa: PLC0415  (slow to load, and seldom needed)

    moment = dateparser.parse(
        _OFFSET.sub(lambda match: f" {match[0]}", text), languages=LANGUAGES, settings=_SETTINGS
    )
    clock = _CLOCK.search(text)
    if moment is None or not _accounts_for(moment, text, has_clock=clock is not None):
        return None
    if clock is None:
        return Timestamp(
            value=datetime(moment.year, moment.month, moment.day, tzinfo=KST), precision="day", raw=text
        )
    moment = moment.replace(microsecond=0, tzinfo=moment.tzinfo or KST).astimezone(KST)
    return Timestamp(value=moment, precision="second" if clock["second"] else "minute", raw=text)


def _accounts_for(moment: datetime, text: str, *, has_clock: bool) -> bool:
    """Whether every number that is printed is in what was understood of it, each once."""
    held = [moment.year, moment.day]
    held += [moment.hour, moment.minute, moment.second] if has_clock else []
    for number in _NUMBER.findall(_OFFSET.sub("", text)):
        if int(number) not in held:
            return False
        held.remove(int(number))
    return True
