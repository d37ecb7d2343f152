from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from archive_desk import NOON, Desk, article, full_article

from newsbot.archive.edits import note_again
from newsbot.archive.schema import revisions
from newsbot.items import Article, Block, Byline, Image, as_json

URI = "newsbot:board.example/1"
FULL = full_article(1)


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (replace(FULL, headline="고친 제목"), ("headline",)),
        (replace(FULL, deck=("새 부제",), byline_raw="다른 글"), ("deck",)),
        (replace(FULL, body=(*FULL.body, Block(type="note", text="덧붙임"))), ("body",)),
        (replace(FULL, bylines=(Byline(name="길손", raw="길손 기자"),)), ("bylines",)),
        (replace(FULL, images=(Image(caption="다른 사진"),)), ("captions",)),
        (replace(FULL, corrections=("[정정] 바로잡습니다.",)), ("corrections",)),
        (replace(FULL, headline="고친 제목", images=()), ("headline", "captions")),
    ],
)
def test_a_revision_names_the_fields_it_changed(place: str, after: Article, changed: tuple[str, ...]) -> None:
    with Desk(place).start() as desk:
        desk.store(FULL, after)
        assert [each.changed for each in desk.archive.revisions(URI)] == [None, changed]


def test_a_replaced_reading_is_compared_anew_with_the_revisions_beside_it(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(FULL, replace(FULL, headline="고친 제목"), replace(FULL, headline="다시 고친 제목"))
        with desk.archive.writing() as connection:
            second = sa.update(revisions).where(revisions.c.number == 2)
            connection.execute(second.values(article=as_json(replace(FULL, deck=("새 부제",)))))
            note_again(connection, 1, 2)
        noted = [each.changed for each in desk.archive.revisions(URI)]
        assert noted == [None, ("deck",), ("headline", "deck")]


def test_changed_headlines_are_listed_the_largest_change_first(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*(article(n, headline="수원 다리 공사 3월에 끝나") for n in (1, 2, 3)))
        desk.wait(hours=1)
        desk.store(
            article(1, headline="수원 다리 공사 4월에 끝나"),
            article(2, headline="수원 하천 산책로 넓힌다"),
            article(3, headline="수원 다리 공사 3월에 끝나", deck=("부제만 바뀌다",)),
        )
        found = desk.archive.headline_changes()
        assert [(one.uri[-1], one.revision, one.before, one.after) for one in found] == [
            ("2", 2, "수원 다리 공사 3월에 끝나", "수원 하천 산책로 넓힌다"),
            ("1", 2, "수원 다리 공사 3월에 끝나", "수원 다리 공사 4월에 끝나"),
        ]
        assert [one.size for one in found] == [17, 6]
        assert desk.archive.headline_changes(limit=1) == found[:1]
        assert desk.archive.headline_changes(since=NOON + timedelta(hours=1)) == found
        assert desk.archive.headline_changes(since=NOON + timedelta(hours=2)) == []
        desk.archive.withhold("2", "편지", when=NOON)
        assert [one.uri[-1] for one in desk.archive.headline_changes()] == ["1"]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (article(1, corrections=("[정정보도]", "수치를 바로잡습니다.")), "[정정보도] 수치를 바로잡습니다."),
        (article(1, headline="[고침] 시정 소식 1"), "[고침] 시정 소식 1"),
        (article(1, headline="[바로잡습니다] 시정 소식 1"), "[바로잡습니다] 시정 소식 1"),
    ],
)
def test_a_revision_that_corrects_is_an_event(place: str, after: Article, said: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1))
        desk.wait(hours=2)
        assert desk.store(after)[0].correction == said
        desk.wait(hours=2)
        again = replace(after, deck=("부제",))
        assert desk.store(again)[0].correction is None
        events = desk.archive.events(URI)
        assert [(e.state, e.happened, e.detail) for e in events] == [
            ("corrected", NOON + timedelta(hours=2), said)
        ]
        assert list(desk.archive.verify()) == []


def test_an_edit_is_no_correction(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article(1, headline="[단독] 시정 소식 1"))
        assert desk.archive.events(URI) == []
