import hashlib
from pathlib import Path

import pytest

from newsbot.captures.copying import copy_files
from newsbot.errors import CaptureError


def _silent(done: int, total: int) -> None:
    """No progress is shown."""


def _file(directory: Path, name: str, data: bytes = b"WARC/1.1") -> str:
    directory.mkdir(exist_ok=True)
    (directory / name).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def test_files_are_copied_and_proved(tmp_path: Path) -> None:
    pages, copies = tmp_path / "pages", tmp_path / "some" / "copies"
    files = {"1.warc.gz": _file(pages, "1.warc.gz"), "open.warc.gz": None, "gone.warc.gz": "0" * 64}
    _file(pages, "open.warc.gz", b"WAR")
    told: list[tuple[int, int]] = []
    assert copy_files(pages, copies, files, progress=lambda *at: told.append(at)) == ["gone.warc.gz"]
    assert {each.name: each.read_bytes() for each in copies.iterdir()} == {
        "1.warc.gz": b"WARC/1.1",
        "open.warc.gz": b"WAR",
    }
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_what_is_there_already_is_left_and_what_is_not_the_same_is_replaced(tmp_path: Path) -> None:
    pages, copies = tmp_path / "pages", tmp_path / "copies"
    files = {name: _file(pages, name, name.encode()) for name in ("1", "2", "3")}
    assert copy_files(pages, copies, files, progress=_silent) == []
    before = (copies / "1").stat().st_ino
    _file(copies, "2", b"torn")
    copy_files(pages, copies, files, progress=_silent)
    assert (copies / "1").stat().st_ino == before
    assert (copies / "2").read_bytes() == b"2"


def test_a_file_that_is_not_what_was_captured_is_not_copied(tmp_path: Path) -> None:
    pages, copies = tmp_path / "pages", tmp_path / "copies"
    files = {"1": _file(pages, "1")}
    _file(pages, "1", b"damaged")
    with pytest.raises(CaptureError, match="not what was captured"):
        copy_files(pages, copies, files, progress=_silent)
    assert list(copies.iterdir()) == []


def test_a_target_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    digest = _file(tmp_path, "file")
    with pytest.raises(CaptureError, match=r"^[^\n]+$"):
        copy_files(tmp_path, tmp_path / "file", {"file": digest}, progress=_silent)
