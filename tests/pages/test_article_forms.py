"""What stands between headline and text, and in boxes inside it: decks, summaries, related articles."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsbot.items import Article
from newsbot.korean.dates import KST
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=KST)
HEADLINE = "나루터 새 단장…걷기 좋은 길로"
DECK = "다음 달까지 너른 나무 길 놓기로"
PARAGRAPHS = [
    "가온시가 나루터를 새로 단장한다고 4일 밝혔다.",
    "낡은 난간을 걷어 내고 너른 나무 길을 낸다. 공사는 다음 달까지 이어진다.",
    "시 관계자는 “걷기 좋은 길로 만들겠다”고 말했다.",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def article(body: str, head: str = "", below: str = "") -> Article:
    page = (
        f'<!doctype html><html><head><title>{HEADLINE}</title><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{HEADLINE}"></head><body><div><h1>{HEADLINE}</h1>{head}</div>'
        f'<div class="view_con">{body}</div>{below}<div id="footer"><p>샛강일보 | 가온시 나루길 1</p></div>'
        "</body></html>"
    )
    return read_article(parse_document(page, "https://paper.example/news/3141", fetched=NOW))


def texts(found: Article) -> list[str]:
    return [block.text for block in found.body]


@pytest.mark.parametrize(
    "head",
    [
        f"<p>{DECK}</p>",
        f"<p>{DECK}</p><div><span>한가람 기자</span><span>입력 2026.03.04 07:30</span></div>",
        f"<h2><p>{DECK}</p></h2>",
        f"<h2>{DECK}</h2>",
    ],
)
def test_a_deck_right_below_the_headline(head: str) -> None:
    found = article(TEXT, head)
    assert (found.deck, texts(found)) == ((DECK,), PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "입력 2026.03.04 07:30 조회 31",
        "한가람 기자",
        "홈 > 지역 > 나루",
        "가온시는 나루터를 새로 단장한다.",
        "글자 크게 | 작게",
    ],
)
def test_what_else_may_stand_there_is_no_deck(line: str) -> None:
    assert article(TEXT, f"<p>{line}</p>").deck == ()


@pytest.mark.parametrize(
    "deck",
    [
        f"<ul><li>{DECK}</li><li>난간은 모두 걷어 내</li></ul>",
        f"<blockquote>{DECK}<br>난간은 모두 걷어 내</blockquote>",
    ],
)
def test_a_deck_may_be_a_list_or_a_quote_above_the_text(deck: str) -> None:
    found = article(deck + TEXT)
    assert (found.deck, texts(found)) == ((DECK, "난간은 모두 걷어 내"), PARAGRAPHS)


ITEMS = "<ul><li>나루터를 새로 단장한다.</li><li>다음 달까지 이어진다.</li></ul>"
LINKS = (
    '<ul><li><a href="/1">오리 열두 마리 돌아왔다</a></li><li><a href="/2">느티나무 이름 공모</a></li></ul>'
)


@pytest.mark.parametrize(
    "box",
    [
        f"<div><b>AI 요약</b>{ITEMS}</div>",
        f"<section><p>AI가 요약한 기사입니다</p>{ITEMS}</section>",
        f"<div><strong>세 줄 요약</strong>{ITEMS}</div>",
        "<div><h3>자주 묻는 질문</h3><dl><dt>언제 끝나나요?</dt><dd>다음 달입니다.</dd></dl></div>",
        f"<div><strong>관련기사</strong>{LINKS}</div>",
        f"<div><p>[함께 보면 좋은 기사]</p>{LINKS}</div>",
        '<div><p>샛강일보 소식지</p><p>아침마다 보내 드립니다</p><input type="email"></div>',
    ],
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_box_that_says_by_its_first_words_what_it_is(box: str, at: int) -> None:
    parts = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    assert texts(article("".join([*parts[:at], box, *parts[at:]]))) == PARAGRAPHS


def test_a_box_of_the_article_stays() -> None:
    box = "<div><b>나루터 공사 일정</b><ul><li>난간 걷어 내기</li><li>나무 길 놓기</li></ul></div>"
    assert texts(article(TEXT + box)) == [*PARAGRAPHS, "나루터 공사 일정", "난간 걷어 내기\n나무 길 놓기"]
    heading = "<div><b>관련 기사를 두고 말이 많다</b><p>시민들은 반겼다.</p></div>"
    assert texts(article(TEXT + heading))[3:] == ["관련 기사를 두고 말이 많다", "시민들은 반겼다."]


@pytest.mark.parametrize(
    "caption",
    [
        "▲ 나루터를 걷는 시민들",
        "△나루터를 걷는 시민들이 새 길을 보고 있다.",
        "사진 설명=나루터를 걷는 시민들",
    ],
)
def test_a_line_right_below_a_picture_that_points_at_it(caption: str) -> None:
    found = article(f'<p><img src="/1.jpg"></p><p>{caption}</p>{TEXT}')
    assert ([image.caption for image in found.images], texts(found)) == ([caption], PARAGRAPHS)


CENTER = 'style="text-align: center"'


@pytest.mark.parametrize(
    "photo",
    [
        f'<p {CENTER}><img src="/1.jpg"></p><p {CENTER}>나루터를 걷는 시민들</p>',
        '<div align="center"><img src="/1.jpg"></div>'
        '<div align="center"><font>나루터를 걷는 시민들</font></div>',
        '<dl class="photo"><dt><img src="/1.jpg"></dt><dd>나루터를 걷는 시민들</dd></dl>',
        '<figure><img src="/1.jpg"></figure><p class="cap">나루터를 걷는 시민들</p>',
    ],
)
def test_a_caption_by_its_place(photo: str) -> None:
    found = article(photo + TEXT)
    assert [image.caption for image in found.images] == ["나루터를 걷는 시민들"]
    assert texts(found) == PARAGRAPHS


def test_a_centered_text_is_no_caption() -> None:
    text = TEXT.replace("<p>", f"<p {CENTER}>")
    found = article(f'<p {CENTER}><img src="/1.jpg"></p>{text}')
    assert ([image.caption for image in found.images], texts(found)) == ([None], PARAGRAPHS)


def test_a_line_that_says_where_a_paper_goes_on() -> None:
    assert texts(article(f"<p>▶1면에서 계속</p>{TEXT}")) == PARAGRAPHS


def whole(source: str) -> Article:
    return read_article(parse_document(source, "https://paper.example/story/3141", fetched=NOW))


def test_comments_longer_than_the_article_are_none_of_it() -> None:
    said = "<p>좋은 소식입니다. 저도 그 길을 자주 걷습니다. 모두 함께 걸어요. 기대가 큽니다.</p>"
    replies = "".join(f"<div><b>손님{n}</b>{said}</div>" for n in range(9))
    found = whole(
        f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><div class='news'>{TEXT}</div>"
        f"<div class='replies'>{replies}</div></body></html>"
    )
    assert texts(found) == PARAGRAPHS


def test_blank_lines_part_the_paragraphs_of_preformatted_text() -> None:
    text = "\n \n".join(PARAGRAPHS)
    found = whole(
        f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><pre>{text}</pre></body></html>"
    )
    assert texts(found) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "<p>2026년 3월 4일 (수) 07:30:00 한가람 기자 g@x.kr</p>",
        "<p>2026-03-04 07:30 | <span class='byline'>글쓴이 한가람</span></p>",
        "<dl><dt>기자</dt><dd>한가람</dd><dt>입력</dt><dd>2026-03-04 07:30</dd></dl>",
    ],
)
def test_who_wrote_it_beside_the_date(line: str) -> None:
    found = whole(
        f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1>{line}<div>{TEXT}</div></body></html>"
    )
    assert [person.name for person in found.bylines] == ["한가람"]
    assert found.date_published is not None


@pytest.mark.parametrize(
    "links",
    [
        '<ul><li><a href="/1">오리 열두 마리가 나루터로 돌아왔다</a></li>'
        '<li><a href="/2">느티나무 사백 그루에 이름을 붙인다</a></li></ul>',
        '<div class="link_card"><a href="/1"><img src="/1.jpg"><b>오리 열두 마리 돌아왔다</b></a></div>',
        '<blockquote class="instagram-media"><a href="/p">Instagram에서 이 게시물 보기</a></blockquote>',
    ],
)
def test_links_to_other_things_within_the_text(links: str) -> None:
    parts = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    found = article("".join([parts[0], links, *parts[1:]]))
    assert (texts(found), found.images) == (PARAGRAPHS, ())


def test_a_list_that_only_holds_links_stays() -> None:
    items = '<ul><li><a href="/1">나루터</a> 새 난간</li><li><a href="/2">둑길</a> 새 나무</li></ul>'
    assert texts(article(TEXT + items))[-1] == "나루터 새 난간\n둑길 새 나무"


def test_pictures_side_by_side_with_a_caption_each() -> None:
    table = (
        '<table><tr><td><img src="/1.jpg"></td><td><img src="/2.jpg"></td></tr>'
        "<tr><td>나루터</td><td>둑길</td></tr></table>"
    )
    assert [image.caption for image in article(table + TEXT).images] == ["나루터", "둑길"]


def test_a_paragraph_in_a_heading_is_one() -> None:
    text = f"<p>{PARAGRAPHS[0]}</p><h2><p>난간을 걷어 내다</p></h2><p>{PARAGRAPHS[1]}</p>"
    assert [block.type for block in article(text).body] == ["paragraph", "subhead", "paragraph"]


@pytest.mark.parametrize("name", ["title", "data-date-time"])
def test_a_moment_ago_whose_element_says_when(name: str) -> None:
    found = article(TEXT, f'<span {name}="2026-03-05 15:04:00">3시간 전</span>')
    assert str(found.date_published) == "2026-03-05 15:04:00+09:00"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("윤서진", "윤서진"),
        ("편집국장 윤서진", "윤서진"),
        ("By Yoon Seo-jin", "Yoon Seo-jin"),
        ("편집부", None),
    ],
)
def test_who_a_line_names_that_calls_itself_a_byline(line: str, name: str | None) -> None:
    assert [person.name for person in article(TEXT, f'<p class="byline">{line}</p>').bylines] == [name]


@pytest.mark.parametrize("line", ["가온시청", "구독하기", "관리자", "가온일보"])
def test_what_else_such_a_line_may_say(line: str) -> None:
    assert [p.name for p in article(TEXT, f'<p class="byline">{line}</p>').bylines if p.name] == []


def test_a_card_of_a_reporter_below_the_text() -> None:
    card = '<div class="journalist_card"><b>윤서진 기자</b><a href="mailto:y@x.example">y@x.example</a></div>'
    (person,) = article(TEXT, below=card).bylines
    assert (person.name, person.email) == ("윤서진", "y@x.example")


def test_what_heads_a_list_of_links_goes_with_it() -> None:
    links = (
        '<div><h3>[둑길을 걷다]</h3><ol><li><a href="/1">① 오리가 돌아온 나루터를 걷다</a></li>'
        '<li><a href="/2">② 느티나무 아래에서 쉬다 가다</a></li></ol></div>'
    )
    assert texts(article(TEXT + links)) == PARAGRAPHS


@pytest.mark.parametrize("printed", ["发稿时间：2026年3月5日15:04", "All News 15:04 March 5, 2026"])
def test_dates_of_other_editions_behind_words(printed: str) -> None:
    assert str(article(TEXT, f"<p>{printed}</p>").date_published) == "2026-03-05 15:04:00+09:00"


def test_a_table_of_contents_is_no_text() -> None:
    items = '<ul><li><a href="#a">난간</a></li><li><a href="#b">나무 길</a></li></ul>'
    contents = f'<div class="toc"><p>목차</p>{items}</div>'
    assert texts(article(contents + TEXT)) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        '<dl class="author"><dd><a href="/r/1">한가람 기자</a></dd></dl>',
        '<div class="reporter-list"><div class="name"><strong>한가람</strong> 기자</div></div>',
    ],
)
def test_who_signs_may_stand_in_boxes_that_are_named_so(line: str) -> None:
    page = (
        f"<html><head><title>{HEADLINE}</title><meta property='og:type' content='article'></head><body>"
        f"<h1>{HEADLINE}</h1>{line}<p>입력 2026.03.05 10:11</p><article>{TEXT}</article></body></html>"
    )
    article = read_article(parse_document(page, "https://paper.example/news/7.html"))
    assert [person.name for person in article.bylines] == ["한가람"]
