"""Pictures of a body, with their captions and credits."""

from __future__ import annotations

import pytest
from bodies import CAPTION, LAST, LEAD, MORE, image, read, texts

from newsbot.korean.passages import Passage


def test_several_pictures_each_with_its_caption_wherever_they_stand() -> None:
    second = CAPTION.replace("강변", "시청")
    reading = read(
        image("1.jpg"),
        image("2.jpg"),
        CAPTION,
        second,
        LEAD,
        MORE,
        image("3.jpg"),
        CAPTION,
        "한가람 기자 a@x.kr",
    )
    assert [(i.url, i.caption) for i in reading.images] == [
        ("1.jpg", CAPTION),
        ("2.jpg", second),
        ("3.jpg", CAPTION),
    ]
    assert texts(reading) == [LEAD, MORE]
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_a_caption_with_its_headline_above() -> None:
    reading = read(image(), "강변에 선 가온시장", CAPTION, f"(서울=연합뉴스) 한가람 기자 = {LEAD}")
    assert reading.images[0].caption == f"강변에 선 가온시장\n{CAPTION}"
    assert (reading.deck, texts(reading)) == ((), [LEAD])


@pytest.mark.parametrize("alt", ["", "강변에 선 가온시장", "(가온=연합뉴스) 도윤"])
def test_a_caption_headline_is_of_the_same_picture_whatever_the_alt_text(alt: str) -> None:
    reading = read(image(alt=alt), "강변에 선 가온시장", CAPTION, LEAD, MORE)
    assert [i.caption for i in reading.images] == [f"강변에 선 가온시장\n{CAPTION}"]


def test_two_pictures_whose_alt_texts_tell_their_captions_apart() -> None:
    reading = read(
        image("1.jpg", "강변에 선"), image("2.jpg", CAPTION[:20]), "강변에 선 가온시장", CAPTION, LEAD
    )
    assert [(i.url, i.caption) for i in reading.images] == [
        ("1.jpg", "강변에 선 가온시장"),
        ("2.jpg", CAPTION),
    ]


@pytest.mark.parametrize(
    ("alts", "captions"),
    [
        (("", ""), (None, "강변의 밤.")),
        (("", "강변의 밤"), (None, "강변의 밤.")),
        (("강변의 밤", ""), ("강변의 밤.", None)),
        (("강변의 밤", "강변의 밤"), ("강변의 밤.", None)),
    ],
)
def test_one_caption_under_two_pictures(alts: tuple[str, str], captions: tuple[str | None, ...]) -> None:
    reading = read(*(image(alt=alt) for alt in alts), "강변의 밤. (사진=연합뉴스)", LEAD, MORE)
    assert tuple(i.caption for i in reading.images) == captions


def test_what_credits_a_table_stays_below_it() -> None:
    table = Passage(kind="table", text="해 | 길이\n2026 | 120")
    reading = read(image(), LEAD, table, "(자료: 가온연구원)", MORE)
    assert texts(reading) == [LEAD, table.text, "(자료: 가온연구원)", MORE]
    assert [i.credit_line for i in reading.images] == [None]


