import os
from pathlib import Path

from commanding import Command


def test_a_name_that_is_not_utf_8_is_a_name(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    """As on disks of the days of EUC-KR."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + "/신문.db".encode("euc-kr")))
    (said,) = newsbot("backup", path, "--archive", f"sqlite:///{crawled}", "--json").lines
    assert said["file"] == str(path)
    assert newsbot("verify", "--archive", f"sqlite:///{path}", "--json").lines[0]["articles"] == 12


def test_a_backup_is_an_archive_of_its_own(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    copy, place = tmp_path / "copy.db", ("--archive", f"sqlite:///{crawled}")
    said = newsbot("backup", copy, *place)
    assert (said.code, said.err) == (0, "")
    first, second = said.out.splitlines()
    assert first.startswith(f"12 articles in {copy}, ")
    assert second == "Not in it: its 2 capture files (--captures DIR copies them)."
    assert list(tmp_path.iterdir()) == [copy]
    assert newsbot("export", "--archive", f"sqlite:///{copy}").out == newsbot("export", *place).out
    (made,) = newsbot("backup", copy, "--json", *place).lines  # takes the place of the last one
    assert (made["file"], made["articles"], made["bytes"]) == (str(copy), 12, copy.stat().st_size)


def test_a_backup_does_not_write_over_its_archive(crawled: Path, newsbot: Command) -> None:
    before = crawled.read_bytes()
    assert newsbot("backup", crawled, "--archive", f"sqlite:///{crawled}").code == 2
    assert crawled.read_bytes() == before


def test_a_backup_that_fails_leaves_the_one_of_before(newsbot: Command, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("before", encoding="utf-8")
    (tmp_path / "text.db").write_text("no database", encoding="utf-8")
    said = newsbot("backup", tmp_path / "copy.db", "--archive", f"sqlite:///{tmp_path / 'text.db'}")
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert (tmp_path / "copy.db").read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "text.db"]


def test_a_place_that_is_not_there(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    said = newsbot("backup", tmp_path / "no" / "copy.db", "--archive", f"sqlite:///{crawled}")
    assert (said.code, len(said.err.splitlines())) == (1, 1)


def test_captured_pages_are_copied_when_asked_for(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    copy, pages = tmp_path / "copy.db", tmp_path / "copy.db.captures"
    said = newsbot("backup", copy, "--captures", pages, "--archive", f"sqlite:///{crawled}")
    assert (said.code, said.out.splitlines()[1]) == (0, f"2 capture files in {pages}, proved.")
    of = ("--archive", f"sqlite:///{copy}")
    assert newsbot("export", "-o", tmp_path / "a.wacz", "--emails", *of).code == 0  # proves every page
    gone = next(pages.iterdir())
    gone.unlink()
    again = newsbot("backup", tmp_path / "again.db", "--captures", tmp_path / "again", *of)
    assert (again.code, again.out.splitlines()[-1]) == (1, f"missing: the capture file {gone.name}")


def test_a_copy_says_which_files_are_to_go_with_it(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copied.db"
    said = newsbot("archive", "copy", f"sqlite:///{crawled}", f"sqlite:///{copy}")
    assert said.code == 0
    assert (
        said.out.splitlines()[-1]
        == f"Not in it: its 2 capture files: copy {crawled}.captures to {copy}.captures."
    )
