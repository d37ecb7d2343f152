from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow.parquet
import pytest
from exported import NOON, Version, article, bare

from newsbot.export import Format, How, article_json, parquet
from newsbot.export.addresses import without_addresses
from newsbot.export.formats import write_file
from newsbot.items import article_from_json


def _table(tmp_path: Path, *versions: Version, emails: bool = True) -> Any:
    write_file(Format.PARQUET, versions, tmp_path / "a.parquet", How(emails=emails))
    return pyarrow.parquet.read_table(tmp_path / "a.parquet")


def test_rows_hold_what_the_articles_hold(tmp_path: Path) -> None:
    rows = _table(tmp_path, Version(article()), Version(bare(), removed=NOON)).to_pylist()
    assert [(row["revision"], row["removed"]) for row in rows] == [(1, None), (1, NOON)]
    for row, kept in zip(rows, (article(), bare()), strict=True):
        dates = {name: value.isoformat() for name, value in row.items() if hasattr(value, "isoformat")}
        back = article_from_json({**article_json(Version(kept)), **row, **dates})
        assert back == kept


def test_what_an_article_holds_has_a_column() -> None:
    left_out = {"capture", "listing", "provenance"}
    assert set(article_json(Version(article()))) - set(parquet.SCHEMA.names) == left_out


def test_addresses_are_left_out_as_everywhere(tmp_path: Path) -> None:
    (row,) = _table(tmp_path, Version(article()), emails=False).to_pylist()
    assert [line["raw"] for line in row["bylines"]] == [
        line.raw for line in without_addresses(article()).bylines
    ]


@pytest.mark.parametrize("count", [0, 2, 3, 5])
def test_a_row_group_at_a_time_is_in_memory(tmp_path: Path, count: int) -> None:
    with patch.object(parquet, "ROWS", 2):
        assert _table(tmp_path, *(Version(article(n)) for n in range(count))).num_rows == count
    groups = pyarrow.parquet.ParquetFile(tmp_path / "a.parquet").metadata.num_row_groups
    assert groups == (count + 1) // 2
