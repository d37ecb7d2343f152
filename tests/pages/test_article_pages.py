"""Articles that stand on several pages: the pager beside a body, and one article made of the pages."""

import pytest

from newsbot.errors import NotAnArticle
from newsbot.items import Article
from newsbot.pages.article import read_article
from newsbot.pages.article_pages import MOST_PAGES, page_of
from newsbot.pages.document import Document, parse_document
from newsbot.pages.joining import PagedArticle, join_pages

AT = "https://paper.example/news/view.php?no=48213"
SITE = "https://paper.example"
TEXTS = [
    [
        "덕길시가 강변 산책길을 새로 냈다고 9일 밝혔다. 길이는 4킬로미터다.",
        "길섶에는 들꽃 서른 가지를 심었다고 시는 전했다.",
    ],
    [
        "산책길은 나루터에서 물레방아까지 이어진다고 담당자는 말했다.",
        "밤에도 걸을 수 있게 낮은 등을 달았다는 설명이다.",
    ],
    [
        "주민들은 아이와 함께 걷기에 좋은 길이라며 반겼다.",
        "시는 내년에 강 건너편에도 같은 길을 낼 계획이라고 밝혔다.",
    ],
]
BYLINE = "한여울 기자 hyu@paper.example"


def html(number: int, pager: str, *, head: str = "", after: str = "", within: str = "") -> str:
    texts = (
        TEXTS[number - 1]
        if number <= len(TEXTS)
        else [f"산책길 {number}구간에는 정자 {number}채를 새로 세웠다."]
    )
    body = "".join(f"<p>{text}</p>" for text in texts)
    tail = f"<p>{BYLINE}</p>" if number == len(TEXTS) else ""
    return f"""<html><head><title>강변에 새 산책길</title>
<meta property="og:title" content="강변에 새 산책길">
<meta property="og:type" content="article">{head}</head><body><h1>강변에 새 산책길</h1>
<p class="date">입력 2026.03.09 10:20</p>
<div class="frame"><div id="text" itemprop="articleBody">{body}{tail}{within}</div>
{pager}</div>{after}<div class="foot">샛강일보</div></body></html>"""


def page(text: str, url: str = AT) -> Document:
    return parse_document(text, url)


def numbers(links: list[str], here: int = 1) -> str:
    shown = (f"<b>{n}</b>" if n == here else f'<a href="{link}">{n}</a>' for n, link in enumerate(links, 1))
    return f'<div class="paging">{" | ".join(shown)}</div>'


def by_parameter(name: str) -> list[str]:
    return [f"?no=48213&{name}={n}" for n in (1, 2, 3)]


FORMS = {
    "a parameter": (AT, by_parameter("page")),
    "a parameter of another name": (AT, by_parameter("pageNo")),
    "a parameter that counts parts": (AT, by_parameter("part")),
    "before the other parameters": (AT, [f"view.php?page={n}&no=48213" for n in (1, 2, 3)]),
    "the first page has a number too": (f"{AT}&page=1", by_parameter("page")),
    "the path": (f"{SITE}/news/48213", [f"/news/48213/{n}" for n in (1, 2, 3)]),
    "the path, in words": (f"{SITE}/news/48213/", [f"/news/48213/page/{n}" for n in (1, 2, 3)]),
    "the file's name": (f"{SITE}/2026/48213.html", [f"48213_{n}.html" for n in (1, 2, 3)]),
    "the file's name from the first": (f"{SITE}/2026/48213-1.html", [f"48213-{n}.html" for n in (1, 2, 3)]),
    "another host of the site": (AT.replace("paper", "www.paper"), [f"{AT}&page={n}" for n in (1, 2, 3)]),
}


