"""Members of gzip, by the faster library and without it."""

import gzip
import importlib
import sys
from collections.abc import Iterator

import pytest

from newsbot.captures import packing

PAGE = ("<p>군청이 12일 새 도서관의 문을 열었다.</p>\n" * 900).encode()


@pytest.fixture(params=["isal", "zlib"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "zlib":
        monkeypatch.setitem(sys.modules, "isal", None)
    else:
        pytest.importorskip("isal", reason="not made for this processor")
    importlib.reload(packing)
    yield request.param
    monkeypatch.undo()
    importlib.reload(packing)


def test_a_member_unpacks_to_what_was_packed(library: str) -> None:
    member = packing.gzip_member(PAGE)
    assert packing._packer.func.__module__.endswith(library + ("_zlib" if library == "isal" else ""))  # type: ignore[attr-defined]
    assert len(member) < len(PAGE) // 20
    assert gzip.decompress(member + packing.gzip_member(memoryview(b""))) == PAGE
