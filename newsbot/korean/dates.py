"""Dates and times as Korean boards, outlets and feeds print them, read in Korean time.

The closed set of printed forms is read exactly (``date_forms``), and so is a date whose month is an
English word, in any order (``english_dates``); other languages are ``foreign_dates``. What has two
readings has none here: ``None``, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from newsbot.items import Timestamp
from newsbot.korean.date_forms import (
    KST,
    LONGEST,
    Reading,
    is_time_alone,
    is_yearless,
    plain_form,
    read_form,
    read_start,
)
from newsbot.korean.english_dates import read_english
from newsbot.korean.standard_dates import read_standard

__all__ = ["KST", "Dates", "read_date", "read_dates", "read_unlabelled", "resolve_listed"]

_NEAR = timedelta(days=14)  # rows this near to each other stand together: no year lies between them
_LOOK_AHEAD = 2  # rows below an odd one which tell whether it, or the year, is out of order
_LONGEST_LINE = 600  # characters: a longer text is no line of dates
_MOST_LABELS = 8  # of a line: those beyond label no date

_LABEL = re.compile(
    r"(?<![가-힣])(?:(?P<modified>(?:(?:최초|기사|최종|마지막)\s?)?(?:수정|업데이트|변경|갱신|편집)|재(?:송고|등록|전송)"
    r"|(?:last )?(?:updated|modified))"
    r"|(?P<latest>최종(?:\s?(?:입력|등록|승인))?)"
    r"|(?:(?:최초|기사|온라인|뉴스|웹)\s?)?"
    r"(?P<published>입력|등록|승인|송고|작성|발행|게재|게시|출고|전송|노출|업로드|보도|방송|방영|날짜|일시|published|posted)"
    r"|(?P<other>지면(?:\s?게재)?|댓글|조회수?|추천수?|좋아요|공유|기사원문))"
    r"(?:\s?(?:일시|일자|일|시간|시각|날짜|on))?\s?(?:[:：|]|(?![가-힣A-Za-z])|(?=오[전후늘]|어제|그제|방금))",
    re.IGNORECASE,
)
_EDGES = " \t\r\n\xa0|/·ㅣ,:;-"
_BREAK = re.compile(r"\s*[|ㅣ]\s*|\s+[/·]\s+")
_PARTED = re.compile(r"\s*[|ㅣ]\s*|\s+[/·]\s+|\s*[(\[](?=[^()\[\]]*$)(?=.{6})")


@dataclass(frozen=True, slots=True)
class Dates:
    """What one line says of an article's times."""

    published: Timestamp | None = None
    modified: Timestamp | None = None


def read_date(text: str, *, now: datetime) -> Timestamp | None:
    """The moment that ``text`` names, in Korean time, or ``None`` where it is not understood.

    ``now`` (aware) is the time of the response. What is printed without a year is the latest such
    day that is not in the future; a time alone is today's, or yesterday's where today's is still to
    come (half an hour of clock difference allowed). A date printed in full is kept even if it lies
    in the future: it is the page's own claim. Of a labelled line the published date is given, else
    the modified one. A day alone stands at 00:00 with precision "day"; ``3시간 전`` has "minute".
    ``raw`` is the date as printed, without its label.
    Raises ValueError if ``now`` is naive; no text raises anything.
    """
    if moment := read_unlabelled(text, now=now):
        return moment
    now = _korean(now)
    if _LABEL.search(text, 0, _LONGEST_LINE):
        dates = _read_labelled(text, now)
        return dates.published or dates.modified
    return None


def read_unlabelled(text: str, *, now: datetime) -> Timestamp | None:
    """``read_date`` of a text that holds a date and nothing else, as in the fields of a feed."""
    reading = _read_whole(text, _korean(now))
    return _timestamp(reading, text) if reading else None


def read_dates(text: str, *, now: datetime) -> Dates:
    """Both times of a line such as ``입력 2025.06.11 07:30 수정 08:00``, labels before or behind.

    입력, 등록, 승인, 송고, 작성, 게재 … are published, 수정, 업데이트, 변경, 편집, 재송고 … modified;
    최종입력 is the change where another time is the publication. Of several published
    times the first counts, of several modified ones the last. A time alone behind 수정 is of the
    day of publication. A line without any label is the published date.
    """
    now = _korean(now)
    return (
        _read_labelled(text, now)
        if _LABEL.search(text, 0, _LONGEST_LINE)
        else Dates(read_date(text, now=now))
    )


