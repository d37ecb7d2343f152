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
            body=("div#cont_newstext",),
            headline=("h4.headline-title", "h5.tit-s"),
            date=("em.input-date", "em.date"),
            modified=("em.update-date",),
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
            date=("div.date_area span", "span.date"),
            modified=("div.date_area span:nth-of-type(2)",),
            bylines=("div.reporter em", "a.name"),
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
            date=("div.date", "span.time"),
        ),
    ),
    _station(
        "MBN",
        ("mbn.co.kr",),
        ArticleLayout(
            body=("div#newsViewArea", "div.detail"),
            headline=("h1.news_title", "div.box01 h1", "div.title_box h1"),
            date=("span.reg_dt", "div.txt_box span.reg_dt"),
            modified=("span.mod_dt",),
        ),
    ),
)
