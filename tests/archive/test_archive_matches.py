from datetime import timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from archive_desk import NOON, SOURCE, TEXTS, Desk, article

from benchmarks.templates import TEMPLATES
from benchmarks.variants import blocks, grown, story
from newsbot.archive import bands
from newsbot.archive.links import folded_away
from newsbot.archive.schema import articles
from newsbot.archive.schema import bands as bands_table
from newsbot.errors import ArchiveError
from newsbot.items import Article
from newsbot.korean.text import candidate

STORY = story(Random(11), 6)
EDITS = [[line.replace("다.", f"다{word}.", 1) for line in STORY] for word in ("고", "니", "며", "오")]
OTHER = story(Random(12), 6)


def post(number: int, lines: list[str], hours: float = 0, **more: Any) -> Article:
    return article(number, body=blocks(lines), date_published=NOON + timedelta(hours=hours), **more)


def uri(number: int) -> str:
    return f"newsbot:board.example/{number}"


def linked(desk: Desk) -> dict[int, tuple[int, str]]:
    """Of each linked article the earliest and the kind, by their numbers."""
    found: dict[int, tuple[int, str]] = {}
    for kept in desk.archive.articles():
        for match in desk.archive.matches(kept.article.uri):
            if match.is_earliest:
                number, earliest = (int(each.rpartition("/")[2]) for each in (kept.article.uri, match.uri))
                found[number] = (earliest, match.kind)
    return found


def shown(desk: Desk) -> set[str]:
    unfolded = sa.select(articles.c.document_id).where(~folded_away(articles.c.id))
    with desk.archive.reading() as connection:
        return set(connection.execute(unfolded).scalars())


def test_near_texts_are_linked_to_the_earliest_with_score_and_method(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 1), post(3, OTHER, 2))
        (match,) = desk.archive.matches(uri(2))
        assert (match.uri, match.kind, match.method, match.is_earliest) == (
            uri(1),
            "near",
            "shingles-5/1",
            True,
        )
        assert 0.8 <= match.score < 1
        assert [each.uri for each in desk.archive.matches(uri(1))] == [uri(2)]
        assert desk.archive.matches(uri(3)) == []
        assert list(desk.archive.verify()) == []


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_outcome_does_not_depend_on_the_order_of_storing(place: str, order: tuple[int, ...]) -> None:
    posts = [post(1, STORY), post(2, EDITS[0], 1), post(3, EDITS[1], 2), post(4, STORY, 3)]
    with Desk(place).start() as desk:
        desk.store(*(posts[n] for n in order))
        assert linked(desk) == {2: (1, "near"), 3: (1, "near"), 4: (1, "exact")}
        assert shown(desk) == {"1"}
        assert list(desk.archive.verify()) == []


def test_a_text_drifting_from_edit_to_edit_makes_no_chain(place: str) -> None:
    lines = [story(Random(seed), 1)[0] for seed in range(30)]
    drifting = [lines[start : start + 10] for start in range(0, 20)]
    with Desk(place).start() as desk:
        desk.store(*(post(n, text, n) for n, text in enumerate(drifting)))
        groups = linked(desk)
        heads = {earliest for earliest, _ in groups.values()}
        assert len(heads) > 3
        assert not heads & set(groups)
        assert list(desk.archive.verify()) == []


def test_a_cut_repost_is_folded_and_a_fuller_one_is_not(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, [*STORY[:3], STORY[3][:20] + "…"], 1), post(4, OTHER))
        desk.store(post(5, OTHER[:4], -1))
        assert linked(desk) == {2: (1, "contains"), 4: (5, "contains")}
        assert shown(desk) == {"1", "4", "5"}


def test_templates_of_other_days_are_not_linked(place: str) -> None:
    with Desk(place).start() as desk:
        chance = Random(5)
        days = [make(chance) for make in TEMPLATES.values() for _ in range(4)]
        desk.store(*(post(n, lines, n) for n, lines in enumerate(days)))
        assert linked(desk) == {}


