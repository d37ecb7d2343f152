"""Rhymix and its elder, XpressEngine.

Measured on Rhymix 2.1: PC skins xedition and default (one table), mobile skins default and
simpleGray (a plain list). The body node carries the post's id whatever the skin.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newsbot.pages.layout import ArticleLayout, Engine, ListingLayout, Stand, TableLayout
from newsbot.pages.links import rhymix_post

_BODY_ID = re.compile(r"(?:^|\s)document_(\d+)_\d+(?:\s|$)")
_SPOKEN_OF = re.compile(r"current_url\s*=\s*\"[^\"]{0,500}?document_srl=(\d+)")
_PRINT_POSTER = "body > h1.h1 ~ a[class^=member_]"  # the date is the text behind it


def _page_id(_page: HtmlElement, body: HtmlElement) -> str | None:
    match = _BODY_ID.search(body.get("class") or "")
    return match[1] if match else None


RHYMIX = Engine(
    name="rhymix",
    marks=(
        'content="Rhymix"',
        'content="XpressEngine"',
        "var current_mid",
        "xe_content",
        "/modules/board/skins/",
        "/modules/board/m.skins/",
    ),
    post=rhymix_post,
    page_id=_page_id,
    table=TableLayout(
        notice=frozenset({"notice"}),
        comments=frozenset({"replyNum", "trackbackNum"}),
        category=frozenset({"category"}),
    ),
    listings=(
        ListingLayout(
            name="mobile",
            container="ul.lt",
            row="ul.lt > li",
            link=":scope > a",
            title="span.title > strong",
            notice="span.notice",
            poster="span.auth > strong, span.auth > em",
            date="span.auth > span",
            comments="span.title > em, span.title > span:not(.notice)",
            category="span.title",
        ),
    ),
    article=ArticleLayout(
        # The print view has the body at the top level, without the post's id.
        body=(
            'div[class^="document_"].xe_content',
            'div[class^="document_"].rhymix_content',
            "body > .xe_content",
        ),
        outside=("div.document_popup_menu",),
        headline=(
            "div.read_header h1 > a:last-of-type",
            "div.hx > h2",
            "div.read_header h1",
            "div.rd_hd h1",
            "div.titleAndUser h1",
            "div.board_read h1",
            "body > h1.h1",
        ),
        category=("div.read_header h1 > a.category", "div.hx > h2 > a[href*=category]"),
        poster=(
            "div.read_header .author",
            "div.rd > div.hx > em",
            "div.hx > span.ex",
            "div.rd_hd .side a[class*=member_]",
            "div.titleAndUser .author",
            _PRINT_POSTER,
        ),
        date=(
            "div.read_header .time",
            "div.rd > div.hx > span",
            "div.hx > span.ex",
            "div.rd_hd .date",
            "div.dateAndCount .date",
            _PRINT_POSTER,
        ),
        keywords=("a.tag", "a[rel=tag]"),
    ),
    stands=(
        Stand(
            state="deleted",
            pattern=re.compile(
                r"대상을 찾을 수 없|존재하지 않는|존재하지 않습니다|삭제된 (?:글|게시물|문서)"
            ),
            statuses=frozenset({404, 410}),
            names_post=_SPOKEN_OF,
        ),
        Stand(
            state="secret",
            pattern=re.compile(r"비밀글입니다|id=\"cpw\""),
            statuses=frozenset({200, 403}),
            names_post=_SPOKEN_OF,
        ),
        Stand(
            state="login",
            pattern=re.compile(
                r"권한이 없습니다|로그인이 필요합니다"
                r"|procMemberLogin[^>]{0,500}>\s*<input[^>]{0,500}message_login"
            ),
            statuses=frozenset({200, 401, 403}),
        ),
    ),
)
