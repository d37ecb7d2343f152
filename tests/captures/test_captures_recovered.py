"""A file that a kill cut anywhere is brought back to its whole records."""

import gzip
import hashlib
from pathlib import Path

import pytest
from exchanges import page

from newsbot.captures import CaptureWriter, read_capture
from newsbot.captures.recovery import recover, walk
from newsbot.items import Capture

PAGES = 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.warc.gz"


def write(path: Path) -> list[Capture]:
    writer = CaptureWriter(path, software="newsbot/0")
    captures = [writer.write(page(number)).capture for number in range(PAGES)]
    writer.close()
    return captures


def test_a_whole_file_stays_as_it_is(path: Path) -> None:
    captures = write(path)
    before = path.read_bytes()
    found = recover(path, known=0)
    assert (found.cut, found.damaged) == (False, False)
    assert path.read_bytes() == before
    assert (found.length, found.sha256) == (len(before), hashlib.sha256(before).hexdigest())
    assert [each.capture(path.name) for each in found.records if each.kind == "response"] == captures


def test_a_cut_at_any_byte_leaves_the_whole_records(path: Path) -> None:
    captures = write(path)
    whole = path.read_bytes()
    ends = [record.offset + record.length for record in walk(path)]
    for cut in range(captures[2].offset - 40, len(whole), 11):
        path.write_bytes(whole[:cut])
        found = recover(path, known=captures[1].offset)
        last = max(end for end in ends if end <= cut)
        assert (found.length, path.stat().st_size) == (last, last)
        assert found.cut == (cut not in ends)
        gzip.decompress(path.read_bytes())
        for capture in captures:
            if capture.offset + capture.length <= cut:
                assert read_capture(path.parent, capture).body


@pytest.mark.parametrize(
    "junk",
    [b"\0" * 5000, b"\x1f\x8b\x08\x00" + b"\xff" * 90, gzip.compress(b"no record", mtime=0)],
    ids=["nothing", "half", "other"],
)
def test_what_is_no_record_at_the_end_is_cut_off(junk: bytes, path: Path) -> None:
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole + junk)
    assert recover(path, known=0).cut
    assert path.read_bytes() == whole


def test_a_record_shorter_than_it_says_is_no_record(path: Path) -> None:
    write(path)
    whole = path.read_bytes()
    said = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Date: 2026-03-02T03:00:00Z\r\nContent-Length: 9\r\n\r\n"
    path.write_bytes(whole + gzip.compress(said + b"short\r\n\r\n"))
    assert recover(path, known=0).cut
    assert path.read_bytes() == whole


def test_only_what_the_archive_has_not_heard_of_is_told(path: Path) -> None:
    captures = write(path)
    known = captures[1].offset + captures[1].length
    told = [record.capture(path.name) for record in recover(path, known=known).records]
    assert [each for each in told if each] == captures[2:]


def test_a_file_damaged_before_its_end_is_never_cut(path: Path) -> None:
    captures = write(path)
    content = bytearray(path.read_bytes())
    middle = captures[1].offset + captures[1].length // 2
    content[middle : middle + 20] = b"\0" * 20
    path.write_bytes(content)
    found = recover(path, known=captures[3].offset)
    assert (found.cut, found.damaged, found.length) == (False, True, len(content))
    assert path.read_bytes() == content
    assert read_capture(path.parent, captures[3]).body == page(3).body
