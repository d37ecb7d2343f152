"""What outlets hang below their articles, and what is said of the same things in articles."""

from __future__ import annotations

import pytest
from bodies import LAST, LEAD, MORE, read, texts

from newsbot.korean.promotions import is_promotion
from newsbot.korean.tails import is_copyright, source_of

PROMOTED = [
    "샛강일보 뉴스레터를 구독하세요 ▶ paper.example/letter",
    "매일 아침 소식을 받아보세요. 뉴스레터 신청하기",
    "이 기사가 마음에 드셨다면 후원해 주세요. 마을은행 000-00-000 (예금주 샛강일보)",
    "독자 여러분의 후원이 좋은 기사를 만듭니다. 후원하기",
    "후원계좌: 마을은행 000-00-000000 샛강일보",
    "샛강일보는 독자와 함께합니다. 정기구독 신청 000-0000-0000",
    "유튜브 채널 ‘샛강TV’에서 영상으로 만나보세요",
    "▲ 관련기사: 둑길 벚나무, 올해는 일찍 핀다",
    "제보하기 ▷카카오톡: 샛강일보 제보 ▷전화: 000-000-0000",
    "좋아요 0 싫어요 0 공유하기",
    "이 기사를 공유합니다",
    "당신만 안 본 뉴스",
    "댓글 삭제 삭제한 댓글은 다시 복구할 수 없습니다. 그래도 삭제하시겠습니까?",
    "기사를 읽어드립니다",
    "※ 외부 필진의 글은 본지의 편집 방향과 다를 수 있습니다.",
    "샛강일보 뉴스를 네이버에서 구독해 보세요!",
    "샛강일보 홈페이지에서 더 많은 기사를 보실 수 있습니다.",
    "같이 보면 좋은 기사",
    "▶ 함께 읽기",
    "이 기사를 들어보세요",
    "0:00",
    "기사는 광고 뒤에 계속됩니다",
    "관련 태그 나루터 둑길",
    "추천 3 비추천 0",
    "- Advertisement -",
    "이 보도자료는 가온시가 작성해 샛강와이어를 통해 배포한 뉴스입니다.",
]


@pytest.mark.parametrize("text", PROMOTED)
def test_promoted(text: str) -> None:
    assert is_promotion(text)
    reading = read(LEAD, MORE, LAST, text)
    assert (texts(reading), reading.promotion) == ([LEAD, MORE, LAST], (text,))


@pytest.mark.parametrize(
    "text",
    [
        "시는 뉴스레터를 구독하는 시민에게 나무 한 그루를 준다고 밝혔다.",
        "그는 “후원해 주신 분들께 고맙다”고 말했다.",
        "관련 기사에는 댓글이 오백 개 달렸다.",
        "나루터 축제는 유튜브 채널에서도 만나볼 수 있었다.",
        "기고와 칼럼을 함께 읽는 모임이 늘고 있다.",
        "신청 방법은 가온시 홈페이지에서 볼 수 있다.",
        "※ 이 기사는 보도자료를 바탕으로 기계가 쓰고 기자가 확인했습니다.",
    ],
)
def test_told_of_in_an_article(text: str) -> None:
    assert not is_promotion(text)


@pytest.mark.parametrize(
    "text",
    [
        "©샛강일보. 무단전재·복사·배포 등을 금합니다.",
        "※ 저작권자 ⓒ 샛강일보. 본 기사의 무단 전재와 복제를 금합니다.",
        "본 콘텐츠의 저작권은 샛강일보에 있으며 무단 전재 및 재배포를 금합니다.",
    ],
)
def test_a_copyright_notice_may_be_a_sentence(text: str) -> None:
    assert is_copyright(text)
    assert read(LEAD, MORE, LAST, text).copyright_notice == text


def test_a_sentence_about_copyright_is_none() -> None:
    assert not is_copyright("그는 저작권은 시민의 것이라며 무단 배포를 금한 까닭을 설명했다.")


def test_an_agency_relays_another() -> None:
    assert source_of("(AP=연합뉴스)") == "연합뉴스"
    assert source_of("(둑길=연합뉴스)") is None


QUESTIONS = [
    "자주 묻는 질문",
    "Q. 다리는 언제 놓나요?",
    "A. 다음 달입니다.",
    "Q. 누가 놓나요?",
    "A. 시가 놓습니다.",
]


def test_questions_that_machines_write_below_an_article() -> None:
    reading = read(LEAD, MORE, LAST, *QUESTIONS, "한가람 기자 g@x.kr")
    assert texts(reading) == [LEAD, MORE, LAST]
    assert reading.promotion == tuple(QUESTIONS)
    assert [person.name for person in reading.bylines] == ["한가람"]


def test_an_article_of_questions_stays() -> None:
    assert texts(read(LEAD, *QUESTIONS[1:])) == [LEAD, *QUESTIONS[1:]]
    assert texts(read(*QUESTIONS, LEAD, MORE)) == [*QUESTIONS[1:], LEAD, MORE]


POINTS = ["1. 가온시가 다리를 놓는다.", "2. 다음 달에 시작한다.", "3. 두 해가 걸린다."]


@pytest.mark.parametrize(
    "heading", ["■ 이 기사를 요약하면", "[세 줄 요약]", "AI 요약", "이 기사의 요약", "AI가 요약한 내용"]
)
def test_a_summary_that_stands_below_an_article_or_above_it(heading: str) -> None:
    below = read(LEAD, MORE, LAST, heading, *POINTS, "한가람 기자 g@x.kr")
    assert (texts(below), below.promotion) == ([LEAD, MORE, LAST], (heading, *POINTS))
    assert [person.name for person in below.bylines] == ["한가람"]
    assert texts(read(heading, *POINTS, LEAD, MORE)) == [LEAD, MORE]


def test_a_summary_to_which_the_article_goes_on_stays() -> None:
    long = "다리는 길이 120m, 너비 12m로 2028년 문을 연다. " * 6 + "끝이다."
    assert texts(read(LEAD, MORE, "핵심 요약", POINTS[0], long))[2:] == ["핵심 요약", POINTS[0], long]
    assert texts(read(LEAD, MORE, "그는 요약하면 이렇다고 했다.", *POINTS))[2:3] == [
        "그는 요약하면 이렇다고 했다."
    ]
