from datetime import timedelta
from typing import Any

import pytest
from histories import AWAY, NOON, QUIET, figures, history, run
from hypothesis import given
from hypothesis import strategies as st

from newsbot.health.figures import figures_of
from newsbot.health.judging import Case
from newsbot.health.rules import judge

SAME = {"p10": 40, "p50": 40, "p90": 40}


def names(now: dict[str, Any], past: dict[str, Any] | None = None, runs: int = 10) -> list[str]:
    case = Case(now=figures(**now), past=history(runs, **(past or {})))
    return sorted(judge(case).troubles)


def failing(reason: str, count: int = 5, **more: Any) -> dict[str, Any]:
    return {**QUIET, "failed": count, "failures": {reason: count}, **more}


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (AWAY | {"trouble": "https://b.example/n: timeout"}, "site down"),
        (AWAY | {"trouble": "https://b.example/n: connection refused"}, "site down"),
        (AWAY | {"trouble": "https://b.example/n answered 503"}, "site down"),
        (
            AWAY | {"trouble": "no listing on https://b.example/n: it is an error page that says “x”"},
            "site down",
        ),
        (AWAY | {"trouble": "no listing on https://b.example/n: it is an empty page"}, "site down"),
        (
            AWAY | {"trouble": "https://b.example/n: robots.txt answered 502: nothing else is asked for"},
            "site down",
        ),
        (AWAY | {"trouble": "https://b.example/n: max redirections reached"}, "site down"),
        (AWAY | {"trouble": "https://b.example/n answered 503: it is a check for robots"}, "blocked"),
        (AWAY | {"trouble": "https://b.example/n answered 404"}, "listing gone"),
        (
            AWAY | {"trouble": "https://b.example/n leads to https://b.example/m: give that address"},
            "listing moved",
        ),
        (
            AWAY | {"trouble": "https://b.example/n: leads off the source's host, to https://c.example"},
            "listing moved",
        ),
        (AWAY | {"trouble": "https://b.example/n answered 403"}, "blocked"),
        (AWAY | {"trouble": "https://b.example/n answered 429"}, "blocked"),
        (AWAY | {"trouble": "no listing on https://b.example/n: it is a check for robots"}, "blocked"),
        (AWAY | {"trouble": "https://b.example/n: forbidden by robots.txt"}, "blocked"),
        (AWAY | {"ended": "the host asks to be left alone for 7200 s"}, "blocked"),
        (AWAY | {"trouble": "no listing on https://b.example/n: it is a login page"}, "login wall"),
        (AWAY | {"trouble": "https://b.example/n: cut short"}, "listing cut short"),
        (
            AWAY | {"trouble": "no listing on https://b.example/n: it is a page titled “모임”"},
            "listing unreadable",
        ),
        (
            AWAY | {"trouble": "https://b.example/n lists nothing, though articles of it are known"},
            "listing empty",
        ),
        (QUIET | {"headlines": 0, "known": 0, "rows": 0}, "listing empty"),
        (QUIET | {"headlines": 3, "known": 3, "rows": 3}, "rows missing"),
        ({"undated_rows": 20}, "dates wrong"),
        ({"future_rows": 18}, "dates wrong"),
        ({"future": 4}, "dates wrong"),
        (failing("login"), "articles behind a login"),
        (failing("no body: a login page"), "articles behind a login"),
        (failing("http 403"), "articles blocked"),
        (failing("http 429"), "articles blocked"),
        (failing("no body: a check for robots"), "articles blocked"),
        (failing("cut short"), "articles cut short"),
        (failing("no body: an error page"), "articles failing"),
        (failing("no body"), "articles unreadable"),
        (failing("other post"), "articles unreadable"),
        (failing("http 500"), "articles failing"),
        (failing("timeout"), "articles failing"),
        ({"missing": {"bylines": 5, "deck": 4}}, "bylines missing"),
        ({"missing": {"date_published": 5}}, "date_published missing"),
        ({"letters": SAME}, "bodies changed"),
        ({"letters": {"p50": 9000}}, "bodies changed"),
        ({"damaged": 5}, "text damaged"),
        ({"repeated": 4}, "texts repeated"),
        ({"clock": 3600}, "clock off"),
        ({"clock": -86400}, "clock off"),
        ({"started": NOON - timedelta(days=1)}, "clock off"),
    ],
)
def test_every_trouble_has_its_name(now: dict[str, Any], found: str) -> None:
    assert names(now) == [found]