@pytest.mark.parametrize(("url", "links"), FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("place", ["pager", "within", "after"])
def test_a_pager_says_where_an_article_goes_on(url: str, links: list[str], place: str) -> None:
    text = html(1, **{"pager": "", place: numbers(links)})
    article = read_article(page(text, url))
    assert article.further_pages == tuple(page(text, url).absolute(link) for link in links[1:])
    assert [block.text for block in article.body] == TEXTS[0]


SHAPES = {
    "brackets": '<p>[1] <a href="{0}&page=2">[2]</a> <a href="{0}&page=3">[3]</a></p>',
    "words": '<ul><li>1페이지</li><li><a href="{0}&page=2">2페이지</a></li>'
    '<li><a href="{0}&page=3">3페이지</a></li></ul>',
    "with arrows": '<div><span>1</span><a href="{0}&page=2">2</a><a href="{0}&page=3">3</a>'
    '<a href="{0}&page=2">다음 ▶</a></div>',
    "a gap": '<div><em>1</em> <a href="{0}&page=2">2</a> … <a href="{0}&page=3">3</a></div>',
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_pager_has_many_shapes(shape: str) -> None:
    text = html(1, shape.format("?no=48213"))
    assert read_article(page(text)).further_pages == (f"{AT}&page=2", f"{AT}&page=3")


NEXT = {
    "a link in the head": {"head": f'<link rel="next" href="{AT}&amp;page=2">', "pager": ""},
    "다음 페이지": {"pager": f'<div><a href="{AT}&page=2">다음 페이지</a></div>'},
    "다음 페이지 within the body": {"pager": "", "within": f'<p><a href="{AT}&page=2">다음 페이지 ▶</a></p>'},
    "a picture": {"pager": f'<div><a href="{AT}&page=2"><img src="n.gif" alt="다음페이지"></a></div>'},
}


@pytest.mark.parametrize("form", NEXT.values(), ids=NEXT)
def test_the_next_page_alone_may_be_named(form: dict[str, str]) -> None:
    article = read_article(page(html(1, **form)))
    assert article.further_pages == (f"{AT}&page=2",)
    assert [block.text for block in article.body] == TEXTS[0]


def test_pages_that_are_left_out_of_a_pager_are_named_like_the_others() -> None:
    pager = '<div><b>1</b> <a href="/news/48213/2">2</a> … <a href="/news/48213/5">5</a></div>'
    article = read_article(page(html(1, pager), f"{SITE}/news/48213"))
    assert article.further_pages == tuple(f"{SITE}/news/48213/{n}" for n in (2, 3, 4, 5))


ROWS = "".join(
    f'<tr><td>{n}</td><td><a href="view.php?no={n}">나루터 소식 제{n}호를 알려 드립니다</a></td></tr>'
    for n in range(9, 4, -1)
)
LIST = f"<table><tr><th>번호</th><th>제목</th></tr>{ROWS}</table>"
NO_PAGERS = {
    "of the list below": LIST + numbers(by_parameter("page")),
    "of the list below, in its box": f"<div>{LIST}{numbers(by_parameter('page'))}</div>",
    "of the listing": numbers([f"list.php?page={n}" for n in (1, 2, 3)]),
    "of comments": f'<div class="comments"><p>좋은 길이네요</p>{numbers(by_parameter("page"))}</div>',
    "of comments, by its parameter": numbers(by_parameter("cpage")),
    "to other articles": '<div><b>48213</b> <a href="?no=48214">48214</a> <a href="?no=48212">2</a></div>',
    "of pictures": '<div><a href="?no=48213&photo=2">2</a> <a href="?no=48213&photo=3">3</a></div>',
    "of another site": numbers([f"https://other.example/news/view.php?no=48213&page={n}" for n in (1, 2, 3)]),
    "by a title": '<div><a href="?no=48213&page=2">산책길 두 번째 이야기</a></div>',
}


@pytest.mark.parametrize("pager", NO_PAGERS.values(), ids=NO_PAGERS)
def test_what_is_no_pager_of_the_article(pager: str) -> None:
    article = read_article(page(html(1, pager)))
    assert article.further_pages == ()
    assert read_article(page(html(1, "", after=pager))).further_pages == ()


def test_the_next_article_is_no_next_page() -> None:
    there = f"{SITE}/news/view.php?no="
    head = f'<link rel="next" href="{there}48214"><link rel="prev" href="{there}48212">'
    assert read_article(page(html(1, "", head=head))).further_pages == ()


def test_a_boards_post_has_one_page() -> None:
    url = f"{SITE}/news/48213"
    body = f'<div class="document_48213_4 rhymix_content xe_content"><p>{TEXTS[0][0]}</p></div>'
    pager = numbers([f"{url}?page={n}" for n in (1, 2, 3)])
    text = f"<html><title>강변에 새 산책길</title><body>{body}{pager}</body></html>"
    assert read_article(parse_document(text, url, engine_name="rhymix")).further_pages == ()


def test_an_article_of_very_many_pages_is_refused() -> None:
    links = [f"?no=48213&page={n}" for n in range(1, MOST_PAGES + 2)]
    assert len(read_article(page(html(1, numbers(links[:-1])[: 10**6]))).further_pages) == MOST_PAGES - 1
    with pytest.raises(NotAnArticle) as refused:
        read_article(page(html(1, numbers(links))))
    assert refused.value.reason == "too many pages"


def test_a_later_page_alone_is_no_article() -> None:
    with pytest.raises(NotAnArticle, match=r"a later page of the article at .*page=1") as refused:
        read_article(page(html(2, numbers(by_parameter("page"), here=2)), f"{AT}&page=2"))
    assert refused.value.reason == "a later page"


@pytest.mark.parametrize(
    ("start", "url", "number"),
    [
        (AT, AT, 1),
        (AT, f"{AT}&utm_source=x", 1),
        (AT, f"{AT}&page=12", 12),
        (AT, f"{AT}&page=2&font=3", None),
        (AT, f"{SITE}/news/view.php?no=48214&page=2", None),
        (f"{SITE}/?p=7", f"{SITE}/?p=8", None),
        (f"{SITE}/a/123", f"{SITE}/a/1234", None),
        (f"{SITE}/a/123", f"{SITE}/a/123/2", 2),
        ("nothing", AT, None),
        (AT, "https://[broken", None),
    ],
)
def test_only_a_pages_number_sets_the_pages_of_an_article_apart(
    start: str, url: str, number: int | None
) -> None:
    assert page_of(url, start) == number


# ---- joining ---------------------------------------------------------------------------------------


def three_pages() -> dict[str, str]:
    links = by_parameter("page")
    return {f"{AT}&page={n}" if n > 1 else AT: html(n, numbers(links, here=n)) for n in (1, 2, 3)}


def read_whole(pages: dict[str, str], first: str = AT) -> Article:
    paged = PagedArticle(read_article(page(pages[first], first)))
    asked = 0
    while (url := paged.next_page) is not None:
        asked += 1
        assert asked < 2 * MOST_PAGES
        paged.take(page(pages[url], url))
    return paged.whole


def test_the_pages_of_an_article_become_one() -> None:
    article = read_whole(three_pages())
    assert [block.text for block in article.body] == [text for texts in TEXTS for text in texts]
    assert [(one.name, one.email) for one in article.bylines] == [("한여울", "hyu@paper.example")]
    assert (article.url, article.further_pages, article.headline) == (AT, (), "강변에 새 산책길")
    assert article.date_published_raw == "2026.03.09 10:20"


def test_what_a_page_repeats_is_there_once() -> None:
    pages = three_pages()
    again = f"<p>강변에 새 산책길</p><p>{BYLINE}</p><p>{TEXTS[0][1]}</p>"
    for url in (f"{AT}&page=2", f"{AT}&page=3"):
        pages[url] = pages[url].replace('itemprop="articleBody">', f'itemprop="articleBody">{again}')
    article = read_whole(pages)
    assert [block.text for block in article.body] == [text for texts in TEXTS for text in texts]
    assert [one.name for one in article.bylines] == ["한여울"]


def test_a_pager_that_shows_only_its_neighbours_is_followed_to_the_end() -> None:
    links = [f"?no=48213&page={n}" for n in range(1, 8)]
    pages = {}
    for n in range(1, 8):
        near = "".join(
            f'<a href="{links[m - 1]}">{m}</a> ' if m != n else f"<b>{n}</b> "
            for m in range(max(1, n - 1), min(7, n + 1) + 1)
        )
        pages[f"{AT}&page={n}" if n > 1 else AT] = html(n, f"<div>{near}</div>")
    assert len(read_whole(pages).body) == 6 + 4


def test_pages_that_never_end_are_refused() -> None:
    pages = {
        f"{AT}&page={n}" if n > 1 else AT: html(n, f'<div><a href="{AT}&page={n + 1}">다음 페이지</a></div>')
        for n in range(1, 50)
    }
    with pytest.raises(NotAnArticle) as refused:
        read_whole(pages)
    assert refused.value.reason == "too many pages"


def test_pages_in_a_loop_are_refused() -> None:
    pages = {
        f"{AT}&page={n}" if n > 1 else AT: html(
            min(n, 3), f'<div><a href="{AT}&page={n + 1}">다음 페이지</a></div>'
        )
        for n in range(1, 50)
    }
    with pytest.raises(NotAnArticle) as refused:
        read_whole(pages)
    assert refused.value.reason == "pages in a loop"


def test_a_pager_behind_which_the_same_article_stands_is_none() -> None:
    links = numbers(by_parameter("page"))
    pages = {AT: html(1, links), f"{AT}&page=2": html(1, links)}
    article = read_whole(pages)
    assert [block.text for block in article.body] == TEXTS[0]
    assert article.further_pages == ()


MISSING = {
    "an error page": ("<html><body>404</body></html>", f"{AT}&page=2", 404),
    "a deleted post": ("<html><body><p>삭제된 기사입니다.</p></body></html>", f"{AT}&page=2", 200),
    "back to the first": (html(1, numbers(by_parameter("page"))), AT, 200),
    "the home page": ("<html><title>샛강일보</title><body></body></html>", f"{SITE}/", 200),
}


@pytest.mark.parametrize(("text", "url", "status"), MISSING.values(), ids=MISSING)
def test_half_an_article_is_none(text: str, url: str, status: int) -> None:
    paged = PagedArticle(read_article(page(three_pages()[AT])))
    with pytest.raises(NotAnArticle, match="page 2 of 3") as refused:
        paged.take(parse_document(text, url, status=status))
    assert refused.value.reason == "missing page"


def test_one_page_joined_is_itself() -> None:
    article = read_article(page(html(1, "")))
    assert join_pages([article]) == article
    assert PagedArticle(article).whole == article
