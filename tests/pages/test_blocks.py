"""Any markup into passages: where a reader sees a line end, and what a reader does not see."""

from __future__ import annotations

import pytest
from lxml import html

from newsbot.korean.passages import Passage
from newsbot.pages.blocks import passages, unmask

KEY = 0x2A
ADDRESS = "desk@board.example"
MASK = f"{KEY:02x}" + "".join(f"{ord(letter) ^ KEY:02x}" for letter in ADDRESS)


def read(body: str) -> list[Passage]:
    return passages(html.fromstring(f"<div>{body}</div>"), lambda link: f"http://b.example{link}")


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<p>하나</p><p>둘</p>", ["하나", "둘"]),
        ("<p>하나<p>둘", ["하나", "둘"]),
        ("하나<br />\n<br />\n둘", ["하나", "둘"]),
        ("<div>하나<div>둘</div>셋</div>", ["하나", "둘", "셋"]),
        ("<p>\xa0</p><p>하나\xa0둘</p><div><br></div>", ["하나 둘"]),
        ("<span><span>하</span>나 </span><b>둘</b><i>셋</i>", ["하나 둘셋"]),
        ("<p>하나<!-- 둘 -->셋</p>", ["하나셋"]),
        ("<p>하나</p><script>둘()</script><style>셋{}</style><p>넷</p>", ["하나", "넷"]),
        ('<p>하나</p><p style="DISPLAY : none">둘</p><p hidden>셋</p>넷', ["하나", "넷"]),
        ("<table><tr><td><p>하나</p><p>둘</p></td><td><img src=/a.jpg></td></tr></table>", ["하나", "둘"]),
        ("<table><tr><td>하나<br>둘</td></tr></table>", ["하나", "둘"]),
        ("<ul><li><p>하나</p><p>둘</p></li></ul>", ["하나", "둘"]),
        (f'<p>글 <a class="__cf_email__" data-cfemail="{MASK}">[email protected]</a></p>', [f"글 {ADDRESS}"]),
        (f'<p><a href="/cdn-cgi/l/email-protection#{MASK}">메일</a></p>', [ADDRESS]),
        (
            f'<a href="/cdn-cgi/l/email-protection#{MASK}"><span data-cfemail="{MASK}">x</span></a>',
            [ADDRESS],
        ),
        ('<p>글 <a data-cfemail="zz">[email protected]</a></p>', ["글 [email protected]"]),
        ("<iframe>하나</iframe><p>둘", ["둘"]),
        ("<p>1 &lt; 2 &amp;amp; 3</p>", ["1 < 2 &amp; 3"]),
    ],
)  # fmt: skip
def test_lines_end_where_a_reader_sees_them_end(body: str, texts: list[str]) -> None:
    assert [passage.text for passage in read(body) if passage.kind != "image"] == texts


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("<table><tr><th>곳</th><th>날</th></tr><tr><td>둑</td><td>5일</td></tr></table>", "table",
         "곳 | 날\n둑 | 5일"),
        ("<table><caption>길</caption><tr><th>곳</th><th>날</th></tr><tr><td>둑</td><td>5일</td></tr></table>",
         "table", "길\n곳 | 날\n둑 | 5일"),
        ("<ul><li>하나</li><li>둘</li></ul>", "list", "하나\n둘"),
        (f'<ul><li><a data-cfemail="{MASK}">x</a></li></ul>', "list", ADDRESS),
        ("<h3>둑길</h3>", "subhead", "둑길"),
        ("<blockquote>둑길</blockquote>", "quote", "둑길"),
        ("<figure><figcaption>둑길</figcaption></figure>", "caption", "둑길"),
        ('<em class="img_desc">둑길</em>', "caption", "둑길"),
    ],
)  # fmt: skip
def test_markup_that_says_what_a_passage_is(body: str, kind: str, text: str) -> None:
    assert read(body) == [Passage(kind=kind, text=text)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ('<img src="/a.jpg" alt="둑길">', "http://b.example/a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="둑길">', "http://b.example/a.jpg"),
        ('<img src="/blank.gif" data-original="/a.jpg" alt="둑길">', "http://b.example/a.jpg"),
    ],
)
def test_pictures_stand_in_their_place(image: str, url: str) -> None:
    assert read(f"하나{image}둘") == [
        Passage(text="하나"),
        Passage(kind="image", text="둑길", image_url=url),
        Passage(text="둘"),
    ]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="articlePhotoR"><img src="/a.jpg"><span>둑길</span></div>',
        '<table><tr><td><img src="/a.jpg"></td></tr><tr><td>둑길</td></tr></table>',
        '<span class="end_photo_org"><img src="/a.jpg"><em class="img_desc">둑길</em></span>',
    ],
)
def test_short_text_in_a_box_with_a_picture_is_its_caption(box: str) -> None:
    assert read(f"하나{box}둘") == [
        Passage(text="하나"),
        Passage(kind="image", image_url="http://b.example/a.jpg"),
        Passage(kind="caption", text="둑길"),
        Passage(text="둘"),
    ]