@pytest.mark.parametrize(
    ("now", "past"),
    [
        ({"missing": {"deck": 5}}, {"missing": {"deck": 1}}),  # five without one: it happens
        ({}, {}),
        (QUIET, {}),
        (QUIET | {"failed": 2, "failures": {"http 500": 2}}, {}),  # a few fail everywhere
        ({"missing": {"bylines": 3}}, {}),
        ({"missing": {"bylines": 5}}, {"missing": {"bylines": 5}}),  # a board without bylines
        ({"repeated": 5}, {"repeated": 4}),  # a board that posts one text many times
        ({"letters": SAME}, {"letters": SAME}),
        ({"undated_rows": 20}, {"undated_rows": 20}),
        ({"clock": 3600}, {"clock": 3590}),  # the site's clock, not ours
        (QUIET | {"headlines": 3, "rows": 3}, {"headlines": 4, "rows": 4}),
        (failing("http 500"), {"failed": 5, "failures": {"http 500": 5}}),
        (QUIET | {"headlines": 0, "rows": 0, "kind": "sitemap"}, {"kind": "sitemap"}),
        (AWAY | {"ended": "shutdown", "trouble": "https://b.example/n: timeout"}, {}),
    ],
)
def test_what_is_usual_at_a_source_is_no_trouble(now: dict[str, Any], past: dict[str, Any]) -> None:
    assert names(now, past) == []


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ({}, []),
        (QUIET, []),
        ({"missing": {"bylines": 5}}, []),
        ({"letters": SAME}, []),
        ({"undated_rows": 20}, []),
        ({"clock": 1800}, []),
        ({"clock": 7200}, ["clock off"]),
        (AWAY | {"trouble": "https://b.example/n answered 500"}, ["site down"]),
        (QUIET | {"headlines": 0, "rows": 0}, ["listing empty"]),
        (failing("no body"), ["articles unreadable"]),
        ({"damaged": 5}, ["text damaged"]),
    ],
)
def test_a_first_run_is_judged_by_absolute_rules_alone(now: dict[str, Any], found: list[str]) -> None:
    assert names(now, runs=0) == found


def test_a_site_that_is_away_for_a_moment_is_none() -> None:
    down = AWAY | {"trouble": "https://b.example/n: timeout"}
    often = [figures(started=NOON - timedelta(minutes=10 * (age + 1))) for age in range(5)]
    assert judge(Case(now=figures(**down), past=often)).troubles == {}
    twice = [figures(started=NOON - timedelta(minutes=10 * (age + 1)), **down) for age in range(2)]
    assert list(judge(Case(now=figures(**down), past=[*twice, *often])).troubles) == ["site down"]


def test_a_page_behind_the_first_may_fail_once() -> None:
    broken: dict[str, Any] = QUIET | {"trouble": "https://b.example/n?page=2 answered 500"}
    assert names(broken) == []
    assert names(broken, broken) == ["listing not read to its end"]


def test_few_articles_a_run_are_put_together() -> None:
    one: dict[str, Any] = {"articles": 1, "new": 1, "missing": {"bylines": 1, "deck": 1}}
    well = history(8)
    past = [*history(2, **one), *well]
    assert judge(Case(now=figures(**one), past=past)).troubles == {}  # with five of before that have one
    past = [*history(4, **one), *well]
    assert list(judge(Case(now=figures(**one), past=past)).troubles) == ["bylines missing"]


