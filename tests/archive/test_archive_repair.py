"""What is broken and can be told from what is kept is built anew; the rest stays a finding."""

import pytest
import sqlalchemy as sa
from archive_desk import NOON, TEXTS, Desk, article, contents, full_article, headline
from test_archive_verify import UNLIKE
from test_archive_verify import _board as board
from test_archive_verify import _damaged as damaged

from newsbot.archive import Archive
from newsbot.archive.schema import articles
from newsbot.korean.queries import read_query


def repaired(archive: Archive) -> list[str]:
    return list(archive.repair(list(archive.verify()), when=NOON, progress=lambda *_: None))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE articles SET content_hash = 'x' WHERE id = 1", "1 articles brought in line"),
        ("UPDATE articles SET text_hash = NULL WHERE id = 1", "1 articles brought in line"),
        ("UPDATE articles SET revision = 7 WHERE id = 1", "1 articles brought in line"),
        ("UPDATE articles SET headline = 'x' WHERE id = 1", "1 articles brought in line"),
        ("UPDATE articles SET outlet = 'x', section = 'y'", "5 articles brought in line"),
        ("UPDATE articles SET url = 'x', bylines = NULL WHERE id = 2", "1 articles brought in line"),
        ("UPDATE articles SET date_published = date_published + 1", "5 articles brought in line"),
        ("UPDATE articles SET first_stored = 1 WHERE id = 1", "1 articles brought in line"),
        ("UPDATE articles SET removed = 1 WHERE id = 1", "1 articles no longer marked as removed"),
        ("UPDATE revisions SET changed = NULL", "1 revisions compared anew"),
        ("DELETE FROM links", "5 articles matched anew"),
        ("UPDATE links SET earliest_id = 3 WHERE article_id = 4", "5 articles matched anew"),
        ("UPDATE links SET earliest_id = 5 WHERE article_id = 4", "5 articles matched anew"),
        (UNLIKE, "5 articles matched anew"),
        ("DELETE FROM search", "5 articles in a search index built anew"),
    ],
)
def test_what_can_be_told_is_built_anew(place: str, damage: str, said: str) -> None:
    with board(place) as desk:
        if damage == "DELETE FROM search" and desk.archive.dialect == "sqlite":
            damage = "DELETE FROM search_docsize"
        before = contents(desk.archive)
        damaged(desk, damage)
        assert list(desk.archive.verify()) != []
        assert said in " ".join(repaired(desk.archive))
        assert list(desk.archive.verify()) == []
        assert contents(desk.archive) == before
        assert desk.archive.search(read_query("산책로"), limit=3) != []


def test_what_was_ruled_to_be_withheld_is_withheld_again(place: str) -> None:
    with board(place) as desk:
        desk.archive.withhold("1", "편지", when=NOON)
        damaged(desk, "UPDATE articles SET withheld = NULL")
        [found] = desk.archive.verify()
        assert found.text == "newsbot:board.example/1 is to be withheld, and is not"
        assert repaired(desk.archive) == ["1 articles withheld again"]
        assert (list(desk.archive.verify()), desk.archive.article("1")) == ([], None)


def test_what_nothing_says_why_it_is_withheld_stays_hidden_and_a_finding(place: str) -> None:
    with board(place) as desk:
        damaged(desk, "UPDATE articles SET withheld = 1 WHERE document_id = '1'")
        assert repaired(desk.archive) == []
        [found] = desk.archive.verify()
        assert "newsbot:board.example/1 is withheld without a ruling: release it" in found.text
        assert desk.archive.article("1") is None
        desk.archive.release("1", "nobody asked for it", when=NOON)
        assert list(desk.archive.verify()) == []


def test_all_columns_are_brought_in_line_too(place: str) -> None:
    with board(place) as desk:
        damaged(desk, "UPDATE articles SET headline = 'x', outlet = 'y', bylines = NULL, content_hash = 'z'")
        repaired(desk.archive)
        with desk.archive.reading() as connection:
            names = connection.execute(sa.select(articles.c.headline, articles.c.bylines)).all()
        assert ("시정 소식 2", []) in [tuple(row) for row in names]
        assert "x" not in {row.headline for row in names}


def test_lost_headlines_are_fetched_again(place: str) -> None:
    with board(place) as desk:
        damaged(desk, "UPDATE ledger SET article_id = NULL WHERE document_id = '1'")
        damaged(desk, "UPDATE ledger SET next_try = NULL WHERE document_id = '5'")
        assert repaired(desk.archive) == [
            "2 headlines to be fetched again by the next crawl",
            "1 runs called partial: they had left headlines",
        ]
        assert list(desk.archive.verify()) == []
        desk.wait(days=1)
        assert sorted(desk.start().due()) == ["1", "5"]


def test_a_lost_revision_stays_a_finding(place: str) -> None:
    with board(place) as desk:
        damaged(desk, "DELETE FROM revisions WHERE id = 1")
        repaired(desk.archive)
        assert [found.text for found in desk.archive.verify()] == [
            "newsbot:board.example/1 should have revisions 1 to 2, and has 1"
        ]


def test_a_sound_archive_is_left_as_it_is(place: str) -> None:
    with board(place) as desk:
        before = contents(desk.archive)
        assert repaired(desk.archive) == []
        assert contents(desk.archive) == before


def test_a_post_that_is_back_unchanged_is_no_longer_called_removed(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        desk.store(full_article(1), article(2, TEXTS[1]))
        desk.archive.record_state(desk.run, "board.example/news", "1", "deleted", when=desk.now)
        assert _removed(desk) == ["1"]
        desk.start().store(full_article(1))
        assert _removed(desk) == []


def test_an_article_that_its_listing_marks_as_secret_is_removed_until_it_is_open_again(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        desk.store(article(1))
        desk.start().list_page(headline(1, flags=("secret",)))
        assert (_removed(desk), repaired(desk.archive)) == (["1"], [])
        damaged(desk, "UPDATE articles SET removed = NULL")  # as an older newsbot left it
        [found] = desk.archive.verify()
        assert "secret at its site, but is not marked as removed" in found.text
        assert repaired(desk.archive) == ["1 articles marked as removed by their site"]
        assert (_removed(desk), list(desk.archive.verify())) == (["1"], [])
        desk.start().list_page(headline(1))
        desk.store(article(1))
        assert _removed(desk) == []


def _removed(desk: Desk) -> list[str]:
    chosen = sa.select(articles.c.document_id).where(articles.c.removed.is_not(None))
    with desk.archive.reading() as connection:
        return list(connection.execute(chosen).scalars())
