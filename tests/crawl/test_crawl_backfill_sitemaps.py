"""The old articles of an outlet, by the months of its sitemap's index."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from crawling import articles, broken_promises, by_name, configure, old
from outlet import Outlet

from newsbot.sampleboard.board import now_in_korea


def months(outlet: Outlet, serve: Callable[[int], list[int]]) -> None:
    """An index of a sitemap for each of six months, the newest first."""
    parts = {}
    for ago in range(6):
        day = (now_in_korea() - timedelta(days=31 * ago)).date().isoformat()
        outlet.sitemap(f"/sitemap-{ago}.xml.gz", serve(ago), day)
        parts[f"/sitemap-{ago}.xml.gz"] = day
    outlet.index("/sitemap.xml", parts)


def test_a_sitemaps_old_months_are_the_back_fill_of_an_outlet(archive: Path) -> None:
    with Outlet() as outlet:
        months(outlet, lambda ago: [*range(ago * 10, ago * 10 + 4)])
        configure(archive, f"{outlet.site}/sitemap.xml", 'backfill = "all"', "backfill_pages = 2")
        first = by_name(archive)
        assert first.shows(state="finished", new=4), first.err
        kept = [len(articles(archive))]
        while not old(done := by_name(archive))["done"]:
            assert done.shows(state="finished", new=0)
            kept.append(len(articles(archive)))
        assert len(articles(archive)) == 24
        assert kept == sorted(kept)
        assert len(kept) >= 2
        outlet.take_asked()
        assert by_name(archive).shows(state="finished", new=0, backfill=None)
        assert [each for each in outlet.take_asked() if "sitemap-5" in each] == []
    assert broken_promises(archive) == []


def test_a_part_with_more_than_a_stretch_may_take_is_taken_up_again(archive: Path) -> None:
    with Outlet() as outlet:
        months(outlet, lambda ago: [*range(100, 160)] if ago == 3 else [ago])
        configure(archive, f"{outlet.site}/sitemap.xml", 'backfill = "all"', "backfill_pages = 1")
        rounds = 0
        while not old(by_name(archive))["done"]:
            rounds += 1
            assert rounds < 15
        assert len(articles(archive)) == 65
    assert rounds > 6
