from io import BytesIO
from pathlib import Path

import pytest
from exchanges import NOON, page
from fastwarc.warc import ArchiveIterator

from newsbot.captures import CaptureWriter, Earlier
from newsbot.captures.extract import members
from newsbot.errors import CaptureError
from newsbot.items import Capture


def _records(data: bytes) -> list[tuple[str, str]]:
    found = ArchiveIterator(BytesIO(data), parse_http=False, verify_digests=True)
    return [(record.headers["WARC-Type"], record.headers["WARC-Target-URI"]) for record in found]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.warc.gz"


@pytest.fixture
def places(path: Path) -> list[Capture]:
    """Three pages; the second is the first one again."""
    writer = CaptureWriter(path, software="newsbot/0")
    first = writer.write(page(1)).capture
    again = writer.write(page(1), earlier=Earlier(url=page(1).url, fetched=NOON)).capture
    third = writer.write(page(3)).capture
    writer.close()
    return [first, again, third]


def test_a_capture_is_taken_out_with_its_request(path: Path, places: list[Capture]) -> None:
    for number, place in ((1, places[0]), (3, places[2])):
        ((named, data),) = members(path.parent, place, None)
        assert named == place
        assert _records(data) == [("response", page(number).url), ("request", page(number).url)]
        assert data in path.read_bytes()


def test_a_revisit_brings_along_what_it_refers_to(path: Path, places: list[Capture]) -> None:
    first, again, _ = places
    found = list(members(path.parent, again, first))
    assert [place for place, _ in found] == [first, again]
    kinds = [kind for _, data in found for kind, _ in _records(data)]
    assert kinds == ["response", "request", "revisit", "request"]


def test_a_damaged_capture_is_not_handed_on(path: Path, places: list[Capture]) -> None:
    data = bytearray(path.read_bytes())
    data[places[0].offset + places[0].length // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(CaptureError):
        list(members(path.parent, places[0], None))
    assert len(list(members(path.parent, places[2], None))) == 1


def test_a_capture_without_its_request_is_not_handed_on(path: Path, places: list[Capture]) -> None:
    last = places[2]
    path.write_bytes(path.read_bytes()[: last.offset + last.length])
    with pytest.raises(CaptureError, match=r"no record|no request"):
        list(members(path.parent, last, None))
