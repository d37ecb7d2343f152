from __future__ import annotations

import re
from itertools import pairwise

import pytest
from parsel import Selector
from visiting import BOT, PHONE, Reply, ago, noon, stories, story, visit

from newsbot.sampleboard import SampleBoard

ROWS = "#board_list tbody > tr:not(.notice):has(td.title)"


def ids(reply: Reply, rows: str = ROWS) -> list[str]:
    return [
        re.findall(r"/(\d+)", link)[0] for link in reply.all(f"{rows} td.title > a:first-of-type::attr(href)")
    ]


def numbers(reply: Reply) -> list[str]:
    return reply.all(f"{ROWS} td.no::text")


def test_a_listing_shows_the_newest_first_under_ranks() -> None:
    with SampleBoard(posts=stories(5), page_size=3, clock=noon) as board:
        first, second = visit(board, "/news"), visit(board, "/news?page=2")
        assert ids(first) + ids(second) == board.listed
        assert numbers(first) + numbers(second) == ["5", "4", "3", "2", "1"]
        assert first.all(f"{ROWS} td.title > a::text")[0] == "도서관 5호점 개관"
        assert first.one(".pagination strong::text") == "1"
        assert first.one(".pagination a.next::attr(href)") == "/news?page=2"  # 끝 페이지: the last one
        assert first.all("thead th ::text") == ["번호", "제목", "글쓴이", "날짜"]


def test_row_links_carry_the_page_they_stand_on() -> None:
    with SampleBoard(posts=stories(3), page_size=2, clock=noon) as board:
        newest, oldest = board.listed[0], board.listed[2]
        assert visit(board, "/news").all(f"{ROWS} td.title > a::attr(href)")[0] == f"/news/{newest}"
        assert visit(board, "/news?page=2").all(f"{ROWS} td.title > a::attr(href)") == [
            f"/news/{oldest}?page=2"
        ]


def test_a_deletion_lowers_every_newer_number() -> None:
    with SampleBoard(posts=stories(4), clock=noon) as board:
        before = dict(zip(board.listed, numbers(visit(board, "/news")), strict=True))
        gone = board.listed[2]
        board.delete(gone)
        after = dict(zip(board.listed, numbers(visit(board, "/news")), strict=True))
        assert {n: int(before[n]) - int(after[n]) for n in after} == {
            n: int(int(n) > int(gone)) for n in after
        }


def test_ids_grow_by_irregular_steps() -> None:
    board = SampleBoard(posts=stories(30), clock=noon)
    listed = [int(n) for n in board.listed]
    assert len({newer - older for newer, older in pairwise(listed)}) > 1


def test_a_backdated_post_heads_the_first_page() -> None:
    with SampleBoard(posts=stories(3), clock=noon) as board:
        new = board.post(story(9), posted=ago(days=40))
        page = visit(board, "/news")
        assert ids(page)[0] == new
        assert page.all(f"{ROWS} td.time::text")[0] == "2026.01.21"


def test_notices_repeat_on_every_page_and_past_the_end() -> None:
    with SampleBoard(posts=stories(4), page_size=2, clock=noon) as board:
        board.make_notice(board.listed[3])
        for target in ("/news", "/news?page=2", "/news?page=9999"):
            assert len(visit(board, target).all("#board_list tr.notice td.title > a")) == 1, target
        past = visit(board, "/news?page=9999")
        assert (past.status, ids(past)) == (200, [])
        assert numbers(visit(board, "/news")) == ["3", "2"]


def test_past_the_end_of_a_board_without_notices_one_row_says_so() -> None:
    with SampleBoard(posts=stories(2), clock=noon) as board:
        past = visit(board, "/news?page=7")
        assert past.status == 200
        assert past.all("#board_list tbody p::text") == ["등록된 글이 없습니다."]


@pytest.mark.parametrize(
    ("target", "status"),
    [("/news?page=-1", 500), ("/news?page=0", 200), ("/news?page=abc", 200), ("/news/", 200),
     ("/news/page/2", 404), ("/nosuchboard", 404), ("/index.php?mid=news&page=1", 200),
     ("/?mid=news", 200), ("/", 200)],
)  # fmt: skip
def test_addresses_of_listings(target: str, status: int) -> None:
    with SampleBoard(posts=stories(2), clock=noon) as board:
        assert visit(board, target).status == status


