from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from commanding import Command, Said, in_its_own_process
from crawling import ONCE, archive_url
from standings import Kept, keeping

from newsbot.archive import open_archive
from newsbot.cli.status_tables import sparkline
from newsbot.korean.dates import KST


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with keeping(tmp_path_factory.mktemp("kept")) as kept:
        yield kept


def test_a_run_that_does_not_end_is_named(newsbot: Command, tmp_path: Path) -> None:
    (tmp_path / "newsbot.toml").write_text('[sources.news]\nurl = "https://board.example/news"\n')

    def status(hours: int) -> Said:
        with open_archive(f"sqlite:///{tmp_path}/newsbot.db") as archive:
            archive.start_run(
                source="board.example/news",
                name="news",
                url="https://board.example/news",
                options={},
                started=datetime.now(KST) - timedelta(hours=hours),
            )
        return newsbot("status")

    assert (lately := status(5)).code == 0
    assert "has not ended" not in lately.out
    assert (long_ago := status(7)).code == 1
    assert "news: run 2 began" in long_ago.out
    assert "has not ended: it hangs, or was killed" in long_ago.out


def test_a_screen_of_80_letters_shows_all_of_it(
    kept: Kept, newsbot: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (news,) = newsbot("status", "news", "--json", *kept.options).lines
    said = newsbot("status", "news", *kept.options).out
    assert "…" not in said
    assert sparkline(news["new"]) in said
    runs = said[said.index("last runs") :].splitlines()[1:]
    assert runs[0].split()[-1] == "seconds"
    assert [line.split()[2] for line in runs[1:3]] == ["failed", "partial"]


def test_a_mistyped_address_is_no_source(kept: Kept, newsbot: Command, tmp_path: Path) -> None:
    """It would stand there for ever, and its trouble keep the exit code at 1."""
    url = archive_url(tmp_path / "a.db")
    assert in_its_own_process("crawl", f"{kept.board.site}/nwes", "--archive", url, *ONCE).code == 1
    said = newsbot("status", "--archive", url)
    assert (said.code, "nwes" in said.out) == (0, False)
    asked = newsbot("status", f"{kept.board.site}/nwes", "--archive", url)
    assert (asked.code, "listing gone" in asked.out) == (1, True)
    assert "nwes" not in newsbot("metrics", "--once", "--archive", url).out
    assert "nwes" not in newsbot("report", "--archive", url).out
    assert "nwes" in newsbot("report", f"{kept.board.site}/nwes", "--archive", url).out
    (tmp_path / "newsbot.toml").write_text(f'[sources.nwes]\nurl = "{kept.board.site}/nwes"\n', "utf-8")
    assert newsbot("status", "--archive", url).code == 1
    assert (
        'newsbot_run_state{source="nwes",state="failed"} 1.0'
        in newsbot("metrics", "--once", "--archive", url).out
    )
    assert "listing gone" in newsbot("report", "--archive", url).out


def test_nobody_at_work_is_said_where_nobody_has_to_be(newsbot: Command, tmp_path: Path) -> None:
    open_archive(f"sqlite:///{tmp_path}/newsbot.db").close()
    said = newsbot("status", "--workers")
    assert (said.code, said.err) == (0, "no source is scheduled, and nobody is at work\n")


def test_every_source_is_on_one_screen(kept: Kept, newsbot: Command) -> None:
    said = newsbot("status", *kept.options)
    assert said.code == 1  # a trouble is open
    assert "login wall" in said.out
    assert "never" in said.out
    news, never = newsbot("status", "--json", *kept.options).lines
    assert (news["source"], news["state"], news["failed"]) == ("news", "failed", 1)
    assert (len(news["new"]), sum(news["new"])) == (14, 7)
    assert news["next"] > news["last"]
    assert [each["name"] for each in news["troubles"]] == ["login wall"]
    assert (never["state"], never["last"], never["troubles"]) == (None, None, [])


def test_one_source_says_what_it_lacks(kept: Kept, newsbot: Command) -> None:
    (found,) = newsbot("status", "--json", "news", *kept.options).lines
    (lacking,) = found["lacking"]
    assert (lacking["state"], lacking["reason"]) == ("failed", "http 500")
    assert lacking["attempts"] >= 1
    assert lacking["next_try"]
    assert found["repair"] == "newsbot crawl --repair news"
    assert [run["state"] for run in found["runs"]] == ["failed", "partial"]
    assert found["runs"][0]["figures"]["trouble"].endswith("it is a login page")
    said = newsbot("status", "news", *kept.options)
    assert "newsbot crawl --repair news" in said.out
    assert lacking["document_id"] in said.out


def troubled(place: Path, *names: str) -> str:
    """An archive of one source with these troubles, and a configuration that names it."""
    (place / "newsbot.toml").write_text('[sources.news]\nurl = "https://board.example/news"\n')
    url, now = f"sqlite:///{place}/newsbot.db", datetime.now(KST)
    with open_archive(url) as archive:
        of = {"source": "board.example/news", "name": "news", "url": "https://board.example/news"}
        run = archive.start_run(**of, options={}, started=now)
        archive.finish_run(run, state="finished", reach=None, figures={}, finished=now)
        seen = {name: f"{name}: has the layout changed?" for name in names}
        none: frozenset[str] = frozenset()
        archive.keep_troubles(archive.runs()[0], seen, samples={}, well=none, over=none, when=now)
    return url


def test_a_trouble_is_settled_by_a_person(newsbot: Command, tmp_path: Path) -> None:
    url = troubled(tmp_path, "bylines missing", "blocked")
    said = newsbot("status", "news", "--settle", "bylines missing", "--note", "새 스킨", "--json")
    (found,) = said.lines
    assert said.code == 1  # the other one is still open
    assert [each["name"] for each in found["troubles"]] == ["blocked"]
    assert [(each["name"], each["note"]) for each in found["settled"]] == [("bylines missing", "새 스킨")]
    assert "bylines missing: what it found is the usual now" in said.err
    with open_archive(url, read_only=True) as archive:
        assert {each.name: each.told for each in archive.troubles()} == {
            "blocked": "begun",
            "bylines missing": "over",
        }
    assert "settled" in newsbot("status", "news").out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["news", "--settle", "blocked"], "is nothing that may be usual"),
        (["news", "--settle", "rows missing"], "no open trouble 'rows missing' (there are: blocked)"),
        (["--settle", "blocked"], "--settle is of one source"),
    ],
)
def test_what_cannot_be_settled(
    newsbot: Command, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    troubled(tmp_path, "blocked")
    said = newsbot("status", *arguments)
    assert said.code == 2
    assert complaint in said.err


def test_a_source_that_nobody_crawled(kept: Kept, newsbot: Command) -> None:
    said = newsbot("status", "never", *kept.options)
    assert (said.code, "was never crawled into this archive" in said.err) == (2, True)


def test_status_writes_nothing(kept: Kept, newsbot: Command) -> None:
    before = kept.archive.read_bytes()
    newsbot("status", *kept.options)
    newsbot("status", "news", *kept.options)
    assert kept.archive.read_bytes() == before


def test_the_old_posts_that_are_being_fetched_are_a_line(newsbot: Command, place: str) -> None:
    begun = datetime(2026, 3, 2, 12, tzinfo=KST)
    with open_archive(place) as archive:
        for number in range(8):
            source = f"board{number}.example/news"
            archive.start_run(source=source, name=None, url=f"https://{source}", options={}, started=begun)
            if number < 7:
                archive.begin_backfill(source, "all", when=begun)
        for number, reach in ((0, None), (1, "all")):
            archive.end_stretch(
                f"board{number}.example/news",
                seen=(),
                trail=[(40, "https://board.example/news?page=40")],
                oldest=datetime(2019, 5, 6, tzinfo=KST),
                when=begun,
                reach=reach,
            )
    said = newsbot("status", "--archive", place)
    (line,) = [line for line in said.out.splitlines() if line.startswith("old posts")]
    named = ", ".join(f"board{number}.example/news (not begun)" for number in range(2, 6))
    assert line == f"old posts of 6 go on: board0.example/news (back to 2019-05-06), {named} and 1 more"
    rows = {row["source"]: row["backfill"] for row in newsbot("status", "--json", "--archive", place).lines}
    assert rows["board7.example/news"] is None
    assert rows["board1.example/news"]["ended"]
    detail = newsbot("status", "https://board0.example/news", "--json", "--archive", place).lines[0]
    assert detail["backfill"] == rows["board0.example/news"]
