import os
import subprocess
import sys
from pathlib import Path

from newsbot.unfinished import part_of

WRITER = """
import pathlib, sys
from newsbot.unfinished import part_of
part = part_of(pathlib.Path(sys.argv[1]))
part.write_text("half")
part.with_name(part.name + "-wal").write_text("of a database")
"""


def test_what_a_dead_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "news [1].jsonl"
    subprocess.run([sys.executable, "-c", WRITER, path], check=True)
    assert len(list(tmp_path.iterdir())) == 2
    own = part_of(path)
    assert list(tmp_path.iterdir()) == []
    others = [
        own.with_name(own.name.replace(f".{os.getpid()}.", ".1.")),  # a process that lives
        own.with_name(".news [1].jsonl.elsewhere.999999999.part"),
        part_of(tmp_path / "news [2].jsonl"),
        tmp_path / ".news [1].jsonl.part",
    ]
    for other in (own, *others):
        other.write_text("half")
    part_of(path)
    assert sorted(tmp_path.iterdir()) == sorted((own, *others))


def test_what_is_left_as_a_directory_goes_whole(tmp_path: Path) -> None:
    path = tmp_path / "news.wacz"
    own = part_of(path)
    left = own.with_name(own.name.replace(f".{os.getpid()}.", ".999999999."))
    left.mkdir()
    (left / "datapackage.json").write_text("{}")
    part_of(path)
    assert list(tmp_path.iterdir()) == []
