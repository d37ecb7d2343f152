"""Names out of every form in which Korean articles are signed, and nobody where nobody signs."""

from __future__ import annotations

import pytest

from newsbot.items import Byline
from newsbot.korean.bylines import (
    bot_credit,
    merged,
    read_byline,
    sign_off,
    with_addresses,
)
from newsbot.korean.guests import read_guest
from newsbot.korean.passages import Passage
from newsbot.korean.reading import read_body

# a byline as printed → (name, role, agency, place, e-mail, contribution) of each
SIGNED = [
    ("한가람 기자", [("한가람", "기자", None, None, None, None)]),
    ("한가람", [("한가람", None, None, None, None, None)]),
    ("갈대/한가람 기자", [("한가람", "기자", None, "갈대", None, None)]),
    ("기자: 한가람", [("한가람", "기자", None, None, None, None)]),
    (
        "취재: 한가람 / 영상기자: 윤서진",
        [("한가람", None, None, None, None, "text"), ("윤서진", "영상기자", None, None, None, "video")],
    ),
    (
        "한가람 기자, 영상기자 윤서진",
        [("한가람", "기자", None, None, None, None), ("윤서진", "영상기자", None, None, None, "video")],
    ),
    ("한가람·샛강대 교수", [("한가람", "교수", "샛강대", None, None, None)]),
    ("By Han Ga-ram", [("Han Ga-ram", None, None, None, None, None)]),
    (
        "Han Ga-ram, Staff Reporter (garam@gaon.example)",
        [("Han Ga-ram", "Staff Reporter", None, None, "garam@gaon.example", None)],
    ),
    (
        "한가람 윤서진 기자",
        [("한가람", "기자", None, None, None, None), ("윤서진", "기자", None, None, None, None)],
    ),
    (
        "한가람·윤서진 기자",
        [("한가람", "기자", None, None, None, None), ("윤서진", "기자", None, None, None, None)],
    ),
    (
        "한가람ㆍ윤서진 기자",
        [("한가람", "기자", None, None, None, None), ("윤서진", "기자", None, None, None, None)],
    ),
    (
        "한가람・윤서진‧도현 기자",
        [
            ("한가람", "기자", None, None, None, None),
            ("윤서진", "기자", None, None, None, None),
            ("도현", "기자", None, None, None, None),
        ],
    ),
    (
        "한가람, 윤서진 기자",
        [("한가람", "기자", None, None, None, None), ("윤서진", "기자", None, None, None, None)],
    ),
    (
        "워싱턴 한가람 특파원·서울 윤서진 기자",
        [
            ("한가람", "특파원", None, "워싱턴", None, None),
            ("윤서진", "기자", None, "서울", None, None),
        ],
    ),
    (
        "한가람 기자·윤서진 인턴기자",
        [("한가람", "기자", None, None, None, None), ("윤서진", "인턴기자", None, None, None, None)],
    ),
    ("글·사진 한가람 기자", [("한가람", "기자", None, None, None, "text")]),
    (
        "글·사진=한가람 기자 garam@daily.example",
        [("한가람", "기자", None, None, "garam@daily.example", "text")],
    ),
    (
        "글 한가람 기자, 사진 윤서진 기자",
        [("한가람", "기자", None, None, None, "text"), ("윤서진", "기자", None, None, None, "photo")],
    ),
    ("도쿄/한가람 특파원", [("한가람", "특파원", None, "도쿄", None, None)]),
    ("광주=한가람 기자", [("한가람", "기자", None, "광주", None, None)]),
    ("장충 = 한가람 기자", [("한가람", "기자", None, "장충", None, None)]),
    ("세종=한가람", [("한가람", None, None, "세종", None, None)]),
    ("안양/한가람", [("한가람", None, None, "안양", None, None)]),
    (
        "안산 | 한가람 기자 garam@daily.example",
        [("한가람", "기자", None, "안산", "garam@daily.example", None)],
    ),
    (
        "남양주·양평=글·사진 한가람 기자 garam@daily.example",
        [("한가람", "기자", None, "남양주·양평", "garam@daily.example", "text")],
    ),
    ("수원=CBS노컷뉴스 한가람 기자", [("한가람", "기자", "CBS노컷뉴스", "수원", None, None)]),
    ("동아닷컴 한가람 기자", [("한가람", "기자", "동아닷컴", None, None, None)]),
    (
        "한가람 MK스포츠 기자(garam@daily.example)",
        [("한가람", "기자", "MK스포츠", None, "garam@daily.example", None)],
    ),
    ("[한가람 MK스포츠 기자]", [("한가람", "기자", "MK스포츠", None, None, None)]),
    (
        "[피닉스(미국) =한가람 MK스포츠 특파원]",
        [("한가람", "특파원", "MK스포츠", "피닉스(미국)", None, None)],
    ),
    ("[ 한가람 기자 / garam@mbn.co.kr ]", [("한가람", "기자", None, None, "garam@mbn.co.kr", None)]),
    ("한가람 의학전문기자", [("한가람", "의학전문기자", None, None, None, None)]),
    ("한가람 의학 전문기자", [("한가람", "의학 전문기자", None, None, None, None)]),
    ("한가람 중국 전문기자", [("한가람", "중국 전문기자", None, None, None, None)]),
    ("한가람 과학전문기자", [("한가람", "과학전문기자", None, None, None, None)]),
    ("한가람기자", [("한가람", "기자", None, None, None, None)]),
    ("한가람외신캐스터", [("한가람", "외신캐스터", None, None, None, None)]),
    ("한가람 기상캐스터", [("한가람", "기상캐스터", None, None, None, None)]),
    ("한가람 논설위원", [("한가람", "논설위원", None, None, None, None)]),
    (
        "한가람 선임기자 garam@daily.example",
        [("한가람", "선임기자", None, None, "garam@daily.example", None)],
    ),
    ("한가람 온라인기자", [("한가람", "온라인기자", None, None, None, None)]),
    ("한가람 순회특파원", [("한가람", "순회특파원", None, None, None, None)]),
    ("남궁은설 기자", [("남궁은설", "기자", None, None, None, None)]),
    ("황보람 기자", [("황보람", "기자", None, None, None, None)]),
    ("남빛나라 기자", [("남빛나라", "기자", None, None, None, None)]),
    ("한결 기자", [("한결", "기자", None, None, None, None)]),
    ("제임스 킴 통신원", [("제임스 킴", "통신원", None, None, None, None)]),
    (
        "한가람 가온대 사학과 명예교수",
        [("한가람", "명예교수", "가온대 사학과", None, None, None)],
    ),
    (
        "한가람 전북대 사학과 명예교수",
        [("한가람", "명예교수", "전북대 사학과", None, None, None)],
    ),
    (
        "한가람 역사 스토리텔러 garam@daily.example",
        [("한가람", "역사 스토리텔러", None, None, "garam@daily.example", None)],
    ),
    ("한가람 바둑칼럼니스트", [("한가람", "바둑칼럼니스트", None, None, None, None)]),
    (
        "한가람 미디어연구소(garam@zdnet.co.kr)",
        [("한가람", "미디어연구소", None, None, "garam@zdnet.co.kr", None)],
    ),
    ("한가람 기자 외 1명", [("한가람", "기자", None, None, None, None)]),
    (
        "한가람 기자 a.b_c@daily.example, 윤서진 기자 d@daily.example",
        [
            ("한가람", "기자", None, None, "a.b_c@daily.example", None),
            ("윤서진", "기자", None, None, "d@daily.example", None),
        ],
    ),
    ("한가람 (garam@daily.example)", [("한가람", None, None, None, "garam@daily.example", None)]),
    (
        "제주방송 한가람(garam@jibs.example) 기자",
        [("한가람", "기자", "제주방송", None, "garam@jibs.example", None)],
    ),
    (
        "KBS 아레나=한가람 기자 (garam@daily.example)",
        [("한가람", "기자", None, "KBS 아레나", "garam@daily.example", None)],
    ),
    ("점프볼 한가람 기자", [("한가람", "기자", "점프볼", None, None, None)]),
    ("잠실 체육관=한가람 기자", [("한가람", "기자", None, "잠실 체육관", None, None)]),
    ("가온매체=한가람 기자", [("한가람", "기자", "가온매체", None, None, None)]),
    ("정치부 한가람 기자 garam@daily.example", [("한가람", "기자", None, None, "garam@daily.example", None)]),
    ("한가람 정치부 기자", [("한가람", "기자", None, None, None, None)]),
    ("헤럴드경제(대전)=한가람 기자", [("한가람", "기자", "헤럴드경제", "대전", None, None)]),
    ("취재 : 한가람", [("한가람", None, None, None, None, "text")]),
    ("한가람 가온대 교수", [("한가람", "교수", "가온대", None, None, None)]),
    ("온라인뉴스팀", [(None, "온라인뉴스팀", None, None, None, None)]),
    ("디지털뉴스국", [(None, "디지털뉴스국", None, None, None, None)]),
    ("디지털뉴스부 desk@daily.example", [(None, "디지털뉴스부", None, None, "desk@daily.example", None)]),
]


