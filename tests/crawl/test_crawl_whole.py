"""A board that nothing happens to: a first crawl keeps all of it, a second finds nothing to do."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from crawling import articles, asked_for, broken_promises, crawl, differences, public, states

from newsbot.sampleboard import SampleBoard

BOARDS = {
    "rhymix": ("rhymix", {}),
    "rhymix-default-skin": ("rhymix", {"skin": "default", "seo": False}),
    "gnuboard": ("gnuboard", {}),
    "table": ("table", {}),
}


@pytest.mark.parametrize(("engine", "look"), BOARDS.values(), ids=BOARDS)
def test_the_archive_holds_the_board_and_a_second_crawl_asks_for_one_page(
    engine: Any, look: dict[str, Any], archive: Path
) -> None:
    with SampleBoard(engine=engine, **look) as board:
        first = crawl(board, archive)
        requests = Counter(asked_for(board))
        again = crawl(board, archive)
        asked_again = asked_for(board, since=requests.total() + 1)
        shown, truth = public(board), board.truth
        secret = {each for each in board.listed if each not in shown}

    assert first.code == 0
    assert first.shows(state="finished", headlines=len(shown | secret), known=len(secret), new=len(shown))
    assert first.shows(revised=0, unchanged=0, failed=0, gone=0, requests=requests.total() + 1)
    assert secret
    assert states(archive, board) == dict.fromkeys(shown, "stored") | dict.fromkeys(secret, "secret")
    # No article twice, no secret post at all; the listing's pages are read on the way back as well.
    asked = Counter(count for target, count in requests.items() if "page=" not in target)
    assert asked == Counter({1: len(shown), 2: 1})

    assert again.code == 0
    assert again.shows(state="finished", pages=1, new=0, revised=0, unchanged=0, failed=0, gone=0)
    assert len(asked_again) == 1
    assert broken_promises(archive) == []

    kept = articles(archive)
    wrong = {truth[each]["post"]["key"]: differences(kept[each].article, truth[each]) for each in shown}
    assert {key: fields for key, fields in wrong.items() if fields} == {}


def test_notices_are_kept_and_marked_and_reposts_are_kept_and_linked(archive: Path) -> None:
    with SampleBoard() as board:
        crawl(board, archive)
        notices, truth = board.notices, board.truth
    kept = articles(archive)
    assert all(listing.notice for each in notices if (listing := kept[each].article.listing))

    first_of = {truth[each]["post"]["key"]: each for each in kept}
    repeats = {each: one.duplicate_of for each, one in kept.items() if one.duplicate_of}
    assert repeats
    for each, earliest in repeats.items():
        assert int(earliest.rpartition("/")[2]) < int(each)
        assert kept[each].text_hash == kept[earliest.rpartition("/")[2]].text_hash
    assert first_of.keys() >= {truth[each]["post"]["key"] for each in repeats}


def test_a_phone_skin_is_crawled_like_any_other(archive: Path) -> None:
    phone = "USER_AGENT=Mozilla/5.0 (Linux; Android 15) Mobile"
    for skin in ("default", "simpleGray"):
        with SampleBoard(posts=12, page_size=5, mobile_skin=skin) as board:
            done = crawl(board, archive, "-s", phone)
            assert done.shows(state="finished", new=12, failed=0), skin
            assert set(board.listed) <= articles(archive).keys()
