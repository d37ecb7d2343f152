"""What the small parts of a row say: the id behind a script, counts in a headline's link."""

from __future__ import annotations

import pytest
from lxml import html

from newsbot.pages.links import scripted_post
from newsbot.pages.rows import leads_on, read_title, script_id


@pytest.mark.parametrize(
    ("link", "document_id"),
    [
        ('<a href="#" data-itsp-view-link="179413">글</a>', "179413"),
        ("<a href=\"javascript:fnView('B02', '828672');\">글</a>", "828672"),
        ('<a href="#none" onclick="return view(5, 179413)">글</a>', "179413"),
        (
            '<a href="https://x.example/list.do?menu=3#" onclick="goView(\'20260305001\')">글</a>',
            "20260305001",
        ),
        ('<a href="#" data-toggle="modal">글</a>', None),
        ('<a href="javascript:void(0)" class="no1204">글</a>', None),
    ],
)
def test_the_id_that_a_script_is_given(link: str, document_id: str | None) -> None:
    node = html.fromstring(link)
    assert (script_id(node), leads_on(node)) == (document_id, False)


def test_a_post_without_an_address_is_told_by_its_id() -> None:
    one, other = (scripted_post(f"https://x.example/list.do?board=5&page=2#{n}") for n in (17, 18))
    assert one is not None
    assert other is not None
    assert (one.document_id, one.url) == ("17", "https://x.example/list.do?board=5#17")
    assert one.key != other.key
    assert scripted_post("https://x.example/view.do?no=17") is None
    assert scripted_post("https://x.example/view.do?no=17#comments") is None


@pytest.mark.parametrize(
    ("link", "title", "comments"),
    [
        ("<a>물길 지도 <span class=info><span class=comment-count>[8]</span></span></a>", "물길 지도", 8),
        ("<a>물길 지도 [8]</a>", "물길 지도 [8]", None),
        ("<a><span class=wrap>1204 <i class=cnt>3</i></span></a>", "1204 3", None),
    ],
)
def test_a_count_within_a_headline(link: str, title: str, comments: int | None) -> None:
    read = read_title(html.fromstring(link))
    assert (read.text, read.comments) == (title, comments)


@pytest.mark.parametrize(
    ("link", "title", "flags"),
    [
        ('<a href="/1">둑길 벚나무 <em class="newIcon">N</em></a>', "둑길 벚나무", ("new",)),
        ('<a href="/1">둑길 벚나무 <b>N</b></a>', "둑길 벚나무", ("new",)),
        ('<a href="/1">제<b>N</b>회 둑길 잔치</a>', "제N회 둑길 잔치", ()),
    ],
)
def test_a_letter_that_says_new(link: str, title: str, flags: tuple[str, ...]) -> None:
    read = read_title(html.fromstring(link))
    assert (read.text, read.flags[: len(flags)]) == (title, flags)
