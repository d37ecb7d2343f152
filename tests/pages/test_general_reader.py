"""Forms of news pages that no layout knows: where the markup says little, the reader still finds its way."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsbot.errors import NotAnArticle
from newsbot.items import Article
from newsbot.korean.dates import KST
from newsbot.pages.article import read_article
from newsbot.pages.document import parse_document

HEADLINE = "둑길 벚나무 서른 그루 보호수로"
TEXT = [
    "가람시가 둑길을 따라 선 벚나무 서른 그루를 보호수로 지정했다고 5일 밝혔다.",
    "나무마다 나이와 높이를 적은 표지를 달고 둘레에는 낮은 울타리를 친다. 가지를 치려면 허가를 받아야 한다.",
    "시는 지난해 가을부터 나무 의사 다섯 명과 줄기와 뿌리를 살폈다. 가장 나이 든 나무는 백열두 살이다.",
    '"그늘이 이어져야 길이 이어진다"고 공원과 관계자는 말했다. 시는 내년에 스무 그루를 더 살필 계획이다.',
]
P = "".join(f"<p>{line}</p>" for line in TEXT)
BR = "<br><br>".join(TEXT)
LINKS = (
    "<a href=/1>벚꽃 축제 올해는 사흘 늦게 연다</a><br><a href=/2>둑길 자전거 도로 새 단장 마쳐</a><br>"
    "<a href=/3>섬마을 분교에 다시 울린 종소리</a>"
)
COMMENTS = "".join(
    f"<div><b>독자{n}</b><div>{n}번째로 적습니다. 둑길을 오래 걸어 온 사람으로서 반갑습니다.</div></div>"
    for n in range(30)
)
ARTICLE = "<meta property=og:type content=article>"
MORNING = datetime(2026, 3, 5, 9, 12, tzinfo=KST)
LATER = datetime(2026, 3, 5, 10, 1, tzinfo=KST)


def read(head: str, body: str) -> Article:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_article(parse_document(page, "https://x.example/news/5"))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>[샛강일보] {HEADLINE}</title>",
         f"<h1>샛강일보</h1><div><p class='article-head-title'>{HEADLINE}</p><div>{BR}</div></div>"),
        (f"<title>{HEADLINE} > 사회 > 샛강일보</title>",
         f"<table><tr><td><font size=5>{HEADLINE}</font></td></tr><tr><td>등록 : 2026-03-05</td></tr>"
         f"<tr><td><font>{BR}<br><br>[관련기사]<br>{LINKS}</font></td></tr></table>"),
        (f"<title>{HEADLINE}</title>{ARTICLE}",
         f"<h2>{HEADLINE}</h2><div><table><tr><td><img src=a></td></tr><tr><td>▲ 둑길 벚나무 ⓒ샛강</td></tr>"
         f"</table>{BR}</div>"),
        (f"<title>{HEADLINE}</title>",
         f"<div><h3>{HEADLINE}</h3><span>2026-03-05 09:12:33</span>"
         + "".join(f"<div><font><span>{line}</span></font></div>" for line in TEXT) + "</div>"),
        (f"<title>{HEADLINE} - 샛강</title>",
         f"<article><header><h1>{HEADLINE}</h1></header><div class=lead><p>{TEXT[0]}</p></div>"
         f"<div class=rest>{''.join(f'<p>{line}</p>' for line in TEXT[1:])}</div></article>"),
        (f"<title>{HEADLINE}</title>{ARTICLE}",
         f"<div><h1>{HEADLINE}</h1><div class=c>{BR}<br><br>▶ 관련기사<br>{LINKS}</div></div>"),
        (f'<title>{HEADLINE}</title><meta property=og:description content="{TEXT[0]}">',
         f"<h1>{HEADLINE}</h1><div>{P}</div><div><h3>한마디</h3>{COMMENTS}</div>"),
        (f"<title>{HEADLINE}</title>{ARTICLE}",
         f"<h1>{HEADLINE}</h1><div class=c>{P}<div class='reporter_box'>서다온 기자 daon@s.example</div>"
         "<div class=tags><a href=/t>벚나무</a></div></div>"),
        (f"<title>{HEADLINE}</title><meta property=og:title content='{HEADLINE}'>{ARTICLE}",
         f"<h1>둑길 벚나무<br>서른 그루 보호수로</h1><div class=c>{P}</div>"),
        ("<title>Document</title>",
         f"<div><h3>{HEADLINE}</h3><h6>2026. 3. 5. 09:12</h6></div><div>{P}</div>"),
    ],
)  # fmt: skip
def test_headline_and_body_without_what_stands_around_them(head: str, body: str) -> None:
    article = read(head, body)
    assert article.headline == HEADLINE
    assert [block.text for block in article.body] == TEXT


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (f"{HEADLINE} - 샛강일보", HEADLINE),
        (f"{HEADLINE} | 샛강일보", HEADLINE),
        (f"{HEADLINE} : 사회 : 샛강일보", f"{HEADLINE} : 사회"),
        (f"{HEADLINE}ㅣ샛강일보", HEADLINE),
        ("샛강 - 바다 - 산", "샛강 - 바다 - 산"),
        (HEADLINE, HEADLINE),
    ],
)
def test_a_title_that_is_printed_nowhere_loses_the_site_s_name(title: str, headline: str) -> None:
    site = '<meta property="og:type" content="article"><meta property="og:site_name" content="샛강일보">'
    assert read(f'{site}<meta property="og:title" content="{title}">', f"<div>{P}</div>").headline == headline


@pytest.mark.parametrize(
    ("lines", "published", "modified"),
    [
        ("<p>입력: 2026-03-05 09:12 / 수정: 2026-03-05 10:01</p>", MORNING, LATER),
        ("<dl><dt>입력</dt><dd>2026-03-05 09:12</dd><dt>수정</dt><dd>2026-03-05 10:01</dd></dl>",
         MORNING, LATER),
        ("<p class=date>2026년 3월 5일 오전 9시 12분</p>", MORNING, None),
        ("<span>서다온 기자 | 2026.03.05 09:12</span>", MORNING, None),
        ("<time datetime='2026-03-05T00:12:00Z'>3월 5일</time>", MORNING, None),
        ("<p>2026.03.05</p><p>승인 2026.03.05 09:12</p>", MORNING, None),
        ("<ul class=list><li>2019.01.01 00:00</li></ul>", None, None),
        ("<p>조회 2,026 03.05</p>", None, None),
    ],
)  # fmt: skip
def test_dates_that_are_only_printed(
    lines: str, published: datetime | None, modified: datetime | None
) -> None:
    article = read(f"<title>{HEADLINE}</title>", f"<div><h1>{HEADLINE}</h1>{lines}<div>{P}</div></div>")
    assert (article.date_published, article.date_modified) == (published, modified)


@pytest.mark.parametrize(
    ("stated", "printed", "published"),
    [
        ("2026-03-05T09:12:33+09:00", "입력 2026.03.05 09:12", MORNING.replace(second=33)),
        ("2026-03-05", "입력 2026.03.05 09:12", MORNING),
        ("2026-03-05T00:12:33Z", "", MORNING.replace(second=33)),
        ("없음", "입력 2026.03.05 09:12", MORNING),
    ],
)
def test_the_more_exact_date_counts(stated: str, printed: str, published: datetime) -> None:
    head = f'<title>{HEADLINE}</title><meta property="article:published_time" content="{stated}">'
    assert read(head, f"<h1>{HEADLINE}</h1><p>{printed}</p><div>{P}</div>").date_published == published


@pytest.mark.parametrize(
    ("head", "box", "names"),
    [
        ('<meta name="author" content="서다온 기자">', "", ["서다온"]),
        ('<meta name="author" content="샛강일보">', "", []),
        ('<meta property="article:author" content="https://facebook.example/saetgang">', "", []),
        ('<meta property="og:article:author" content="연합뉴스 | 네이버">', "", []),
        (
            "",
            '<div class="byline"><span>서다온 기자</span><span>남가온 기자</span></div>',
            ["서다온", "남가온"],
        ),
        ("", '<div class="writer">서다온 특파원 daon@s.example</div>', ["서다온"]),
        ("", '<div class="byline">구독</div>', []),
        ("", '<div class="side-list"><span class="reporter">다른이 기자</span></div>', []),
    ],
)
def test_people_that_a_page_names_beside_its_text(head: str, box: str, names: list[str]) -> None:
    article = read(f"<title>{HEADLINE}</title>{head}", f"<h1>{HEADLINE}</h1>{box}<div>{P}</div>")
    assert [byline.name for byline in article.bylines] == names


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta property="og:site_name" content="샛강일보">', "샛강일보"),
        ('<meta property="og:article:author" content="경향신문 | 네이버">', "경향신문"),
        ('<meta property="og:site_name" content="Daum | YTN">', "YTN"),
        ('<meta property="og:site_name" content="동네마당">', None),
    ],
)
def test_who_wrote_it(head: str, source: str | None) -> None:
    assert read(f"<title>{HEADLINE}</title>{head}", f"<h1>{HEADLINE}</h1><div>{P}</div>").source == source


@pytest.mark.parametrize(
    ("listed", "keywords"),
    [
        ("벚나무, 보호수 ,벚나무", ("벚나무", "보호수")),
        ("뉴스, 기사, 속보, 정치", ()),
        ("", ()),
    ],
)
def test_keywords_of_the_article_and_not_of_the_trade(listed: str, keywords: tuple[str, ...]) -> None:
    head = f'<title>{HEADLINE}</title><meta name="keywords" content="{listed}">'
    assert read(head, f"<h1>{HEADLINE}</h1><div>{P}</div>").keywords == keywords


def test_each_field_says_where_it_came_from() -> None:
    stated = '<meta property="article:published_time" content="2026-03-05T09:12:33+09:00">'
    printed = f"<h1>{HEADLINE}</h1><p>수정 2026.03.05 10:01</p>"
    article = read(f"<title>{HEADLINE}</title>{stated}", f"<div>{printed}<div>{P}</div></div>")
    origins = {"body": "text", "headline": "meta", "date_published": "meta", "date_modified": "text"}
    assert {name: article.provenance[name] for name in origins} == origins


@pytest.mark.parametrize(
    "body",
    [
        "<nav><ul>" + "<li><a href=/a>어느 긴 이름을 가진 메뉴의 한 항목</a></li>" * 40 + "</ul></nav>",
        "<ul>" + "<li><a href=/a>어느 긴 제목을 가진 기사로 가는 링크입니다</a></li>" * 40 + "</ul>",
        "<form><input type=text><button>찾기</button></form><footer>대표전화 02-000-0000</footer>",
        "<p>짧은 글.</p>",
    ],
)
def test_no_body_is_made_of_what_is_none(body: str) -> None:
    with pytest.raises(NotAnArticle):
        read("<title>샛강일보</title>", body)
