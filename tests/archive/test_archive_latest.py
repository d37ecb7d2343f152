"""The latest articles, whose keys and entries wait to go to the others: nobody sees a difference."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from archive_desk import Desk, article
from searching import ask, news

from benchmarks.variants import blocks, story
from newsbot.archive import indexing, open_archive, recent
from newsbot.archive.index import ENTERED, Found
from newsbot.archive.schema import articles, bands, recent_bands, revisions, schemes
from newsbot.items import Article
from newsbot.korean.queries import read_query
from newsbot.korean.text import candidate
from newsbot.korean.tokens import Entry, entry

STORY = story(Random(11), 6)
EDITS = [[line.replace("다.", f"다{word}.", 1) for line in STORY] for word in ("고", "니", "며")]
OTHER = story(Random(12), 6)


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    with Desk(place).start() as opened:
        yield opened


def post(number: int, lines: list[str]) -> Article:
    return article(number, body=blocks(lines))


def of(desk: Desk, table: sa.Table) -> set[int]:
    with desk.archive.reading() as connection:
        return set(connection.execute(sa.select(table.c.article_id)).scalars())


def earliest(desk: Desk, number: int) -> list[str]:
    return [one.uri[-1] for one in desk.archive.matches(f"newsbot:board.example/{number}") if one.is_earliest]


def test_keys_go_to_the_others_when_there_are_many_and_when_a_run_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "MOST", 2)
    counted = []
    for number, text in enumerate((STORY, OTHER, story(Random(13), 6), story(Random(14), 6)), 1):
        desk.store(post(number, text))
        counted.append((of(desk, recent_bands), of(desk, bands)))
    if desk.archive.dialect == "sqlite":
        assert counted == [({1}, set()), ({1, 2}, set()), (set(), {1, 2, 3}), ({4}, {1, 2, 3})]
    else:  # which has no use for it
        assert counted == [(set(), set(range(1, most + 1))) for most in range(1, 5)]
    desk.finish()
    assert (of(desk, recent_bands), of(desk, bands)) == (set(), {1, 2, 3, 4})
    assert list(desk.archive.verify()) == []


def test_two_that_write_in_turn_see_what_the_other_has_brought(desk: Desk) -> None:
    with open_archive(desk.url) as other:
        run = other.start_run(source="other", name=None, url="http://o/", options={}, started=desk.now)

        def store_there(number: int, text: list[str]) -> None:
            one = candidate(post(number, text))
            other.store(run, "other", one, when=desk.now)

        desk.store(post(1, STORY))
        store_there(2, EDITS[0])
        desk.store(post(3, EDITS[1]))
        assert [earliest(desk, number) for number in (1, 2, 3)] == [[], ["1"], ["1"]]
        other.finish_run(run, state="finished", reach=None, figures={}, finished=desk.now)
        desk.store(post(4, EDITS[2]), post(1, OTHER))
        store_run = other.start_run(source="o2", name=None, url="http://o/", options={}, started=desk.now)
        other.store(store_run, "o2", candidate(post(5, OTHER)), when=desk.now)
        assert [earliest(desk, number) for number in (2, 3, 4, 5)] == [[], ["2"], ["2"], ["1"]]
    desk.settle()
    assert list(desk.archive.verify()) == []


def test_a_transaction_that_fails_leaves_no_keys_behind(desk: Desk) -> None:
    desk.store(post(1, STORY))
    with pytest.raises(UnicodeEncodeError):
        desk.store(article(2, body=blocks(OTHER), headline="\udc80"))  # a lone surrogate has no UTF-8
    desk.store(post(3, OTHER), post(4, EDITS[0]))
    assert [earliest(desk, number) for number in (3, 4)] == [[], ["1"]]
    assert len(of(desk, recent_bands) | of(desk, bands)) == 3


def test_an_edit_takes_its_old_keys_away(desk: Desk) -> None:
    desk.store(post(1, STORY), post(1, OTHER), post(2, EDITS[0]), post(3, OTHER))
    assert [earliest(desk, number) for number in (2, 3)] == [[], ["1"]]
    desk.finish()
    assert list(desk.archive.verify()) == []


def test_what_waits_is_found_among_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "LATEST", 3)
    for number in (3, 1, 7, 2, 5):  # three have gone in, two wait
        desk.store(news(number, "산책로"))
    assert (ask(desk, "산책로"), ask(desk, "산책로", limit=2)) == ([7, 5, 3, 2, 1], [7, 5])
    desk.store(news(5, "오솔길"), news(7, "오솔길"))  # edited: one that waits, one that does not
    assert (ask(desk, "산책로"), ask(desk, "오솔길")) == ([3, 2, 1], [7, 5])
    with open_archive(desk.url, read_only=True) as reader:
        found = [hit.stored.article.document_id for hit in reader.search(read_query("오솔길"), limit=9)]
        assert found == ["7", "5"]
        assert list(reader.verify()) == []
    desk.finish()
    assert (ask(desk, "산책로"), ask(desk, "오솔길")) == ([3, 2, 1], [7, 5])
    assert list(desk.archive.verify()) == []


def test_what_waits_is_made_ready_once_until_something_is_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str | None] = []

    def counted(one: Article) -> Entry:
        made.append(one.document_id)
        return entry(one)

    monkeypatch.setattr(indexing, "entry", counted)
    desk.store(news(1, "산책로"), news(2, "산책로"))
    with open_archive(desk.url, read_only=True) as reader:

        def answers(word: str) -> list[str | None]:
            made.clear()
            return [one.article.document_id for one in reader.found(read_query(word))]

        waits = desk.archive.dialect == "sqlite"
        assert (answers("산책로"), made) == (["2", "1"], ["1", "2"] if waits else [])
        assert (answers("산책로"), made) == (["2", "1"], [])
        desk.store(news(2, "오솔길"))
        assert (answers("오솔길"), made) == (["2"], ["1", "2"] if waits else [])
        desk.store(news(3, "돌담길"))
        with pytest.raises(ZeroDivisionError), reader._asking():
            raise ZeroDivisionError  # what it made of its own is lost with its transaction, and made again
        assert (answers("돌담길"), made) == (["3"], ["1", "2", "3"] if waits else [])
        desk.finish()
        assert (answers("산책로"), answers("오솔길"), made) == (["1"], ["2"], [])


def test_what_waits_is_not_entered_twice_by_a_rebuild(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로"))
    assert desk.archive.reindex() == 2
    desk.finish()
    assert ask(desk, "산책로") == [2, 1]
    assert list(desk.archive.verify()) == []


def waiting(desk: Desk) -> int:
    """How many articles have no entry yet."""
    with desk.archive.reading() as connection:
        noted = connection.execute(sa.select(schemes.c.version).where(schemes.c.name == ENTERED)).scalar()
        last = connection.execute(sa.select(sa.func.max(articles.c.id))).scalar_one()
    return 0 if noted is None else last - int(noted)


def test_what_waits_is_entered_by_whoever_comes_next(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로"))
    desk.store(news(2, "오솔길"))
    assert waiting(desk) == (2 if desk.archive.dialect == "sqlite" else 0)
    with open_archive(desk.url) as other:  # as when the first was killed
        other.start_run(source="other", name=None, url="http://o/", options={}, started=desk.now)
    assert waiting(desk) == 0
    assert (ask(desk, "산책로"), ask(desk, "오솔길")) == ([1], [2])
    desk.store(news(1, "오솔길"), news(3, "산책로"))
    assert (ask(desk, "산책로"), ask(desk, "오솔길")) == ([3], [2, 1])
    desk.settle()
    assert list(desk.archive.verify()) == []


def test_what_waits_and_cannot_be_read_keeps_no_other_from_the_index(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "LATEST", 3)
    desk.store(news(1, "산책로"), news(2, "산책로"))
    with desk.archive.writing() as connection:
        damaged = sa.update(revisions).where(revisions.c.article_id == 1)
        connection.execute(damaged.values(article={"body": None}))
    desk.store(news(3, "산책로"))
    assert waiting(desk) == 0
    if desk.archive.dialect == "sqlite":
        assert [one.key for one in everything_of(desk, "산책로")] == [3, 2]
        lines = [one.text for one in desk.archive.verify()]
        assert "newsbot:board.example/1 is not in the search index: run `newsbot reindex`" in lines
    assert desk.archive.reindex() == 3


def everything_of(desk: Desk, asked: str) -> list[Found]:
    """What the index itself gives, newest first."""
    with desk.archive.reading() as connection:
        desk.archive.ready_index(connection)

        def read(statement: sa.Executable, values: Mapping[str, Any]) -> Sequence[sa.Row[Any]]:
            return connection.execute(statement, values).all()

        return list(indexing.INDICES[desk.archive.dialect].newest(read, read_query(asked), 9))


def test_a_count_of_what_waits_that_is_wrong_is_found_out(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로"))
    desk.settle()
    if desk.archive.dialect != "sqlite":
        return  # nothing waits there
    with desk.archive.writing() as connection:
        connection.execute(sa.update(schemes).where(schemes.c.name == ENTERED).values(version="1"))
    lines = [one.text for one in desk.archive.verify()]
    assert lines == ["the search index has 3 entries for 2 articles: run `newsbot reindex`"]
    desk.archive.reindex()
    assert list(desk.archive.verify()) == []
    assert ask(desk, "산책로") == [2, 1]


def test_what_comes_together_does_not_wait(desk: Desk) -> None:
    many = [candidate(post(number, story(Random(number), 6))) for number in range(1, 21)]
    desk.archive.store_together(desk.run, "s", many, when=desk.now)
    assert (of(desk, recent_bands), of(desk, bands)) == (set(), set(range(1, 21)))
    desk.store(post(21, [line.replace("다.", "다고.", 1) for line in story(Random(7), 6)]))
    assert earliest(desk, 21) == ["7"]
