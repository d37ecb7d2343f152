from __future__ import annotations

import dataclasses
import gzip
import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest
from visiting import noon, stories, story, visit

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.board import EngineName
from newsbot.sampleboard.exchange import Answer
from newsbot.sampleboard.faults import Fault, Mode


@pytest.mark.parametrize(
    ("engine", "target", "status", "length"),
    [("rhymix", "/news", 500, 0), ("gnuboard", "/news", 200, 64), ("table", "/news/list.php", 200, 84)],
)
def test_a_lost_database(engine: EngineName, target: str, status: int, length: int) -> None:
    with SampleBoard(engine=engine, posts=stories(1), clock=noon) as board:
        board.fail("database-down")
        reply = visit(board, target)
        assert (reply.status, len(reply.body)) == (status, length)
        board.heal()
        assert len(visit(board, target).body) > 1000


@pytest.mark.parametrize(
    ("mode", "args", "status", "retry_after"),
    [
        ("500", {}, 500, None),
        ("503", {}, 503, None),
        ("503", {"retry_after": 9}, 503, "9"),
        ("429", {}, 429, "1"),
    ],
)
def test_errors(mode: Mode, args: dict[str, Any], status: int, retry_after: str | None) -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail(mode, **args)
        reply = visit(board, "/news")
        assert (reply.status, reply.headers["Retry-After"]) == (status, retry_after)


@pytest.mark.parametrize("mode", ["login", "other-page"])
def test_pages_that_are_no_board(mode: Mode) -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail(mode)
        reply = visit(board, "/news")
        assert (reply.status, reply.all("#board_list")) == (200, [])


def test_a_fault_ends_after_its_times_and_keeps_to_its_path() -> None:
    with SampleBoard(posts=stories(2), clock=noon) as board:
        board.fail("500", times=2, path=r"/news\?page=2")
        targets = ("/news", "/news?page=2", "/news?page=2", "/news?page=2")
        assert [visit(board, target).status for target in targets] == [200, 500, 500, 200]


def test_robots_txt_outlives_the_board_unless_it_is_named() -> None:
    with SampleBoard(posts=stories(1), robots="User-agent: *\nCrawl-delay: 2\n", clock=noon) as board:
        board.fail("500")
        assert visit(board, "/robots.txt").body == b"User-agent: *\nCrawl-delay: 2\n"
        board.heal()
        board.fail("503", path="robots")
        assert visit(board, "/robots.txt").status == 503


def test_a_truncated_answer_is_shorter_than_it_says() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("truncate", times=1)
        with pytest.raises(http.client.IncompleteRead) as broken:
            visit(board, "/news")
        assert len(broken.value.partial) >= 1000
        assert visit(board, "/news").status == 200


def test_a_page_may_be_cut_under_its_own_length() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        whole = visit(board, "/news").body
        board.fail("truncate", declared=False)
        reply = visit(board, "/news")
        assert (
            len(whole) // 2 - 20
            < len(reply.body)
            == int(reply.headers["Content-Length"])
            < len(whole) // 2 + 20
        )


def test_a_reset_connection() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("reset", times=1)
        with pytest.raises(ConnectionResetError):
            visit(board, "/news")
        assert visit(board, "/news").status == 200


def test_a_slow_answer_is_the_right_one_after_a_while() -> None:
    answer = Answer(body=b"list")
    spoilt = Fault(mode="slow", args={"seconds": 7.5}).spoil(answer, Answer(status=500), "/news")
    assert spoilt == dataclasses.replace(answer, delay=7.5)
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("slow", seconds=0.01)
        assert visit(board, "/news").all("#board_list")


def test_a_slow_answer_does_not_hold_up_the_end() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("slow", seconds=600)
        connection = http.client.HTTPConnection(urlsplit(board.site).netloc, timeout=10)
        connection.request("GET", "/news")
    with pytest.raises(ConnectionError):
        connection.getresponse()
    connection.close()


def test_a_redirect_loop() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("redirect-loop")
        reply = visit(board, "/news?page=3")
        assert (reply.status, reply.headers["Location"]) == (302, "/news?page=3")


def test_a_gzip_bomb_is_small_until_it_is_opened() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("gzip-bomb", megabytes=3)
        reply = visit(board, "/news")
        assert reply.headers["Content-Encoding"] == "gzip"
        assert len(reply.body) < 10_000
        assert len(gzip.decompress(reply.body)) == 3 * 1024 * 1024


@pytest.mark.parametrize("declared", [True, False])
def test_a_huge_page(declared: bool) -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("huge", megabytes=1, declared=declared)
        reply = visit(board, "/news")
        assert len(reply.body) > 1024 * 1024
        assert (reply.headers["Content-Length"] is not None) is declared
        assert reply.all("#board_list td.title > a::text") == ["도서관 1호점 개관"]


@pytest.mark.parametrize("label", ["euc-kr", "x-windows-949", "utf-8"])
def test_a_mislabelled_page_is_cp949_under_any_label(label: str) -> None:
    with SampleBoard(posts=[story(1, title="펲시와 똠얌꿍")], clock=noon) as board:
        board.fail("mislabelled", label=label)
        reply = visit(board, "/news")
        assert reply.headers["Content-Type"] == f"text/html; charset={label}"
        text = reply.body.decode("cp949")
        assert "펲시와 똠얌꿍" in text
        assert f'<meta charset="{label}">' in text


@pytest.mark.parametrize(("engine", "first"), [("rhymix", "/news?page=2"), ("gnuboard", "/news?page=2")])
def test_an_endless_next_repeats_rows_under_ever_new_pages(engine: EngineName, first: str) -> None:
    with SampleBoard(engine=engine, posts=stories(3), page_size=2, clock=noon) as board:
        rows = "td.title > a::text, .bo_tit > a::text"
        assert visit(board, first).all(rows) == ["도서관 1호점 개관"]
        board.fail("endless-next")
        for number in (2, 3, 40):
            page = visit(board, f"/news?page={number}")
            assert page.all(rows) == ["도서관 3호점 개관", "도서관 2호점 개관"]
            assert f"page={number + 1}" in "".join(
                page.all(".pagination a::attr(href), .pg_wrap a::attr(href)")
            )


def test_control_and_bidi_characters_in_a_title() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        board.fail("control-title", times=1)
        assert "\N{RIGHT-TO-LEFT OVERRIDE}도서관\x08 1호점" in visit(board, "/news").text
        assert "\x08" not in visit(board, "/news").text


@pytest.mark.parametrize(
    ("mode", "args", "error"), [("sulk", {}, ValueError), ("slow", {"minutes": 1}, TypeError)]
)
def test_unknown_ways_to_fail_are_refused(mode: str, args: dict[str, int], error: type[Exception]) -> None:
    board = SampleBoard(posts=[], clock=noon)
    with pytest.raises(error):
        board.fail(mode, **args)  # type: ignore[arg-type]
