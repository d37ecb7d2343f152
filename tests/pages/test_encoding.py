"""A label is a hint, never a promise."""

from __future__ import annotations

import codecs

import pytest

from newsbot.pages.encoding import decode

TEXT = "똠방각하와 펲시콜라, 햏자의 둑길 이야기"  # three syllables that EUC-KR does not have


def _page(label: str) -> str:
    return f'<html><head><meta charset="{label}"></head><body>{TEXT}</body></html>'


@pytest.mark.parametrize(
    "label",
    [
        "euc-kr",
        "EUC_KR",
        "cp949",
        "x-windows-949",
        "ks_c_5601-1987",
        "korean",
        "windows-949",
        "johab",
        "nonsense",
    ],
)
@pytest.mark.parametrize("in_header", [True, False])
def test_cp949_under_every_label(label: str, in_header: bool) -> None:
    body = (_page("") if in_header else _page(label)).encode("cp949")
    assert TEXT in decode(body, f"text/html; charset={label}" if in_header else None)


@pytest.mark.parametrize("label", ["euc-kr", "utf-8", "iso-8859-1", "x-windows-949"])
@pytest.mark.parametrize("codec", ["utf-8", "cp949"])
def test_a_wrong_label_does_no_harm(label: str, codec: str) -> None:
    assert TEXT in decode(_page(label).encode(codec), f"text/html; charset={label}")


@pytest.mark.parametrize(
    ("bom", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_goes_before_every_label(bom: bytes, codec: str) -> None:
    assert decode(bom + TEXT.encode(codec), "text/html; charset=euc-kr") == TEXT


def test_a_sources_own_setting_goes_before_what_the_page_says() -> None:
    assert TEXT in decode(_page("utf-8").encode("cp949"), "text/html; charset=utf-8", declared="euc-kr")


def test_a_stray_byte_costs_one_character_only() -> None:
    body = "둑길 ".encode() + b"\xff" + " 공사".encode()
    assert decode(body, "text/html; charset=utf-8") == "둑길 \ufffd 공사"


def test_a_mark_before_what_is_no_utf_8() -> None:
    assert TEXT in decode(codecs.BOM_UTF8 + _page("euc-kr").encode("cp949"))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("label", ["utf-16", "utf-8", ""])
def test_wide_characters_without_a_mark(codec: str, label: str) -> None:
    assert decode(_page(label).encode(codec), "text/html; charset=utf-8") == _page(label)


@pytest.mark.parametrize("codec", ["utf-8", "cp949"])
def test_what_is_labelled_as_of_wide_characters_and_is_not(codec: str) -> None:
    assert TEXT in decode(_page("utf-16").encode(codec), "text/html; charset=utf-16")


@pytest.mark.parametrize("label", ["iso-2022-kr", "euc-kr", ""])
def test_the_shifted_code_of_mail(label: str) -> None:
    text = _page(label).replace(TEXT, "둑길 이야기, 나루터의 봄")
    assert decode(text.encode("iso2022_kr")) == text


@pytest.mark.parametrize("codec", ["johab", "cp949"])
def test_johab_is_believed_where_it_gives_korean(codec: str) -> None:
    text = _page("johab").replace(TEXT, "강변 두 마을을 잇는 다리가 놓였다고 시는 밝혔다.")
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize("label", ["gb2312", "big5", "shift_jis", "windows-1252", "iso-8859-15", "us-ascii"])
@pytest.mark.parametrize("codec", ["utf-8", "cp949"])
def test_korean_under_another_countrys_label(label: str, codec: str) -> None:
    assert TEXT in decode(_page(label).encode(codec), f"text/html; charset={label}")


@pytest.mark.parametrize(
    ("label", "text"),
    [("gb2312", "上海的新桥昨天开通，社区居民都来了"), ("iso-8859-1", "Café Zürich à l’école")],
)
def test_what_is_not_korean_stays_what_it_is(label: str, text: str) -> None:
    codec = "cp1252" if label.startswith("iso") else label
    assert text in decode(_page("").replace(TEXT, text).encode(codec), f"text/html; charset={codec}")


@pytest.mark.parametrize("header", ["euc-kr", "utf-8", "iso-8859-1", ""])
@pytest.mark.parametrize("meta", ["euc-kr", "utf-8", "x-windows-949"])
@pytest.mark.parametrize("codec", ["utf-8", "cp949"])
def test_header_and_page_may_contradict_each_other(header: str, meta: str, codec: str) -> None:
    assert TEXT in decode(_page(meta).encode(codec), f"text/html; charset={header}" if header else None)


def test_a_few_syllables_of_cp949_that_are_valid_utf_8() -> None:
    body = '<meta charset="euc-kr"><b>첫</b>'.encode("cp949")
    body.decode("utf-8")  # it is
    assert decode(body) == '<meta charset="euc-kr"><b>첫</b>'
    assert decode("Ã¹".encode()) == "Ã¹"


ISLANDS = ["둑길 공사, 내일 끝난다", "첫 나루터 축제", "햏자 펲시", "최 씨는 “해가 졌다”고 했다"]


@pytest.mark.parametrize("island", ISLANDS)
@pytest.mark.parametrize("label", ["utf-8", "euc-kr"])
def test_an_island_of_cp949_in_a_page_of_utf_8(island: str, label: str) -> None:
    around = f'<meta charset="{label}"><p>강변 두 마을을 잇는 다리가 놓였다고 시는 밝혔다.</p>'
    body = around.encode() + f"<b>{island}</b>".encode("cp949") + around.encode()
    assert decode(body, f"text/html; charset={label}") == f"{around}<b>{island}</b>{around}"


@pytest.mark.parametrize("cut", [1, 2])
def test_a_syllable_cut_in_two_is_no_island(cut: int) -> None:
    for last in "가나다을했꽃햏":
        body = (
            "<title>강변 두 마을을 잇는 다리 ".encode()
            + last.encode()[:cut]
            + "…</title><p>새 길이 났다</p>".encode()
        )
        text = decode(body, "text/html; charset=utf-8")
        assert text == "<title>강변 두 마을을 잇는 다리 \ufffd…</title><p>새 길이 났다</p>"
    assert decode("강변 두 마을을 잇는 다리".encode()[:-cut]).startswith("강변 두 마을을 잇는 다\ufffd")


@pytest.mark.parametrize(
    "label", ["hex", "rot13", "idna", "undefined", "punycode", "unicode_escape", "base64", "zlib"]
)
def test_a_label_that_names_no_character_set_is_none(label: str) -> None:
    assert TEXT in decode(_page(label).encode("cp949"), f"text/html; charset={label}")


def test_bytes_without_end_of_islands_are_decoded_in_time() -> None:
    body = ("강변 다리 " * 30_000).encode() + b"\xc7\xd1\xb1\xdb \xff " * 5_000
    text = decode(body)
    assert text.startswith("강변 다리 ")
    assert "한글 \ufffd 한글" in text