@pytest.mark.parametrize(("text", "people"), SIGNED, ids=[text for text, _ in SIGNED])
def test_a_byline_names_its_people(text: str, people: list[tuple[str | None, ...]]) -> None:
    found = [(b.name, b.role, b.agency, b.place, b.email, b.contribution) for b in read_byline(text)]
    assert found == people


NOBODY = [
    "본보 기자",
    "취재 기자",
    "한 기자가",
    "기자회견",
    "기자단",
    "공동취재 기자",
    "사진 기자",
    "기자",
    "",
    "연합뉴스",
    "현장을 지켜본 기자",
    "전주 특별한 여행",
    "사진=가온시",
    "장수 기자회견",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_invented(text: str) -> None:
    assert [person.name for person in read_byline(text) if person.name] == []


def test_a_byline_node_with_words_around_still_gives_its_reporter() -> None:
    assert [b.name for b in read_byline("기사를 쓴 사람: 한가람 기자 | 구독 많이 해 주세요 여러분")] == [
        "한가람"
    ]


def test_one_person_named_twice_is_one_person_with_everything_said() -> None:
    first = Byline(name="한가람", raw="한가람 기자", role="기자", agency="가온뉴스", place="서울")
    again = Byline(name="한가람", raw="한가람 garam@daily.example", email="garam@daily.example")
    (person,) = merged([first, again])
    assert (person.role, person.agency, person.place, person.email) == (
        "기자",
        "가온뉴스",
        "서울",
        "garam@daily.example",
    )


def test_addresses_go_to_the_reporters_in_order_and_never_to_the_photographer() -> None:
    people = [
        Byline(name="한가람", raw=""),
        Byline(name="도윤", raw="", contribution="photo"),
        Byline(name="윤서진", raw=""),
    ]
    given = with_addresses(people, ["a@x.kr", "b@x.kr"])
    assert [(b.name, b.email) for b in given] == [("한가람", "a@x.kr"), ("도윤", None), ("윤서진", "b@x.kr")]


def test_an_address_too_many_stands_by_itself() -> None:
    assert with_addresses([Byline(name="한가람", raw="", email="a@x.kr")], ["a@x.kr", "b@x.kr"])[1:] == (
        Byline(name=None, raw="b@x.kr", email="b@x.kr"),
    )


SIGN_OFFS = [
    ("KBS 뉴스 한가람입니다.", ("한가람", "KBS")),
    ("MBC뉴스 한가람입니다.", ("한가람", "MBC")),
    ("지금까지 서울 광화문에서 YTN 한가람입니다.", ("한가람", "YTN")),
    ("저는 이 마을에서 태어난 한가람입니다.", None),
    ("이번 대회의 승자는 KBS 뉴스가 아닙니다.", None),
]


@pytest.mark.parametrize(("text", "expected"), SIGN_OFFS)
def test_a_broadcast_is_signed_off(text: str, expected: tuple[str, str] | None) -> None:
    found = sign_off(text)
    assert (found and (found.name, found.agency)) == expected


def test_a_machine_is_named_as_a_machine() -> None:
    bot = bot_credit("※ 이 기사는 가온뉴스 로봇 시스템이 자동 작성한 기사입니다.")
    assert bot is not None
    assert bot.name is None
    assert bot_credit("정부는 인공지능이 만든 문서를 표시하기로 했다.") is None


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("한가람 한국나무협회 회장", "한국나무협회 회장"),
        ("한가람 가온대 명예교수·전 가온시장", "가온대 명예교수·전 가온시장"),
        ("한가람 | 가온연구원 연구위원", "가온연구원 연구위원"),
        ("기고/한가람 가온소방서장", "가온소방서장"),
        ("[한가람 변호사]", "변호사"),
        ("둑길에 나무를 심는 회장", None),
        ("한가람 회장이 심은 나무", None),
        ("나무를 심자는 한가람 나무협회 회장의 말을 들었다.", None),
    ],
)
def test_the_office_of_a_guest(text: str, office: str | None) -> None:
    signature = read_guest(text)
    assert (signature.people[0].role if signature else None) == office
    assert signature is None or signature.people[0].name == "한가람"


def test_a_guest_signs_opinion_pieces_alone() -> None:
    body = [
        Passage(text=text, kind="text")
        for text in (
            "한가람 나무협회 회장",
            "둑길에 나무를 심자고 나는 십 년 전부터 말해 왔다. 이제 심는다고 한다.",
        )
    ]
    opinion, news = (read_body(body, headline=mark + "그늘의 값") for mark in ("[기고] ", ""))
    assert [(person.name, person.role) for person in opinion.bylines] == [("한가람", "나무협회 회장")]
    assert (news.bylines, news.deck) == ((), ("한가람 나무협회 회장",))
