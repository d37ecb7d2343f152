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
