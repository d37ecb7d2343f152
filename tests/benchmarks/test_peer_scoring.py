"""The measure that readers are compared by, on one page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from benchmarks.peers.corpus import Page
from benchmarks.peers.environments import HERE, REQUIREMENTS
from benchmarks.peers.read import READERS
from benchmarks.peers.scoring import Score, score

FIRST = "샛강 나루에 새 다리가 놓인다고 시가 밝혔다."
SECOND = "다리는 사람과 자전거만 건너며 밤에는 불을 켠다."
LEAD = "(가람=한빛통신) 강나래 기자 ="
COPYRIGHT = "저작권자 ⓒ 한빛통신, 무단 전재 및 재배포 금지"
PAGE = Page(
    key="bridge",
    group="outlets",
    url="https://hb.example/a/1",
    fetched=datetime.fromisoformat("2026-11-20T18:00:00+09:00"),
    text=f"""<html><body><ul><li><a href="/9">헌책방 골목에 줄이 길어졌다</a></li></ul>
        <div><h1>샛강에 새 다리</h1><p>{LEAD} {FIRST}</p><p>{SECOND}</p>
        <p>{COPYRIGHT}</p></div></body></html>""",
    truth={
        "headline": "샛강에 새 다리",
        "deck": ["밤에도 환하게"],
        "source": "한빛통신",
        "body": [{"type": "paragraph", "text": FIRST}, {"type": "paragraph", "text": SECOND}],
        "bylines": [{"name": "강나래"}, {"name": "표도담"}],
        "images": [{"caption": "나루에서 본 다리."}],
        "date_published": "2026-11-20T09:30:15+09:00",
    },
)


def _score(**read: Any) -> Score:
    return score(PAGE, read)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{FIRST}\n{SECOND}", 1.0),
        (f"밤에도 환하게\n{LEAD} {FIRST}\n\n{SECOND}", 1.0),
        (FIRST, 2 * 7 / (7 + 14)),
        (f"{FIRST} {SECOND} 하나 둘 셋 넷 다섯 여섯 일곱", 2 * 14 / (14 + 21)),
        ("", 0.0),
    ],
)
def test_a_body_is_its_words_without_lead_and_deck(body: str, expected: float) -> None:
    assert _score(body=body).body == pytest.approx(expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{LEAD} {FIRST} {SECOND}", False),
        (f"{FIRST} {COPYRIGHT}", True),
        (f"헌책방 골목에 줄이 길어졌다 {FIRST}", True),
    ],
)
def test_boilerplate_is_what_the_page_prints_besides_the_article(body: str, expected: bool) -> None:
    assert _score(body=body).boilerplate is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["강나래 기자", "표도담 인턴기자 (dodam@hb.example)"], (2, 2, 2)),
        (["강나래", "한빛통신"], (1, 1, 2)),
        (["홍길동", ""], (0, 1, 2)),
    ],
)
def test_names_count_without_role_address_and_outlet(
    names: list[str], expected: tuple[int, int, int]
) -> None:
    assert _score(bylines=names).bylines == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-11-20T09:30:00+09:00", True),
        ("2026-11-20T00:30:59+00:00", True),
        ("2026-11-20T09:30:15", False),
        ("2026-11-20T09:29:59+09:00", False),
        ("2026-11-20", False),
        (None, False),
    ],
)
def test_a_moment_is_right_to_the_minute_and_with_its_zone(published: str | None, expected: bool) -> None:
    assert _score(published=published).published is expected


def test_what_the_truth_does_not_claim_is_not_scored() -> None:
    assert _score(modified="2026-11-20T11:00:00+09:00").modified is None


def test_headline_deck_and_captions() -> None:
    right = _score(headline=" 샛강에 새  다리", deck="밤에도 켠다", captions=["나루에서 본 다리"])
    assert (right.headline, right.deck, right.captions) == (True, 0.5, 1.0)
    wrong = _score(headline="샛강에 새 다리 - 한빛통신")
    assert (wrong.headline, wrong.deck, wrong.captions) == (False, 0.0, 0.0)


def test_every_reader_has_an_environment() -> None:
    assert list(READERS) == list(REQUIREMENTS)
    assert all((HERE / f"{name}.txt").exists() for name in REQUIREMENTS.values() if name)