@pytest.mark.parametrize(("runs", "found"), [(1, []), (4, []), (5, ["deck missing"])])
def test_one_run_does_not_say_how_many_articles_have_what_some_lack(runs: int, found: list[str]) -> None:
    first: dict[str, Any] = {"articles": 23, "new": 23, "missing": {"deck": 15}}
    second: dict[str, Any] = {"articles": 300, "new": 300, "missing": {"deck": 285}}
    past = [*history(3, **QUIET), *history(runs, **first)]
    assert list(judge(Case(now=figures(**second), past=past)).troubles) == found
    bare = second | {"missing": {"deck": 285, "bylines": 300}}  # which every article had
    assert set(judge(Case(now=figures(**bare), past=past)).troubles) == {"bylines missing", *found}


def test_what_is_wrong_for_long_does_not_become_the_usual() -> None:
    wrong: dict[str, Any] = {"missing": {"bylines": 5}}
    past = history(30, missing=wrong["missing"])
    judgement = judge(Case(now=figures(**wrong), past=past, open={"bylines missing": history()}))
    assert list(judgement.troubles) == ["bylines missing"]


def test_a_trouble_is_over_only_where_a_run_shows_it() -> None:
    opened = {
        name: history() for name in ("bylines missing", "articles unreadable", "blocked", "nothing new")
    }
    quiet = judge(Case(now=figures(**QUIET), past=history(), open=opened))
    assert quiet.well & set(opened) == {"blocked"}
    assert judge(Case(now=figures(), past=history(), open=opened)).well >= set(opened)


def test_silence_is_measured_by_the_longest_there_was() -> None:
    daily = [NOON - timedelta(days=age) for age in range(20, 0, -1)]
    now = figures(**QUIET)
    assert judge(Case(now=now, past=history(), brought=daily)).troubles == {}
    earlier = [moment - timedelta(days=3) for moment in daily]
    judgement = judge(Case(now=now, past=history(**QUIET), brought=earlier))
    assert judgement.troubles["nothing new"].line == ("nothing new for 4d; the longest silence before was 1d")
    assert judge(Case(now=now, past=history(), brought=earlier[:5])).troubles == {}


def test_a_sample_goes_with_a_trouble() -> None:
    now = failing("no body", samples={"failure no body": "#17"})
    assert judge(Case(now=figures(**now), past=history())).troubles["articles unreadable"].sample == "#17"
    down = figures(**AWAY | {"trouble": "https://b.example:8080/n?x=1 answered 403"})
    assert judge(Case(now=down)).troubles["blocked"].sample == "https://b.example:8080/n?x=1"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10**6)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "x", "p50", "열"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["", "p50", "열"]), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(sorted(run().figures))
COUNTS = st.fixed_dictionaries(
    {}, optional={name: st.integers(0, 50) for name, value in run().figures.items() if type(value) is int}
)


@given(now=st.dictionaries(NAMES, JSON), past=st.lists(st.dictionaries(NAMES, JSON), max_size=4))
def test_whatever_an_archive_holds_is_judged(now: dict[str, Any], past: list[dict[str, Any]]) -> None:
    judge(Case(now=figures_of(run(**now)), past=[figures_of(run(**each)) for each in past]))


@given(now=COUNTS, past=st.lists(COUNTS, max_size=6))
def test_no_trouble_is_there_and_over_at_once(now: dict[str, Any], past: list[dict[str, Any]]) -> None:
    judgement = judge(Case(now=figures(**now), past=[figures(**each) for each in past]))
    assert not judgement.well & set(judgement.troubles)


@given(usual=COUNTS.filter(lambda each: each.get("pages") != 0 and each.get("headlines") != 0))
def test_a_run_like_all_before_it_with_nothing_new_never_alarms(usual: dict[str, Any]) -> None:
    quiet = usual | QUIET | {"failed": 0, "gone": 0, "headlines": 20, "rows": 20}
    quiet |= {"undated_rows": 0, "future_rows": 0, "future": 0}
    assert judge(Case(now=figures(**quiet), past=history(**quiet))).troubles == {}
