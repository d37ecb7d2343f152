"""National dailies on their own sites."""

from __future__ import annotations

from datetime import date

from newsbot.pages.layout import ArticleLayout, Generation, Outlet


def _daily(name: str, host: str, article: ArticleLayout, *, holder: str | None = None) -> Outlet:
    return Outlet(name=name, hosts=(host,), holder=holder, generations=(Generation(article=article),))


DONGA = Outlet(
    name="동아일보",
    hosts=("donga.com",),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("section.news_view",),
                outside=("div.subscribe", "div.view_ad", "div.article_issue"),
                headline=("section.head_group h1",),
                deck=("section.head_group h2", "section.news_view h2"),
                date=(
                    "div.date_info p span[aria-hidden]",
                    "ul.news_info button span:nth-of-type(1)",
                    "ul.news_info span[aria-hidden]",
                ),
                modified=("ul.news_info button span:nth-of-type(2)",),
                bylines=("section.head_group ul.news_info strong", "div.author_info a"),
            ),
        ),
        Generation(
            checked=date(2013, 10, 24),
            until=date(2023, 3, 31),
            article=ArticleLayout(
                body=("div.article_txt",),
                outside=("div.article_issue", "div.sub_cont_AD", "div.article_relation"),
                headline=("div.article_title h1", "h1.title", "h2.title"),
                date=("p.title_foot span.date", "span.date01"),
                modified=("p.title_foot span.date2", "span.date01:nth-of-type(2)"),
                bylines=("div.report", "span.report"),
            ),
        ),
    ),
)

HANKOOK = Outlet(
    name="한국일보",
    hosts=("hankookilbo.com",),
    generations=(
        Generation(
            checked=date(2026, 7, 12),
            article=ArticleLayout(
                body=("div#article-view-content", "div.article-view"),
                outside=("div.writer", "div.end-ad-container"),
            ),
        ),
        Generation(
            checked=date(2025, 5, 15),
            until=date(2026, 6, 30),
            article=ArticleLayout(
                body=("div.end-body div.col-main",),
                outside=(
                    "div.writer", "div.end-ad-container", "div.recommend", "div.subscribe", "div.tag",
                    "div.issue", "div.related", "div.banner",
                ),
                headline=("div.end-top h1.title",),
                date=("div.info dl.wrt-text:nth-of-type(1) dd", "div.info dl.wrt-text dd"),
                modified=("div.info dl.wrt-text:nth-of-type(2) dd", "div.info dl.wrt-text dd:nth-of-type(2)"),
                bylines=("div.end-body div.writer span.name",),
            ),
        ),
        Generation(
            until=date(2020, 6, 8),
            article=ArticleLayout(
                body=("article#article-body", "div#article-body"),
                headline=("div.article-header h4", "h1.titTxt"),
                date=("div.writeOption p.date", "p.writeTime"),
            ),
        ),
    ),
)  # fmt: skip

CHOSUN = _daily(
    "조선일보",
    "chosun.com",
    ArticleLayout(
        body=("section.article-body", "div#news_body_id div.par"),
        headline=("h1.article-header__headline", "h1#news_title_text_id"),
        deck=("h2.article-header__subtitle", "div.article-header__headline-container p"),
        bylines=("div.article-byline a", "a.article-byline__author", "span.article-byline__author"),
        date=("span.inputDate", "div#date_text"),
        modified=("span.upDate",),
    ),
)
JOONGANG = _daily(
    "중앙일보",
    "joongang.co.kr",
    ArticleLayout(
        body=("div#article_body", "div.article_body"),
        outside=("div.ab_related_article", "div.ab_subscribe", "div.ad", "div.tag_wrap"),
        headline=("h1.headline", "h1#article_title"),
        date=('time[itemprop="datePublished"]@datetime', "p.date time@datetime", "p.date"),
        modified=('time[itemprop="dateModified"]@datetime', "p.date:nth-of-type(2) time@datetime"),
        bylines=("div.byline a", "div.byline"),
        deck=("h2.subhead",),
        category=("div.subhead a",),
    ),
)
HANI = _daily(
    "한겨레",
    "hani.co.kr",
    ArticleLayout(
        body=("div.article-text", "div#a-left-scroll-in div.text"),
        outside=("div.subtitle", "aside", "div.ad"),
        headline=('h3[class*="ArticleDetailView_title"]', "h4 span.title", "span.title"),
        deck=('h4[class*="ArticleDetailView_subtitle"]', "div.subtitle"),
        date=('ul[class*="ArticleDetailView_dateList"]', "p.date-time span"),
        modified=('ul[class*="ArticleDetailView_dateList"]', "p.date-time span:nth-of-type(2)"),
        bylines=('div[class*="ArticleDetailView_reporter"] a', "div.kiza-info div.name"),
    ),
    holder="한겨레신문사",
)  # fmt: skip
KHAN = _daily(
    "경향신문",
    "khan.co.kr",
    ArticleLayout(
        body=("section#articleBody", "div#articleBody", "div.art_body"),
        outside=("div.art_photo_banner", "div.srch-kw", "div.banner-article-left"),
        headline=("header h1.title", "article header h1", "h1#article_title", "div.art_header h1"),
        deck=("div.editor-subtitle", "p.editor-subtitle"),
        date=("div.date p", "div.byline em", "a.article-time em"),
        modified=("div.date p:nth-of-type(2)", "div.byline em:nth-of-type(2)"),
        bylines=("ul.editor a", "header div.editor a", "span.author", "span.name"),
    ),
    holder="경향닷컴",
)
KUKMIN = _daily(
    "국민일보",
    "kmib.co.kr",
    ArticleLayout(
        body=("div#articleBody",),
        headline=("h1.article_headline", "div.nwsti h3"),
        deck=("h2.article_sub_headline",),
        date=("div.datetime div", "div.article_date", "div.date span.t11"),
        modified=("div.date span.t11:nth-of-type(2)",),
    ),
)
SEGYE = _daily(
    "세계일보",
    "segye.com",
    ArticleLayout(
        body=("article.viewBox2", "div#article_txt"),
        headline=("h3#title_sns",),
        deck=("em.precis",),
        date=("p.viewInfo", "div.viewInfo"),
        bylines=("span#SG_CreatorName",),
    ),
)
MUNHWA = _daily(
    "문화일보",
    "munhwa.com",
    ArticleLayout(
        body=("div#article-body", "div#News_content", "div.news_body"),
        headline=("h1.title", "h1.article-title", "span.title"),
        deck=("div.article-subtitle p",),
        date=(
            "div.byline span.date-publish",
            "div.byline .date-publish",
            "p.article-date",
            "td.titlebg span",
        ),
        bylines=("div.byline div.writer a", "div.byline .writer span a"),
    ),
)
SEOUL = _daily(
    "서울신문",
    "seoul.co.kr",
    ArticleLayout(
        body=("div#articleContent", "div.viewContent"),
        outside=("div.v_photo_banner", "div.expendImageWrap button"),
        headline=("h1.h38", "div.viewHeader h1", "h1.a18b", "h1.title"),
        deck=("h2.stit",),
        date=("div.dateInfo .writeInfo", "div.writeInfo p", "div.viewDate"),
        modified=("div.dateInfo .updateInfo",),
        bylines=("div.reporterInfo .name a", "div.writerInfo span"),
    ),
    holder="서울신문사",
)

DAILIES = (DONGA, HANKOOK, CHOSUN, JOONGANG, HANI, KHAN, KUKMIN, SEGYE, MUNHWA, SEOUL)
