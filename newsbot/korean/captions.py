"""Captions and credit lines: told by their text, because boards strip every class.

A caption ends in a date, an address or a credit; or it stands where the markup or the picture's
alt text says so.
"""

from __future__ import annotations

import re

from newsbot.korean import lexicon
from newsbot.korean.addresses import EMAIL, SIGNS, may_hold_address
from newsbot.korean.signatures import read_signature
from newsbot.korean.tails import is_copyright
from newsbot.korean.words import is_name, is_outlet

_WINDOW = 200  # letters at the end of a text in which its credit is looked for
_LONGEST_CAPTION = 700
_LONGEST_UNDATED = 250  # more of it under a picture is the article's first paragraph
_ADDRESS_ONLY = re.compile(rf"/?\s*{EMAIL}")
_DATE = r"(?:19|20)\d\d[./-]\s?\d{1,2}[./-]\s?\d{1,2}\.?"
_MAY_BE_CAPTION = re.compile(r"재판매|(?:19|20)\d\d[./-]")
_ENDS_IN_DATE = re.compile(rf"{_DATE}\s*$")
_STOCK = (
    r"게티\s?이미지\s?(?:뱅크|코리아)?|[Gg]etty\s?[Ii]mages?(?:\s?[Kk]orea|[Bb]ank)?"
    r"|셔터스톡|클립아트코리아|픽사베이|언스플래시"
)
_CREDIT_WORDS = re.compile(
    r"사진|촬영|제공|자료|DB|기자단|취재단|캡처|캡쳐|갈무리|재판매|그래픽|일러스트|이미지|출처|합성|공동취재"
    r"|ⓒ|©|기자$|[Pp]hoto|Getty|인스타그램|방송\s?화면"
)
_PHOTO = (
    r"(?:[#/|│]\s*)?(?:대표\s?)?(?:사진|자료|영상|이미지|화면|(?:인포)?그래픽|일러스트|삽화|캐리커처)"
    r"(?:\s?(?:제공|출처|캡처|캡쳐|자료|촬영|사진))?"
)
# Each with what it cannot be without: a search is ten times as slow as finding that it is not there.
_UNITS = tuple(
    (needed, re.compile(pattern + r"\s*$"))
    for needed, pattern in (
        (SIGNS, rf"(?:/\s*)?{EMAIL}"),
        (("]", ")", ">", "】", "〉"), r"(?P<bracket>[\[(<【〈][^\[\]()<>【】〈〉\n]{1,60}[\])>】〉])\.?"),
        (("재판매",), r"[*※(\[]?\s*재판매 및 DB\s?(?:금지|저장 금지)\s*[)\]]?"),
        (("=", ":", "|", "│", "ㅣ", "_"), rf"{_PHOTO}\s*[=:|│ㅣ_]\s*[^=|│\n.]{{1,70}}\.?"),
        (("제공",), r"(?:/\s*)?(?:사진\s?)?제공\s*[=:|│]\s*[^=|│\n.]{1,40}"),
        (("[사진]",), r"\[사진\]\s*[^\[\]\n]{1,40}"),
        (("ⓒ", "©"), r"[ⓒ©]\s*[^ⓒ©\n.]{1,50}"),
        (("사진",), r"(?<=[.\s/])(?:글·)?사진\s+[가-힣A-Za-z0-9 ]{2,20}(?:기자|제공)\.?"),
        (("|",), r"(?:(?<=[.\s])[가-힣]{2}\s)?\|\s?[가-힣]{2,4}\s?기자"),  # 나루 | 홍길동 기자
        (("/", "|", "│", "ㅣ"), r"[/|│ㅣ]\s*(?P<slashed>[^/|│ㅣ\n.]{2,24})"),
        ((".", "”", "’", '"', "'"), r"(?:(?<=[.”’\"'])|(?<=[.”’\"']\s))(?P<outlet>[^\s.][^\n.]{0,24})"),
        (("게티", "etty", "스톡", "클립", "픽사", "언스플"), rf"(?:(?<=\s)|^){_STOCK}"),
        (
            ("제공", "캡처", "캡쳐", "갈무리", "DB", "자료사진"),
            r"(?:(?<=\.)|(?<=\.\s)|(?<=[다음]\s))(?P<given>[^\s.][^\n.]{1,30}?\s?"
            r"(?:제공|캡처|캡쳐|갈무리|DB|자료사진))\.?",
        ),
    )
)
_STANDALONE = re.compile(
    rf"(?:[\[(<【]\s*)?(?:{_PHOTO}\s*[=:|│ㅣ_\]]|(?:사진\s?)?제공\s*[-=:|│]|[ⓒ©]\s*\S|{_STOCK}|(?:[|/│]\s*)?(?:사진|화면)\s?캡[처쳐])"
)
# [연합뉴스 자료사진], [촬영 홍길동], [가온시 제공. 재판매 및 DB 금지]: all of it says whose the picture is.
_BRACKETED = re.compile(
    r"[\[(<【〈]\s?(?:[^\[\]()<>\n]{1,40}"
    r"(?:제공|자료\s?사진|캡[처쳐]|갈무리|촬영|DB|재판매 및 DB\s?(?:저장\s)?금지)"
    r"|(?:촬영|사진|그래픽)\s[가-힣A-Za-z][^\[\]()<>.\n]{1,20})\s?[.]?\s?[\])>】〉]"
)
_BRACKETS = ("[", "(", "<", "【", "〈")
_LABELLED = re.compile(r"\[(?:영상|화면|이미지|자료|그래픽)\]\s?(?=\S)")  # [영상] 둑길 걸어보니: a title
_ORIGIN = re.compile(r"[\[(<※*]?\s?출처\s?[:=]\s?[^\n.]{1,40}[\])>]?")
_AGENCIES = re.compile(r"[\[(<]\s?(?P<inside>[^\[\]()<>]{2,24})\s?[\])>]")
_MADE = re.compile(  # by a machine
    r"[^\n]{0,16}(?:AI|인공지능|챗GPT|제미나이|미드저니)[^\n]{0,12}(?:이미지|그림|생성|제작)[^\n]{0,16}"
)
_SAYS_MORE = re.compile(r"\S\s+\S.*제공$|\s[-–—/|]\s|[는은]\s")
_GIVEN = re.compile(r"[^\n.]{1,24}\s?(?:제공|캡처|캡쳐|갈무리|DB|자료사진)")
_LONGEST_CREDIT = 40  # letters
_AT_END_OF_PROSE = re.compile(
    r"(?<=[.!?”’\"'])\s*(?P<credit>[(\[](?:사진|자료|영상|이미지|화면)(?:\s?(?:제공|출처|캡처|캡쳐|자료|사진))?\s*[-=:|│]\s*[^()\[\]\n]{1,60}[)\]])$"
)
_LEADING = re.compile(
    r"[(\[<](?:사진|자료|영상|이미지|화면)[^()\[\]<>\n]{0,12}[=:|│][^()\[\]<>\n]{1,60}[)\]>]"
)
_BUTTON = re.compile(r"^(?:이미지|사진)\s?(?:확대|크게\s?보기|확대\s?보기|확대보기)$")
_SENTENCE_END = re.compile(r"[.!?。]['\"”’)\]]*$")


