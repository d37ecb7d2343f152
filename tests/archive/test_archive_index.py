"""The search index: of which scheme it is, built anew, and checked, by the same tests on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from archive_desk import NOON, Desk
from searching import ask, news, numbers

from newsbot.archive import indexing, open_archive
from newsbot.archive.schema import articles, schemes
from newsbot.archive.search_sqlite import TABLE
from newsbot.errors import ArchiveError
from newsbot.items import Article
from newsbot.korean.queries import read_query


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    with Desk(place).start() as opened:
        yield opened


def scheme(desk: Desk) -> str | None:
    with desk.archive.reading() as connection:
        return connection.execute(sa.select(schemes.c.version).where(schemes.c.name == "search")).scalar()


def set_scheme(desk: Desk, version: str | None) -> None:
    with desk.archive.writing() as connection:
        connection.execute(sa.delete(schemes))
        if version is not None:
            row = {"name": "search", "version": version, "built": desk.now}
            connection.execute(sa.insert(schemes), row)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (None, "has no search index: run `newsbot reindex`"),
        ("bigrams/0", r"is indexed by another scheme \(bigrams/0, and this newsbot searches by bigrams/1\)"),
    ],
)
def test_an_index_that_is_not_todays_says_what_to_do(desk: Desk, version: str | None, said: str) -> None:
    desk.store(news(1, "산책로"))
    set_scheme(desk, version)
    for ask_it in (ask, lambda desk, query: desk.archive.tally(read_query(query))):
        with pytest.raises(ArchiveError, match=said):
            ask_it(desk, "산책로")
    desk.store(news(2, "산책로"), news(1, "자전거길"))  # storing goes on, whatever the index
    assert desk.archive.reindex() == 2
    assert (ask(desk, "산책로"), ask(desk, "자전거길")) == ([2], [1])
    assert scheme(desk) == "bigrams/1"


def test_a_rebuild_that_was_killed_goes_on_and_misses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    desk.store(*(news(number, "산책로") for number in range(10, 17)))
    told: list[tuple[int, int]] = []

    def killed(done: int, total: int) -> None:
        told.append((done, total))
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.archive.reindex(progress=killed)
    assert told == [(2, 7), (4, 7)]
    with pytest.raises(ArchiveError, match="is being built: `newsbot reindex` goes on with it"):
        ask(desk, "산책로")
    # Meanwhile others write, on both sides of the place that it had come to.
    desk.store(news(1, "산책로"), news(10, "자전거길"), news(16, "자전거길"), news(30, "산책로"))
    desk.store(news(11, "산책로 다리", date_published=NOON + timedelta(hours=40)))
    told.clear()
    assert desk.archive.reindex(progress=lambda done, total: told.append((done, total))) == 9
    assert told[-1] == (9, 9)
    assert ask(desk, "산책로") == [11, 30, 15, 14, 13, 12, 1]
    assert ask(desk, "자전거길") == [16, 10]


def test_a_whole_index_may_be_built_anew(desk: Desk) -> None:
    desk.store(*(news(number, "산책로") for number in range(5)))
    assert desk.archive.reindex() == 5
    assert ask(desk, "산책로") == [4, 3, 2, 1, 0]


def test_an_index_that_lacks_an_article_is_found_out(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로"))
    desk.store(news(1, "자전거길", date_published=NOON))
    desk.settle()
    assert [one.text for one in desk.archive.verify()] == []
    with desk.archive.writing() as connection:
        changes = indexing.Changes(connection)
        changes.leave(1)
        changes.apply()
    found = [one.text for one in desk.archive.verify()]
    assert found == ["newsbot:board.example/1 is not in the search index: run `newsbot reindex`"]
    desk.archive.reindex()
    assert list(desk.archive.verify()) == []


OTHER_WORDS = "newsbot:board.example/{} is in the search index with other words: run `newsbot reindex`"


def tamper(desk: Desk, number: int, told: Article, *, leaves: bool) -> None:
    """Puts what is told of an article into the index, as a mistake of the writers would."""
    index = indexing.INDICES[desk.archive.dialect]
    desk.settle()
    with desk.archive.writing() as connection:
        key, dated = connection.execute(
            sa.select(articles.c.id, articles.c.dated).where(articles.c.document_id == str(number))
        ).one()
        if leaves:
            changes = indexing.Changes(connection)
            changes.leave(key)
            changes.apply()
        index.change(connection, [indexing.entering(key, dated, told)])


def test_other_words_in_the_index_are_found_out(desk: Desk) -> None:
    desk.store(*(news(number, "산책로") for number in range(1, 5)))
    desk.store(news(1, "오솔길"), news(2, "오솔길"))  # edited: the same number of words, and letters
    assert list(desk.archive.verify()) == []
    tamper(desk, 1, news(1, "산책로"), leaves=True)  # as it was before its edit
    tamper(desk, 3, news(3, "산책로 하나 더"), leaves=True)
    tamper(desk, 4, news(4, "산책로", headline="시장"), leaves=True)
    found = [one.text for one in desk.archive.verify()]
    assert found == [OTHER_WORDS.format(number) for number in (1, 3, 4)]
    desk.archive.reindex()
    assert list(desk.archive.verify()) == []


def test_words_that_an_edit_left_behind_are_found_out(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "산책로"))
    for text in ("오솔길", "산책로"):
        tamper(desk, 1, news(1, text), leaves=False)
    found = [one.text for one in desk.archive.verify()]
    torn = ["the search index holds words of no article: run `newsbot reindex`"]
    assert found == (torn if desk.archive.dialect == "sqlite" else [])  # PostgreSQL's entry is a row
    desk.archive.reindex()
    assert list(desk.archive.verify()) == []


def test_the_index_is_checked_by_one_that_may_only_read(desk: Desk) -> None:
    desk.store(news(1, "산책로"), news(2, "😀 ⓒ ½ ١٢ ﷺ ㉿ 산책로 ㆍ 中 ー"))
    tamper(desk, 1, news(1, "오솔길"), leaves=True)
    told: list[tuple[int, int]] = []
    with open_archive(desk.archive.url, read_only=True) as reader:
        found = [one.text for one in reader.verify(progress=lambda done, total: told.append((done, total)))]
    assert (found, told) == ([OTHER_WORDS.format(1)], [(2, 2), (2, 2), (1, 2), (2, 2)])


def test_a_reader_can_search(desk: Desk) -> None:
    desk.store(news(1, "산책로"))
    with open_archive(desk.archive.url, read_only=True) as reader:
        assert numbers(reader.search(read_query("산책로"), limit=3)) == [1]


def test_the_migration_makes_the_table_that_a_rebuild_makes(desk: Desk) -> None:
    if desk.archive.dialect == "sqlite":
        statement = sa.text("SELECT sql FROM sqlite_master WHERE name = 'search'")
    else:
        statement = sa.text("SELECT indexdef FROM pg_indexes WHERE tablename = 'search' ORDER BY indexname")
    made = []
    for _ in range(2):
        with desk.archive.reading() as connection:
            made.append(connection.execute(statement).scalars().all())
        desk.archive.reindex()
    assert made[0] == made[1]
    assert made[0] == [TABLE] or len(made[0]) == 3
