import pytest
from exported import article, bare

from newsbot.export.addresses import without_addresses
from newsbot.items import Article, Block, Byline, as_json


def _bylines(*raws: str) -> list[str]:
    lines = tuple(Byline(name="나그네", raw=raw) for raw in raws)
    return [line.raw for line in without_addresses(article(bylines=lines)).bylines]


def _body(*texts: str) -> list[str]:
    body = tuple(Block(type="paragraph", text=text) for text in texts)
    return [block.text for block in without_addresses(article(body=body)).body]


def test_no_field_holds_an_address_but_the_text_its_own() -> None:
    values = as_json(without_addresses(article()))
    body = values.pop("body")
    assert "@" not in str(values)
    assert [block["text"].count("@") for block in body] == [1, 0, 0, 0]


def test_a_byline_that_was_an_address_goes_and_a_desk_stays() -> None:
    bylines = without_addresses(article()).bylines
    assert [(line.name, line.raw) for line in bylines] == [
        ("나그네", "나그네 기자"),
        (None, "사회부"),
        ("길손", "사진 길손 기자"),
    ]


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("나그네 기자 nagne@paper.example", "나그네 기자"),
        ("[ 나그네 기자 / nagne@paper.example ]", "[ 나그네 기자]"),
        ("나그네 기자(nagne@paper.example)", "나그네 기자"),
        ("나그네 기자 <nagne@paper.co.kr>", "나그네 기자"),
        ("나그네 nagne@ 기자", "나그네 기자"),
        ("나그네 기자 nagne(at)paper.example", "나그네 기자"),
        ("나그네 기자 nagne＠paper.example", "나그네 기자"),
        ("/나그네 기자 nagne@paper.example, 길손 기자", "/나그네 기자 , 길손 기자"),
        ("글·사진 나그네 기자", "글·사진 나그네 기자"),
    ],
)
def test_what_is_left_of_a_byline(raw: str, left: str) -> None:
    assert _bylines(raw) == [left]


def test_a_reporters_address_goes_from_the_running_text_too() -> None:
    assert _body("끝났다. 나그네 기자 NAGNE@paper.example") == ["끝났다. 나그네 기자"]


def test_a_block_that_signs_loses_any_address() -> None:
    assert _body("끝났다.", "김하늘 기자 sky@other.example", "other@other.example") == [
        "끝났다.",
        "김하늘 기자",
    ]


def test_what_has_no_address_is_left_alone() -> None:
    assert without_addresses(bare()) == bare()
    plain: Article = article(headline="값은 3 @ 4, ( ) 그대로 /")
    assert without_addresses(plain).headline == plain.headline
