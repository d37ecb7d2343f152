"""Interviews: which lines are questions, and what looks like them."""

from __future__ import annotations

import pytest
from bodies import LEAD, MORE, read

from newsbot.korean.passages import Passage

ANSWER = "“둑길에 그늘이 없다고 주민들이 오래 말해 왔다. 올해는 사백 그루를 심는다.”"


def _kinds(*lines: str | Passage) -> list[str]:
    return [block.type for block in read(LEAD, *lines).body[1:]]


def _bold(text: str) -> Passage:
    return Passage(text=text, strong=True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Q. 나무를 왜 심나요?", "Q. 몇 그루인가요?"),
        ("Q1 나무를 심는 까닭", "Q2 심는 때"),
        ("문: 나무를 왜 심습니까?", "문: 몇 그루입니까?"),
        ("―나무를 심는 까닭은.", "―다음 계획은 무엇인가."),
        ("- 나무를 왜 심는가.", "- 오래 걸렸다고."),
        ("▲나무를 심는 까닭은?", "▲다음 계획은?"),
    ],
)
def test_marked_questions(first: str, second: str) -> None:
    assert _kinds(first, ANSWER, second, ANSWER) == ["speaker", "paragraph"] * 2


def test_questions_in_bold() -> None:
    lines = (_bold("나무를 왜 심나요?"), ANSWER, _bold("올해는 몇 그루를 심을 생각인가요?"), ANSWER)
    assert _kinds(*lines) == ["speaker", "paragraph"] * 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_bold("둑길의 그늘값?"), _bold("느티나무의 해?")),  # headings that ask in no sentence
        (_bold("그늘이 모자란 둑길"), _bold("“나무가 곧 사람이다”")),
        ("- 둑길의 그늘", "- 느티나무 사백 그루"),
    ],
)
def test_headings_are_no_questions(first: str | Passage, second: str | Passage) -> None:
    assert _kinds(first, MORE, second, MORE) == ["subhead", "paragraph"] * 2


def test_one_question_makes_no_interview() -> None:
    assert _kinds("Q. 나무를 왜 심나요?", ANSWER) == ["paragraph", "paragraph"]


def test_points_below_one_another_are_a_list() -> None:
    assert _kinds("- 느티나무 400그루", "- 벚나무 20그루", MORE) == ["list", "list", "paragraph"]