def test_texts_are_sought_in_two_periods_and_no_further(place: str) -> None:
    assert len(set(bands.periods(NOON))) == 2
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 24 * 44), post(3, EDITS[1], 24 * 300))
        assert linked(desk) == {2: (1, "near")}


def held(desk: Desk) -> set[int]:
    """The numbers of the articles that are found by their keys."""
    keyed = sa.select(articles.c.document_id).join(bands_table, bands_table.c.article_id == articles.c.id)
    with desk.archive.reading() as connection:
        return set(map(int, connection.execute(keyed).scalars()))


def test_a_run_drops_keys_of_what_is_old_and_was_stored_long_ago(place: str) -> None:
    old = -24 * (bands.KEPT + bands.PERIOD).days
    with Desk(place).start() as desk:
        desk.store(post(1, STORY, old), post(2, EDITS[0], old + 1), post(3, EDITS[1]))
        desk.start()
        assert held(desk) == {1, 2, 3}  # a back-fill may go on
        desk.now += bands.RESTED
        desk.store(post(4, STORY, old + 2))
        desk.now += timedelta(days=1)
        desk.start()
        assert held(desk) == {3, 4}
        assert linked(desk) == {2: (1, "near"), 4: (1, "exact")}
        assert list(desk.archive.verify()) == []


def test_a_run_drops_no_more_than_it_has_time_for(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "DROPPED_AT_ONCE", 40)
    with Desk(place).start() as desk:
        desk.store(*(post(n, STORY, -24 * 900 - n) for n in range(3)))
        desk.now += bands.RESTED + timedelta(days=1)
        desk.settle()
        before = _rows(desk)
        desk.start()
        assert _rows(desk) == before - 40


def _rows(desk: Desk) -> int:
    with desk.archive.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(bands_table)).scalar_one()


def test_articles_of_one_transaction_are_matched_with_one_another(place: str) -> None:
    posts = [post(3, STORY, 3), post(1, STORY), post(2, EDITS[0], 1), post(1, STORY, headline="고친 제목")]
    with Desk(place).start() as desk:
        desk.archive.store_together(desk.run, SOURCE, [candidate(each) for each in posts], when=NOON)
        assert linked(desk) == {2: (1, "near"), 3: (1, "exact")}
        desk.settle()
        with desk.archive.reading() as connection:
            holders = set(connection.execute(sa.select(bands_table.c.article_id)).scalars())
        assert len(holders) == 3
        assert list(desk.archive.verify()) == []


def test_common_keys_are_no_longer_entered(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*(post(n, STORY, n / 10) for n in range(bands.COMMONEST + 5)))
        desk.settle()
        held = sa.select(sa.func.count()).select_from(bands_table).group_by(bands_table.c.key)
        with desk.archive.reading() as connection:
            assert max(connection.execute(held).scalars()) == bands.COMMONEST
        assert len(linked(desk)) == bands.COMMONEST + 4


def test_a_revised_text_leaves_its_group_and_takes_nothing_with_it(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 1), post(3, EDITS[1], 2), post(4, STORY, 3))
        desk.store(post(1, OTHER))
        assert linked(desk) == {3: (2, "near"), 4: (2, "near")}
        desk.store(post(1, STORY))
        assert linked(desk) == {2: (1, "near"), 3: (1, "near"), 4: (1, "exact")}
        assert list(desk.archive.verify()) == []


def test_a_person_parts_two_articles_for_good(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 1), post(3, STORY, 2))
        told = desk.archive.decide("2", "1", "not", note="다른 날", when=NOON)
        assert (told.earlier, told.later, told.kind, told.verdict, told.together) == (
            uri(1), uri(2), "near", "not", False,
        )  # fmt: skip
        assert linked(desk) == {3: (1, "exact")}
        desk.store(post(2, [*EDITS[0], "덧붙인 한 문장이다."], 1), post(1, STORY, headline="고친 제목"))
        assert linked(desk) == {3: (1, "exact")}
        assert list(desk.archive.verify()) == []


