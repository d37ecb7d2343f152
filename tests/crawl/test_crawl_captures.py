"""What a crawl keeps of the pages as they came, and what it does when it cannot."""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

from crawling import ONCE, answering, articles, capture_faults, crawl, last_run, states, waiting

from newsbot.archive import open_archive
from newsbot.archive.captured import KeptCapture
from newsbot.captures import read_capture, read_request_headers
from newsbot.items import Capture
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import Answer


def directory_of(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.captures")


def captured(archive: Path) -> Iterator[KeptCapture]:
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        for file in list(opened.capture_files()):
            yield from opened.captures_in(file.name)


def test_every_page_of_a_crawl_is_captured(archive: Path) -> None:
    with SampleBoard(posts=8, page_size=5) as board:
        gone = board.listed[2]
        answering(board, f"/news/{gone}", lambda _: Answer(body=b"no", status=500, content_type="text/html"))
        crawl(board, archive, *ONCE)
        kept = list(captured(archive))
        asked = [f"{board.url.removesuffix('/news')}{seen.path}" for seen in board.requests]
    assert sorted(each.url for each in kept) == sorted(asked)
    assert {each.status for each in kept} == {200, 500}
    assert capture_faults(archive) == []
    one = next(iter(articles(archive).values())).article
    assert isinstance(one.capture, Capture)
    page = read_capture(directory_of(archive), one.capture)
    assert one.headline in page.body.decode()
    sent = dict(read_request_headers(directory_of(archive), one.capture))
    assert sent["User-Agent"].startswith("newsbot/")
    assert sent["Cookie"].startswith("PHPSESSID=")


def test_a_compressed_page_is_kept_compressed(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        own = board._engine.answer

        def packed(request):  # type: ignore[no-untyped-def]
            answer = own(request)
            headers = (*answer.headers, ("Content-Encoding", "gzip"))
            return Answer(
                body=gzip.compress(answer.body),
                status=answer.status,
                content_type=answer.content_type,
                headers=headers,
            )

        board._engine.answer = packed  # type: ignore[method-assign]
        assert crawl(board, archive).shows(state="finished", new=3)
    for one in articles(archive).values():
        assert one.article.capture is not None
        page = read_capture(directory_of(archive), one.article.capture)
        assert page.payload[:2] == b"\x1f\x8b"
        assert one.article.headline in page.body.decode()


def test_an_unchanged_page_is_a_revisit_and_its_article_keeps_its_capture(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        pages = {f"/news/{key}": board._engine.answer for key in board.listed}
        still: dict[str, Answer] = {}
        for path, own in pages.items():
            answering(board, path, lambda request, own=own: still.setdefault(request.target, own(request)))  # type: ignore[misc]
        crawl(board, archive)
        before = {key: one.article.capture for key, one in articles(archive).items()}
        assert crawl(board, archive, "--full").shows(unchanged=3)
        assert {key: one.article.capture for key, one in articles(archive).items()} == before
    again = [each for each in captured(archive) if each.payload is not None]
    assert {each.payload for each in again} == set(before.values())
    for each in again:
        assert read_capture(directory_of(archive), each.capture, payload=each.payload).body
    assert capture_faults(archive) == []


def test_an_edited_article_has_a_capture_for_each_revision(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        crawl(board, archive)
        board.edit(board.listed[0], title="고친 제목")
        assert crawl(board, archive).shows(revised=1)
        uri = articles(archive)[board.listed[0]].article.uri
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        first, second = opened.revisions(uri)
    assert first.article.capture != second.article.capture
    assert capture_faults(archive) == []


def test_captures_are_kept_where_the_setting_says_or_not_at_all(archive: Path, tmp_path: Path) -> None:
    with SampleBoard(posts=2) as board:
        crawl(board, archive, "-s", "NEWSBOT_CAPTURES=False")
        assert not directory_of(archive).exists()
        assert [one.article.capture for one in articles(archive).values()] == [None, None]
        crawl(board, archive, "--full", "-s", f"NEWSBOT_CAPTURES={tmp_path / 'kept'}")
        assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_directory_that_cannot_be_written_refuses_the_crawl(archive: Path) -> None:
    directory_of(archive).write_text("a file of that name")
    with SampleBoard(posts=2) as board:
        done = crawl(board, archive)
        assert (done.code, done.figures["state"]) == (1, "failed")
        assert done.figures["trouble"].count("\n") == 0
        assert "newsbot" in done.figures["trouble"] or "captures" in done.figures["trouble"]
        assert board.requests == []


def test_a_directory_that_vanishes_ends_the_crawl_and_nothing_points_at_nothing(archive: Path) -> None:
    with SampleBoard(posts=40) as board:

        def remove(_request: object) -> None:
            if len(board.requests) == 15:
                shutil.rmtree(directory_of(archive))

        board.on_request(remove)
        done = crawl(board, archive)
        assert done.code == 1
        assert done.figures["state"] == "failed"
        assert "the capture file" in done.err
        assert "its directory is not there" in done.err
        assert last_run(archive).state == "failed"
        assert waiting(archive) == {}  # nobody's fault but ours: no article failed
        board.on_request(lambda _: None)
        again = crawl(board, archive)
        assert again.code == 0, again.err
        assert set(states(archive, board).values()) == {"stored"}
