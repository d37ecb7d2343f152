from pathlib import Path

import pytest

from newsbot.captures import directory_of


@pytest.mark.parametrize(
    ("archive", "directory"),
    [
        ("sqlite:///news.db", "news.db.captures"),
        ("sqlite:////srv/%EB%89%B4%EC%8A%A4.db", "/srv/뉴스.db.captures"),
        ("postgresql://newsbot@db.example/news", "news.captures"),
        ("postgresql://newsbot@db.example:5433/board?sslmode=require", "board.captures"),
        ("postgresql:///..%2F..%2Fetc", "..-..-etc.captures"),
        ("postgresql://", "newsbot.captures"),
    ],
)
def test_each_archive_has_a_directory_of_its_own(archive: str, directory: str) -> None:
    assert directory_of(archive) == Path(directory)
    assert directory_of(archive, "/srv/pages") == Path("/srv/pages")
