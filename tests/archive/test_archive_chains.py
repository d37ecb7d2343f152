from datetime import timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from archive_desk import NOON, Desk, article

from benchmarks.variants import blocks, grown, story
from newsbot.archive import chains, members
from newsbot.items import Article
from newsbot.korean.headlines import read_headline

FLASH = ["가온시 부두 창고에서 큰불이 나 소방 당국이 대응 2단계를 내렸다."]
FIRST = [
    "가온시 나루동 부두의 창고에서 3일 오후 2시 10분께 큰불이 나 직원 60여 명이 몸을 피했다.",
    "소방 당국은 대응 2단계를 내리고 헬기 두 대와 소방차 41대를 보내 불을 끄고 있다.",
]
WHOLE = [*FIRST, *story(Random(4), 5)]
MORE = grown(WHOLE, Random(5))


def wire(number: int, title: str, lines: list[str], hours: float, **more: Any) -> Article:
    values = {"story_form": read_headline(title).story_form, "source": "가온통신"} | more
    when = NOON + timedelta(hours=hours)
    return article(number, headline=title, body=blocks(lines), date_published=when, **values)


CHAIN = (
    wire(1, "[속보] 가온 부두 창고 큰불…소방 대응 2단계", FLASH, 0),
    wire(2, "[1보] 가온 부두 창고서 큰불…직원 60여명 대피", FIRST, 0.2),
    wire(3, "가온 부두 창고 불 세 시간째…직원 60여명 대피(종합)", WHOLE, 3),
    wire(4, "가온 부두 창고 불, 다섯 시간 만에 꺼져(종합2보)", MORE, 6),
)
OTHERS = (
    wire(5, "[속보] 다솔 시장 사퇴…“건강 문제”", ["다솔시장이 3일 자리에서 물러났다."], 1),
    wire(6, "[1보] 가온 부두 창고서 큰불…직원 60여명 대피", FIRST, 0.3, source="나루통신"),
)


def uri(number: int) -> str:
    return f"newsbot:board.example/{number}"


def versions(desk: Desk, number: int) -> list[int]:
    return [int(link.uri.rpartition("/")[2]) for link in desk.archive.chain(uri(number))]


def listed(desk: Desk, which: Any) -> set[str | None]:
    return {kept.article.document_id for kept in desk.archive.articles(versions=which)}


@pytest.mark.parametrize("order", list(permutations(range(4)))[::4])
def test_the_versions_of_a_story_make_a_chain_in_whatever_order_they_come(
    place: str, order: tuple[int, ...]
) -> None:
    with Desk(place).start() as desk:
        desk.store(*OTHERS, *(CHAIN[n] for n in order))
        assert versions(desk, 3) == versions(desk, 1) == [1, 2, 3, 4]
        assert versions(desk, 5) == []
        assert listed(desk, "latest") == {"4", "5", "6"}
        assert listed(desk, "first") == {"1", "5"} | ({"6"} if desk.archive.chain(uri(6)) == [] else set())
        assert len(listed(desk, None)) == 6
        assert list(desk.archive.verify()) == []


def test_versions_are_no_duplicates_of_one_another(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN)
        assert all(desk.archive.matches(post.uri) == [] for post in CHAIN)
        told = desk.archive.compare("3", "4")
        assert (told.kind, told.earlier) == ("update", uri(3))


def test_a_version_that_becomes_another_story_leaves_the_chain(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN)
        desk.store(wire(2, "[1보] 다솔 시장 사퇴", story(Random(9), 3), 0.2))
        assert versions(desk, 1) == [1, 3, 4]
        assert versions(desk, 2) == []
        assert listed(desk, "latest") == {"2", "4"}
        assert list(desk.archive.verify()) == []


