"""Broadcasters on their own sites: what is printed is the script of a report."""

from __future__ import annotations

from newsbot.pages.layout import ArticleLayout, Generation, Outlet


def _station(name: str, hosts: tuple[str, ...], article: ArticleLayout) -> Outlet:
    return Outlet(name=name, hosts=hosts, generations=(Generation(article=article),))


BROADCASTERS = (
    _station(
        "KBS",
        ("news.kbs.co.kr",),
        ArticleLayout(
            body=("div#cont_newstext", "div.detail-body"),
            headline=("h4.headline-title", "h5.tit-s"),
            date=("em.input-date", "em.date"),
            modified=("em.edit-date", "em.update-date"),
            bylines=("div.reporter-info p.name", "p.reporter-name"),
        ),
    ),
    _station(
        "MBC",
        ("imnews.imbc.com",),
        ArticleLayout(
            body=("div.news_txt",),
            headline=("h2.art_title",),
            date=("span.input", "div.date span"),
            modified=("span.update",),
            bylines=("span.writer", "div.reporter a"),
        ),
    ),
    _station(
        "SBS",
        ("news.sbs.co.kr",),
        ArticleLayout(
            body=("div.text_area",),
            headline=("h1#news-title", "h3#vmNewsTitle"),
            date=('div.date_area meta[itemprop="datePublished"]@content', "div.date_area span", "span.date"),
            modified=("div.date_area span:nth-of-type(2)",),
            bylines=('div.w_author div.reporter span[itemprop="name"]', "div.reporter em", "a.name"),
        ),
    ),
    _station(
        "JTBC",
        ("news.jtbc.co.kr", "news.jtbc.joins.com"),
        ArticleLayout(
            body=("div#ijam_content", "div.article_content"),
            headline=("h3#jtbcBody", "h3.title"),
            date=("span.i_date", "span.artical_date span"),
            modified=("span.m_date",),
            bylines=("dd.name",),
        ),
    ),
    _station(
        "YTN",
        ("ytn.co.kr",),
        ArticleLayout(
            body=("div#CmAdContent", "div.article"),
            headline=("h2.news_title span", "h2.news_title"),
            date=("div.news_info div.date", "div.date", "span.time"),
        ),
    ),
    _station(
        "MBN",
        ("mbn.co.kr",),
        ArticleLayout(
            body=("div#newsViewArea", "div.detail"),
            headline=("h1.news_title", "div.box01 h1", "div.title_box h1"),
            date=("span.reg_dt", "div.txt_box span.reg_dt", "div.txt_box .time"),
            modified=("span.mod_dt", "div.txt_box .time"),
        ),
    ),
    _station(
        "TV조선",
        ("news.tvchosun.com",),
        ArticleLayout(
            body=("div.item-main div.contents div.text-box",),
            headline=("div.view-title h2.title",),
            date=("div.view-title div.editor .date li p",),
            modified=("div.view-title div.editor .date li:nth-of-type(2) p",),
            bylines=("div.view-title div.editor a.reporter",),
            category=("div.view-title .category span a",),
        ),
    ),
    _station(
        "연합뉴스TV",
        ("yonhapnewstv.co.kr",),
        ArticleLayout(
            body=("div.article-body-text",),
            headline=("div.article-inheader h2",),
            date=(".reporter-info span",),
            bylines=(".reporter-name span",),
            category=("div.article-inheader h3 a",),
        ),
    ),
    _station(
        "SBS Biz",
        ("biz.sbs.co.kr",),
        ArticleLayout(
            body=("div.ab_text",),
            headline=("h3.ah_big_title",),
            date=(".ah_info .ahi_date",),
            bylines=(".ah_info .ahi_name",),
            category=(".ah_category .aha_title",),
        ),
    ),
    _station(
        "한국경제TV",
        ("wowtv.co.kr",),
        ArticleLayout(
            body=("div#divNewsContent",),
            headline=("h1.title-news",),
            date=("#artdate",),
            modified=("#artupdate",),
            bylines=(".news-aside > span",),
        ),
    ),
)
