"""What is kept beside the articles, and can be made anew: its loss is found, and mended, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from archive_desk import NOON, SOURCE, Desk, article, headline
from test_archive_chains import CHAIN, wire
from test_archive_repair import repaired
from test_archive_stories import ACCOUNTS, account
from test_archive_verify import _damaged as damaged

from benchmarks.templates import TEMPLATES
from benchmarks.variants import VARIANTS, blocks, grown, light_edit, story
from newsbot.archive import Archive, gathering, open_archive
from newsbot.archive.bands import COMMONEST, PERIOD
from newsbot.archive.copying import copy_archive
from newsbot.archive.decisions import Verdict
from newsbot.archive.schema import Gone, bands, days, events, links, stories
from newsbot.items import Article
from newsbot.korean.headlines import read_headline

LEFT: tuple[Gone, ...] = ("deleted", "secret", "moved")
VERDICTS: tuple[Verdict, ...] = ("same", "not")
STORY, LONGER = story(Random(21), 6), story(Random(22), 9)


def post(number: int, lines: list[str], hours: float = 0, **more: Any) -> Article:
    return article(number, body=blocks(lines), date_published=NOON + timedelta(hours=hours), **more)


NOTE = ["‘가온 부두 창고 불, 다섯 시간 만에 꺼져’ 기사의 둘째 줄에서 41대를 14대로 바로잡습니다."]


def _desk(place: str) -> Desk:
    """Texts that are near, one in another, versions with a note, stories; and a post that went and came."""
    desk = Desk(place).start()
    desk.list_page(*map(headline, (11, 12, 13, 14)), headline("secret", flags=("secret",)))
    desk.store(post(11, STORY), post(12, light_edit(STORY, Random(1)), 1))
    desk.store(post(13, LONGER), post(14, LONGER[:4], 2), *CHAIN[2:])
    desk.store(wire(99, "[고침] 사회(가온 부두 창고 불…)", NOTE, 7))
    desk.store(*(replace(one, uri=f"{one.uri}0", document_id=f"{one.document_id}0") for one in ACCOUNTS))
    left: tuple[tuple[int, Gone], ...] = ((11, "deleted"), (12, "deleted"), (13, "vanished"))
    for number, state in left:
        desk.archive.record_state(desk.run, SOURCE, str(number), state, when=desk.now)
    desk.store(post(12, light_edit(STORY, Random(1)), 1))
    desk.finish()
    desk.wait(hours=30)
    desk.start().finish()
    desk.archive.build_stories(when=desk.now)
    return desk


def kept(archive: Archive, table: sa.Table, *but: str) -> list[Any]:
    columns = [column for column in table.c if column.name not in {"id", "found", "built", *but}]
    with archive.reading() as connection:
        return sorted(map(tuple, connection.execute(sa.select(*columns))), key=repr)


@pytest.mark.parametrize(
    ("damage", "check", "text", "said"),
    [
        (
            "DELETE FROM links WHERE kind = 'near'",
            "links",
            "/12 are near, and are not linked",
            "matched anew",
        ),
        ("DELETE FROM links WHERE kind = 'contains'", "links", "/14 are near, and are not", "matched anew"),
        (
            "DELETE FROM links WHERE kind = 'update' AND article_id = 7",
            "links",
            "are versions of one",
            "matched",
        ),
        ("DELETE FROM bands", "keys", "/11 is not found by 33 of its keys", "matched anew"),
        (
            "DELETE FROM bands WHERE article_id = 1"
            " AND key = (SELECT max(key) FROM bands WHERE article_id = 1)",
            "keys",
            "/11 is not found by 1 of its keys",
            "matched anew",
        ),
        (
            "INSERT INTO bands SELECT period, 4711, article_id FROM bands WHERE article_id = 3 AND key ="
            " (SELECT max(key) FROM bands WHERE article_id = 3)",
            "keys",
            "/13 is found by 1 keys that are not its own",
            "matched anew",
        ),
        ("UPDATE bands SET period = period - 1", "keys", "is not found by", "matched anew"),
        ("DELETE FROM stories", "stories", "tell other stories than are kept", "3 days of stories gathered"),
        (
            "DELETE FROM stories WHERE story_id <> article_id AND article_id ="
            " (SELECT max(article_id) FROM stories WHERE story_id <> article_id)",
            "stories",
            "the articles of 2026-03-03 tell other stories",
            "gathered anew",
        ),
        (
            "DELETE FROM stories WHERE story_id = article_id",
            "stories",
            "began a story, and is not among its articles",
            "gathered anew",
        ),
        ("DELETE FROM events", "events", "13 is vanished, but no event says when it went", "3 events"),
        (
            "DELETE FROM events WHERE state = 'secret'",
            "events",
            "secret is secret, but no event says when it went there",
            "1 events entered that were lost",
        ),
        (
            "DELETE FROM events WHERE state = 'stored'",
            "events",
            "12 is stored, but no event says when it came back",
            "1 events entered that were lost",
        ),
        ("DELETE FROM days", "figures", "brought on 2026-03-02 is counted otherwise", "2 days of sources"),
        ("UPDATE days SET brought = 7", "figures", "on 2026-03-03 is counted", "2 days of sources"),
        (
            "UPDATE runs SET brought = 3 WHERE id = 1",
            "figures",
            "run 1 of board.example/news brought other numbers",
            "1 runs brought in line with their figures",
        ),
    ],
)
def test_a_loss_is_found_and_mended(place: str, damage: str, check: str, text: str, said: str) -> None:
    with _desk(place) as desk:
        assert list(desk.archive.verify()) == []
        tables = (links, bands, stories, days)
        before = [kept(desk.archive, table) for table in tables]
        told = kept(desk.archive, events, "happened", "detail", "run_id")
        damaged(desk, damage)
        findings = list(desk.archive.verify())
        assert any(found.check == check and text in found.text for found in findings), findings
        assert said in " ".join(repaired(desk.archive))
        assert list(desk.archive.verify()) == []
        assert [kept(desk.archive, table) for table in tables] == before
        if damage != "DELETE FROM events":  # of those before the last nothing speaks
            assert kept(desk.archive, events, "happened", "detail", "run_id") == told


def test_a_lost_event_is_entered_with_the_best_moment_that_is_known(place: str) -> None:
    with _desk(place) as desk:
        uri = "newsbot:board.example/11"
        (gone,) = desk.archive.events(uri)
        damaged(desk, "DELETE FROM events WHERE state = 'deleted'")
        repaired(desk.archive)
        (again,) = desk.archive.events(uri)
        assert (again.state, again.happened) == (gone.state, gone.happened)
        assert (again.detail or "").startswith("this event was lost")


def test_what_waits_to_be_built_is_no_finding(place: str) -> None:
    with _desk(place) as desk:
        desk.store(account(97, 1, 41, "마루뉴스"))  # stories that are still to be gathered
        assert list(desk.archive.verify()) == []
        damaged(desk, "UPDATE schemes SET version = version || ' until 3' WHERE name = 'sketches'")
        damaged(desk, "DELETE FROM bands WHERE article_id > 3")
        assert list(desk.archive.verify()) == []
        damaged(desk, "UPDATE schemes SET version = 'another' WHERE name IN ('sketches', 'stories')")
        damaged(desk, "DELETE FROM stories")
        assert list(desk.archive.verify()) == []


def test_keys_of_what_is_old_may_be_gone(place: str) -> None:
    with _desk(place) as desk:
        desk.wait(days=1000)
        while kept(desk.archive, bands):
            desk.start()
            desk.finish()
        assert list(desk.archive.verify()) == []


def test_a_key_that_was_common_and_is_so_no_more_is_not_missed(place: str) -> None:
    with Desk(place).start() as desk:
        copies = [post(number, STORY, number) for number in range(1, COMMONEST + 3)]
        desk.store(*copies)
        assert list(desk.archive.verify()) == []
        desk.store(*(post(number, story(Random(number), 4), number) for number in range(2, COMMONEST + 1)))
        assert list(desk.archive.verify()) == []
        damaged(desk, "DELETE FROM bands WHERE article_id = 3")
        assert [found.check for found in desk.archive.verify()] == ["keys"]


def test_links_across_the_border_of_two_periods_are_missed(place: str) -> None:
    border = NOON + PERIOD
    border -= timedelta(seconds=border.timestamp() % PERIOD.total_seconds())
    hours = (border - NOON) / timedelta(hours=1)
    with Desk(place).start() as desk:
        desk.store(post(1, STORY, hours - 1), post(2, light_edit(STORY, Random(1)), hours + 1))
        assert list(desk.archive.verify()) == []
        desk.settle()
        damaged(desk, "DELETE FROM links")
        assert [found.text for found in desk.archive.verify()] == [
            "newsbot:board.example/1 and newsbot:board.example/2 are near, and are not linked"
        ]


def _posts(chance: Random) -> Iterator[Article]:
    """Groups of variants, templates, and wire chains of a week, in no order."""
    number = 0
    for group in range(14):
        text, hours = story(chance, 5), chance.uniform(0, 160)
        title = f"{group}째 골목 {chance.choice('가나다라')}길 넓히는 공사 {group + 3}월 시작"
        kind = chance.random()
        if kind < 0.5:
            told = [(title, make(text, chance)) for make in chance.choices(list(VARIANTS.values()), k=3)]
        elif kind < 0.8:
            told = [(f"[1보] {title}", text[:2]), (f"{title}(종합)", text)]
            told += [(f"{title}(종합2보)", grown(text, chance)), (f"[1보] {title}", text[:2])]
        else:
            make = chance.choice(list(TEMPLATES.values()))
            told = [(title, make(chance)) for _ in range(5)]
        for at, (name, lines) in enumerate(told):
            number += 1
            form = read_headline(name).story_form
            yield post(number, lines, hours + at * 3, headline=name, story_form=form, source="가온통신")


def _edited(one: Article, other: Article, chance: Random) -> Article:
    return chance.choice(
        [
            replace(one, headline=f"{other.headline} 그 뒤", story_form=None),
            replace(one, body=other.body),
            replace(one, date_published=NOON - timedelta(days=chance.randint(-40, 90))),
            replace(one, body=(*one.body, *blocks(["한 줄을 덧붙였다."]))),
            replace(one, headline=f"{one.headline}(종합3보)", story_form="종합3보"),
        ]
    )


def _lived(desk: Desk, seed: int) -> None:
    """Weeks of an archive: stored in any order, edited, decided on, withheld, gone and back."""
    chance = Random(seed)
    posts = list(_posts(chance))
    chance.shuffle(posts)
    for start in range(0, len(posts), 10):
        desk.start()
        desk.list_page(*(headline(one.document_id or "") for one in posts[start : start + 10]))
        desk.store(*posts[start : start + 10])
        known = posts[: start + 10]
        for one in chance.sample(known, 3):
            desk.store(_edited(one, chance.choice(known), chance))
        for state in LEFT:
            gone = chance.choice(known).document_id or ""
            desk.archive.record_state(desk.run, SOURCE, gone, state, when=desk.now)
        for one in chance.sample(known, 3):
            if any(each.fetch for each in desk.list_page(headline(one.document_id or ""))):
                desk.store(one)
        first, second = chance.sample(known, 2)
        desk.archive.decide(first.uri, second.uri, chance.choice(VERDICTS), note=None, when=desk.now)
        for one in chance.sample(known, 2):
            for match in desk.archive.matches(one.uri):
                desk.archive.decide(one.uri, match.uri, "not", note=None, when=desk.now)
        if desk.archive.article(posts[start].uri):
            desk.archive.withhold(posts[start].uri, "편지", when=desk.now)
        desk.archive.build_stories(when=desk.now)
        desk.finish()
        desk.wait(hours=chance.randint(1, 40))


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_found_in_an_archive_that_has_lived(new_place: Any, seed: int) -> None:
    with Desk(new_place()) as desk:
        _lived(desk, seed)
        assert list(desk.archive.verify()) == []
        with open_archive(new_place()) as copied:
            copy_archive(desk.archive, copied, when=desk.now, progress=lambda *_: None)
            assert list(copied.verify()) == []
        desk.archive.rematch(when=desk.now, anew=True)
        assert list(desk.archive.verify()) == []
        told = _told(desk.archive)
        with desk.archive.writing() as connection:
            gathering.forget(connection)
        desk.archive.build_stories(when=desk.now)
        assert _told(desk.archive) == told


def _told(archive: Archive) -> list[tuple[int, int]]:
    with archive.reading() as connection:
        rows = connection.execute(sa.select(stories.c.article_id, stories.c.story_id))
        return sorted((key, story) for key, story in rows if key != story)
