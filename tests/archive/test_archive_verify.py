from pathlib import Path
from unittest.mock import patch

import pytest
from archive_desk import TEXTS, Desk, article, full_article, headline

from newsbot.archive import article_rows, open_archive


def _board(place: str) -> Desk:
    desk = Desk(place).start()
    desk.list_page(*map(headline, range(1, 7)))
    desk.store(full_article(1), article(1, TEXTS[2]), *(article(n, TEXTS[0]) for n in (2, 3, 4)))
    desk.fail(5)
    desk.store(article(6))
    desk.finish()
    return desk


def test_a_sound_archive_has_no_findings_and_tells_how_far_it_is(place: str) -> None:
    told: list[tuple[int, int]] = []
    with _board(place) as desk:
        assert list(desk.archive.verify(progress=lambda *figures: told.append(figures))) == []
    assert told[:-6] == [(5, 5), (4, 5), (5, 5)]  # articles by their keys, in pairs, in the search index
    assert told[-6:] == [(done, 6) for done in range(1, 7)]  # revisions
    with open_archive(place, read_only=True) as archive:
        assert list(archive.verify()) == []


def _damaged(desk: Desk, statement: str) -> None:
    """As no newsbot would do it: with the database's own safeguards off."""
    engine = desk.archive.backend.engine
    off = "PRAGMA foreign_keys = OFF" if engine.name == "sqlite" else "SET session_replication_role = replica"
    connection = engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute(off)
    cursor.execute(statement)
    assert cursor.rowcount
    connection.commit()
    connection.invalidate()


REWORDED = "UPDATE revisions SET article = CAST(replace(CAST(article AS TEXT), {}, {}) AS :json) WHERE id = 1"
UNLIKE = (
    "INSERT INTO links (article_id, kind, earliest_id, score, method, found, folded)"
    " VALUES (2, 'near', 1, 0.9, 'shingles-5/1', 0, TRUE)"
)


@pytest.mark.parametrize(
    ("damage", "check", "text"),
    [
        ("UPDATE ledger SET article_id = NULL WHERE id = 1", "ledger", "1 is stored, but has no article"),
        ("UPDATE ledger SET next_try = NULL WHERE id = 5", "ledger", "5 is failed, but is never to be"),
        (
            "UPDATE ledger SET failure = NULL",
            "runs",
            "run 1 of board.example/news is finished, but left 1 head",
        ),
        ("DELETE FROM revisions WHERE id = 1", "revisions", "/1 should have revisions 1 to 2, and has 1"),
        ("DELETE FROM revisions WHERE id = 2", "revisions", "/1 should have revisions 1 to 2, and has 1"),
        ("DELETE FROM revisions WHERE id = 6", "revisions", "/6 should have revisions 1 to 1, and has 0"),
        ("UPDATE revisions SET number = 7 WHERE id = 2", "revisions", "/1 should have revisions 1 to 2"),
        (
            "UPDATE articles SET content_hash = 'x' WHERE id = 1",
            "revisions",
            "/1 and its latest revision have",
        ),
        ("UPDATE articles SET text_hash = NULL WHERE id = 1", "revisions", "/1 and its latest revision have"),
        ("UPDATE revisions SET article = '{\"uri\"' WHERE id = 1", "revisions", "revision 1 of newsbot:boa"),
        ("UPDATE revisions SET article = '[]' WHERE id = 1", "revisions", "cannot be read: KeyError"),
        (
            REWORDED.format("'산책로'", "'산책길'"),
            "revisions",
            "revision 1 of newsbot:board.example/1 is not what was stored: its content has another hash",
        ),
        ("UPDATE revisions SET text_hash = 'x' WHERE id = 1", "revisions", "its text has another hash"),
        (
            REWORDED.format("'example/1\"'", "'example/2\"'"),
            "revisions",
            "revision 1 of newsbot:board.example/1 holds another article",
        ),
        ("DELETE FROM articles WHERE id = 5", "file", "refers to a row of articles that is not there"),
        ("DELETE FROM links", "duplicates", "/2 and 2 others have equal texts, but no links"),
        ("UPDATE links SET earliest_id = 3 WHERE article_id = 4", "duplicates", "itself linked to another"),
        ("UPDATE links SET earliest_id = 5 WHERE article_id = 4", "duplicates", "but their texts differ"),
        (UNLIKE, "matches", "/2 is linked to newsbot:board.example/1 as the earliest of its like, but their"),
        (
            "UPDATE articles SET date_published = date_published + 60 WHERE id = 2",
            "duplicates",
            "/3 is linked to newsbot:board.example/2 as the earliest of its text, but is the earlier one",
        ),
    ],
)
def test_every_promise_is_checked(place: str, damage: str, check: str, text: str) -> None:
    with _board(place) as desk:
        file = desk.archive.backend.file is not None
        if not file and (check == "file" or "{" in damage):
            pytest.skip("PostgreSQL itself sees to it")
        _damaged(desk, damage.replace(":json", "TEXT" if file else "JSON"))
        findings = list(desk.archive.verify())
    assert any(found.check == check and text in found.text for found in findings), findings


def test_a_damaged_file_is_a_finding_and_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with _board(f"sqlite:///{path}") as desk:
        desk.store(*(article(number) for number in range(10, 200)))
    content = bytearray(path.read_bytes())
    for page in range(4096 * 30, len(content) - 4096, 4096 * 3):
        content[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with Desk(f"sqlite:///{path}") as desk:
        findings = list(desk.archive.verify())
    assert any(found.check == "file" and "damaged" in found.text for found in findings)


def test_another_versions_text_hash_is_not_called_wrong(place: str) -> None:
    with (
        patch.object(article_rows, "parser_version", return_value="0.0.1"),
        patch("newsbot.korean.text._TAIL_LINES", 0),
        Desk(place).start() as desk,
    ):
        desk.store(article(1, TEXTS[0] + "\n무단 전재 및 재배포 금지"))
    with Desk(place) as desk:
        assert list(desk.archive.verify()) == []