def split_credit(caption: str) -> tuple[str, str]:
    """A caption's sentences (its date with them) and its credit line, both as printed; either may be ""."""
    cut = len(caption)
    for _ in range(8):
        start = max(0, cut - _WINDOW)
        match = _last_unit(caption[start:cut])
        if match is None:
            break
        cut = start + match.start()
        if cut == 0:
            break
    head = caption[:cut].rstrip()
    if cut < len(caption) and head.endswith(("/", "|")):
        cut = len(head) - 1
    return caption[:cut].rstrip(), caption[cut:].strip()


def _last_unit(window: str) -> re.Match[str] | None:
    """The part of a credit that ``window`` ends in."""
    for needed, unit in _UNITS:
        if any(word in window for word in needed) and (match := unit.search(window)) and _is_credit(match):
            return match
    return None


def _is_credit(match: re.Match[str]) -> bool:
    """Brackets and slashes hold credits only where their words say so."""
    found = {name: text.strip() for name, text in match.groupdict().items() if text}
    if "bracket" in found:
        inside = found["bracket"][1:-1].strip()
        return _CREDIT_WORDS.search(inside) is not None or _is_credited(inside)
    for name in ("slashed", "outlet"):
        if name in found:
            return _is_credited(found[name]) or (
                _CREDIT_WORDS.search(found[name]) is not None and name == "slashed"
            )
    return True


