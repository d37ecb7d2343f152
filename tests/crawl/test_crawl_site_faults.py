"""Sites that fail as real ones do: what each run comes to, what people are told, and what is kept.

Each site of a table is crawled while it is well, while its fault is there (as usual, then with ``--full``),
and when that is over; meanwhile posts arrive, and one is taken down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import site_faults as fault
from behind_proxy import Fault
from crawling import articles, broken_promises, public, states
from town import Town, town

pytestmark = pytest.mark.waits

Table = Mapping[str, tuple[Fault, str, str, str]]
"""The fault, the states of both runs, and the trouble that people are told of, if any."""

TOO_SLOW: Table = {
    "silence": (fault.listing(fault.silence), "failed", "failed", "site down"),
    "a byte at a time": (fault.listing(fault.dripping), "failed", "failed", "site down"),
}

WIRE: Table = {
    "resets": (fault.everywhere(lambda _: None), "failed", "failed", "site down"),
    "http2 alone": (fault.listing(fault.garbage), "failed", "failed", "site down"),
    "upgrade wanted": (fault.listing(fault.instead("", 426, Upgrade="h2c")), "failed", "failed", "site down"),
    "slow": (fault.everywhere(fault.slow), "finished", "finished", ""),
    "every third lost": (fault.every_third, "finished", "finished", ""),
    "one wait": (fault.one_wait, "finished", "finished", ""),
    "429": (fault.everywhere(fault.instead("slow down", 429)), "failed", "failed", "blocked"),
    "429 for hours": (
        fault.everywhere(fault.instead("slow down", 429, Retry_After="7200")), "failed", "failed", "blocked",
    ),
    "half declared": (fault.listing(fault.half_declared), "failed", "failed", "listing cut short"),
    "half undeclared": (fault.listing(fault.half), "failed", "failed", "listing cut short"),
    "cut among rows": (fault.listing(fault.cut_among_rows), "failed", "failed", "listing cut short"),
    "too short a length": (fault.listing(fault.too_short_a_length), "failed", "failed", "listing cut short"),
    "gzip cut": (fault.listing(fault.cut_gzip), "failed", "failed", "listing cut short"),
    "no gzip": (fault.listing(fault.not_gzip), "failed", "failed", "listing cut short"),
    "raw deflate": (fault.everywhere(fault.raw_deflate), "finished", "finished", ""),
    "broken chunks": (fault.listing(fault.broken_chunks), "failed", "failed", "listing cut short"),
    "chunks without end": (fault.listing(fault.endless_chunks), "failed", "failed", "listing cut short"),
}  # fmt: skip

INSTEAD: Table = {
    "cloudflare": (fault.everywhere(fault.instead(fault.CLOUDFLARE)), "failed", "failed", "blocked"),
    "cloudflare 403": (fault.everywhere(fault.instead(fault.CLOUDFLARE, 403)), "failed", "failed", "blocked"),
    "cloudflare 503": (fault.everywhere(fault.instead(fault.CLOUDFLARE, 503)), "failed", "failed", "blocked"),
    "captcha": (fault.everywhere(fault.instead(fault.CAPTCHA)), "failed", "failed", "blocked"),
    "script cookie": (fault.everywhere(fault.instead(fault.SCRIPT_COOKIE)), "failed", "failed", "blocked"),
    "login": (fault.everywhere(fault.instead(fault.LOGIN)), "failed", "failed", "login wall"),
    "to a login": (fault.sends_to_login, "failed", "failed", "login wall"),
    "maintenance": (fault.everywhere(fault.instead(fault.MAINTENANCE)), "failed", "failed", "site down"),
    "maintenance 503": (
        fault.everywhere(fault.instead(fault.MAINTENANCE, 503)), "failed", "failed", "site down",
    ),
    "maintenance framed": (fault.listing(fault.maintenance_in_frame), "failed", "failed", "site down"),
    "nothing at all": (fault.everywhere(fault.instead("")), "failed", "failed", "site down"),
    "not modified": (fault.everywhere(fault.instead("", 304)), "failed", "failed", "site down"),
    "parked": (fault.everywhere(fault.instead(fault.PARKED)), "failed", "failed", "listing unreadable"),
    "an app": (fault.everywhere(fault.instead(fault.APP)), "failed", "failed", "listing unreadable"),
    "404": (fault.everywhere(fault.instead(fault.SOFT_404, 404)), "failed", "failed", "listing gone"),
    "no rows": (fault.listing(fault.without_rows), "failed", "failed", "listing empty"),
    "captcha of articles": (
        fault.articles(fault.instead(fault.CAPTCHA)), "partial", "partial", "articles blocked",
    ),
    "maintenance of articles": (
        fault.articles(fault.instead(fault.MAINTENANCE)), "partial", "partial", "articles failing",
    ),
    "not found under 200": (
        fault.articles(fault.instead(fault.SOFT_404)), "partial", "partial", "articles unreadable",
    ),
}  # fmt: skip

ELSEWHERE: Table = {
    "robots 500": (fault.robots("<h1>500</h1>", 500), "failed", "failed", "site down"),
    "robots forbids": (fault.robots("User-agent: *\nDisallow: /\n"), "failed", "failed", "blocked"),
    "robots is a page": (fault.robots(fault.APP), "finished", "finished", ""),
    "in a circle": (fault.in_a_circle, "failed", "failed", "site down"),
    "cookie wall": (fault.cookie_wall, "finished", "finished", ""),
    "https": (fault.to_https, "finished", "finished", ""),
    "https elsewhere": (fault.to_https_elsewhere, "failed", "failed", "listing moved"),
    "new domain": (
        fault.everywhere(fault.sends_to("http://new.example/news", 301)), "failed", "failed", "listing moved",
    ),
    "frozen": (fault.frozen, "partial", "partial", "listing not read to its end"),
    "oldest first": (fault.oldest_first, "finished", "finished", ""),
    "calendar": (fault.listing(fault.with_calendar), "finished", "finished", ""),
    "cp949 as utf8": (fault.everywhere(fault.cp949_as_utf8), "finished", "finished", ""),
    "utf8 as euckr": (fault.everywhere(fault.utf8_as_euckr), "finished", "finished", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Met:
    """What became of a site: the states of its runs, what people were told, and what was wrongly kept."""

    usual: str
    full: str
    told: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def expected(row: tuple[Fault, str, str, str]) -> Met:
    _, usual, full, trouble = row
    return Met(usual, full, (trouble, f"over: {trouble}") if trouble else ())


@pytest.mark.parametrize(
    ("table", "options"),
    [(TOO_SLOW, ("-s", "DOWNLOAD_TIMEOUT=1")), (WIRE, ()), (INSTEAD, ()), (ELSEWHERE, ())],
    ids=["too slow", "wire", "instead", "elsewhere"],
)
def test_a_fault_is_named_once_loses_nothing_and_heals_by_itself(
    table: Table, options: tuple[str, ...], tmp_path: Path
) -> None:
    with town(table, tmp_path) as made:
        made.history()
        for name, (begun, *_) in table.items():
            made.sites[name].begin(begun)
        usual = made.crawl(*options)
        full = made.crawl(*options, "--full")
        assert (usual.code, full.code) == (1, 1)
        wrong = {name: _wrongly_gone(made, name) for name in table}
        for site in made.sites.values():
            site.begin(None)
            site.delete(site.listed[-1])
        made.arrive()
        healed = made.crawl()
        assert healed.code == 0, healed.err
        made.well_for_hours()
        made.arrive()
        assert made.crawl().code == 0
        found = {
            name: Met(
                usual.states[name], full.states[name], made.told(name), (*wrong[name], *_lost(made, name))
            )
            for name in table
        }
        assert found == {name: expected(row) for name, row in table.items()}
        assert broken_promises(made.archive) == []


def _wrongly_gone(made: Town, name: str) -> tuple[str, ...]:
    known = states(made.archive, made.sites[name])
    return tuple(
        f"{key} {state}" for key, state in known.items() if state not in ("stored", "pending", "failed")
    )


def _lost(made: Town, name: str) -> tuple[str, ...]:
    """What anyone may read and the archive lacks, or has with another headline."""
    site, kept = made.sites[name], articles(made.archive, made.sites[name])
    return tuple(
        each
        for each in public(site)
        if each not in kept or kept[each].article.headline != site.truth[each]["headline"]
    )


def test_text_that_was_decoded_wrongly_is_a_trouble_and_revised_when_it_is_over(tmp_path: Path) -> None:
    with town({"twice encoded": ()}, tmp_path, posts=7) as made:
        made.history()
        site = made.sites["twice encoded"]
        site.begin(fault.everywhere(fault.twice_encoded))
        done = made.crawl("--full")
        assert done.states == {"twice encoded": "finished"}, done.err
        assert "text damaged" in made.told("twice encoded")
        site.begin(None)
        assert made.crawl("--full").code == 0
        made.well_for_hours()
        assert made.crawl("--full").code == 0
        assert "over: text damaged" in made.told("twice encoded")
        assert _lost(made, "twice encoded") == ()


def test_a_host_without_a_name_is_down(tmp_path: Path) -> None:
    with town({"nameless": ()}, tmp_path) as made:
        made.history()
        done = made.crawl("-s", "TWISTED_DNS_RESOLVER=town.NoNames", behind_proxy=False)
        assert done.states == {"nameless": "failed"}
        assert "no such host" in done.err
        assert made.told("nameless") == ("site down",)
        assert made.crawl().code == 0


def test_a_table_whose_posts_are_all_not_found_one_night_loses_none(tmp_path: Path) -> None:
    """No engine vouches for such a page: it is believed only of a site that can still show an article."""
    outlook = {"table": fault.articles_of_table(fault.instead(fault.POST_NOT_FOUND))}
    with town(outlook, tmp_path, engine="table") as made:
        made.history()
        site = made.sites["table"]
        site.begin(outlook["table"])
        done = made.crawl("--full")
        assert done.states == {"table": "partial"}
        assert _wrongly_gone(made, "table") == ()
        site.begin(None)
        site.delete(site.listed[2])
        assert made.crawl("--full").code == 0
        assert sorted(set(states(made.archive, site).values())) == ["deleted", "stored"]
        assert _lost(made, "table") == ()
