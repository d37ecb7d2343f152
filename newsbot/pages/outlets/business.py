"""Business papers on their own sites."""

from __future__ import annotations

from datetime import date

from newsbot.pages.layout import ArticleLayout, Generation, Outlet


def _paper(name: str, host: str, article: ArticleLayout, *, holder: str | None = None) -> Outlet:
    return Outlet(name=name, hosts=(host,), holder=holder, generations=(Generation(article=article),))


MAEKYUNG = Outlet(
    name="매일경제",
    holder="매경닷컴",
    hosts=("mk.co.kr",),
    generations=(
        Generation(
            checked=date(2025, 5, 30),
            article=ArticleLayout(
                body=("div.news_cnt_detail_wrap",),
                outside=("div.ai_summary", "div.ad_wrap", "div.relation_news"),
                headline=("section.news_ttl_sec h2.news_ttl", "h2.news_ttl"),
                date=("dl.registration dd",),
                modified=("dl.registration:nth-of-type(2) dd",),
                bylines=("dl.author dt.name",),
                category=("section.news_ttl_sec a.cate",),
            ),
        ),
        Generation(
            until=date(2022, 9, 30),
            article=ArticleLayout(
                body=("div#article_body", "div.art_txt"),
                headline=("h1.top_title",),
                deck=("h2.sub_title1_new",),
                date=("li.lasttime", "div.news_title_author li"),
                bylines=("li.author",),
            ),
        ),
    ),
)

HANKYUNG = _paper(
    "한국경제",
    "hankyung.com",
    ArticleLayout(
        body=("div#articletxt",),
        headline=("h1.headline", "h1.title"),
        deck=("div#articletxt strong.tit", "div.summary"),
        date=("div.datetime span.txt-date", "span.item span.num"),
        modified=("div.datetime span.item:nth-of-type(2) span.txt-date",),
        bylines=("div.author a.item", "span.author"),
    ),
    holder="한경닷컴",
)
SEDAILY = _paper(
    "서울경제",
    "sedaily.com",
    ArticleLayout(
        body=("div.article_view", "div.article"),
        headline=("h1.art_tit", "div.article_head h1"),
        deck=("div.article_summary",),
        date=("div.article_info span.url_txt", "span.url_txt"),
        modified=("span.url_txt:nth-of-type(2)",),
        bylines=("div.rep_name", "span.rep_name"),
    ),
)
HERALD = _paper(
    "헤럴드경제",
    "heraldcorp.com",
    ArticleLayout(
        body=("article#articleText", "div#articleText"),
        headline=("div.news_title h1", "p.article_title", "li.article_title"),
        date=("div.news_date", "p.article_date"),
        bylines=("div.byline", "p.reporter"),
    ),
)
EDAILY = _paper(
    "이데일리",
    "edaily.co.kr",
    ArticleLayout(
        body=("div.news_body",),
        outside=("div.gg_textshow", "div.news_domino"),
        headline=("div.news_titles h1", "div.news_titles h2"),
        date=("div.dates li",),
        modified=("div.dates li:nth-of-type(2)",),
        bylines=("div.reporter_name",),
    ),
)
MONEYTODAY = _paper(
    "머니투데이",
    "mt.co.kr",
    ArticleLayout(
        body=("div#articleView", "div#textBody"),
        outside=("div.txt_box", "div.mt_aside", "p.ept"),
        headline=("h1.headline", "h1.subject"),
        date=("div.col2 .date", "li.date", "ul.info li.date"),
        bylines=("div.name.col1 strong", "li.name"),
    ),
)
FNNEWS = _paper(
    "파이낸셜뉴스",
    "fnnews.com",
    ArticleLayout(
        body=("div#article_content", "article#article_content"),
        headline=("h1.view_tit", "h1.tit_view", "div.view_hd h1"),
        date=("div.view_hd div.byline em", "div.byline em"),
        modified=("div.byline em:nth-of-type(2)",),
        bylines=("div.byline b",),
    ),
)

BUSINESS = (MAEKYUNG, HANKYUNG, SEDAILY, HERALD, EDAILY, MONEYTODAY, FNNEWS)
