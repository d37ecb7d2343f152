"""A run's captures and the archive: what is not safe on the disk yet stands in both."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from newsbot.archive import Archive, open_archive
from newsbot.archive.schema import capture_journal
from newsbot.captures import Exchange, read_capture
from newsbot.captures.checking import FileFacts, content_faults
from newsbot.errors import CaptureError
from newsbot.extensions import run_captures
from newsbot.extensions.run_captures import RunCaptures
from newsbot.items import Article, Block, Capture
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate

SOURCE = "board.example/news"
NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
POSTS = range(1, 7)


class Crawl:
    """One run that captures and stores posts as a crawl does, and ends or dies."""

    def __init__(self, archive: Archive, directory: Path) -> None:
        self.archive = archive
        self.run = archive.start_run(source=SOURCE, name=None, url="http://b/", options={}, started=NOON)
        self.captures = RunCaptures(archive, self.run, SOURCE, directory)
        self.places: list[Capture] = []

    def store(self, number: int) -> None:
        capture = self.captures.take(page(number))
        new, journal = self.captures.waiting()
        read = [candidate(replace(post(number), capture=capture))]
        self.archive.store_together(self.run, SOURCE, read, when=NOON, captured=new, journal=journal)
        self.captures.entered(new, journal)
        self.places.append(capture)

    def die(self) -> None:
        self.captures._writer._file.close()

    def close(self) -> None:
        self.captures.close()
        self.archive.finish_run(self.run, state="finished", reach="all", figures={}, finished=NOON)


def page(number: int) -> Exchange:
    body = f"<h1>시정 소식 {number}</h1>{'<p>산책로를 넓힌다.</p>' * 40}".encode()
    return Exchange(url=f"https://board.example/{number}", status=200, headers=(), body=body, fetched=NOON)


def post(number: int) -> Article:
    return Article(
        uri=f"newsbot:board.example/{number}",
        url=f"https://board.example/{number}",
        site="board.example",
        document_id=str(number),
        headline=f"시정 소식 {number}",
        body=(Block(type="paragraph", text=f"{number}번 산책로를 넓힌다."),),
        date_fetched=NOON,
    )


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    with open_archive(place) as opened:
        yield opened


def journaled(archive: Archive) -> int:
    with archive.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(capture_journal)).scalar_one())


def faults(archive: Archive, directory: Path) -> list[str]:
    found: list[str] = []
    for file in archive.capture_files():
        facts = FileFacts(
            name=file.name, length=file.length, sha256=file.sha256, closed=file.closed is not None, ended=True
        )
        found += content_faults(directory, facts, ())
    return found


@pytest.mark.parametrize("lost", ["all", "half", "last byte", "zeros", "nothing"])
def test_what_a_crash_of_the_machine_takes_from_a_file_is_written_there_again(
    lost: str, archive: Archive, tmp_path: Path
) -> None:
    first = Crawl(archive, tmp_path)
    for number in POSTS:
        first.store(number)
    (file,) = tmp_path.glob("*.warc.gz")
    whole, safe = file.read_bytes(), first.captures.waiting()[1].safe or first.places[0].offset
    left = {"all": safe, "half": (safe + len(whole)) // 2, "last byte": len(whole) - 1}.get(lost, len(whole))
    file.write_bytes(whole[: safe if lost == "zeros" else left].ljust(left, b"\0"))
    first.die()
    second = Crawl(archive, tmp_path)
    assert second.captures.troubles == ()
    assert file.read_bytes() == whole
    second.close()
    assert [read_capture(tmp_path, place).body for place in first.places] == [page(n).body for n in POSTS]
    assert [one.capture for one in archive.captures_in(file.name)] == first.places
    assert (journaled(archive), faults(archive, tmp_path)) == (0, [])


def test_what_is_kept_besides_ends_when_the_file_is_safe(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_captures, "JOURNALED", 1500)  # bytes: two posts
    crawl, counted = Crawl(archive, tmp_path), []
    for number in POSTS:
        crawl.store(number)
        counted.append(journaled(archive))
    assert counted == [1, 2, 1, 2, 1, 2]
    crawl.close()
    assert journaled(archive) == 0


def test_what_a_transaction_did_not_keep_comes_with_the_next(archive: Archive, tmp_path: Path) -> None:
    crawl = Crawl(archive, tmp_path)
    crawl.captures.take(page(1))
    new, journal = crawl.captures.waiting()
    unwritable = [candidate(replace(post(1), headline="\udc80"))]  # a lone surrogate has no UTF-8
    with pytest.raises(UnicodeEncodeError):
        archive.store_together(crawl.run, SOURCE, unwritable, when=NOON, captured=new, journal=journal)
    assert journaled(archive) == 0
    crawl.store(2)
    assert journaled(archive) == 2
    crawl.die()
    (file,) = tmp_path.glob("*.warc.gz")
    assert (
        b"".join(records for _, records in archive.journal_of(file.name))
        == file.read_bytes()[new[0].capture.offset :]
    )


def test_nothing_points_into_a_file_that_is_gone_or_another(archive: Archive, tmp_path: Path) -> None:
    crawl = Crawl(archive, tmp_path)
    (file,) = tmp_path.glob("*.warc.gz")
    file.unlink()
    with pytest.raises(CaptureError, match="its directory is not there"):
        crawl.store(1)
    file.touch()
    with pytest.raises(CaptureError, match="another file has taken its name"):
        crawl.store(2)
    crawl.die()
    assert (archive.counts().articles, journaled(archive)) == (0, 0)