def test_an_article_laid_out_in_a_table_is_no_caption() -> None:
    body = f'<table class="photo"><tr><td><img src="/a.jpg">{"긴 글이 이어진다. " * 60}</td></tr></table>'
    assert [passage.kind for passage in read(body)] == ["image", "text"]


@pytest.mark.parametrize("tag", ["h3", 'em class="caption"'])
def test_a_masked_address_in_place_of_a_heading_or_a_caption(tag: str) -> None:
    assert read(f'<{tag} data-cfemail="{MASK}">x</{tag.split(maxsplit=1)[0]}>')[0].text == ADDRESS


def test_what_stands_outside_is_left_out_but_not_what_follows_it() -> None:
    body = html.fromstring("<div>하나<p id=x>둘</p>셋</div>")
    found = passages(body, str, frozenset({body[0]}))
    assert [passage.text for passage in found] == ["하나", "셋"]


@pytest.mark.parametrize("masked", ["", "z", "2a4", "ff00c3"])
def test_a_mask_that_is_none(masked: str) -> None:
    assert unmask(masked) in (None, "")


def test_unmask() -> None:
    assert unmask(MASK) == ADDRESS


@pytest.mark.parametrize("tag", ["figcaption", "div class=caption"])
def test_the_paragraphs_of_one_caption_are_one(tag: str) -> None:
    end = tag.partition(" ")[0]
    caption = f"<{tag}><b>새 다리</b><p>강변 모습.</p><p>2026.3.5</p></{end}>"
    body = f"<figure><img src=/a.jpg>{caption}</figure><p>글</p>"
    assert [(p.kind, p.text) for p in read(body)] == [
        ("image", ""), ("caption", "새 다리\n강변 모습.\n2026.3.5"), ("text", "글"),
    ]  # fmt: skip


def test_what_a_purifier_left_of_a_caption_is_one() -> None:
    """It took ``figure`` and ``figcaption``, and left the text between the picture and the paragraphs."""
    found = read(
        "<img src=/a.jpg>\n둑길을 걷는 시민들 마을신문 자료사진<p>둑길이 열렸다.</p><p>길이는 3km다.</p>"
    )
    assert [(passage.kind, passage.text[:6]) for passage in found] == [
        ("image", ""),
        ("caption", "둑길을 걷는"),
        ("text", "둑길이 열렸"),
        ("text", "길이는 3k"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<img src=/a.jpg>둑길이 열렸다.<br><br>길이는 3km다.<br>",
        "<img src=/a.jpg>둑길이 <b>열렸다</b>.<p>길이는 3km다.</p><p>시민이 걷는다.</p>",
        "<p><img src=/a.jpg>둑길이 열렸다.</p><p>길이는 3km다.</p><p>시민이 걷는다.</p>",
        "<img src=/a.jpg>둑길이 열렸다.<p>길이는 3km다.</p>시민이 걷는다.<p>끝까지 걷는다.</p>",
    ],
)
def test_running_text_behind_a_picture_is_no_caption(body: str) -> None:
    assert "caption" not in [passage.kind for passage in read(body)]


@pytest.mark.parametrize(
    ("body", "strong"),
    [
        ("<p><strong>둑길</strong></p>", True),
        ("<p> <b>둑<span>길</span></b> </p>", True),
        ("<strong><p>둑길</p></strong>", True),
        ("<p><strong>둑길</strong>을 걷다</p>", False),
        ("<p>걷는 <b>둑길</b></p>", False),
        ("<p><b>둑길</b></p><p>나루</p>", True),
    ],
)
def test_what_stands_in_bold(body: str, strong: bool) -> None:
    assert read(body)[0].strong == strong
    assert not any(passage.strong for passage in read(body)[1:])


@pytest.mark.parametrize(
    "picture",
    [
        '<span><img src="/1.jpg"><em>둑길을 걷는 시민들</em></span>',
        '<div style="text-align: center"><img src="/1.jpg"><br>둑길을 걷는 시민들</div>',
    ],
)
def test_a_caption_by_where_it_stands(picture: str) -> None:
    read = passages(html.fromstring(f"<div>{picture}<p>둑길이 열렸다.</p></div>"), str)
    assert [(passage.kind, passage.text) for passage in read[1:]] == [
        ("caption", "둑길을 걷는 시민들"),
        ("text", "둑길이 열렸다."),
    ]


def test_words_in_italics_beside_a_picture_and_text_are_no_caption() -> None:
    read = passages(html.fromstring('<p><img src="/1.jpg"><em>둑길</em>이 열렸다.</p>'), str)
    assert [(passage.kind, passage.text) for passage in read[1:]] == [("text", "둑길이 열렸다.")]
