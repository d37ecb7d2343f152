"""What the commands say of captures: the page of an article, and files that are not what they were."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from commanding import Command, Said

from newsbot.archive import Archive, open_archive
from newsbot.archive.captured import NewCapture
from newsbot.captures import CaptureWriter, Exchange, directory_of
from newsbot.korean.dates import KST


@pytest.fixture
def kept(crawled: Path, tmp_path: Path) -> Path:
    archive = tmp_path / "kept.db"
    shutil.copy(crawled, archive)
    shutil.copytree(directory_of(f"sqlite:///{crawled}"), directory_of(f"sqlite:///{archive}"))
    return archive


def files(archive: Path) -> list[Path]:
    return sorted(directory_of(f"sqlite:///{archive}").iterdir())


def verified(newsbot: Command, archive: Path, *options: str) -> tuple[Said, list[str]]:
    said = newsbot("verify", "--archive", f"sqlite:///{archive}", "--json", *options)
    return said, [found["text"] for found in said.lines[0]["findings"] if found["check"] == "captures"]


def uri_of(archive: Path) -> str:
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        return next(one.article.uri for one in opened.articles() if one.revision == 2)


def test_the_page_behind_an_article(kept: Path, newsbot: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    said = newsbot("show", uri_of(kept), "--capture", "-o", page, "--archive", f"sqlite:///{kept}")
    assert (said.code, said.out) == (0, "")
    assert "고친 제목" in page.read_text("utf-8")
    again = newsbot("parse", page, "--json", "--url", "http://127.0.0.1/news/1")
    assert again.lines[0]["headline"] == "고친 제목 [3]"
    printed = newsbot("show", uri_of(kept), "--capture", "--archive", f"sqlite:///{kept}")
    assert printed.out.strip() == page.read_text("utf-8").strip()


def test_a_page_that_cannot_be_had(kept: Path, newsbot: Command, tmp_path: Path) -> None:
    refused = newsbot("show", uri_of(kept), "-o", tmp_path / "x", "--archive", f"sqlite:///{kept}")
    assert refused.code == 2
    shutil.rmtree(directory_of(f"sqlite:///{kept}"))
    said = newsbot("show", uri_of(kept), "--capture", "--archive", f"sqlite:///{kept}")
    assert said.code == 1
    assert "cannot be read: No such file" in said.err


def test_captures_in_order(kept: Path, newsbot: Command) -> None:
    for options in ((), ("--captures",)):
        said, findings = verified(newsbot, kept, *options)
        assert (said.code, findings) == (0, [])


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 2, len(content) // 2 + 40):
        content[place] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "options", "text"),
    [
        (Path.unlink, (), "cannot be had: No such file"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), (), "and should have"),
        (lambda path: shutil.copy(path, path.with_name("strange.warc.gz")), (), "is not in the archive"),
        (_damage, ("--captures",), "its SHA-256 is another"),
        (_damage, ("--captures",), "cannot be read beyond byte"),
        (_damage, ("--captures",), "the capture at"),
        (lambda path: path.write_bytes(b""), ("--captures",), "no record of a page can be read there"),
    ],
)
def test_what_is_wrong_with_captures_is_found(
    harm: Callable[[Path], object], options: tuple[str, ...], text: str, kept: Path, newsbot: Command
) -> None:
    harm(files(kept)[0])
    said, findings = verified(newsbot, kept, *options)
    assert said.code == 1
    assert any(text in finding for finding in findings), findings


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE captures SET length = length + 7 WHERE id = (SELECT min(capture_id) FROM revisions)",
        'UPDATE captures SET "offset" = "offset" + 7 WHERE id = (SELECT min(capture_id) FROM revisions)',
        "UPDATE captures SET payload_sha256 = '00' WHERE id = (SELECT min(capture_id) FROM revisions)",
        "UPDATE captures SET url = 'x', status = 404 WHERE id = (SELECT min(capture_id) FROM revisions)",
        "DELETE FROM captures WHERE same_as IS NULL AND id NOT IN (SELECT capture_id FROM revisions)"
        " AND id NOT IN (SELECT same_as FROM captures WHERE same_as IS NOT NULL)",
    ],
)
def test_what_the_archive_says_of_captures_is_set_right_by_their_files(
    damage: str, kept: Path, newsbot: Command
) -> None:
    with open_archive(f"sqlite:///{kept}") as opened, opened.writing() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM captures").scalar()
        assert connection.exec_driver_sql(damage).rowcount
    found, findings = verified(newsbot, kept, "--captures")
    assert (found.code, findings != []) == (1, True)
    mended, findings = verified(newsbot, kept, "--captures", "--repair")
    assert (mended.code, findings) == (0, [])
    assert "captures entered as their files have them" in mended.lines[0]["repaired"][0]
    with open_archive(f"sqlite:///{kept}") as opened, opened.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM captures").scalar() == before


def test_what_a_damaged_file_holds_changes_nothing(kept: Path, newsbot: Command) -> None:
    _damage(files(kept)[0])
    before = verified(newsbot, kept, "--captures")[1]
    assert verified(newsbot, kept, "--captures", "--repair")[1] == before != []


def test_a_file_that_a_killed_run_left_open(kept: Path, newsbot: Command) -> None:
    from newsbot.archive.schema import capture_files

    with open_archive(f"sqlite:///{kept}") as opened, opened.writing() as connection:
        connection.execute(capture_files.update().values(closed=None))
    _, findings = verified(newsbot, kept)
    assert len(findings) == 2
    assert all("was left open" in finding for finding in findings)


@pytest.fixture
def aged(kept: Path) -> Path:
    """An archive with two runs of last year that brought nothing, and a file of another machine's."""
    last_year = datetime.now(KST) - timedelta(days=365)
    directory = directory_of(f"sqlite:///{kept}")
    with open_archive(f"sqlite:///{kept}") as opened:
        for name in ("idle-1.warc.gz", "idle-2.warc.gz", "elsewhere.warc.gz"):
            run = opened.start_run(source="s", name=None, url="http://s/", options={}, started=last_year)
            opened.open_capture_file(run, name)
            writer = CaptureWriter(directory / name, software="test")
            page = Exchange(url="http://s/", status=200, headers=(), body=b"page", fetched=last_year)
            capture = writer.write(page).capture
            opened.enter_captures(
                [NewCapture(capture=capture, url="http://s/", status=200, fetched=last_year)]
            )
            length, sha256 = writer.close()
            opened.close_capture_file(name, length=length, sha256=sha256, closed=last_year)
            opened.finish_run(run, state="finished", reach="all", figures={}, finished=last_year)
    (directory / "elsewhere.warc.gz").unlink()
    return kept