def _is_credited(text: str) -> bool:
    """Whether ``text`` is outlets (``AP/뉴시스``, ``AFP 연합뉴스``) or a photographer (``홍길동 기자``)."""
    parts = [part.strip(" .") for part in re.split(r"[/=·,]", text)]
    words = [word for part in parts for word in ([part] if is_outlet(part) else part.split())]
    if all(is_outlet(word) or word in lexicon.PLACES for word in words) and any(map(is_outlet, words)):
        return True
    name, _, role = text.strip(" .").rpartition(" ")
    if role in ("기자", "선임기자", "객원기자", "작가") and is_name(name.split()[-1] if name else ""):
        signature = read_signature(text.strip(" ."))
        return signature is not None and bool(signature.people)
    return False


def is_credit_line(text: str) -> bool:
    """Whether a whole line is a photo credit: ``사진=시청 제공``, ``# 사진_홍길동 기자``."""
    if len(text) > 100:
        return False
    if text.startswith(_BRACKETS) and _BRACKETED.fullmatch(text):
        return True
    if _STANDALONE.match(text) is None or _SENTENCE_END.search(text.rstrip(".")) or _is_titled(text):
        return False
    if (bracketed := leading_credit(text)) is not None and bracketed < len(text.rstrip(" .")):
        return False
    return not (is_copyright(text) and text[0] in "ⓒ©[(<")


def _is_titled(text: str) -> bool:
    """``[영상] 둑길 걸어보니``: what a video shows; ``[영상] 가온시 제공`` says whose it is."""
    label = _LABELLED.match(text)
    return label is not None and not is_credit_below(text[label.end() :])


def is_origin(line: str) -> bool:
    """Whether a line below a picture says where it is from: ``출처: 가온시``."""
    return len(line) <= _LONGEST_CREDIT and _ORIGIN.fullmatch(line) is not None


def is_credit_below(line: str) -> bool:
    """Whether a line below a caption's sentences only says whose picture it is: ``가온시 제공``."""
    if len(line) > _LONGEST_CREDIT or _SENTENCE_END.search(line):
        return False
    agencies = _AGENCIES.fullmatch(line)
    is_given = is_credit_line(line) or _GIVEN.fullmatch(line) is not None
    return is_given or _is_credited(agencies["inside"] if agencies else line)


def is_credit_alone(line: str) -> bool:
    """Whether a line right below a picture, with no caption above it, only says whose that is.

    ``[AP=연합뉴스]``, ``유튜브 채널 캡처``, ``가온시 제공``: but ``도시락 1만 개 무료 제공`` is a deck, and a
    reporter in brackets signs the article.
    """
    if len(line) > _LONGEST_CREDIT or "기자" in line:
        return False
    is_given = _GIVEN.fullmatch(line) is not None and not _SAYS_MORE.search(line)
    return (
        is_given
        or _MADE.fullmatch(line) is not None
        or (_AGENCIES.fullmatch(line) is not None and is_credit_below(line))
    )


def leading_credit(text: str) -> int | None:
    """Where a credit in brackets that opens a line ends: ``(사진=시청) 홍길동 기자``."""
    match = _LEADING.match(text)
    return match.end() if match else None


def is_dated(head: str) -> bool:
    """Whether a caption's sentences end in a date, as a wire's do."""
    return _ENDS_IN_DATE.search(head[-20:]) is not None


def is_button(text: str) -> bool:
    """Whether the text is a button of the picture's viewer (이미지 확대)."""
    return _BUTTON.match(text) is not None


def credit_at_end(text: str) -> int | None:
    """Where in a paragraph a closing ``(사진=…)`` begins, if there is one."""
    if ")" not in text[-2:] and "]" not in text[-2:]:
        return None
    window = max(0, len(text) - _WINDOW)
    match = _AT_END_OF_PROSE.search(text[window:])
    return window + match.start("credit") if match else None


def is_caption(text: str) -> bool:
    """Whether ``text`` is a caption wherever it stands: a date with an address, or a reseller's notice."""
    if len(text) > _LONGEST_CAPTION or _MAY_BE_CAPTION.search(text, max(0, len(text) - _WINDOW)) is None:
        return False
    head, credit = split_credit(text)
    if not head or not credit:
        return False
    dated = is_dated(head)
    return (dated and (may_hold_address(credit) or len(credit) >= 4)) or "재판매" in credit


def is_caption_beside_image(text: str) -> bool:
    """Whether ``text`` next to a picture is its caption: it ends in a date or, if short, in a credit."""
    if len(text) > _LONGEST_CAPTION:
        return False
    head, credit = split_credit(text)
    if not head or is_dated(head):
        return bool(head)
    return credit != "" and len(head) <= _LONGEST_UNDATED and _ADDRESS_ONLY.fullmatch(credit) is None
