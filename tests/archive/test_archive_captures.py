"""Captures and readings as the archive keeps them: rows, in the transaction of what points at them."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from archive_desk import NOON, SOURCE, TEXTS, Desk, article

from newsbot.archive import open_archive
from newsbot.archive.captured import Journal, NewCapture, Reread
from newsbot.archive.schema import captures
from newsbot.errors import ArchiveError
from newsbot.items import Article, Capture
from newsbot.korean.text import candidate
from newsbot.versions import parser_version

FILE = "board.example-20260302120000-000001.warc.gz"


def place_of(number: int, file: str = FILE) -> Capture:
    return Capture(file=file, offset=number * 1000, length=900, sha256=f"{number:064x}")


def captured(number: int, same_as: Capture | None = None) -> NewCapture:
    capture = place_of(number)
    if same_as is not None:
        capture = replace(capture, sha256=same_as.sha256)
    url = f"https://board.example/news/{number}"
    return NewCapture(capture=capture, url=url, status=200, fetched=NOON, same_as=same_as)


def store(desk: Desk, *items: Article) -> None:
    """Each article with the capture that it points at."""
    new = [captured(int(item.document_id or 0)) for item in items]
    pointing = [candidate(replace(item, capture=each.capture)) for item, each in zip(items, new, strict=True)]
    desk.archive.store_together(desk.run, SOURCE, pointing, when=desk.now, captured=new)


@pytest.fixture
def desk(place: str) -> Desk:
    opened = Desk(place).start()
    opened.archive.open_capture_file(opened.run, FILE)
    return opened


def test_an_article_is_read_back_with_its_capture(desk: Desk) -> None:
    with desk:
        store(desk, article(1), article(2))
        found = {one.article.document_id: one.article.capture for one in desk.archive.articles()}
        assert found == {"1": place_of(1), "2": place_of(2)}
        kept = desk.archive.capture_of("newsbot:board.example/1", 1)
        assert kept is not None
        assert (kept.capture, kept.payload, kept.url, kept.status, kept.fetched) == (
            place_of(1), None, "https://board.example/news/1", 200, NOON,
        )  # fmt: skip
        assert list(desk.archive.verify()) == []


def test_an_unchanged_article_keeps_its_capture_and_a_revision_has_its_own(desk: Desk) -> None:
    with desk:
        store(desk, article(1))
        again = candidate(replace(article(1), capture=place_of(8)))
        desk.archive.store_together(desk.run, SOURCE, [again], when=desk.now, captured=[captured(8)])
        changed = candidate(replace(article(1, headline="고친 제목"), capture=place_of(9)))
        desk.archive.store_together(desk.run, SOURCE, [changed], when=desk.now, captured=[captured(9)])
        history = desk.archive.revisions("newsbot:board.example/1")
        assert [one.article.capture for one in history] == [place_of(1), place_of(9)]
        assert [one.capture.offset for one in desk.archive.captures_in(FILE)] == [1000, 8000, 9000]


def test_captures_and_articles_are_kept_together_or_not_at_all(desk: Desk) -> None:
    with desk:
        unwritable = candidate(article(2, text="\udc80"))  # a lone surrogate has no UTF-8
        with pytest.raises(UnicodeEncodeError):
            desk.archive.store_together(desk.run, SOURCE, [unwritable], when=desk.now, captured=[captured(2)])
        assert list(desk.archive.captures_in(FILE)) == []


def test_a_journal_is_kept_with_what_it_belongs_to_and_forgotten_when_the_file_is_safe(desk: Desk) -> None:
    with desk:
        for number in (1, 2, 3):
            one = candidate(replace(article(number), capture=place_of(number)))
            journal = Journal(file=FILE, records=[(number * 1000, bytes([number]))])
            new = [captured(number)]
            desk.archive.store_together(desk.run, SOURCE, [one], when=desk.now, captured=new, journal=journal)
        assert list(desk.archive.journal_of(FILE)) == [(1000, b"\1"), (2000, b"\2"), (3000, b"\3")]
        desk.archive.enter_captures([], Journal(file=FILE, records=[(4000, b"\4")], safe=3000))
        assert list(desk.archive.journal_of(FILE)) == [(3000, b"\3"), (4000, b"\4")]
        desk.archive.close_capture_file(FILE, closed=NOON, length=5000, sha256="ab")
        assert list(desk.archive.journal_of(FILE)) == []


def test_a_revisit_says_where_its_payload_lies(desk: Desk) -> None:
    with desk:
        desk.archive.enter_captures([captured(1), captured(2, same_as=place_of(1))])
        desk.archive.enter_captures([captured(3, same_as=place_of(1))])
        assert [one.payload for one in desk.archive.captures_in(FILE)] == [None, place_of(1), place_of(1)]
        whole = desk.archive.same_payload(place_of(1).sha256)
        assert whole is not None
        assert whole.capture == place_of(1)
        assert desk.archive.same_payload("0" * 64) is None
        further = desk.archive.captured_after(place_of(1), "https://board.example/news/3")
        assert further is not None
        assert further.capture.offset == 3000
        assert desk.archive.captured_after(place_of(3), "https://board.example/news/1") is None


def test_files_are_open_until_they_are_closed(desk: Desk) -> None:
    with desk:
        assert desk.archive.unclosed_captures(SOURCE) == []  # its run goes on
        desk.archive.enter_captures([captured(4)])
        assert desk.archive.captured_to(FILE) == 4900
        desk.start()
        (left,) = desk.archive.unclosed_captures(SOURCE)
        assert (left.name, left.ended, left.length) == (FILE, True, None)
        assert desk.archive.unclosed_captures("another/source") == []
        desk.archive.close_capture_file(FILE, closed=NOON, length=5000, sha256="ab", cut=True)
        assert desk.archive.unclosed_captures(SOURCE) == []
        (file,) = desk.archive.capture_files()
        assert (file.length, file.sha256, file.closed, file.cut) == (5000, "ab", NOON, True)


def test_a_file_is_entered_once(desk: Desk) -> None:
    with desk:
        desk.archive.open_capture_file(desk.run, "empty.warc.gz")
        desk.archive.drop_capture_file("empty.warc.gz")
        assert [file.name for file in desk.archive.capture_files()] == [FILE]


def test_new_readings_are_proposed_and_then_accepted(desk: Desk) -> None:
    version = "9.9.9+new"
    with desk:
        store(desk, article(1), article(2), article(3), article(4, TEXTS[1]), article(5, TEXTS[2]))
        pages = list(desk.archive.to_read(version))
        assert [page.article.document_id for page in pages] == ["1", "2", "3", "4", "5"]
        assert [page.page.capture for page in pages] == [place_of(n) for n in range(1, 6)]
        reposted = candidate(article(5, TEXTS[1], headline="같은 글"))
        read = [
            Reread(revision=pages[0].revision, state="same"),
            Reread(revision=pages[1].revision, state="unreadable", note="no body"),
            Reread(revision=pages[4].revision, state="proposed", candidate=reposted),
        ]
        desk.archive.keep_readings(version, read, when=NOON)
        assert desk.archive.how_many_to_read(version) == 2
        assert [each.state for each in desk.archive.compared(version)] == [
            "same", "unreadable", None, None, "proposed",
        ]  # fmt: skip
        assert sum(desk.archive.accept_readings(version, when=NOON)) == 2
        versions = {one.article.document_id: one.parser_version for one in desk.archive.articles()}
        own = parser_version()
        assert versions == {"1": version, "2": own, "3": own, "4": own, "5": version}
        changed = desk.archive.article("5")
        assert changed is not None
        assert (changed.article.headline, changed.revision) == ("같은 글", 1)
        assert changed.article.capture == place_of(5)
        assert changed.duplicate_of == "newsbot:board.example/4"
        assert list(desk.archive.accept_readings(version, when=NOON)) == []
        desk.finish()
        assert [found for found in desk.archive.verify() if found.check != "runs"] == []


def test_a_reading_of_an_earlier_revision_leaves_the_article_as_it_is(desk: Desk) -> None:
    with desk:
        store(desk, article(1))
        changed = candidate(replace(article(1, headline="고친 제목"), capture=place_of(9)))
        desk.archive.store_together(desk.run, SOURCE, [changed], when=desk.now, captured=[captured(9)])
        first, latest = desk.archive.to_read("new", every=True)
        assert [page.revision for page in desk.archive.to_read("new")] == [latest.revision]
        old = candidate(article(1, headline="잘못 읽은 제목"))
        desk.archive.keep_readings(
            "new", [Reread(revision=first.revision, state="proposed", candidate=old)], when=NOON
        )
        assert sum(desk.archive.accept_readings("new", when=NOON, every=True)) == 1
        history = [one.article.headline for one in desk.archive.revisions("newsbot:board.example/1")]
        assert history == ["잘못 읽은 제목", "고친 제목"]
        assert list(desk.archive.verify()) == []


def test_what_is_withheld_is_not_read_again(desk: Desk) -> None:
    with desk:
        store(desk, article(1), article(2))
        desk.archive.withhold("2", "asked for", when=NOON)
        assert [page.article.document_id for page in desk.archive.to_read("new")] == ["1"]
        assert [each.uri for each in desk.archive.compared("new")] == ["newsbot:board.example/1"]


def test_an_archive_opened_for_reading_takes_no_captures(desk: Desk, place: str) -> None:

    desk.archive.close()
    with (
        open_archive(place, read_only=True) as archive,
        pytest.raises(ArchiveError, match="for reading only"),
    ):
        archive.enter_captures([captured(1)])


def test_what_a_file_holds_is_entered_anew_and_what_points_at_it_stays(desk: Desk) -> None:
    held = [captured(1), captured(2, same_as=place_of(1)), captured(3)]
    with desk:
        desk.archive.enter_captures(held)
        pointing = candidate(replace(article(3), capture=place_of(3)))
        desk.archive.store_together(desk.run, SOURCE, [pointing], when=desk.now, captured=[])
        before = list(desk.archive.captures_in(FILE))
        assert desk.archive.correct_captures(FILE, held) == 0
        with desk.archive.writing() as connection:
            moved = {"of_id": 3, "offset": 17, "length": 1}
            connection.execute(sa.update(captures).values(same_as=None, status=404))
            connection.execute(sa.update(captures).where(captures.c.id == sa.bindparam("of_id")), moved)
        assert desk.archive.correct_captures(FILE, held) == 3
        assert list(desk.archive.captures_in(FILE)) == before
        kept = desk.archive.capture_of("newsbot:board.example/3", 1)
        assert kept is not None
        assert kept.capture == place_of(3)
