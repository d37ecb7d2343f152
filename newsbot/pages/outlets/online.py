"""Online papers, and the publishing systems that hundreds of small outlets share."""

from __future__ import annotations

from newsbot.pages.layout import ArticleLayout, Generation, Outlet

NOCUT = Outlet(
    name="노컷뉴스",
    hosts=("nocutnews.co.kr",),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("div#pnlContent",),
                headline=("div.h_info h1", "div.reporter_info h2", "div.reporter_info h1"),
                deck=("h3.news-h3", "div#divSubBox"),
                date=("ul.bl_b li:nth-of-type(2)",),
                bylines=("ul.bl_b li.email",),
            ),
        ),
    ),
)

OHMYNEWS = Outlet(
    name="오마이뉴스",
    hosts=("ohmynews.com",),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("div.at_contents", "article.article_body"),
                headline=("h2.article_tit", "h3.tit_subject"),
                deck=("h3.sub_tit", "p.atc_subtit"),
                date=("span.date", "div.info_data div"),
                bylines=("div.user_info a.name", "div.info_data a"),
            ),
        ),
    ),
)

PRESSIAN = Outlet(
    name="프레시안",
    hosts=("pressian.com",),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("div.article_body",),
                headline=("div.view_header p.title", "p.title"),
                deck=("div.view_header p.sub_title", "p.sub_title"),
                date=("span.date",),
                bylines=("div.byline span.name",),
            ),
        ),
    ),
)

NDSOFT = Outlet(
    name=None,
    marks=("article-view-content-div", "articleView.html?idxno="),
    generations=(
        Generation(
            article=ArticleLayout(
                body=(
                    "article#article-view-content-div", "div#article-view-content-div", "div#articleBody",
                    "td#articleBody",
                ),
                outside=(
                    "div.ad-template", "div.relation-box", "div.view-copyright", "div.tag-group",
                    "article.article-copyright", "article.writer",
                ),
                headline=(
                    "h3.heading", "h1.heading", "div.article-head-title", "div.aht-title-view",
                    "span#font_title",
                ),
                deck=("h4.subheading", "h2.subheading", "div.article-head-sub", "span#font_subtitle"),
                date=(
                    "ul.infomation li:nth-of-type(2)",
                    "div.info-text li:nth-of-type(2)",
                    "ul.no-bullet.auto-marbtm-0 li:nth-of-type(2)", "span#font_date",
                ),
                modified=("ul.infomation li:nth-of-type(3)", "div.info-text li:nth-of-type(3)"),
                bylines=(
                    "ul.infomation li:nth-of-type(1)",
                    "div.info-text li:nth-of-type(1)",
                    "div.view-editors strong.name", "div.view-editors strong.names", "span#font_name",
                ),
                category=("ul.breadcrumbs li:nth-of-type(2) a",),
            ),
        ),
    ),
)  # fmt: skip

MEDIAON = Outlet(
    name=None,
    marks=("/mcms/", "news_body_area"),
    generations=(
        Generation(
            article=ArticleLayout(
                body=("div#news_body_area",),
                headline=("div.arv_005 h2", "div.path_area h2", "h2.title"),
                deck=("div.arv_005 h3", "h3.subtitle"),
                date=("ul.art_info li:nth-of-type(2)", "div.arv_005 ul.art_info li"),
                bylines=("ul.art_info li:nth-of-type(1)",),
            ),
        ),
    ),
)

ONLINE = (NOCUT, OHMYNEWS, PRESSIAN)
SYSTEMS = (NDSOFT, MEDIAON)
