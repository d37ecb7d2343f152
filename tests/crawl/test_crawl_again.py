"""The board moves on between two crawls: what a crawl notices, what a full one does, what is kept of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from crawling import articles, asked_for, broken_promises, crawl, let_time_pass, picture, public, states

from newsbot.archive import open_archive
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.sampleboard.board import now_in_korea

ENGINES = ["rhymix", "gnuboard", "table"]
REWRITTEN = (
    "시는 지난달 발표한 계획을 거둬들이고 본문을 통째로 바꾼 새 계획을 내놓았다고 밝혔다.",
    "제목은 그대로지만 사업비와 기간이 모두 달라졌으며, 설명회는 다음 달에 다시 열린다.",
)
STORIES = [article for article in load_articles() if not article.notice and not article.secret]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_happened_to_a_board_is_found(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=30, page_size=10) as board:
        crawl(board, archive)
        ids = board.listed
        edited, noticed, hidden, commented, deleted, trashed, moved = ids[1:8]
        deep_edit = ids[25]
        board.edit(edited, title="[단독] 제목을 고친 글")
        board.edit(deep_edit, paragraphs=REWRITTEN)
        board.make_notice(noticed)
        board.hide(hidden)
        board.comment(commented, 3)
        board.delete(deleted)
        board.trash(trashed)
        board.move(moved)
        fresh = [board.post(STORIES[0]), board.post(STORIES[1], posted=now_in_korea() - timedelta(days=900))]

        seen = len(board.requests)
        regular = crawl(board, archive)
        assert regular.code == 0
        assert regular.shows(state="finished", new=2, failed=0)
        assert len([target for target in asked_for(board, seen) if "page=" in target]) <= 1
        assert set(fresh) <= articles(archive).keys()
        after = picture(archive, board)
        assert (after[edited][0], after[edited][1]) == ("stored", 2)
        assert articles(archive)[edited].article.headline == "[단독] 제목을 고친 글"
        assert after[noticed][:2] == after[commented][:2] == ("stored", 1)
        assert after[hidden][:2] == ("secret", 1)  # what it said while it was open is kept
        # What is no longer listed is not asked for by a regular crawl.
        assert [after[each][:2] for each in (deleted, trashed, moved, deep_edit)] == [("stored", 1)] * 4

        full = crawl(board, archive, "--full")
        assert full.code == 0
        assert full.shows(state="finished", new=0, revised=1, failed=0, gone=3)
        after = picture(archive, board)
        assert after[deep_edit][:2] == ("stored", 2)
        assert [after[each][0] for each in (deleted, trashed)] == ["deleted"] * 2
        assert after[moved][0] == ("moved" if engine == "rhymix" else "deleted")
        assert after[noticed][0] == "stored"
        assert {each for each, (state, *_) in after.items() if state == "stored"} == public(board)
        assert articles(archive).keys() == set(ids) | set(fresh)  # nothing that was kept is lost
    assert broken_promises(archive) == []


def test_what_comes_back_is_taken_up_again_and_the_way_there_is_kept(archive: Path) -> None:
    with SampleBoard(posts=8) as board:
        crawl(board, archive)
        away = board.listed[2]
        board.hide(away)
        crawl(board, archive)
        assert states(archive, board)[away] == "secret"
        seen = len(board.requests)
        crawl(board, archive)
        assert not any(away in target for target in asked_for(board, seen))
        board._change(away, secret=False)
        opened_again = crawl(board, archive)
        assert opened_again.shows(state="finished", new=0, unchanged=1)
        assert states(archive, board)[away] == "stored"
    with open_archive(f"sqlite:///{archive}", read_only=True) as opened:
        uri = articles(archive)[away].article.uri
        assert [event.state for event in opened.events(uri)] == ["secret", "pending"]


@pytest.mark.parametrize("engine", ENGINES)
def test_posts_that_go_between_their_listing_and_their_request_are_states(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=12) as board:
        deleted, hidden, moved = board.listed[1], board.listed[5], board.listed[8]

        def remove(_request: object) -> None:
            if len(board.requests) == 2:  # the listing has been read
                board.delete(deleted)
                board.hide(hidden)
                board.move(moved)

        board.on_request(remove)
        done = crawl(board, archive)
    assert done.code == 0
    assert done.shows(state="finished", failed=0, gone=3)
    found = states(archive, board)
    assert (found[deleted], found[hidden]) == ("deleted", "secret")
    assert found[moved] == ("moved" if engine == "rhymix" else "deleted")
    assert (moved in articles(archive)) == (engine == "rhymix")  # a 301 leads to it, with its text
    assert broken_promises(archive) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_posts_that_come_and_go_during_the_walk_hide_none_and_double_none(engine: Any, archive: Path) -> None:
    with SampleBoard(engine=engine, posts=40, page_size=8) as board:
        stories = iter(STORIES)

        def move(request: Any) -> None:
            number = request.path.partition("page=")[2]
            if number in {"2", "3"} and request.path not in asked_for(board)[:-1]:
                for each in board.listed[:3]:  # all read by now: what lies below slides up
                    board.delete(each)
            elif number == "4" and request.path not in asked_for(board)[:-1]:
                for _ in range(9):  # more than a page: what was read comes again
                    board.post(next(stories))

        board.on_request(move)
        done = crawl(board, archive)
        assert done.shows(state="finished", failed=0)
        again = crawl(board, archive)
        assert again.shows(state="finished", failed=0)
        found = states(archive, board)
        assert {each for each, state in found.items() if state == "stored"} >= public(board)
        assert articles(archive).keys() >= public(board)
        assert again.figures["new"] <= 9  # only what came last may have been left to the second crawl
        fetched = [target for target in asked_for(board) if "page=" not in target]
        assert all(fetched.count(target) == 1 for target in fetched if target.rpartition("/")[2] in found)
    assert broken_promises(archive) == []


def test_a_burst_of_a_whole_page_during_the_walk_does_not_look_like_the_end(archive: Path) -> None:
    with SampleBoard(posts=25, page_size=5) as board:

        def burst(request: Any) -> None:
            if request.path.endswith("page=2") and asked_for(board).count(request.path) == 1:
                for story in STORIES[:5]:
                    board.post(story)

        board.on_request(burst)
        done = crawl(board, archive)
        assert done.shows(state="finished", new=30)
        assert articles(archive).keys() == public(board)


def test_a_way_back_is_not_repeated_for_posts_that_merely_arrive(archive: Path) -> None:
    with SampleBoard(posts=20, page_size=5) as board:

        def arrive(request: Any) -> None:
            if request.path.endswith("page=3") and asked_for(board).count(request.path) == 1:
                board.post(STORIES[0])

        board.on_request(arrive)
        assert crawl(board, archive).shows(state="finished", new=21)
        pages = [target for target in asked_for(board) if target == "/news" or "page=" in target]
    assert pages == [*pages[:4], *reversed(pages[:3])] or len(pages) <= 9


def test_a_failed_headline_waits_for_its_time_and_is_then_asked_for_again(archive: Path) -> None:
    with SampleBoard(posts=10) as board:
        late = board.listed[-1]
        board.fail("500", path=rf"/{late}$")
        assert crawl(board, archive, "-s", "RETRY_TIMES=0").shows(state="partial", new=9, failed=1)
        board.heal()
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", new=0)
        assert asked_for(board, seen) == ["/news"]  # too early to ask again
        let_time_pass(archive)
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", new=1)
        assert sorted(asked_for(board, seen)) == ["/news", f"/news/{late}"]
    assert broken_promises(archive) == []


def test_a_secret_notice_which_no_listing_marks_is_asked_for_once(archive: Path) -> None:
    with SampleBoard(posts=3) as board:
        hidden = board.post(load_articles()[0], notice=True, secret=True)
        assert crawl(board, archive).shows(state="finished", new=3, gone=1)
        assert states(archive, board)[hidden] == "secret"
        seen = len(board.requests)
        assert crawl(board, archive).shows(state="finished", gone=0)
        assert asked_for(board, seen) == ["/news"]
