"""News agencies on their own sites."""

from __future__ import annotations

from datetime import date

from newsbot.pages.layout import ArticleLayout, Generation, Outlet

YONHAP = Outlet(
    name="연합뉴스",
    hosts=("yna.co.kr", "yonhapnews.co.kr"),
    generations=(
        Generation(
            checked=date(2022, 9, 7),
            article=ArticleLayout(
                body=("article.story-news", "div.story-news", "div#articleWrap div.article"),
                outside=("div.writer-zone01", "div.tit-sub", "p.txt-copyright", "aside"),
                headline=("h1.tit01", "h1.tit"),
                deck=("div.tit-sub h2", "h2.tit01"),
                date=("p#newsUpdateTime01@data-published-time", "p.update-time", "p#newsWriterCarousel01"),
                bylines=("strong.tit-name", "div#newsWriterCarousel01 strong"),
            ),
        ),
    ),
)

NEWSIS = Outlet(
    name="뉴시스",
    holder="공감언론 뉴시스",
    hosts=("newsis.com",),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("div.viewer article", "div#textBody"),
                outside=("div.summury", "div.summary_view", "p.byline"),
                headline=("h1.title_area", "h1.tit"),
                deck=("div.summury", "div.summary_view"),
                date=("div.infoLine p.txt", "p.infoLine span.txt"),
                modified=("div.infoLine p.txt span:nth-of-type(2)",),
                bylines=("div.reporter span.txt", "p.byline"),
            ),
        ),
    ),
)

NEWS1 = Outlet(
    name="뉴스1",
    hosts=("news1.kr",),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("div#articleBodyContent", "article#articleBodyContent", "div#articles_detail"),
                headline=("h1.article-h2-header-title", "div.title h2", "h1.fw-bold"),
                deck=("h2.article-h3-header-subtitle", "h2.subtitle"),
                date=("time#published@datetime", "div.info"),
                modified=("time#updated@datetime",),
                bylines=("span#article_author",),
            ),
        ),
    ),
)

WIRES = (YONHAP, NEWSIS, NEWS1)
