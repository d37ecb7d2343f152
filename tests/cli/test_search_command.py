"""search and reindex, on an archive of a few articles."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from commanding import Command, Said

from newsbot.archive import open_archive
from newsbot.archive.schema import schemes
from newsbot.items import Article, Block, Byline
from newsbot.korean.dates import KST
from newsbot.korean.text import candidate

NOON = datetime(2026, 3, 2, 12, tzinfo=KST)
REPOST = (
    "수원시는 내년 봄부터 하천 산책로를 넓히기로 했다. 공사는 장마가 오기 전에 끝나며 다리는 돌아간다. " * 2
)


def _article(number: int, headline: str, text: str, name: str | None = None) -> Article:
    return Article(
        uri=f"newsbot:board.example/{number}",
        url=f"https://board.example/news/{number}",
        site="board.example",
        document_id=str(number),
        headline=headline,
        body=(Block(type="paragraph", text=text),),
        bylines=(Byline(name=name, raw=name),) if name else (),
        source="한강일보",
        section="사회",
        date_published=NOON + timedelta(hours=number),
        date_fetched=NOON,
    )


@pytest.fixture
def search(tmp_path: Path, newsbot: Command) -> Callable[..., Said]:
    url = f"sqlite:///{tmp_path}/kept.db"
    kept = [
        _article(1, "노란봉투법 논의", "국회가 노란 봉투법을 논의했다.", "김현수"),
        _article(2, "[속보] 산책로 넓힌다", REPOST),
        _article(3, "산책로 넓힌다", REPOST),
        _article(4, "봄 소식", "숨진 이들의 노란 리본"),
        _article(
            50_000,
            "목련 필 무렵",
            "뜰에 목련이 피었다.",
            ", ".join(["김현수", "이서윤", "박도현", "최가람"] * 2),
        ),
    ]
    with open_archive(url) as archive:
        run = archive.start_run(source="board.example/news", name=None, url="u", options={}, started=NOON)
        archive.store_together(run, "board.example/news", [candidate(one) for one in kept], when=NOON)
    return lambda verb, *arguments: newsbot(verb, *arguments, "--archive", url)


def test_json_lines_tell_all_of_a_hit(search: Callable[..., Said]) -> None:
    (line,) = search("search", "노란봉투법을", "--json").lines
    assert line == {
        "uri": "newsbot:board.example/1",
        "url": "https://board.example/news/1",
        "headline": "노란봉투법 논의",
        "source": "한강일보",
        "date_published": "2026-03-02T13:00:00+09:00",
        "bylines": ["김현수"],
        "section": "사회",
        "snippet": "국회가 노란 봉투법을 논의했다.",
        "highlights": {"headline": [[0, 5]], "snippet": [[4, 10]]},
        "score": None,
        "duplicates": 0,
        "removed": None,
    }


def test_words_options_and_what_is_left_out(search: Callable[..., Said]) -> None:
    def uris(*arguments: str) -> list[str]:
        return [line["uri"][-1] for line in search("search", *arguments, "--json").lines]

    assert uris("노란") == ["4", "1"]
    assert uris("노란", "-리본") == ["1"]
    assert uris('"노란 봉투법" 기자:김현수') == ["1"]
    assert uris("노란", "--limit", "1") == ["4"]
    assert uris("노란", "--by", "relevance") == ["1", "4"]
    assert uris("산책로") == ["2"]
    assert uris("산책로", "--all") == ["3", "2"]
    assert uris("산책로", "--site", "other.example") == []
    assert uris("산책로", "--source", "https://board.example/news") == ["2"]
    (line,) = search("search", "산책로", "--json").lines
    assert line["duplicates"] == 1


def test_a_uri_stays_in_one_piece_on_a_screen_of_80_letters(
    search: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = search("search", "목련")
    assert "newsbot:board.example/50000 " in said.out
    assert "김현수" in said.out


def test_counts_come_last(search: Callable[..., Said]) -> None:
    *hits, counts = search("search", "노란", "--json", "--facets", "--limit", "1").lines
    assert len(hits) == 1
    assert counts == {
        "total": 2,
        "more": False,
        "facets": {
            "source": {"한강일보": 2},
            "section": {"사회": 2},
            "byline": {"김현수": 1},
            "day": {"2026-03-02": 2},
        },
    }


def test_a_table_for_people(search: Callable[..., Said]) -> None:
    shown = search("search", "산책로", "--facets")
    assert shown.code == 0
    for text in (
        "2026-03-02 14:00",
        "한강일보",
        "[속보] 산책로 넓힌다",
        "+1 re-post",
        "newsbot:board.example/2",
    ):
        assert text in shown.out
    assert "1 article" in shown.out
    assert "1 of 2 articles" in search("search", "노란", "--limit", "1").out
    nothing = search("search", "없는말")
    assert (nothing.code, nothing.out.strip()) == (0, "nothing found")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("가" * 10_000, "a query may have 200 characters, and this one has 10,000"),
        ("-" * 10_000, "a query may have 200 characters, and this one has 10,000"),
        ("---", "nothing to look for"),
        ('"" - 제목:', "nothing to look for"),
        ("날짜:어제", "no span of days"),
    ],
)
def test_a_query_that_cannot_be_answered_is_wrong_use(
    search: Callable[..., Said], query: str, said: str
) -> None:
    answer = search("search", query)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert said in answer.err


def test_other_wrong_use(search: Callable[..., Said]) -> None:
    assert search("search", "봄", "--limt", "5").code == 2
    assert search("search", "봄", "--source", "nowhere").code == 2
    mistyped = search("search", "산책로", "--source", "https://board.example/photos")
    assert (mistyped.code, mistyped.out) == (2, "")
    assert "https://board.example/photos was never crawled into this archive" in mistyped.err


def test_an_index_of_another_scheme_asks_for_reindex(search: Callable[..., Said], tmp_path: Path) -> None:
    with open_archive(f"sqlite:///{tmp_path}/kept.db") as archive, archive.writing() as connection:
        connection.execute(sa.update(schemes).where(schemes.c.name == "search").values(version="letters/9"))
    refused = search("search", "봄")
    assert refused.code == 1
    assert refused.err.strip().endswith("run `newsbot reindex`")
    assert len(refused.err.splitlines()) == 1
    assert search("reindex").out.splitlines()[0] == "5 articles can be searched"
    assert search("reindex", "--json").lines == [{"articles": 5}]
    assert len(search("search", "봄", "--json").lines) == 2


def test_no_letter_of_a_passage_is_lost_in_a_narrow_table(
    search: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = search("search", "산책로", "--json").lines
    for width in range(70, 90):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = "".join(search("search", "산책로").out.split())
        assert all(word in shown for word in line["snippet"].split())