def test_a_caption_without_date_is_told_by_the_lead_that_follows() -> None:
    caption = "(가온=연합뉴스) 도윤 기자 = 가온시청 전경"
    reading = read(image(), caption, f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert reading.images[0].caption == caption
    assert [b.name for b in reading.bylines] == ["한가람"]


def test_a_lead_directly_under_a_picture_stays_the_lead() -> None:
    reading = read(image(), f"(서울=연합뉴스) 한가람 기자 = {LEAD}", MORE, image(), CAPTION)
    assert [i.caption for i in reading.images] == [None, CAPTION]
    assert texts(reading) == [LEAD, MORE]


def test_a_caption_known_from_its_alt_text() -> None:
    reading = read(image(alt="가온시청 앞을 지나는"), "가온시청 앞을 지나는 시민들", LEAD, MORE)
    assert reading.images[0].caption == "가온시청 앞을 지나는 시민들"
    assert reading.deck == ()


def test_a_caption_parted_by_a_line_break_from_its_date() -> None:
    reading = read(
        image(), "한 시민이 강변을 걷고 있다.", "2026.3.5/뉴스1", f"[서울=뉴시스]한가람 기자 = {LEAD}"
    )
    assert reading.images[0].caption == "한 시민이 강변을 걷고 있다.\n2026.3.5/뉴스1"
    assert texts(reading) == [LEAD]


def test_a_caption_glued_to_the_lead() -> None:
    caption = "[서울=뉴시스] 5일 강변을 걷는 시민. (사진 = 가온시) photo@newsis.com *재판매 및 DB 금지"
    reading = read(image(), f"{caption}[서울=뉴시스]한가람 기자 = {LEAD}", MORE)
    assert texts(reading) == [LEAD, MORE]
    (picture,) = reading.images
    assert f"{picture.caption} {picture.credit_line}" == caption


def test_a_sentence_between_a_picture_and_the_lead_is_its_caption() -> None:
    reading = read(image(), "강변을 걷는 시민들이 보인다.", f"[서울=뉴시스] 한가람 기자 = {LEAD}", MORE)
    assert reading.images[0].caption == "강변을 걷는 시민들이 보인다."
    assert texts(reading) == [LEAD, MORE]


@pytest.mark.parametrize("credit", ["(자료사진=가온시 새 다리)", "(사진제공-가온시)"])
def test_a_credit_glued_to_the_last_sentence(credit: str) -> None:
    reading = read(image(), LEAD, LAST + credit)
    assert texts(reading) == [LEAD, LAST]
    assert reading.images[0].credit_line == credit


@pytest.mark.parametrize("credit", ["가온시 제공", "사진=가온시", "가온뉴스 DB", "한가람 기자", "AP/뉴시스"])
def test_the_last_line_of_a_caption_may_only_be_its_credit(credit: str) -> None:
    reading = read(image(), Passage(kind="caption", text=f"나루터를 걷는 주민들\n{credit}"), LEAD, MORE)
    assert [(i.caption, i.credit_line) for i in reading.images] == [("나루터를 걷는 주민들", credit)]


def test_the_lines_of_a_caption_that_credit_nobody_stay() -> None:
    reading = read(image(), Passage(kind="caption", text="나루터\n둑길을 걷는 주민들"), LEAD, MORE)
    assert [(i.caption, i.credit_line) for i in reading.images] == [("나루터\n둑길을 걷는 주민들", None)]


@pytest.mark.parametrize(
    "credit",
    [
        "[연합뉴스 자료사진]",
        "[촬영 윤서진]",
        "[가온시 제공. 재판매 및 DB 금지]",
        "(가온시 제공)",
        "[사진 가온시]",
    ],
)
def test_a_bracket_below_a_picture_says_whose_it_is(credit: str) -> None:
    titled = read(image(), "강변 산책로", credit, f"(가온=연합뉴스) 한가람 기자 = {LEAD}", MORE)
    assert [(i.caption, i.credit_line) for i in titled.images] == [("강변 산책로", credit)]
    bare = read(image(), credit, LEAD, MORE)
    assert [(i.caption, i.credit_line) for i in bare.images] == [(None, credit)]
    assert titled.deck == bare.deck == ()
    assert texts(titled) == texts(bare) == [LEAD, MORE]


@pytest.mark.parametrize(
    "line", ["인포그래픽=윤서진", "일러스트 = 윤서진 작가", "그래픽=윤서진 기자", "[영상] 가온시 제공"]
)
def test_who_drew_a_graphic_is_credited(line: str) -> None:
    reading = read(LEAD, MORE, line, "한가람 기자 garam@x.kr")
    assert [i.credit_line for i in reading.images] == [line]
    assert ([b.name for b in reading.bylines], texts(reading)) == (["한가람"], [LEAD, MORE])


def test_what_a_video_shows_is_no_credit() -> None:
    reading = read(LEAD, "[영상] 둑길 걸어보니", MORE)
    assert (reading.images, texts(reading)) == ((), [LEAD, "[영상] 둑길 걸어보니", MORE])


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("강변 산책로 | 가온시 제공", "강변 산책로", "| 가온시 제공"),
        ("강변을 걷고 있다. 나루 | 윤서진기자", "강변을 걷고 있다.", "나루 | 윤서진기자"),
        ("강변 산책로 | 연합뉴스", "강변 산책로", "| 연합뉴스"),
    ],
)
def test_a_credit_behind_a_bar(line: str, caption: str, credit: str) -> None:
    reading = read(LEAD, image(), line, MORE)
    assert [(i.caption, i.credit_line) for i in reading.images] == [(caption, credit)]


