"""Gnuboard 5 (and the boards that older Gnuboards left behind).

Measured on Gnuboard 5.6: the basic skin for PC (a table) and for phones (a list). It answers 200 for
nearly everything; what a page is, its own words tell.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newsbot.pages.layout import ArticleLayout, Engine, ListingLayout, Stand, TableLayout
from newsbot.pages.links import gnuboard_post
from newsbot.pages.selectors import attribute

_WR_ID = "#fviewcomment input[name=wr_id], #bo_vc_w input[name=wr_id], input[name=wr_id][value]"


def _page_id(page: HtmlElement, _body: HtmlElement) -> str | None:
    return attribute(page, _WR_ID, "value")


GNUBOARD = Engine(
    name="gnuboard",
    marks=("g5_url", "g5_bbs_url", "g4_path", "bo_table=", 'id="bo_list"', 'id="bo_v"'),
    post=gnuboard_post,
    page_id=_page_id,
    table=TableLayout(
        notice=frozenset({"bo_notice", "notice_icon"}),
        comments=frozenset({"cnt_cmt", "bo_cmt", "comment_count"}),
        category=frozenset({"bo_cate_link"}),
    ),
    listings=(
        ListingLayout(
            name="mobile",
            container="div#bo_list .list_01 ul",
            row="div#bo_list .list_01 ul > li:not(.empty_table)",
            link="a.bo_subject",
            title="a.bo_subject",
            notice="strong.notice_icon",
            poster="span.sv_member, a.sv_member, span.sv_guest",
            date="span.bo_date",
            views="span.bo_view",
            comments="span.bo_cmt",
            category="a.bo_cate_link",
        ),
        ListingLayout(  # one with posts is read as any repetition of rows
            name="empty gallery",
            container="#bo_gall li.empty_list",
            row="#bo_gall li.gall_li",
            link="a.bo_tit",
            title="a.bo_tit",
        ),
    ),
    article=ArticleLayout(
        body=("div#bo_v_con", "#bo_v_con", "#writeContents"),
        headline=(
            "h2#bo_v_title .bo_v_tit",
            "h2#bo_v_title",
            "#bo_v_title .bo_v_tit",
            "#bo_v_title",
            "#writeSubject",
        ),
        images=("div#bo_v_img",),
        category=("h2#bo_v_title .bo_v_cate",),
        poster=("#bo_v_info .sv_member, #bo_v_info .sv_guest",),
        date=("#bo_v_info .if_date", "#bo_v_info"),
        cut_headlines=True,
    ),
    stands=(
        Stand(state="deleted", pattern=re.compile(r"글이 존재하지 않습니다|글이 삭제되었거나 이동된")),
        Stand(
            state="secret",
            pattern=re.compile(r"password_check|비밀글입니다|비밀번호를 입력하십시오"),
        ),
        Stand(state="no such board", pattern=re.compile(r"존재하지 않는 게시판")),
        Stand(
            state="login",
            pattern=re.compile(
                r"읽을 권한이 없습니다|볼 권한이 없습니다|접근 권한이 없습니다|회원이시라면 로그인"
            ),
            statuses=frozenset({200, 401, 403}),
        ),
    ),
)
