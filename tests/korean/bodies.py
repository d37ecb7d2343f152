"""Bodies of the tests of reading, and how they are read."""

from __future__ import annotations

from newsbot.korean.passages import Passage, Reading
from newsbot.korean.reading import read_body

LEAD = "가온시는 새 다리를 다음 달 착공한다고 5일 밝혔다."
MORE = "다리는 길이 120m, 너비 12m로 2028년 문을 연다."
LAST = "시 관계자는 “공사 기간 불편을 줄이겠다”고 말했다."
CAPTION = "(가온=연합뉴스) 도윤 기자 = 5일 가온시 강변 모습. 2026.3.5 [촬영 도윤] photo@yna.co.kr"


def image(url: str = "https://img.example/1.jpg", alt: str = "") -> Passage:
    return Passage(kind="image", image_url=url, text=alt)


def read(*lines: str | Passage, **known: str) -> Reading:
    passages = [line if isinstance(line, Passage) else Passage(text=line) for line in lines]
    return read_body(passages, **known)


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.body]