def test_where_a_picture_is_from_and_where_the_article_is() -> None:
    reading = read(image(), "출처: 가온시", LEAD, MORE, image(), "출처: 나루 가온청")
    assert [i.credit_line for i in reading.images] == ["출처: 가온시", None]
    assert (texts(reading), reading.byline_raw) == ([LEAD, MORE], "출처: 나루 가온청")


@pytest.mark.parametrize(
    "credit", ["[AP=연합뉴스]", "(로이터=뉴스1)", "유튜브 채널 '가온TV' 캡처", "가온시 제공", "마을신문DB"]
)
def test_a_line_below_a_picture_is_all_credit(credit: str) -> None:
    reading = read(image(), credit, LEAD, MORE)
    assert [(i.caption, i.credit_line) for i in reading.images] == [(None, credit)]
    assert (reading.deck, texts(reading)) == ((), [LEAD, MORE])


@pytest.mark.parametrize("line", ["[마을신문 한가람 기자]", "[한가람 기자]"])
def test_who_signs_below_a_picture_signs_the_article(line: str) -> None:
    for above in ((), ("가온시 강변 새 단장",)):
        reading = read(image(), *above, line, LEAD, MORE)
        assert [b.name for b in reading.bylines] == ["한가람"]
        assert [(i.caption, i.credit_line) for i in reading.images] == [(None, None)]


def test_a_gift_is_no_credit() -> None:
    reading = read(image(), "도시락 1만 개 무료 제공", LEAD, MORE)
    assert (reading.deck, reading.images[0].credit_line) == (("도시락 1만 개 무료 제공",), None)


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("◀ 강변을 걷는 시민들", "◀ 강변을 걷는 시민들", None),
        ("↑ 강변을 걷는 시민들", "↑ 강변을 걷는 시민들", None),
        ("<사진> 강변을 걷는 시민들", "<사진> 강변을 걷는 시민들", None),
        ("강변을 걷는 시민들 / 사진 도윤 기자", "강변을 걷는 시민들", "/ 사진 도윤 기자"),
        ("5일 시민들이 강변을 걷고 있다. doyun@x.kr", "5일 시민들이 강변을 걷고 있다.", "doyun@x.kr"),
        ("생성형 AI로 만든 이미지", None, "생성형 AI로 만든 이미지"),
    ],
)
def test_what_points_at_a_picture_within_the_text(line: str, caption: str | None, credit: str | None) -> None:
    reading = read(LEAD, image(), line, MORE, "한가람 기자 garam@x.kr")
    assert [(i.caption, i.credit_line) for i in reading.images] == [(caption, credit)]
    assert (texts(reading), [b.name for b in reading.bylines]) == ([LEAD, MORE], ["한가람"])


def test_a_last_sentence_with_an_address_below_a_picture_is_the_articles() -> None:
    reading = read(LEAD, image(), f"{MORE} garam@x.kr")
    assert (texts(reading), reading.images[0].caption) == ([LEAD, MORE], None)