def resolve_listed(
    texts: Sequence[str | None], *, now: datetime, above: datetime | None = None
) -> list[Timestamp | None]:
    """The dates of a listing's column, newest first; a notice's should be given as ``None``.

    A year-less row is read under the row above it: a step up in MM-DD is the year before. But a step
    up of at most 14 days, and a row or two that stand lower than both neighbours, are backdated
    posts: they change no other row's year. ``above`` is the last date of the page before.
    """
    now = _korean(now)
    read = {text: read_date(text, now=now) for text in set(texts) if text}  # a day has many posts
    found = [read.get(text) if text else None for text in texts]
    yearless = [(place, row) for place, row in enumerate(found) if row and is_yearless(row.raw)]
    last = min(now, _korean(above)) if above else now
    for order, (place, row) in enumerate(yearless):
        found[place] = here = _under(row, last, now)
        below = yearless[order + 1 : order + 1 + _LOOK_AHEAD]
        if _is_near(here, last) or not any(_is_near(_under(row, last, now), last) for _, row in below):
            last = here.value
    return found


def _under(row: Timestamp, above: datetime, now: datetime) -> Timestamp:
    limit = min(now, above + _NEAR)
    return row if row.value <= limit else read_date(row.raw, now=limit) or row


def _is_near(row: Timestamp, above: datetime) -> bool:
    return above - row.value <= _NEAR


def _korean(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("now has no time zone: a date cannot be read against it")
    return moment.astimezone(KST)


def _timestamp(reading: Reading, text: str) -> Timestamp:
    return Timestamp(value=reading[0], precision=reading[1], raw=text.strip())


def _read_labelled(text: str, now: datetime) -> Dates:
    published: Timestamp | None = None
    modified: Timestamp | None = None
    latest: Timestamp | None = None
    for label, printed in _labelled_parts(text[:_LONGEST_LINE]):
        if label == "published" and not published:
            published = _read_part(printed, now)
        elif label == "latest":
            latest = _read_part(printed, now) or latest
        elif label == "modified":
            day_end = published.value.replace(hour=23, minute=59) if published else now
            modified = _read_part(printed, day_end if is_time_alone(printed) else now) or modified
    if latest and not published:  # 최종입력 alone is all that is known of its publication
        return Dates(latest, modified)
    return Dates(published, modified or latest)


def _labelled_parts(text: str) -> Iterator[tuple[str, str]]:
    """Each label's kind with the text that belongs to it: behind it, or before it at a line's end."""
    labels = list(islice(_LABEL.finditer(text), _MOST_LABELS))
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    gaps = [_unbound(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    if gaps[0] and not gaps[-1]:
        before, parts = _last_of(gaps[0]), gaps[:-1]
        if before:  # 2025.06.11 07:30 (2025.06.12 08:00 수정)
            yield "published", before[0]
            parts[0] = before[1]
    else:
        parts = gaps[1:]
        if gaps[0]:
            yield "published", gaps[0]
    yield from ((label.lastgroup or "", part) for label, part in zip(labels, parts, strict=True))


def _last_of(text: str) -> tuple[str, str] | None:
    """What stands before the last part of ``text``, and that part, where a bracket or a bar parts them."""
    parts = _PARTED.split(text)
    return (_unbound(" ".join(parts[:-1])), _unbound(parts[-1])) if len(parts) > 1 else None


def _unbound(text: str) -> str:
    """Without separators at its ends, nor half of the brackets that its label stands in."""
    text = text.strip(_EDGES).rstrip("([").lstrip(")]").strip(_EDGES)
    while text.startswith(("(", "[")) and _count(text, "([") > _count(text, ")]"):
        text = text[1:].lstrip(_EDGES)
    while text.endswith((")", "]")) and _count(text, ")]") > _count(text, "(["):
        text = text[:-1].rstrip(_EDGES)
    return text


def _count(text: str, marks: str) -> int:
    return sum(text.count(mark) for mark in marks)


def _read_part(text: str, now: datetime) -> Timestamp | None:
    if len(text) <= LONGEST and not plain_form(text):
        return None  # nothing in it tells of a date
    for printed in dict.fromkeys((text, *_BREAK.split(text))):
        if reading := _read_whole(printed, now):
            return _timestamp(reading, printed)
    reading = read_start(text, now)
    return _timestamp(reading, text) if reading else None


def _read_whole(text: str, now: datetime) -> Reading | None:
    return read_standard(text) or read_form(text, now) or read_english(text, now)
