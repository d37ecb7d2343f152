"""What is captured is read back as it came, by newsbot and by others."""

import errno
import gzip
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from exchanges import NOON, page
from fastwarc.warc import ArchiveIterator

from newsbot.captures import CaptureWriter, Earlier, read_capture, read_request_headers
from newsbot.errors import CaptureError
from newsbot.items import Capture

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "captures" / "run.warc.gz"


def written(path: Path, *pages: object) -> list[Capture]:
    writer = CaptureWriter(path, software="newsbot/0")
    places = [writer.write(each).capture for each in pages]  # type: ignore[arg-type]
    length, _ = writer.close()
    assert length == path.stat().st_size
    return places


def test_a_page_is_read_back_as_it_came(path: Path) -> None:
    exchanges = [page(1), page(2, b"", status=404), page(3, bytes(range(256)) * 999), page(4, status=799)]
    for exchange, capture in zip(exchanges, written(path, *exchanges), strict=True):
        found = read_capture(path.parent, capture)
        assert (found.url, found.status, found.fetched) == (exchange.url, exchange.status, exchange.fetched)
        assert found.headers == exchange.headers
        assert found.payload == found.body == exchange.body


def test_its_request_stands_beside_it_without_what_is_secret(path: Path) -> None:
    secret = (("User-Agent", "newsbot/0"), ("Authorization", "Basic eA=="), ("Cookie", "a=1"))
    first, second = written(path, page(1, request_headers=secret), page(2))
    assert read_request_headers(path.parent, first) == (
        ("Host", "board.example"), ("User-Agent", "newsbot/0"), ("Cookie", "a=1"),
    )  # fmt: skip
    assert dict(read_request_headers(path.parent, second))["Accept"] == "*/*"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda body: gzip.compress(body[:99]) + gzip.compress(body[99:])),
        ("gzip", lambda body: gzip.compress(body) + b"<!-- a server's own -->"),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
        ("a-new-one", bytes),
        ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
    ],
)
def test_a_content_encoding_is_kept_and_undone_in_reading(encoding: str, pack, path: Path) -> None:  # type: ignore[no-untyped-def]
    if encoding == "br" and not hasattr(brotli.Decompressor, "process"):
        pytest.skip("another package has taken brotli's name")
    plain = page(1).body
    packed = pack(plain)  # once: gzip notes the second
    (capture,) = written(path, page(1, packed, headers=(("Content-Encoding", encoding),)))
    found = read_capture(path.parent, capture)
    assert found.payload == packed
    assert found.body == plain


def test_a_body_that_is_not_what_it_says(path: Path) -> None:
    (capture,) = written(path, page(1, headers=(("Content-Encoding", "gzip"),)))
    with pytest.raises(CaptureError, match="not the gzip that it says"):
        _ = read_capture(path.parent, capture).body


def test_a_bomb_is_refused(path: Path) -> None:
    bomb = gzip.compress(b"\0" * (65 << 20), 1)
    (capture,) = written(path, page(1, bomb, headers=(("Content-Encoding", "gzip"),)))
    with pytest.raises(CaptureError, match="unfolds to more than"):
        _ = read_capture(path.parent, capture).body


def test_headers_stay_byte_for_byte(path: Path) -> None:
    raw = "자료.hwp".encode("cp949").decode("latin-1")
    headers = (
        ("Content-Disposition", f'attachment; filename="{raw}"'),
        ("X-Old", "가".encode().decode("latin-1")),
    )
    written(path, page(1, headers=(*headers, ("Transfer-Encoding", "chunked"))))
    content = gzip.decompress(path.read_bytes())
    assert b'filename="' + "자료.hwp".encode("cp949") in content
    assert "X-Old: 가".encode() in content
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in content


def test_a_payload_that_is_there_already_is_not_kept_again(path: Path) -> None:
    writer = CaptureWriter(path, software="newsbot/0")
    whole = writer.write(page(1)).capture
    again = writer.write(replace(page(1), status=203), earlier=Earlier(url=page(1).url, fetched=NOON)).capture
    writer.close()
    assert again.length < whole.length
    found = read_capture(path.parent, again, payload=whole)
    assert (found.status, found.body) == (203, page(1).body)
    with pytest.raises(CaptureError, match="lies in another capture"):
        read_capture(path.parent, again)


def test_others_read_it_whole(path: Path) -> None:
    written(path, *(page(number) for number in range(20)), page(20, b"", status=302))
    assert subprocess.run(["gzip", "-t", path], check=False).returncode == 0
    checked = [Path(sys.executable).with_name("warcio"), "check", "-v", path]
    said = subprocess.run(list(map(str, checked)), capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert said.stdout.count("digest pass") == 43
    kinds = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest()
            kinds.append(record.headers["WARC-Type"])
    assert kinds == ["warcinfo", *["response", "request"] * 21]


def test_a_full_disk_is_one_line_and_leaves_whole_records(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = CaptureWriter(path, software="newsbot/0")
    first = writer.write(page(1)).capture
    there, real = path.stat().st_size, os.write

    def short(file: int, data: bytes) -> int:
        if len(data) < 50:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(file, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", short)
    with pytest.raises(CaptureError, match=r"run\.warc\.gz: the disk is full: free some space"):
        writer.write(page(2))
    assert path.stat().st_size == there
    monkeypatch.undo()
    third = writer.write(page(3)).capture
    writer.close()
    assert read_capture(path.parent, first).body == page(1).body
    assert read_capture(path.parent, third).body == page(3).body


def test_a_file_that_vanished_or_was_replaced_is_not_taken_for_written(path: Path) -> None:
    writer = CaptureWriter(path, software="newsbot/0")
    writer.sync()
    path.unlink()
    writer.write(page(1))
    with pytest.raises(CaptureError, match="its directory is not there"):
        writer.sync()
    path.touch()
    with pytest.raises(CaptureError, match="another file has taken its name"):
        writer.close()


def test_a_file_is_never_written_over(path: Path) -> None:
    written(path, page(1))
    with pytest.raises(CaptureError, match="never appended to"):
        CaptureWriter(path, software="newsbot/0")


@pytest.mark.parametrize(
    "change", [{"offset": 3}, {"length": 60}, {"sha256": "0" * 64}, {"file": "no.warc.gz"}]
)
def test_what_is_not_there_is_one_line(change: dict[str, object], path: Path) -> None:
    _, second = written(path, page(1), page(2))
    with pytest.raises(CaptureError, match=r"^the capture[^\n]+$"):
        read_capture(path.parent, replace(second, **change))  # type: ignore[arg-type]


def test_a_bit_that_fell_over_is_seen(path: Path) -> None:
    (capture,) = written(path, page(1))
    content = path.read_bytes()
    for place in range(capture.offset, capture.offset + capture.length, 7):
        damaged = bytearray(content)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        try:
            assert read_capture(path.parent, capture).payload == page(1).body
        except CaptureError:
            continue
