import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from exported import Version, article

from newsbot.errors import NewsbotError
from newsbot.export import Format, How
from newsbot.export.formats import carries_captures, told_by, write_file


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
        ("a.wacz", Format.WACZ),
        ("a.json", None),
        ("jsonl", None),
    ],
)
def test_a_file_tells_its_format_by_its_ending(name: str, form: Format | None) -> None:
    assert told_by(Path(name)) == form


WITHOUT_PAGES = [form for form in Format if not carries_captures(form)]


@pytest.mark.parametrize("form", WITHOUT_PAGES)
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


@pytest.mark.parametrize("form", WITHOUT_PAGES)
def test_no_format_holds_a_reporters_address_unasked(form: Format, tmp_path: Path) -> None:
    write_file(form, [Version(article())], tmp_path / "articles", How())
    assert b"@paper.example" not in (tmp_path / "articles").read_bytes()


@pytest.mark.parametrize("form", Format)
def test_a_file_that_cannot_be_written_is_one_line(form: Format, tmp_path: Path) -> None:
    with pytest.raises(NewsbotError, match=r"^\S+articles cannot be written: [^\n]+$"):
        write_file(form, [Version(article())], tmp_path / "no" / "articles", How())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("form", "package"), [(Format.PARQUET, "pyarrow"), (Format.WACZ, "wacz")])
def test_an_extra_that_is_absent_is_named(
    form: Format, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"newsbot.export.{form}", raising=False)
    with pytest.raises(NewsbotError, match=rf"{form} needs {package}: pip install 'newsbot\[{form}\]'"):
        write_file(form, [], tmp_path / "articles", How())