def test_a_story_of_two_days_ago_with_the_same_headline_is_another(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(
            wire(1, "[속보] 코스피 사흘째 올라 마감", ["코스피가 올라 마감했다."], 0),
            wire(2, "코스피 사흘째 올라 마감(종합)", story(Random(2), 3), 30),
            wire(3, "[속보] 코스피 사흘째 올라 마감", ["코스피가 또 올라 마감했다."], 29),
        )
        assert versions(desk, 1) == []
        assert versions(desk, 2) == [3, 2]


def test_a_note_supersedes_nothing(place: str) -> None:
    said = ["‘가온 부두 창고 불, 다섯 시간 만에 꺼져’ 기사의 시각을 바로잡습니다."]
    note = wire(7, "[고침] 사회(가온 부두 창고…)", said, 8)
    with Desk(place).start() as desk:
        desk.store(*CHAIN, note)
        assert [link.is_note for link in desk.archive.chain(uri(7))] == [False] * 4 + [True]
        assert listed(desk, "latest") == {"4", "7"}


def test_a_person_parts_two_versions(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN[:2])
        assert versions(desk, 1) == [1, 2]
        desk.archive.decide("1", "2", "not", note=None, when=NOON)
        assert versions(desk, 1) == versions(desk, 2) == []
        with desk.archive.reading() as connection:
            links = connection.execute(sa.text("SELECT count(*) FROM links")).scalar_one()
        assert links == 0


def test_what_supersedes_is_seen_though_the_latest_is_withheld(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN)
        desk.archive.withhold("4", "편지", when=NOON)
        assert versions(desk, 1) == [1, 2, 3]
        assert listed(desk, "latest") == {"3"}


REPOSTS = (
    wire(7, "[1보] 가온 부두 창고서 큰불…직원 60여명 대피", FIRST, 10),
    wire(8, "가온 부두 창고 불 세 시간째…직원 60여명 대피", [*WHOLE[:-1], "연기가 났다."], 11),
)


@pytest.mark.parametrize("seed", range(4))
def test_a_copy_of_a_version_that_comes_later_supersedes_nothing(place: str, seed: int) -> None:
    posts = [*CHAIN, *REPOSTS]
    Random(seed).shuffle(posts)
    with Desk(place).start() as desk:
        desk.store(*posts)
        assert versions(desk, 1) == [1, 2, 3, 4]
        assert versions(desk, 7) == versions(desk, 8) == []
        assert (listed(desk, "latest"), listed(desk, "first")) == ({"4"}, {"1"})
        assert list(desk.archive.verify()) == []


def test_what_a_copy_is_a_copy_of_may_change(place: str) -> None:
    elsewhere = wire(6, "부두 창고 화재", WHOLE, 2, source="나루통신")  # the text of 3, before it
    repost = wire(8, "가온 부두 창고 불 세 시간째…직원 60여명 대피(종합)", WHOLE, 11)
    with Desk(place).start() as desk:
        desk.store(*CHAIN, repost)
        for post in (elsewhere, wire(6, "딴 소식", story(Random(8), 6), 2, source="나루통신"), elsewhere):
            desk.store(post)
            assert versions(desk, 1) == [1, 2, 3, 4]
            assert listed(desk, "latest") == {"4", "6"}
            assert list(desk.archive.verify()) == []


def test_of_two_versions_of_one_text_and_minute_one_is_the_copy(place: str) -> None:
    posts = (wire(3, "[수정] 가온 부두 창고 큰불", WHOLE, 1), wire(7, "가온 부두 창고 큰불", WHOLE, 1))
    with Desk(place).start() as desk:
        desk.store(*posts, CHAIN[3])
        assert (listed(desk, "first"), list(desk.archive.verify())) == ({"3"}, [])


def test_of_the_latest_version_a_copy_is_as_late(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN, wire(9, "가온 부두 창고 불, 다섯 시간 만에 꺼져(종합2보)", MORE, 12))
        assert listed(desk, "latest") == {"4", "9"}
        desk.archive.withhold("4", "편지", when=NOON)
        assert listed(desk, "latest") == {"9"}


def test_an_article_without_a_form_that_comes_after_the_whole_story_stands_before_it(place: str) -> None:
    follower = wire(5, "가온 부두 창고서 큰불…직원 60여명 대피", [*FIRST, *story(Random(7), 4)], 5)
    with Desk(place).start() as desk:
        desk.store(*CHAIN[:3], follower)
        assert versions(desk, 1) == [1, 2, 5, 3]
        assert listed(desk, "latest") == {"3"}


def test_a_version_set_right_is_superseded_as_it_was_before(place: str) -> None:
    mended = wire(5, "[수정] 가온 부두 창고서 큰불…직원 60여명 대피", [*FIRST, "불은 2시에 났다."], 0.5)
    with Desk(place).start() as desk:
        desk.store(*CHAIN, mended)
        assert (versions(desk, 1), listed(desk, "latest")) == ([1, 2, 5, 3, 4], {"4"})


def test_whatever_is_withheld_one_version_is_the_latest_and_one_the_first(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN)
        for number in ("2", "3", "1"):
            desk.archive.withhold(number, "편지", when=NOON)
            assert listed(desk, "latest") == {"4"}
        assert listed(desk, "first") == {"4"}
        assert list(desk.archive.verify()) == []
        desk.archive.release("2", "다시", when=NOON)
        assert (listed(desk, "latest"), listed(desk, "first")) == ({"4"}, {"2"})


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE articles SET superseded_by = NULL",
        "UPDATE articles SET superseded_by = (SELECT max(id) FROM articles) WHERE document_id IN ('4', '5')",
    ],
)
def test_a_chain_in_another_order_is_found_and_laid_anew(place: str, damage: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*CHAIN, OTHERS[0])
        with desk.archive.writing() as connection:
            connection.execute(sa.text(damage))
        found = list(desk.archive.verify())
        assert {each.check for each in found} == {"chains"}
        list(desk.archive.repair(found, when=NOON, progress=lambda *_: None))
        assert (list(desk.archive.verify()), versions(desk, 1)) == ([], [1, 2, 3, 4])


def test_a_version_makes_no_one_chain_of_two_that_a_person_has_parted(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(CHAIN[1], CHAIN[2])
        desk.archive.decide("2", "3", "not", note=None, when=NOON)
        desk.store(CHAIN[3])
        assert versions(desk, 4) == [2, 4]
        assert versions(desk, 3) == []
        assert list(desk.archive.verify()) == []


def test_the_first_stored_are_compared_in_whatever_order_the_database_has_them(place: str) -> None:
    with Desk(place).start() as desk:
        posts = [wire(n, f"[1보] {n}째 골목 공사 시작", story(Random(n), 2), n / 10) for n in range(1, 21)]
        desk.store(*posts)
        with desk.archive.reading() as connection:
            (one,) = members.load(connection, [20])
            found = [*range(19, 0, -2), *range(2, 19, 2)]
            assert chains.possible(connection, one.version, found) == [*range(1, 17)]
