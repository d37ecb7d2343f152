from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import unquote

import pytest
from parsel import Selector
from visiting import PHONE, Reply, ago, noon, stories, story, visit

from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.board import KST

ROWS = "#bo_list tbody > tr:has(td.td_subject)"
LONG = "가나다라마바사아자차" * 8


def ids(reply: Reply) -> list[str]:
    return [re.findall(r"/(\d+)", link)[-1] for link in reply.all(f"{ROWS} .bo_tit > a::attr(href)")]


def test_notices_stand_on_page_one_only_and_take_its_rows() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(8), page_size=4, clock=noon) as board:
        board.make_notice(board.listed[7])
        pages = [visit(board, f"/news?page={n}") for n in (1, 2, 3)]
        assert [len(page.all(f"{ROWS}.bo_notice")) for page in pages] == [1, 0, 0]
        assert ids(pages[0]) + ids(pages[1]) == [*board.notices, *board.listed]
        assert pages[2].all("#bo_list .empty_table::text") == ["게시물이 없습니다."]
        assert pages[0].all(f"{ROWS} td.td_num2 ::text")[0] == "공지"
        assert pages[1].all(f"{ROWS} td.td_num2::text") == ["4", "3", "2", "1"]


def test_titles_are_cut_in_list_and_heading_but_not_in_the_title() -> None:
    with SampleBoard(engine="gnuboard", posts=[story(1, title=LONG)], clock=noon) as board:
        listing, page = visit(board, "/news"), visit(board, f"/news/{board.listed[0]}")
        assert listing.one(".bo_tit > a::text") == LONG[:60] + "…"
        assert page.one(".bo_v_tit::text") == LONG[:70] + "…"
        assert page.one("title::text") == f"{LONG} > 뉴스 | 샛강일보 게시판"
        phone = visit(board, "/news", agent=PHONE)
        assert phone.all(".bo_subject::text")[0] == LONG[:30] + "…"


@pytest.mark.parametrize(
    ("posted", "listed", "printed"),
    [(ago(minutes=5), "11:55", "26-03-02 11:55"), (ago(hours=13), "03-01", "26-03-01 23:00"),
     (datetime(2025, 12, 31, 9, 5, tzinfo=KST), "12-31", "25-12-31 09:05")],
)  # fmt: skip
def test_dates_of_today_are_hours_and_all_others_have_no_year(
    posted: datetime, listed: str, printed: str
) -> None:
    with SampleBoard(engine="gnuboard", posts=[], clock=noon) as board:
        post_id = board.post(story(), posted=posted)
        assert visit(board, "/news").one("td.td_datetime::text") == listed
        page = visit(board, f"/news/{post_id}")
        assert page.one("#bo_v_info strong.if_date::text") == printed
        phone = visit(board, f"/news/{post_id}", agent=PHONE)
        assert printed in "".join(phone.all("#bo_v_info::text"))


def test_a_row_hides_a_menu_a_category_and_a_comment_count() -> None:
    with SampleBoard(engine="gnuboard", posts=[story(1, category="지역")], clock=noon) as board:
        board.comment(board.listed[0], 3)
        page = visit(board, "/news")
        assert page.all("td.td_subject a::text")[0] == "지역"  # the first link of the cell
        assert page.one("a.bo_cate_link::text") == "지역"
        assert page.one("span.cnt_cmt::text") == "3"
        assert "".join(page.all(".td_name .sv_member::text")) == "랭크뉴스"
        assert "쪽지보내기" in page.all(".td_name .sv a::text")


def test_a_board_without_side_views_prints_the_name_alone() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(1), side_view=False, clock=noon) as board:
        assert visit(board, "/news").all(".td_name ::text") == ["랭크뉴스"]


def test_an_article_names_its_number_only_in_a_form() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(3), clock=noon) as board:
        post_id = board.listed[1]
        for target in (f"/news/{post_id}", f"/bbs/board.php?bo_table=news&wr_id={post_id}&page=1"):
            page = visit(board, target)
            assert page.one("input[name=wr_id]::attr(value)") == post_id
            assert page.one("#bo_v_con > p:first-child::text").startswith("마을 도서관 2호점")
            assert page.all("link[rel=canonical]") == []
            assert page.one(f"{ROWS} .bo_current::text") == "열람중"