def test_a_person_parts_equal_texts(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, STORY, 1))
        desk.archive.decide("1", "2", "not", note=None, when=NOON)
        assert linked(desk) == {}
        desk.store(post(2, STORY, 1, headline="고친 제목"), post(3, STORY, 2))
        assert linked(desk) == {3: (1, "exact")}
        assert list(desk.archive.verify()) == []


def test_a_person_joins_what_no_measure_joins(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, OTHER, 1), post(3, EDITS[0], 2))
        told = desk.archive.decide("1", "2", "same", note=None, when=NOON)
        assert (told.kind, told.together) == (None, True)
        assert linked(desk) == {2: (1, "near"), 3: (1, "near")}
        desk.store(post(2, OTHER, 1, headline="고친 제목"))
        assert linked(desk) == {2: (1, "near"), 3: (1, "near")}
        assert list(desk.archive.verify()) == []


def test_a_later_decision_replaces_the_earlier(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 1))
        desk.archive.decide("1", "2", "not", note=None, when=NOON)
        told = desk.archive.decide("1", "2", "same", note=None, when=NOON)
        assert (told.verdict, told.together) == ("same", True)
        assert linked(desk) == {2: (1, "near")}


def test_comparing_needs_two_articles_that_are_there(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY))
        with pytest.raises(ArchiveError, match="there is no article '9'"):
            desk.archive.compare("1", "9")
        with pytest.raises(ArchiveError, match="are one article"):
            desk.archive.compare("1", uri(1))


def test_what_a_withheld_article_had_folded_is_seen_again(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 1))
        desk.archive.withhold("1", "편지", when=NOON)
        assert shown(desk) >= {"2"}
        assert desk.archive.matches(uri(2)) == []


def test_a_grown_story_of_another_outlet_is_no_duplicate_of_its_beginning(place: str) -> None:
    with Desk(place).start() as desk:
        more = grown(STORY, Random(3))
        desk.store(post(1, STORY, source="가온통신"), post(2, more, 1, source="나루일보"))
        (match,) = desk.archive.matches(uri(2))
        assert match.kind in {"contains", "near"}
        assert match.folded is (match.kind == "near")


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        (
            "UPDATE links SET earliest_id = 2 WHERE article_id = 3",
            "/2 as the earliest of its like, which is itself",
        ),
        ("UPDATE articles SET date_published = 0 WHERE id = 3", "of its like, but is the earlier one"),
        ("INSERT INTO decisions VALUES (1, 3, 'not', NULL, 0)", "of its like, though a person parted them"),
        (
            "UPDATE articles SET superseded_by = 1 WHERE id = 3",
            "/3 is superseded by an article that is no version",
        ),
    ],
)
def test_verify_sees_what_is_wrong_with_a_link(place: str, damage: str, text: str) -> None:
    with Desk(place).start() as desk:
        desk.store(post(1, STORY), post(2, EDITS[0], 1), post(3, EDITS[1], 2))
        with desk.archive.writing() as connection:
            assert connection.execute(sa.text(damage)).rowcount
        findings = list(desk.archive.verify())
        assert any(text in found.text for found in findings), findings


@pytest.mark.parametrize("year", [1, 9999])
def test_a_date_at_the_edge_of_the_calendar_is_a_date(place: str, year: int) -> None:
    with Desk(place).start() as desk:
        stored = desk.store(article(1, body=blocks(STORY), date_published=NOON.replace(year=year)))
        assert stored[0].kind == "new"


def test_what_a_person_called_the_same_stays_so_when_a_date_is_set_right(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, TEXTS[0]), article(7, TEXTS[1], date_published=NOON + timedelta(hours=5)))
        desk.archive.decide("1", "7", "same", note=None, when=NOON)
        desk.store(article(1, TEXTS[0], headline="고친 제목", date_published=NOON + timedelta(hours=40)))
        [match] = desk.archive.matches("newsbot:board.example/1")
        assert (match.uri, match.is_earliest) == ("newsbot:board.example/7", True)
        assert list(desk.archive.verify()) == []
