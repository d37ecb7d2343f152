from __future__ import annotations

import re
import subprocess
import sys

import pytest
from visiting import BROWSER, ago, noon, stories, story, visit

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.sampleboard.board import EngineName
from newsbot.sampleboard.exchange import RequestSeen


def test_the_default_board_has_all_written_articles_and_has_lived() -> None:
    board = SampleBoard(clock=noon)
    written = load_articles()
    assert len(board.truth) == len(written) >= 80
    assert len(board.listed) == len(written) - len(board.notices)
    assert len(board.notices) == sum(article.notice for article in written)
    posts = [truth["post"] for truth in board.truth.values()]
    assert sum(post["comments"] > 0 for post in posts) > 5
    assert sum(post["secret"] for post in posts) == sum(article.secret for article in written)
    newest, second = (board.truth[n]["post"]["posted"] for n in board.listed[:2])
    assert newest < second  # the head of page 1 is backdated
    assert {post["posted"].year for post in posts} > {2026}  # a listing without years steps over New Year


@pytest.mark.parametrize("engine", ["rhymix", "gnuboard", "table"])
def test_every_written_article_is_served_whole(engine: EngineName) -> None:
    form = {"rhymix": "/news/{}", "gnuboard": "/news/{}", "table": "/news/read.php?no={}"}[engine]
    with SampleBoard(engine=engine, clock=noon) as board:
        shown = [n for n, truth in board.truth.items() if not truth["post"]["secret"]]
        replies = {n: visit(board, form.format(n)) for n in shown}
    assert {reply.status for reply in replies.values()} == {200}
    assert all(
        "</html>" in reply.body.decode("cp949" if engine == "table" else "utf-8")
        for reply in replies.values()
    )


def test_the_truth_follows_what_is_done_to_a_post() -> None:
    board = SampleBoard(posts=stories(2), clock=noon)
    first, second = board.listed
    board.edit(first, title="도서관 재개관")
    assert board.truth[first]["headline"] == board.truth[first]["post"]["title"] == "도서관 재개관"
    assert board.truth[first]["body"]
    board.edit(first, paragraphs=("문을 닫았다.",))
    assert "body" not in board.truth[first]
    board.edit(first, paragraphs=("다시 열었다.",), truth={"headline": "도서관 재개관", "body": []})
    assert board.truth[first]["body"] == []
    board.delete(second)
    assert (board.truth[second]["post"]["state"], board.listed) == ("deleted", [first])


@pytest.mark.parametrize("act", ["edit", "delete", "trash", "hide", "make_notice", "move", "comment"])
def test_nothing_can_be_done_to_a_post_that_is_not_there(act: str) -> None:
    board = SampleBoard(posts=stories(1), clock=noon)
    with pytest.raises(KeyError):
        getattr(board, act)("99999")


@pytest.mark.parametrize("post_id", ["99999", "도서관-1호점"])
def test_there_is_no_truth_of_what_is_no_post(post_id: str) -> None:
    assert post_id not in SampleBoard(posts=stories(1), clock=noon).truth


def test_an_edit_shows_and_dates_the_change() -> None:
    with SampleBoard(posts=[], clock=noon) as board:
        post_id = board.post(story(1), posted=ago(hours=30))
        board.edit(post_id, title="도서관 재개관", markup="br", paragraphs=("하나.", "둘."))
        page = visit(board, f"/news/{post_id}")
        assert page.one("title::text") == "도서관 재개관"
        assert page.one(".xe_content").endswith("하나.<br>\n<br>\n둘.</div>")
        assert page.one('meta[property="og:article:modified_time"]::attr(content)') == noon().isoformat()
        assert visit(board, "/news").all("td.title img::attr(alt)") == ["update"]


def test_requests_are_seen_with_their_answers() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        visit(board, "/news?page=-1", cookie="PHPSESSID=abc; other=1")
    expected = RequestSeen(
        when=noon(), method="GET", path="/news?page=-1", status=500, user_agent=BROWSER,
        cookies={"PHPSESSID": "abc", "other": "1"},
    )  # fmt: skip
    assert board.requests == [expected]


def test_what_a_watcher_does_shows_on_the_next_request_not_on_this_one() -> None:
    with SampleBoard(posts=stories(4), page_size=2, clock=noon) as board:
        before = board.listed
        board.on_request(lambda seen: board.delete(before[0]) if seen.path == "/news" else None)
        first = visit(board, "/news").all("td.title > a::attr(href)")
        second = visit(board, "/news?page=2").all("td.title > a::attr(href)")
        assert first == [f"/news/{n}" for n in before[:2]]
        assert second == [f"/news/{before[3]}?page=2"]  # before[2] slid onto page 1


def test_a_dead_board_refuses_connections_until_it_is_revived() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        url = board.url
        board.die()
        with pytest.raises(ConnectionRefusedError):
            visit(board, "/news")
        board.revive()
        assert (board.url, visit(board, "/news").status) == (url, 200)


def test_a_watcher_may_kill_the_board_in_mid_request() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.on_request(lambda seen: board.die())
        with pytest.raises(ConnectionError):
            visit(board, "/news")


def test_a_site_without_robots_txt() -> None:
    with SampleBoard(posts=[], robots=None, clock=noon) as board:
        assert visit(board, "/robots.txt").status == 404


def test_a_generated_board_is_the_same_each_time_and_can_be_changed() -> None:
    with SampleBoard(posts=500, clock=noon) as one, SampleBoard(posts=500, clock=noon) as two:
        assert one.listed == two.listed
        newest = one.listed[0]
        assert one.truth[newest] == two.truth[newest]
        one.delete(newest)
        one.edit(one.listed[0], title="바뀐 제목")
        page = visit(one, "/news")
        assert page.all("td.no::text")[0] == "499"
        assert page.all("td.title > a")[0].find("바뀐 제목") > 0
        assert visit(one, f"/news/{newest}").status == 404
        assert int(one.post(story())) > int(newest)


def test_a_generated_article_says_its_truth() -> None:
    with SampleBoard(posts=30, clock=noon) as board:
        truth = board.truth[board.listed[3]]
        page = visit(board, f"/news/{board.listed[3]}")
        assert page.one("title::text") == truth["headline"]
        assert all(text in page.text for _, text in truth["body"])
        assert len(page.body) > 35_000


def test_it_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "newsbot.sampleboard", "--engine", "gnuboard", "--posts", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/news\n", program.stdout.readline())
        finally:
            program.terminate()
