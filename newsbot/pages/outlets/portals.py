"""Portals: they carry the articles of others, and say whose they are."""

from __future__ import annotations

from datetime import date

from newsbot.pages.layout import ArticleLayout, Generation, Outlet

NAVER = Outlet(
    name=None,
    hosts=("news.naver.com", "entertain.naver.com", "sports.naver.com", "sports.news.naver.com"),
    generations=(
        Generation(
            checked=date(2024, 5, 30),
            article=ArticleLayout(
                body=("article#dic_area", "div#dic_area"),
                headline=("h2#title_area", "h2.media_end_head_headline"),
                date=("span._ARTICLE_DATE_TIME@data-date-time", "span._ARTICLE_DATE_TIME"),
                modified=(
                    "span._ARTICLE_MODIFY_DATE_TIME@data-modify-date-time",
                    "span._ARTICLE_MODIFY_DATE_TIME",
                ),
                bylines=("span.byline_s", "em.media_end_head_journalist_name"),
                outlet=("a.media_end_head_top_logo img@title", "a.media_end_head_top_logo img@alt"),
                category=("em.media_end_categorize_item",),
            ),
        ),
        Generation(
            article=ArticleLayout(
                body=("div._article_content", "div#comp_news_article"),
                headline=("h2[class*=article_title]",),
                date=("em.date",),
                bylines=("em[class*=JournalistCard_name]",),
            ),
        ),
        Generation(
            checked=date(2019, 1, 8),
            until=date(2021, 10, 20),
            article=ArticleLayout(
                body=("div#articleBodyContents",),
                headline=("h3#articleTitle",),
                date=("div.sponsor span.t11",),
                modified=("div.sponsor span.t11:nth-of-type(2)",),
                outlet=("div.press_logo img@title", "div.press_logo img@alt"),
            ),
        ),
        Generation(
            checked=date(2017, 5, 12),
            until=date(2023, 12, 31),
            article=ArticleLayout(
                body=("div#articeBody", "div#newsEndContents"),
                outside=("div.source", "p.source", "div.promotion", "p.byline"),
                headline=("h2.end_tit", "div.news_headline h4.title"),
                date=("div.article_info span.author em", "div.news_headline div.info span"),
                modified=("div.news_headline div.info span:nth-of-type(2)",),
                bylines=("p.byline",),
                outlet=("div.press_logo img@alt", "span#pressLogo img@alt"),
            ),
        ),
    ),
)

DAUM = Outlet(
    name=None,
    hosts=("v.daum.net", "news.v.daum.net", "news.daum.net", "entertain.v.daum.net", "sports.v.daum.net"),
    generations=(
        Generation(
            checked=date(2026, 3, 21),
            article=ArticleLayout(
                body=("div.article_view section", "div.article_view", "div#harmonyContainer"),
                headline=("h3.tit_view",),
                date=('meta[property="og:regDate"]@content', "span.num_date"),
                modified=("span.txt_info:nth-of-type(3) span.num_date",),
                outlet=("a#kakaoServiceLogo", "em.info_cp img@alt"),
                category=("h2#kakaoBody",),
            ),
        ),
    ),
)

PORTALS = (NAVER, DAUM)
