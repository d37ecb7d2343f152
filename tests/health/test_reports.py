import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from histories import HOUR, NOON, WELL

from newsbot.archive import Archive, open_archive
from newsbot.health.charts import HEIGHT, WIDTH, columns, line
from newsbot.health.report import failures_by_reason, new_by_hour, report

EVIL = "<script>alert(1)</script>"
URL = "https://board.example/news"


def crawled(archive: Archive, source: str, hours: int, **figures: Any) -> None:
    for age in range(hours, 0, -1):
        started = NOON - HOUR * age
        run = archive.start_run(source=source, name=None, url=URL, options={}, started=started)
        latency = {"p10": 0.1, "p50": 0.2, "p90": 0.4}
        kept = WELL | {"latency": latency} | figures
        archive.finish_run(run, state="finished", reach=None, figures=kept, finished=started)


@pytest.fixture
def page(tmp_path: Path) -> str:
    with open_archive(f"sqlite:///{tmp_path}/a.db") as archive:
        crawled(archive, "board.example/news", 30, failures={EVIL: 3, "http 500": 1}, failed=4)
        run = archive.runs(limit=1)[0]
        archive.keep_troubles(
            run, {"blocked": f"refused {EVIL}"}, samples={}, well=frozenset(), over=frozenset(), when=NOON
        )
        names = {"board.example/news": f"news {EVIL}", "never.example/news": "never"}
        return report(archive, names, days=1, now=NOON)


def test_a_page_holds_all_it_needs_and_no_script(page: str) -> None:
    outside: list[tuple[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: Any) -> None:
            assert tag not in ("script", "link", "img", "iframe", "object")
            outside.extend((name, value) for name, value in attributes if name in ("src", "href", "srcset"))
            assert not any(name.startswith("on") for name, _ in attributes)

    Reader().feed(page)
    assert outside == []
    assert "url(" not in page
    assert page.count("&lt;script&gt;") == 3


def test_a_page_has_its_plots(page: str) -> None:
    assert page.count("<svg") == 2
    assert len(re.findall('<rect class="bar"', page)) == 24
    assert "No run in this time." in page
    assert "at the most 5 in an hour" in page


def test_hours_without_anything_are_there() -> None:
    new = new_by_hour([], NOON - timedelta(hours=5), NOON)
    assert list(new.values()) == [0] * 6


def test_columns_fill_the_box() -> None:
    bars = columns([1, 0, 4], ["a", "b", "c"])
    assert [bar.label for bar in bars] == ["a", "c"]
    assert (bars[1].y, bars[1].height) == (0, HEIGHT)
    assert bars[1].x + bars[1].width <= WIDTH
    assert columns([], []) == columns([0], [""]) == []


def test_a_line_goes_over_what_is_missing() -> None:
    assert line("x", [1.0, None, 2.0], 2.0).points == f"0.0,{HEIGHT / 2} {WIDTH}.0,0.0"
    assert line("x", [None], 0).points == ""
    assert failures_by_reason([]) == []
