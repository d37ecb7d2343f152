from __future__ import annotations

from parsel import Selector
from visiting import Reply, noon, stories, story, visit

from newsbot.sampleboard import SampleBoard


def read(reply: Reply) -> Selector:
    return Selector(reply.body.decode("cp949"))


def test_pages_are_cp949_under_another_label() -> None:
    with SampleBoard(engine="table", posts=[story(1, title="펲시와 똠얌꿍 ☃ 유행")], clock=noon) as board:
        reply = visit(board, "/news/list.php")
        assert reply.headers["Content-Type"] == "text/html; charset=euc-kr"
        assert read(reply).xpath("//a[contains(@href, 'read.php')]/text()").get() == "펲시와 똠얌꿍 ☃ 유행"


def test_the_list_is_one_of_several_tables_and_in_its_own_order() -> None:
    with SampleBoard(engine="table", posts=stories(3), page_size=2, clock=noon) as board:
        page = read(visit(board, "/news/list.php"))
        assert len(page.css("table")) > 4
        heads = page.xpath("//tr[td/b='작성자']/td//text()").getall()
        assert [text for text in heads if text.strip()] == ["등록일", "제 목", "조회", "작성자", "No."]
        links = page.xpath("//a[contains(@href, 'read.php')]/@href").getall()
        assert links == [f"read.php?no={n}&page=1" for n in board.listed[:2]]
        assert page.xpath("//a[.='다음']/@href").get() == "list.php?page=2"
        assert not read(visit(board, "/news/list.php?page=2")).xpath("//a[.='다음']")


def test_an_article_is_a_table_with_a_header_block() -> None:
    with SampleBoard(engine="table", posts=stories(1), clock=noon) as board:
        page = read(visit(board, f"/news/read.php?no={board.listed[0]}&page=1"))
        value = "//td[normalize-space(b)=$name]/following-sibling::td[1]/text()"
        assert page.xpath(value, name="제 목").get() == "도서관 1호점 개관"
        assert page.xpath(value, name="글쓴이").get() == "랭크뉴스"
        assert page.xpath(value, name="날 짜").get() == "2026-03-02 11:53:00"
        assert "마을 도서관 1호점이 문을 열었다." in page.xpath("string(//table)").get("")


def test_gone_and_secret_posts_are_alerts() -> None:
    with SampleBoard(engine="table", posts=stories(3), clock=noon) as board:
        secret, deleted, moved = board.listed
        board.hide(secret)
        board.delete(deleted)
        board.move(moved)
        texts = [read(visit(board, f"/news/read.php?no={n}")).get() for n in (secret, deleted, moved)]
        assert ["비밀글" in text for text in texts] == [True, False, False]
        assert all("alert(" in text for text in texts)


def test_past_the_end() -> None:
    with SampleBoard(engine="table", posts=stories(1), clock=noon) as board:
        reply = visit(board, "/news/list.php?page=5")
        assert reply.status == 200
        assert "등록된 게시물이 없습니다." in read(reply).get()
