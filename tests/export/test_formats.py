import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from exported import Version, article

from newsbot.errors import NewsbotError
from newsbot.export import Format, How
from newsbot.export.formats import told_by, write_file


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.jsonl", Format.JSONL),
        ("a.ndjson", Format.JSONL),
        ("a.CSV", Format.CSV),
        ("a.b.parquet", Format.PARQUET),
        ("a.ninjs", Format.NINJS),
        ("a.ninjs.jsonl", Format.NINJS),
        ("a.jsonld", Format.JSONLD),
        ("feed.xml", Format.ATOM),
        ("a.db", Format.SQLITE),
        ("a.json", None),
        ("jsonl", None),
    ],
)
def test_a_file_tells_its_format_by_its_ending(name: str, form: Format | None) -> None:
    assert told_by(Path(name)) == form


@pytest.mark.parametrize("form", Format)
def test_every_format_is_written_whole_or_not_at_all(form: Format, tmp_path: Path) -> None:
    path, told = tmp_path / "articles", list[int]()
    versions = [Version(article(number)) for number in range(3)]
    assert write_file(form, versions, path, How(), progress=told.append) == 3
    assert told == [1, 2, 3]
    whole = path.read_bytes()

    def failing() -> Iterator[Version]:
        yield versions[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_file(form, failing(), path, How())
    assert path.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", Format)
def test_no_format_holds_a_reporters_address_unasked(form: Format, tmp_path: Path) -> None:
    write_file(form, [Version(article())], tmp_path / "articles", How())
    assert b"@paper.example" not in (tmp_path / "articles").read_bytes()


@pytest.mark.parametrize("form", Format)
def test_a_file_that_cannot_be_written_is_one_line(form: Format, tmp_path: Path) -> None:
    with pytest.raises(NewsbotError, match=r"^\S+articles cannot be written: [^\n]+$"):
        write_file(form, [Version(article())], tmp_path / "no" / "articles", How())
    assert list(tmp_path.iterdir()) == []


def test_an_extra_that_is_absent_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "newsbot.export.parquet", raising=False)
    with pytest.raises(NewsbotError, match=r"parquet needs pyarrow: pip install 'newsbot\[parquet\]'"):
        write_file(Format.PARQUET, [], tmp_path / "a.parquet", How())