@pytest.mark.parametrize(
    ("form", "status", "location"),
    [("/news/{id}", 200, None), ("/news/{id}?page=2", 200, None), ("/news?document_srl={id}", 200, None),
     ("/index.php?mid=news&document_srl={id}&page=7", 200, None), ("/{id}", 301, "/news/{id}"),
     ("/index.php?document_srl={id}", 301, "/news/{id}"), ("/etc/{id}", 301, "/news/{id}"),
     ("/news/{id}/", 404, None), ("/news/99999999", 404, None)],
)  # fmt: skip
def test_addresses_of_articles(form: str, status: int, location: str | None) -> None:
    with SampleBoard(posts=stories(2), clock=noon) as board:
        post_id = board.listed[0]
        reply = visit(board, form.format(id=post_id))
        assert reply.status == status
        assert reply.headers["Location"] == (location and location.format(id=post_id))
        if status == 200:
            assert reply.one("link[rel=canonical]::attr(href)") == f"{board.site}/news/{post_id}"


@pytest.mark.parametrize("skin", ["xedition", "default"])
def test_an_article_with_the_listing_under_it(skin: str) -> None:
    with SampleBoard(posts=stories(5), page_size=2, skin=skin, clock=noon) as board:
        board.post(story(9, category="지역"), posted=ago(minutes=3))
        post_id = board.listed[0]
        page = visit(board, f"/news/{post_id}")
        assert page.all(".read_header h1 > a::text") == ["지역", "도서관 9호점 개관"]
        assert page.one(".read_header h1 > a.category::text") == "지역"
        assert page.all(".read_header a.author::text") == ["랭크뉴스"]
        assert "2026.03.02 11:57" in "".join(page.all(".read_header .time::text"))
        assert page.one(f".document_{post_id}_71.rhymix_content.xe_content > p:first-child::text").startswith(
            "마을"
        )
        assert f"<!--BeforeDocument({post_id},71)-->" in page.text
        assert numbers(page) == ["»", "5"]
        assert not page.all(".read_body [class]:not(.xe_content)")  # pasted classes are stripped


def test_an_older_article_shows_the_page_it_stands_on() -> None:
    with SampleBoard(posts=stories(6), page_size=2, clock=noon) as board:
        post_id = board.listed[4]
        page = visit(board, f"/news/{post_id}")
        assert ids(page) == board.listed[4:6]
        assert page.one(".pagination strong::text") == "3"


def test_what_changes_between_two_fetches() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        target = f"/news/{board.listed[0]}"
        first = visit(board, target)
        session = first.headers["Set-Cookie"].split(";")[0]
        second = visit(board, target, cookie=session)
        assert second.headers["Set-Cookie"] is None
        for css in ("meta[name=csrf-token]::attr(content)", ".read_count::text", ".rx_ckeditor::attr(id)"):
            assert first.all(css) != second.all(css), css
        assert first.one(".xe_content") == second.one(".xe_content")
        assert first.headers["ETag"] is None


def test_robots_are_not_counted_as_readers() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        target = f"/news/{board.listed[0]}"
        views = [visit(board, target, agent=BOT).all(".read_count::text") for _ in range(2)]
        assert views[0] == views[1]


def test_secret_deleted_trashed_and_moved() -> None:
    with SampleBoard(posts=stories(5), clock=noon) as board:
        secret, deleted, trashed, moved, kept = board.listed
        board.hide(secret)
        board.delete(deleted)
        board.trash(trashed)
        assert board.move(moved) == moved
        assert board.listed == [secret, kept]
        page = visit(board, f"/news/{secret}")
        assert (page.status, page.all(".xe_content")) == (403, [])
        assert page.one(".read_header h1 > a::text") == "도서관 5호점 개관"
        assert [visit(board, f"/news/{n}").status for n in (deleted, trashed)] == [404, 404]
        reply = visit(board, f"/news/{moved}")
        assert (reply.status, reply.headers["Location"]) == (301, f"/etc/{moved}")
        assert visit(board, f"/etc/{moved}").status == 200
        assert visit(board, "/news").all(f"{ROWS} td.title > img::attr(alt)")[0] == "secret"