def thinned(newsbot: Command, archive: Path, *options: str) -> dict[str, object]:
    said = newsbot("archive", "thin", "--archive", f"sqlite:///{archive}", "--json", *options)
    assert said.code == 0
    return said.lines[0]


def test_files_of_idle_runs_are_counted_and_then_removed(aged: Path, newsbot: Command) -> None:
    before = files(aged)
    counted = thinned(newsbot, aged)
    assert (counted["files"], counted["kept"], counted["removed"]) == (2, 0, False)
    assert files(aged) == before
    removed = thinned(newsbot, aged, "--remove")
    assert (removed["files"], removed["bytes"]) == (2, counted["bytes"])
    assert {path.name for path in before} - {path.name for path in files(aged)} == {
        "idle-1.warc.gz",
        "idle-2.warc.gz",
    }
    assert thinned(newsbot, aged, "--remove")["files"] == 0
    _, findings = verified(newsbot, aged, "--captures")
    assert [text for text in findings if "elsewhere" not in text] == []
    said = newsbot("archive", "thin", "--archive", f"sqlite:///{aged}")
    assert said.out.startswith("No capture file of runs that brought nothing and ended before ")


@pytest.mark.parametrize(("at", "of"), [("unlink", Path), ("drop_capture_file", Archive)])
def test_a_thinning_that_was_killed_is_ended_by_the_next(
    at: str, of: type, aged: Path, newsbot: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(of, at, killed)
        assert newsbot("archive", "thin", "--archive", f"sqlite:///{aged}", "--remove").code != 0
    assert thinned(newsbot, aged, "--remove")["files"] == 2
    _, findings = verified(newsbot, aged, "--captures")
    assert [text for text in findings if "elsewhere" not in text] == []


def test_what_is_too_young_is_not_thinned(aged: Path, newsbot: Command) -> None:
    for age, told in (("1h", "younger than a day"), ("soon", 'should be a time such as "10m"')):
        said = newsbot("archive", "thin", "--older-than", age, "--archive", f"sqlite:///{aged}")
        assert said.code == 2
        assert told in " ".join(said.err.split())
