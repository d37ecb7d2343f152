"""What the boards of these tests list and say: a town's news, under one clock."""

from __future__ import annotations

from datetime import datetime

from newsbot.korean.dates import KST

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=KST)
HEADLINE = "나루터 새 단장…“걷기 좋은 길로”"
TEXT = (
    "<p>가온시가 나루터를 새로 단장한다고 4일 밝혔다.</p>"
    "<p>낡은 난간을 걷어 내고 너른 나무 길을 낸다. 공사는 다음 달까지 이어진다.</p>"
)
PARAGRAPHS = [
    "가온시가 나루터를 새로 단장한다고 4일 밝혔다.",
    "낡은 난간을 걷어 내고 너른 나무 길을 낸다. 공사는 다음 달까지 이어진다.",
]
TITLES = ["나루터 새 단장", "둑길 느티나무 이름 공모", "오리 열두 마리 돌아와"]
