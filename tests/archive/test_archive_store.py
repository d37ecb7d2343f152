from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from unittest.mock import patch

import pytest
from archive_desk import NOON, SOURCE, TEXTS, Desk, article, full_article, headline

from newsbot.archive import done
from newsbot.items import Block
from newsbot.korean.text import candidate


def test_an_article_is_new_then_unchanged_then_revised(place: str) -> None:
    with Desk(place).start() as desk:
        first, longer = full_article(1), replace(full_article(1), deck=("새 부제",))
        assert [(s.kind, s.revision) for s in desk.store(first, first, longer, longer, first)] == [
            ("new", 1),
            ("unchanged", 1),
            ("revised", 2),
            ("unchanged", 2),
            ("revised", 3),
        ]
        kept = desk.archive.revisions(first.uri)
        assert [each.article for each in kept] == [first, longer, first]
        assert [each.revision for each in kept] == [1, 2, 3]


def test_what_comes_twice_in_one_transaction_is_new_once(place: str) -> None:
    with Desk(place).start() as desk:
        first, longer = full_article(1), replace(full_article(1), deck=("새 부제",))
        come = [candidate(each) for each in (article(2), first, longer, longer, first, article(3))]
        stored = desk.archive.store_together(desk.run, SOURCE, come, when=NOON)
        assert [(s.uri[-1], s.kind, s.revision) for s in stored] == [
            ("2", "new", 1),
            ("1", "new", 1),
            ("1", "revised", 2),
            ("1", "unchanged", 2),
            ("1", "revised", 3),
            ("3", "new", 1),
        ]
        assert [each.article for each in desk.archive.revisions(first.uri)] == [first, longer, first]
        assert desk.state(1) == desk.state(2) == desk.state(3) == "stored"
        assert list(desk.archive.verify()) == []


def test_storing_marks_the_headline_as_done(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1), headline(2))
        desk.store(article(1))
        assert (desk.state(1), desk.state(2), desk.archive.unanswered(desk.run)) == ("stored", "pending", 1)


def test_an_article_that_was_never_listed_gets_its_headline(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, listing=None), article("x", listing=None, document_id=None))
        states = {(key, state) for key, _, state in desk.archive.all_known(SOURCE)}
        assert states == {("1", "stored"), ("newsbot:board.example/x", "stored")}


def test_the_headline_that_was_asked_for_is_done_whatever_the_page_calls_itself(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline("guid-1"))
        desk.store(article(1, listing=headline("guid-1")))
        assert list(desk.archive.all_known(SOURCE)) == [
            ("guid-1", "https://board.example/news/guid-1", "stored")
        ]


def test_headlines_of_one_transaction_may_be_listed_gone_or_never_listed(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1), headline(2))
        desk.archive.record_state(desk.run, SOURCE, "2", "deleted", when=NOON, detail="gone")
        come = [candidate(article(number)) for number in (1, 2, 3)]
        desk.archive.store_together(desk.run, SOURCE, come, when=NOON)
        known = [(key, state) for key, _, state in desk.archive.all_known(SOURCE)]
        assert known == [("1", "stored"), ("2", "stored"), ("3", "stored")]
        happened = [event.state for event in desk.archive.events("newsbot:board.example/2")]
        assert happened == ["deleted", "stored"]
        assert desk.archive.events("newsbot:board.example/3") == []


def test_an_article_and_its_headline_are_stored_together_or_not_at_all(place: str) -> None:
    with Desk(place).start() as desk:
        desk.list_page(headline(1))
        with patch.object(done, "_done", side_effect=RuntimeError), pytest.raises(RuntimeError):
            desk.store(article(1))
        assert desk.archive.counts().articles == 0
        assert desk.archive.counts().revisions == 0
        assert desk.store(article(1))[0].kind == "new"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_equal_texts_are_linked_to_the_earliest_published_in_whatever_order_they_come(
    place: str, order: tuple[int, ...]
) -> None:
    posts = [
        article(30, TEXTS[0], date_published=NOON),
        article(20, TEXTS[0], date_published=NOON + timedelta(hours=1)),
        article(10, TEXTS[0], date_published=None),
    ]
    with Desk(place).start() as desk:
        desk.store(*(posts[place] for place in order))
        links = {kept.article.document_id: kept.duplicate_of for kept in desk.archive.articles()}
        assert links == {"30": None, "20": posts[0].uri, "10": posts[0].uri}
        assert list(desk.archive.verify()) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_equal_texts_of_one_transaction_are_linked_as_if_they_came_one_by_one(
    place: str, order: tuple[int, ...]
) -> None:
    posts = [article(10 * n, TEXTS[0], date_published=NOON + timedelta(hours=n)) for n in (1, 2, 3)]
    with Desk(place).start() as desk:
        come = [candidate(posts[place]) for place in order]
        desk.archive.store_together(desk.run, SOURCE, come, when=NOON)
        links = {kept.article.document_id: kept.duplicate_of for kept in desk.archive.articles()}
        assert links == {"10": None, "20": posts[0].uri, "30": posts[0].uri}
        assert list(desk.archive.verify()) == []


def test_of_equal_dates_the_lower_number_is_the_earlier(place: str) -> None:
    with Desk(place).start() as desk:
        stored = desk.store(*(article(number, TEXTS[0]) for number in (100, 9, 20)))
        assert [each.duplicate_of for each in stored] == [None, None, "newsbot:board.example/9"]
        assert desk.archive.counts().duplicates == 2


def test_an_edited_text_leaves_its_group_and_joins_another(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*(article(number, TEXTS[0]) for number in (1, 2, 3)), article(5, TEXTS[1]))
        (stored,) = desk.store(article(1, TEXTS[1]))
        links = {kept.article.document_id: kept.duplicate_of for kept in desk.archive.articles()}
        assert stored.duplicate_of is None
        head, other = "newsbot:board.example/2", "newsbot:board.example/1"
        assert links == {"1": None, "2": None, "3": head, "5": other}
        assert list(desk.archive.verify()) == []


def test_a_revision_with_another_date_may_become_the_earliest(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, TEXTS[0]), article(2, TEXTS[0]))
        early = article(2, TEXTS[0], headline="고친 제목", date_published=NOON - timedelta(days=1))
        assert desk.store(early)[0].duplicate_of is None
        assert desk.archive.revisions("newsbot:board.example/1")[0].duplicate_of == early.uri


def test_texts_too_short_to_compare_are_not_linked(place: str) -> None:
    with Desk(place).start() as desk:
        stored = desk.store(article(1, "[속보] 비 그쳐"), article(2, "[속보] 비 그쳐"))
        assert [each.duplicate_of for each in stored] == [None, None]
        assert list(desk.archive.verify()) == []


def test_a_repost_says_so_also_when_it_is_seen_again(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1, TEXTS[0]))
        again = desk.store(article(2, TEXTS[0]), article(2, TEXTS[0]))
        assert [(each.kind, each.duplicate_of) for each in again] == [
            ("new", "newsbot:board.example/1"),
            ("unchanged", "newsbot:board.example/1"),
        ]


def test_text_of_every_kind_comes_back_as_it_was(place: str) -> None:
    odd = "㈜ 李 «따옴표» \\ \" ' 🙂 \u2028 끝"
    with Desk(place).start() as desk:
        post = article(1, headline=odd, body=(Block(type="table", text=odd),))
        desk.store(post)
        kept = desk.archive.article(post.uri)
        assert kept is not None
        assert kept.article == post
