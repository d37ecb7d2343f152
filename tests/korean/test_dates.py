"""Printed dates and what they mean, read on a Wednesday afternoon in October."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.items import Timestamp
from newsbot.korean.dates import KST, read_date, read_dates, resolve_listed

NOW = datetime(2024, 10, 16, 14, 30, 45, tzinfo=KST)

# printed, and its meaning: a date alone has day precision, a time without seconds minute precision
FORMS = [
    # numbers alone
    ("2024.10.09", "2024-10-09"),
    ("2024.10.09.", "2024-10-09"),
    ("2024. 10. 9.", "2024-10-09"),
    ("2024. 1. 9", "2024-01-09"),
    ("2024-10-09", "2024-10-09"),
    ("2024/10/09", "2024-10-09"),
    ("24.10.09", "2024-10-09"),
    ("24-10-09", "2024-10-09"),
    ("24/1/9", "2024-01-09"),
    ("’24.10.09", "2024-10-09"),
    ("25/02/03", "2025-02-03"),
    ("98.12.31", "1998-12-31"),
    ("２０２４．１０．０９", "2024-10-09"),
    ("\u00a0 2024.10.09\u00a0", "2024-10-09"),
    ("[2024-10-09 07:30]", "2024-10-09T07:30"),
    ("2031.01.01", "2031-01-01"),
    # without a year
    ("10-09", "2024-10-09"),
    ("10.09", "2024-10-09"),
    ("10/16", "2024-10-16"),
    ("10-17", "2023-10-17"),
    ("12.31", "2023-12-31"),
    ("02-29", "2024-02-29"),
    ("10-09 23:26", "2024-10-09T23:26"),
    ("12-01 23:26", "2023-12-01T23:26"),
    ("10월 9일", "2024-10-09"),
    ("10월 9일(수) 07:30", "2024-10-09T07:30"),
    ("12월 31일", "2023-12-31"),
    # spelled
    ("2024년 10월 09일", "2024-10-09"),
    ("2024년10월9일자", "2024-10-09"),
    ("2024年 10月 9日", "2024-10-09"),
    ("2024년 10월 9일 수요일", "2024-10-09"),
    ("2024년 10월 9일 (수) 07시 30분", "2024-10-09T07:30"),
    ("2024년 10월 9일 오후 3시 20분 5초", "2024-10-09T15:20:05"),
    ("2024년 10월 9일 오후 3시", "2024-10-09T15:00"),
    # with a time of day
    ("2024.10.09 07:30", "2024-10-09T07:30"),
    ("2024.10.09. 07:30", "2024-10-09T07:30"),
    ("2024-10-09, 07:30", "2024-10-09T07:30"),
    ("2024-10-09 07:30:15", "2024-10-09T07:30:15"),
    ("2024-10-09(수) 07:30:15", "2024-10-09T07:30:15"),
    ("2024-10-09 (Wed) 07:30", "2024-10-09T07:30"),
    ("2024.10.09 (水) 오후 07:30", "2024-10-09T19:30"),
    ("2024. 10. 9. 오전 9:05", "2024-10-09T09:05"),
    ("2024.10.09. 오전 12:05", "2024-10-09T00:05"),
    ("2024.10.09 오후 12:05", "2024-10-09T12:05"),
    ("2024.10.09 오후 19:30", "2024-10-09T19:30"),
    ("2024.10.09 PM 07:30", "2024-10-09T19:30"),
    ("2024.10.09 7:30 p.m.", "2024-10-09T19:30"),
    ("2024.10.09 새벽 2시", "2024-10-09T02:00"),
    ("2024.10.09 저녁 7시 5분", "2024-10-09T19:05"),
    ("2024.10.09 밤 11시", "2024-10-09T23:00"),
    ("2024.10.09 낮 11시 30분", "2024-10-09T11:30"),
    ("2024.10.09 낮 1시", "2024-10-09T13:00"),
    ("2024.10.09 정오", "2024-10-09T12:00"),
    ("2024-10-09 24:10", "2024-10-10T00:10"),
    ("2024.10.09 (07:30)", "2024-10-09T07:30"),
    ("2024/10/09 [07:30:15]", "2024-10-09T07:30:15"),
    ("2024.10.09(07:30)", "2024-10-09T07:30"),
    ("2024.10.09 / 07:30", "2024-10-09T07:30"),
    ("2024.10.09.07:30", "2024-10-09T07:30"),
    ("2024.10.09. 오후 6:23.", "2024-10-09T18:23"),
    ("2024.10.09 07:30:15 (수)", "2024-10-09T07:30:15"),
    ("2024.10.09 수", "2024-10-09"),
    # machines'
    ("2024-10-09T07:30:00+09:00", "2024-10-09T07:30:00"),
    ("2024-10-09T07:30", "2024-10-09T07:30"),
    ("2024-10-09T07:30:00.123+0900", "2024-10-09T07:30:00"),
    ("2024-10-08T22:30:00Z", "2024-10-09T07:30:00"),
    ("2024-10-08T18:30:00-04:00", "2024-10-09T07:30:00"),
    ("2024-10-09 07:30 KST", "2024-10-09T07:30"),
    ("Wed, 09 Oct 2024 07:30:00 +0900", "2024-10-09T07:30:00"),
    ("8 Oct 2024 22:30 GMT", "2024-10-09T07:30"),
    ("20241009", "2024-10-09"),
    ("202410090730", "2024-10-09T07:30"),
    ("20241009073015", "2024-10-09T07:30:15"),
    ("20241008T223015Z", "2024-10-09T07:30:15"),
    # beside now
    ("07:30", "2024-10-16T07:30"),
    ("오전 9:05", "2024-10-16T09:05"),
    ("오후 2:12", "2024-10-16T14:12"),
    ("낮 12시 10분", "2024-10-16T12:10"),
    ("14:59", "2024-10-16T14:59"),
    ("15:01", "2024-10-15T15:01"),
    ("30초 전", "2024-10-16T14:30:15"),
    ("13분전", "2024-10-16T14:17"),
    ("3시간 전", "2024-10-16T11:30"),
    ("약 3시간전", "2024-10-16T11:30"),
    ("한 시간 전", "2024-10-16T13:30"),
    ("1일 2시간 전", "2024-10-15T12:30"),
    ("하루 전", "2024-10-15"),
    ("2일 전", "2024-10-14"),
    ("1주일 전", "2024-10-09"),
    ("2주 전", "2024-10-02"),
    ("3개월 전", "2024-07-16"),
    ("10달 전", "2023-12-16"),
    ("1년 전", "2023-10-16"),
    ("2 hours ago", "2024-10-16T12:30"),
    ("a day ago", "2024-10-15"),
    ("방금", "2024-10-16T14:30"),
    ("방금 전", "2024-10-16T14:30"),
    ("오늘 09:05", "2024-10-16T09:05"),
    ("어제", "2024-10-15"),
    ("어제 오후 2:20", "2024-10-15T14:20"),
    ("그제", "2024-10-14"),
    ("그저께 14:20", "2024-10-14T14:20"),
    # labelled
    ("입력2024.10.09. 오전 11:40", "2024-10-09T11:40"),
    ("기사입력 : 2024-10-09 07:30", "2024-10-09T07:30"),
    ("송고시간2024-10-09 07:30", "2024-10-09T07:30"),
    ("등록 2024.10.09 07:30:00", "2024-10-09T07:30:00"),
    ("작성일 24-10-09 07:30", "2024-10-09T07:30"),
    ("최종수정 2024.10.09. 오후 5:18", "2024-10-09T17:18"),
    ("입력 3시간전", "2024-10-16T11:30"),
    ("입력 :[ 2024-10-09 15:24 ]", "2024-10-09T15:24"),
    ("2024/10/09 10:12 송고", "2024-10-09T10:12"),
    ("승인 2024.10.09 07:30 댓글 0", "2024-10-09T07:30"),
    # the month in words
    ("October 9, 2024", "2024-10-09"),
    ("Published: Oct 8, 2024 10:30 PM UTC", "2024-10-09T07:30"),
]

NO_DATES = [
    "", " ", "-", "관리자", "조회 123", "1", "2024", "2024.10", "11일", "지난 9일", "어젯밤",
    "2024-02-30", "2023.02.29", "13월 5일", "2024.13.01", "20241301", "12345678", "1728426600",
    "06/12/2024", "12.06.2024", "2024-10.09", "45.01.01", "0000-00-00", "1024-10-09",
    "25:30", "07:60", "오전 13:00", "밤 12시", "오후 24:00", "AM 07:30 PM", "2024-10-09 24:61",
    "10월 9일(목)", "10월 9일 목", "99999년 전", "9999년 전", "9999달 전", "작성자 2024.10.09", "입력 미정",
    "2024.10.09 07:30 2024.10.09 08:00", "2024.10.09 10:00-11:00", "October 2024", "2024.10.09" * 20,
]  # fmt: skip


def meaning(text: str, now: datetime = NOW) -> str | None:
    read = read_date(text, now=now)
    if read is None:
        return None
    assert read.value.tzinfo is KST
    return read.value.replace(tzinfo=None).isoformat()[
        : {"day": 10, "minute": 16, "second": 19}[read.precision]
    ]


@pytest.mark.parametrize(("printed", "expected"), FORMS)
def test_forms(printed: str, expected: str) -> None:
    assert meaning(printed) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_or_has_two_readings(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize(
    ("now", "printed", "expected"),
    [
        ("2026-01-01T00:05", "12-31", "2025-12-31"),
        ("2026-01-01T00:05", "01-01", "2026-01-01"),
        ("2026-01-01T00:05", "01-02", "2025-01-02"),
        ("2026-01-01T00:05", "23:50", "2025-12-31T23:50"),
        ("2026-01-01T00:05", "00:20", "2026-01-01T00:20"),
        ("2026-01-01T00:05", "24:01", "2026-01-01T00:01"),
        ("2026-01-01T00:05", "10분 전", "2025-12-31T23:55"),
        ("2026-01-01T00:05", "어제", "2025-12-31"),
        ("2026-01-01T00:05", "26.01.01", "2026-01-01"),
        ("2025-12-31T23:58", "01-01", "2025-01-01"),
        ("2025-12-31T23:58", "01-01 00:02", "2026-01-01T00:02"),
        ("2025-12-31T23:58", "12-31", "2025-12-31"),
        ("2026-02-28T12:00", "02-29", "2024-02-29"),
        ("2104-01-05T12:00", "02-29", "2096-02-29"),
        ("2024-03-31T12:00", "1개월 전", "2024-02-29"),
        ("2024-02-29T12:00", "1년 전", "2023-02-28"),
    ],
)
def test_around_the_turn_of_a_year(now: str, printed: str, expected: str) -> None:
    assert meaning(printed, datetime.fromisoformat(now).replace(tzinfo=KST)) == expected


def test_now_is_any_zone_s_moment_but_must_have_one() -> None:
    late_in_london = datetime(2025, 12, 31, 15, 5, tzinfo=UTC)
    assert meaning("오늘", late_in_london) == "2026-01-01"
    with pytest.raises(ValueError, match="time zone"):
        read_date("오늘", now=late_in_london.replace(tzinfo=None))


def test_raw_is_the_date_as_printed_without_its_label() -> None:
    assert [
        read.raw
        for text in (" 2024.10.09 ", "승인 2024. 10. 9. | 댓글 3")
        if (read := read_date(text, now=NOW))
    ] == [
        "2024.10.09",
        "2024. 10. 9.",
    ]


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("입력 2024.10.09 07:30 수정 2024.10.10 08:00", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("입력 : 2024.10.09 07:30 | 수정 : 2024.10.10 08:00", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("2024.10.09 07:30 입력 / 2024.10.10 08:00 수정", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("2024.10.09 07:30 (수정 2024.10.10 08:00)", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("(입력 2024.10.09(수) 07:30) (수정 2024.10.10(목))", "2024-10-09T07:30", "2024-10-10"),
        (
            "기사입력2024.10.09. 오전 8:08최종수정2024.10.09. 오후 5:18기사원문",
            "2024-10-09T08:08",
            "2024-10-09T17:18",
        ),
        ("(2024.10.09 07:30 입력, 2024.10.10 08:00 수정)", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("2024.10.09 07:30 (2024.10.10 08:00 수정)", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("2024.10.09 07:30 | 2024.10.10 08:00 수정", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("최종입력 2024.10.09 07:30", "2024-10-09T07:30", None),
        ("지면게재 2024.10.11 온라인 입력 2024.10.09 07:30", "2024-10-09T07:30", None),
        ("등록 2024-10-09 07:30 수정 08:00", "2024-10-09T07:30", "2024-10-09T08:00"),
        ("등록 2024-10-09 07:30 승인 2024-10-09 07:40", "2024-10-09T07:30", None),
        ("수정 2024-10-09 07:30 최종수정 2024-10-09 07:40", None, "2024-10-09T07:40"),
        ("업데이트 2024.10.10 08:00", None, "2024-10-10T08:00"),
        ("홍보람 기자 입력 2024.10.09 07:30 지면 A12", "2024-10-09T07:30", None),
        ("입력 2024.10.09 07:30 | 정치", "2024-10-09T07:30", None),
        ("입력 2024.10.09 07:30 수정 2024.10.10 08:00 A4면", "2024-10-09T07:30", "2024-10-10T08:00"),
        ("입력 2024.10.09 07:30 2024.10.10 08:00", None, None),
        ("입력 2024.02.30 첫판", None, None),
        ("입력 2024.10.09 오후", None, None),
        ("Posted 2024.10.09 / Last updated 2024.10.10", "2024-10-09", "2024-10-10"),
        ("2024.10.09 07:30", "2024-10-09T07:30", None),
        ("입력 2024.02.30 수정 2024.10.10", None, "2024-10-10"),
        ("아직 없음", None, None),
    ],
)
def test_labelled_lines(line: str, published: str | None, modified: str | None) -> None:
    dates = read_dates(line, now=NOW)
    printed = [read and read.value.replace(tzinfo=None) for read in (dates.published, dates.modified)]
    assert printed == [text and datetime.fromisoformat(text) for text in (published, modified)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # today, this year, and over the new year
        (["09:12", "10-15", "01-02", "12-31"], ["24-10-16", "24-10-15", "24-01-02", "23-12-31"]),
        # a step up is the year before, twice
        (["06-12", "02-03", "04-05", "08-01"], ["24-06-12", "24-02-03", "23-04-05", "22-08-01"]),
        # a post backdated by months, at the head and within, and one dated ahead, change no other year
        (["03-01", "10-16", "10-15"], ["24-03-01", "24-10-16", "24-10-15"]),
        (["10-16", "03-01", "02-01", "10-15"], ["24-10-16", "24-03-01", "24-02-01", "24-10-15"]),
        (["10-16", "11-20", "10-15"], ["24-10-16", "23-11-20", "24-10-15"]),
        # by days
        (["10-10", "10-08", "10-12", "10-07"], ["24-10-10", "24-10-08", "24-10-12", "24-10-07"]),
        # full dates are just themselves; notices and nonsense are left out
        (["2024.10.15", "2022.01.05", "2024.10.14"], ["24-10-15", "22-01-05", "24-10-14"]),
        ([None, "오늘", "공지", "10-15"], [None, "24-10-16", None, "24-10-15"]),
        ([], []),
    ],
)  # fmt: skip
def test_a_listing_s_column(printed: list[str | None], expected: list[str | None]) -> None:
    found = resolve_listed(printed, now=NOW)
    assert [read and read.value.strftime("%y-%m-%d") for read in found] == expected


def test_a_later_page_goes_on_from_the_row_above_it() -> None:
    above = datetime(2023, 1, 3, tzinfo=KST)
    found = resolve_listed(["01-03", "12-31", "12-30"], now=NOW, above=above)
    assert [read.value.strftime("%Y-%m-%d") for read in found if read] == [
        "2023-01-03",
        "2022-12-31",
        "2022-12-30",
    ]


@given(
    st.text() | st.text(alphabet="0123456789.-/: 년월일시분초오전후입력수정()[]+TZaAgoJunePM", max_size=60)
)
def test_no_text_raises(text: str) -> None:
    for read in (read_date(text, now=NOW), read_dates(text, now=NOW).modified):
        assert read is None or read.raw in text


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 30))
SECONDS = [
    "%Y-%m-%d %H:%M:%S",
    "%Y.%m.%d. %p %I:%M:%S",
    "%Y%m%d%H%M%S",
    "%Y-%m-%dT%H:%M:%S+09:00",
    "%Y년 %m월 %d일 %H시 %M분 %S초",
    "%d %b %Y %H:%M:%S +0900",
    "입력 : %Y/%m/%d (%a) %H:%M:%S",
]


@given(MOMENTS, st.sampled_from(SECONDS))
def test_what_is_printed_in_full_is_read_back(moment: datetime, form: str) -> None:
    read = read_date(moment.strftime(form), now=NOW)
    assert read
    assert read.value == moment.replace(microsecond=0, tzinfo=KST)
    assert read.precision == "second"


@given(
    MOMENTS.map(lambda moment: moment.replace(tzinfo=KST)),
    st.integers(0, 364),
    st.sampled_from(["%m-%d", "%m.%d", "%m월 %d일"]),
)
def test_a_day_of_the_last_year_needs_no_year(now: datetime, days: int, form: str) -> None:
    day = (now - timedelta(days=days)).date()
    read = read_date(day.strftime(form), now=now)
    assert read
    assert read.value.date() == day


PUBLISHED = (
    "입력 기사입력 최초입력 입력시간 등록 기사등록 최초등록 등록일 등록일시 승인 기사승인 승인일"
    " 송고 송고시간 작성 작성일 최초작성 발행 발행일 최초발행 게재 게재일 게시 게시일 출고 출고시각"
    " 전송 기사전송 보도 노출 업로드 방송 온라인입력"
).split()
MODIFIED = (
    "수정 최종수정 기사수정 마지막수정 수정일 수정일시 수정시간 최종수정시간 업데이트 최종업데이트 변경 갱신"
    " 편집 최종편집 최종 최종입력 최종등록 최종승인 재송고 재등록"
).split()
ORDERS = [
    "{pub} {one} {mod} {two}",
    "{mod} {two} {pub} {one}",
    "{one} {pub} {two} {mod}",
    "{two} {mod} {one} {pub}",
    "{pub}: {one} | {mod}: {two}",
    "{pub}{one} {mod}{two}",
    "({pub} {one}) ({mod} {two})",
    "{one} {pub} | {two} {mod}",
    "[{pub}] {one} [{mod}] {two}",
    "{pub} : {one}   {mod} : {two}",
    "{pub} {one}\n{mod} {two}",
    "({one} {pub}, {two} {mod})",
]


@pytest.mark.parametrize("order", ORDERS)
def test_publication_and_change_are_told_apart_by_every_label_in_every_order(order: str) -> None:
    for pub, mod in [*((each, "수정") for each in PUBLISHED), *(("입력", each) for each in MODIFIED)]:
        line = order.format(pub=pub, mod=mod, one="2024.10.09 07:30", two="2024.10.10 08:00")
        assert (line, *map(shown, dates_of(line))) == (line, "2024-10-09T07:30", "2024-10-10T08:00")


def dates_of(line: str) -> tuple[Timestamp | None, Timestamp | None]:
    dates = read_dates(line, now=NOW)
    return dates.published, dates.modified


def shown(moment: Timestamp | None) -> str | None:
    return f"{moment.value:%Y-%m-%dT%H:%M}" if moment else None
