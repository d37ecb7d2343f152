"""Lines in which labels say which date is the publication and which the change."""

from datetime import datetime

import pytest

from newsbot.items import Timestamp
from newsbot.korean.dates import KST, read_dates

NOW = datetime(2024, 10, 16, 14, 30, 45, tzinfo=KST)


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
