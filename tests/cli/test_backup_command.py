from pathlib import Path

from commanding import Command


def test_a_backup_is_an_archive_of_its_own(crawled: Path, newsbot: Command, tmp_path: Path) -> None:
    copy, place = tmp_path / "copy.db", ("--archive", f"sqlite:///{crawled}")
    said = newsbot("backup", copy, *place)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"12 articles in {copy}, ")
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
