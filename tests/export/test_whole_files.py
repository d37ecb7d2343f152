import os
import threading
from pathlib import Path

import pytest

from newsbot.export.files import replacing, taking_its_name


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    with replacing(path, encoding="utf-8-sig") as out:
        out.write("하나\r\n")
        assert not path.exists()
    assert path.read_bytes() == "\ufeff하나\r\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def _fail_half_way(path: Path) -> None:
    with replacing(path) as out:
        out.write("half")
        raise RuntimeError


def test_what_fails_leaves_the_file_of_before(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(RuntimeError):
        _fail_half_way(path)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_directory_takes_its_name_or_leaves_nothing(tmp_path: Path) -> None:
    for fails in (True, False):
        try:
            with taking_its_name(tmp_path / "captures") as part:
                part.mkdir()
                (part / "one").write_text("1", encoding="utf-8")
                if fails:
                    raise RuntimeError
        except RuntimeError:
            assert list(tmp_path.iterdir()) == []
    assert (tmp_path / "captures" / "one").read_text(encoding="utf-8") == "1"


def test_a_directory_in_the_way_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(IsADirectoryError), replacing(tmp_path / "taken"):
        pytest.fail("nothing is to be written")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_database_in_use_is_left_alone(tmp_path: Path) -> None:
    for name in ("a.db", "a.db-wal"):
        (tmp_path / name).write_text("pages", encoding="utf-8")
    with pytest.raises(FileExistsError, match="in use"), taking_its_name(tmp_path / "a.db"):
        pytest.fail("nothing is to be written")


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    with replacing(pipe) as out:
        out.write("하나")
    reader.join()
    assert read == ["하나"]
    assert pipe.is_fifo()


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    link, file = tmp_path / "latest.jsonl", tmp_path / "articles.jsonl"
    file.write_text("before", encoding="utf-8")
    link.symlink_to(file)
    with replacing(link) as out:
        out.write("after")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "after"