def test_comments_stand_apart_from_the_title_and_move_the_modified_time() -> None:
    with SampleBoard(posts=[story(1, title="[표] 주간 대출 상위 [3]")], clock=noon) as board:
        post_id = board.listed[0]
        modified = 'meta[property="og:article:modified_time"]::attr(content)'
        before = visit(board, f"/news/{post_id}").one(modified)
        board.comment(post_id, 3)
        row = visit(board, "/news")
        assert row.one(f"{ROWS} td.title > a:first-of-type::text") == "[표] 주간 대출 상위 [3]"
        assert row.one(f"{ROWS} td.title > a.replyNum::text") == "[3]"
        page = visit(board, f"/news/{post_id}")
        assert before < page.one(modified) == "2026-03-02T12:00:00+09:00"
        assert len(page.all(".fbItem .xe_content")) == 3
        assert visit(board, f"/news/{int(post_id) + 5}").status == 404  # a comment's number is no document's


def test_seo_off_leaves_the_canonical_link_and_og_url() -> None:
    with SampleBoard(posts=stories(1), seo=False, clock=noon) as board:
        page = visit(board, f"/news/{board.listed[0]}")
        assert page.all("meta[property]::attr(property)") == ["og:url"]
        assert page.one("link[rel=canonical]::attr(href)").endswith(board.listed[0])


def test_columns_are_the_owners_choice() -> None:
    with SampleBoard(posts=stories(1), columns=("time", "views", "title"), clock=noon) as board:
        page = visit(board, "/news")
        assert page.all("thead th ::text") == ["날짜", "조회 수", "제목"]
        assert page.all(f"{ROWS} > td::attr(class)") == ["time", "readNum", "title"]


@pytest.mark.parametrize(
    ("skin", "title", "date", "listed"),
    [("default", ".hx.h2 > h2", "span.ex", "ul.lt .title strong"),
     ("simpleGray", ".rd > .hx > h2", ".rd > .hx > span", "ul.lt .title strong")],
)  # fmt: skip
def test_phones_get_another_skin_at_the_same_address(skin: str, title: str, date: str, listed: str) -> None:
    with SampleBoard(posts=stories(3), page_size=2, mobile_skin=skin, clock=noon) as board:
        listing = visit(board, "/news", agent=PHONE)
        assert listing.all(f"{listed}::text") == ["도서관 3호점 개관", "도서관 2호점 개관"]
        assert listing.headers["Vary"] is None
        assert visit(board, "/news?page=99", agent=PHONE).all(".pn a.next::attr(href)") == ["/news?page=100"]
        page = visit(board, f"/news/{board.listed[0]}", agent=PHONE)
        assert page.one(title).endswith(
            "&rsaquo; 도서관 3호점 개관</h2>"
        ) or "› 도서관 3호점 개관</h2>" in page.one(title)
        assert "2026.03.02 11:53:00" in page.one(date)
        assert not page.all("#board_list")
        assert page.one(f".document_{board.listed[0]}_71.xe_content > p:first-child::text").startswith("마을")


def test_head_is_not_allowed() -> None:
    with SampleBoard(posts=stories(1), clock=noon) as board:
        assert visit(board, "/news", method="HEAD").status == 405


@pytest.mark.parametrize(("form", "identity"), [("rss", "guid"), ("atom", "id")])
def test_the_feed_gives_fifteen_and_what_changed_since(form: str, identity: str) -> None:
    with SampleBoard(posts=stories(20), clock=noon) as board:

        def links(query: str) -> list[str]:
            document = Selector(visit(board, f"/news/{form}{query}").text, type="xml")
            document.remove_namespaces()
            return document.xpath(f"//item/{identity}/text() | //entry/{identity}/text()").getall()

        assert links("") == [f"{board.url}/{n}" for n in board.listed[:15]]
        assert links("?page=2") == [f"{board.url}/{n}" for n in board.listed[15:]]
        board.comment(board.listed[17], 1)
        assert links(f"?start_date={ago(minutes=1):%Y%m%d%H%M%S}") == [f"{board.url}/{board.listed[17]}"]


def test_a_closed_feed_is_empty_under_200() -> None:
    with SampleBoard(posts=stories(1), feeds=False, clock=noon) as board:
        reply = visit(board, "/news/rss")
        assert (reply.status, reply.text.count("<item>")) == (200, 0)


def test_a_category_lists_its_own() -> None:
    with SampleBoard(posts=[story(1, category="지역"), story(2, category="문화")], clock=noon) as board:
        tab = visit(board, "/news").all(".cTab a::attr(href)")[1]
        assert ids(visit(board, tab)) == [board.listed[1]]
