"""Bylines of several people, each with a place of their own, and names that are not plain Korean ones."""

from __future__ import annotations

import pytest
from bodies import LAST, MORE, read, texts

from newsbot.korean.bylines import read_byline, read_signing_line


def named(text: str) -> list[tuple[str | None, str | None, str | None]]:
    signature = read_signing_line(text)
    return [(p.name, p.role, p.place) for p in signature.people] if signature else []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("포구=한가람·나루=윤서진 기자", [("한가람", "기자", "포구"), ("윤서진", "기자", "나루")]),
        (
            "포구=한가람 기자 g@x.kr, 나루=윤서진 기자 y@x.kr",
            [("한가람", "기자", "포구"), ("윤서진", "기자", "나루")],
        ),
        ("포구 한가람, 나루 윤서진 기자", [("한가람", "기자", "포구"), ("윤서진", "기자", "나루")]),
        ("한가람·윤서진 기자", [("한가람", "기자", None), ("윤서진", "기자", None)]),
    ],
)
def test_each_of_several_has_a_place(text: str, people: list[tuple[str, str, str | None]]) -> None:
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("한가람 인턴 기자 g@x.kr", ("한가람", "인턴 기자", None)),
        ("한가람 수습 기자 g@x.kr", ("한가람", "수습 기자", None)),
        ("한가람 학생기자", ("한가람", "학생기자", None)),
        ("황보 윤 기자 hb@x.kr", ("황보 윤", "기자", None)),
        ("제임스 박 통신원 j@x.kr", ("제임스 박", "통신원", None)),
        ("응우옌 티 란 기자 lan@x.kr", ("응우옌 티 란", "기자", None)),
        ("다나카 유이 특파원 yui@x.kr", ("다나카 유이", "특파원", None)),
        ("韓佳嵐 기자 g@x.kr", ("韓佳嵐", "기자", None)),
        ("기자 한가람 g@x.kr", ("한가람", "기자", None)),
        ("취재기자 한가람 g@x.kr", ("한가람", "취재기자", None)),
        ("Noh Eul-bit eulbit@x.kr", ("Noh Eul-bit", None, None)),
        ("한가람 샛강대 교수·경제학", ("한가람", "교수", None)),
    ],
)
def test_the_forms_of_a_name(text: str, person: tuple[str, str | None, str | None]) -> None:
    assert named(text) == [person]


@pytest.mark.parametrize(
    "text", ["기자 정신", "기자 한가람", "River Bank press@x.kr", "제임스 본드 감독의 새 영화"]
)
def test_what_only_looks_like_one(text: str) -> None:
    assert named(text) == []


def test_a_trusted_byline_keeps_the_intern_out_of_the_name() -> None:
    (person,) = read_byline("한가람 인턴 기자")
    assert (person.name, person.role) == ("한가람", "인턴 기자")


@pytest.mark.parametrize(
    ("lead", "name", "place"),
    [
        ("[서울=뉴시스]한가람 인턴 기자 = ", "한가람", "서울"),
        ("(포구) 한가람 기자 = ", "한가람", "포구"),
        ("[샛강일보=포구] 한가람 기자 = ", "한가람", "포구"),
        ("한가람 기자=", "한가람", None),
        ("[OSEN=포구, 한가람 기자] ", "한가람", "포구"),
        ("[점프볼=포구/한가람 기자] ", "한가람", "포구"),
        ("(샛강스포츠 포구, 한가람 기자) ", "한가람", "포구"),
    ],
)
def test_leads(lead: str, name: str, place: str | None) -> None:
    reading = read(lead + MORE, LAST)
    assert texts(reading) == [MORE, LAST]
    assert [(b.name, b.place) for b in reading.bylines] == [(name, place)]
