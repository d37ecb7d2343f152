import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsbot.korean.edits import Piece, pieces, size

TEXTS = st.text("가나다 라마\n.“”12", max_size=60)


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("같은 말이다.", "같은 말이다.", "=같은 말이다."),
        ("3명이 다쳤다.", "5명이 다쳤다.", "-3명이|+5명이|= 다쳤다."),
        ("시장은 말했다.", "시장은 어제 말했다.", "=시장은|+ 어제|= 말했다."),
        ("시장은 어제 밤 말했다.", "시장은 말했다.", "=시장은|- 어제 밤|= 말했다."),
        ("큰 불이 났다.", "작은 물이 났다.", "-큰 불이|+작은 물이|= 났다."),
        ("첫 줄\n둘째 줄", "첫 줄\n셋째 줄", "=첫 줄\n|-둘째|+셋째|= 줄"),
        ("", "새 글", "+새 글"),
        ("“옛 글”", "", "-“옛 글”"),
    ],
)
def test_the_way_from_one_text_to_the_other_is_told_by_words(old: str, new: str, way: str) -> None:
    assert "|".join(piece.op + piece.text for piece in pieces(old, new)) == way


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(old: str, new: str) -> None:
    way = pieces(old, new)
    assert "".join(piece.text for piece in way if piece.op != "+") == old
    assert "".join(piece.text for piece in way if piece.op != "-") == new
    assert all(piece.text for piece in way)


def test_a_text_of_many_thousand_words_is_compared_by_its_paragraphs() -> None:
    old = "\n".join(f"{n}번째 문단은 이렇게 되어 있다." for n in range(6000))
    way = pieces(old, old.replace("\n3000번째 문단은", "\n3000번째 단락은"))
    assert [piece.op for piece in way] == ["=", "-", "+", "="]


def test_the_size_counts_what_is_gone_and_what_is_new() -> None:
    assert size((Piece("=", "같은 말"), Piece("-", "옛 말"), Piece("+", "새\n말씀"))) == 5