def test_what_is_gone_is_an_alert_under_200() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(2), clock=noon) as board:
        deleted = board.listed[0]
        board.delete(deleted)
        for target in (f"/news/{deleted}", "/news/99999", "/nosuchboard"):
            page = visit(board, target)
            assert page.status == 200
            assert 'alert("' in page.text
            assert page.all("#bo_v_con, #bo_list") == []


def test_a_secret_post_leads_to_a_password_form() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(1), clock=noon) as board:
        post_id = board.listed[0]
        board.hide(post_id)
        reply = visit(board, f"/news/{post_id}")
        form = f"{board.site}/bbs/password.php?w=s&bo_table=news&wr_id={post_id}"
        assert (reply.status, reply.headers["Location"]) == (302, form)
        page = visit(board, form.removeprefix(board.site))
        assert (page.status, page.all("#bo_v_con")) == (200, [])
        assert visit(board, "/news").all(".bo_tit i.fa-lock")


def test_a_comments_number_leads_to_its_article() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(1), clock=noon) as board:
        post_id = board.listed[0]
        board.comment(post_id, 2)
        page = visit(board, f"/news/{post_id}")
        comments = [name.removeprefix("c_") for name in page.all("#bo_vc article::attr(id)")]
        assert len(comments) == 2
        reply = visit(board, f"/news/{comments[0]}")
        assert (reply.status, reply.headers["Location"]) == (
            302,
            f"{board.site}/news/{post_id}?#c_{comments[0]}",
        )
        assert board.post(story(2)) not in comments


def test_a_move_makes_a_new_number_and_leaves_a_note() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(2), clock=noon) as board:
        old = board.listed[1]
        away = board.move(old)
        assert 'alert("' in visit(board, f"/news/{old}").text
        assert visit(board, f"/etc/{away}").one("#bo_v_con .content_move::text").endswith("뉴스에서 이동 됨]")
        back = board.move(away, "news")
        assert len({old, away, back}) == 3
        assert board.listed[0] == back


def test_slugs_change_with_the_title() -> None:
    with SampleBoard(engine="gnuboard", posts=[story(1), story(1)], slug_urls=True, clock=noon) as board:
        links = [unquote(link) for link in visit(board, "/news").all(".bo_tit > a::attr(href)")]
        newest, oldest = board.listed
        assert links == [f"{board.url}/도서관-1호점-개관-{newest}/", f"{board.url}/도서관-1호점-개관/"]
        path = visit(board, "/news").all(".bo_tit > a::attr(href)")[1].removeprefix(board.site)
        assert visit(board, path).one("input[name=wr_id]::attr(value)") == oldest
        board.edit(oldest, title="도서관 문 닫는다")
        assert 'alert("' in visit(board, path).text
        assert visit(board, f"/news/{oldest}").one("input[name=wr_id]::attr(value)") == oldest


def test_page_links_go_by_tens() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(25), page_size=1, clock=noon) as board:
        page = visit(board, "/news?page=13")
        assert page.one(".pg_current::text") == "13"
        assert page.all(".pg_page::attr(href)")[0] == f"{board.url}?page=1"
        ends = {name: page.one(f".pg_{name}::attr(href)")[-2:].strip("=") for name in ("prev", "next", "end")}
        assert ends == {"prev": "10", "next": "21", "end": "25"}
        assert visit(board, "/news?page=99").all(".pg_current") == []


def test_a_phone_lists_without_a_table() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(2), clock=noon) as board:
        for page in (visit(board, "/news", agent=PHONE), visit(board, "/news?device=mobile")):
            assert page.all("#bo_list table") == []
            assert len(page.all("#bo_list li .bo_subject")) == 2


def test_the_feed_has_whole_titles_and_seconds() -> None:
    with SampleBoard(engine="gnuboard", posts=[*stories(3), story(4, title=LONG)], clock=noon) as board:
        for target in ("/rss/news", "/bbs/rss.php?bo_table=news"):
            reply = visit(board, target)
            feed = Selector(reply.text, type="xml")
            assert reply.headers["Content-Type"].startswith("text/xml")
            assert feed.xpath("//item/link/text()").getall() == [f"{board.url}/{n}" for n in board.listed]
            assert feed.xpath("//item/title/text()").get() == LONG
            assert feed.xpath("//item/*[local-name()='date']/text()").get() == "2026-03-02T11:53:00+09:00"


def test_a_closed_feed_is_a_line_under_200() -> None:
    with SampleBoard(engine="gnuboard", posts=stories(1), feeds=False, clock=noon) as board:
        reply = visit(board, "/rss/news")
        assert (reply.status, reply.all("item")) == (200, [])
