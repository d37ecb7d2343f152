"""The words of a signing text, each with what it can be: a name, a role, an outlet, a place …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsbot.items import Byline, Contribution
from newsbot.korean import lexicon
from newsbot.korean.addresses import EMAIL, plain_address

_MOST_WORDS = 4  # of a foreigner's name
_GIVEN_LENGTH = 2  # letters behind a surname that stands by itself
_LONGEST_FOREIGN = 5  # letters of a part of a foreigner's name
LONGEST = 160  # letters; what signs an article is short, and no rule runs over more

WordKind = Literal[
    "name", "role", "outlet", "place", "desk", "work", "email", "cut email", "mark", "other"
]  # "cut email": an address whose host was cut off (``hong@``)

# What a person did, in the words before the name; of some work the field has no word.
WORKS: dict[str, Contribution | None] = {
    "글": "text",
    "취재": "text",
    "대담": "text",
    "정리": "text",
    "번역": "text",
    "editor": "text",
    "사진": "photo",
    "photo": "photo",
    "photographer": "photo",
    "영상": "video",
    "영상취재": "video",
    "영상편집": "video",
    "촬영": "video",
    "그림": "graphic",
    "그래픽": "graphic",
    "일러스트": "graphic",
    "디자인": "graphic",
    "인포그래픽": "graphic",
    "삽화": "graphic",
    **dict.fromkeys("편집 기획 제작 구성 연출 진행 취재도움 도움 자료조사".split()),
}

_WORK = "|".join(sorted(WORKS, key=len, reverse=True))
_BRACKETS = r"()\[\]<>【】〔〕{}＜＞"
_MARKS = ",·ㆍ・‧/|│∣&;:=_"
_TOKEN = re.compile(
    rf"(?P<email>{EMAIL})"
    r"|(?P<cut>[A-Za-z0-9][\w.+-]{1,40}@(?!\w))"
    r"|(?P<more>외\s*\d+\s*[명인]|(?:기자(?:의)? )?다른\s?기사\s?(?:더\s?)?보기|구독하기|기자\s?페이지)"
    r"|(?P<aside>(?:https?://|www\.)[^\s()\[\]]+|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\.?|\d{1,2}:\d\d(?::\d\d)?"
    r"|\(?0\d{1,2}[)\-.\s]{1,2}\d{3,4}[\-.]\d{4}|\([가-힣]{1,10}[초중고교대](?:\s?\d(?:학년)?)?\))"
    r"|(?P<place>[가-힣A-Za-z]{1,12}\([가-힣一-龥A-Za-z]{2,12}\)(?=\s*[=/,|]))"
    rf"|(?P<works>(?:{_WORK})(?:\s?[·ㆍ・‧,&]\s?(?:{_WORK}))+(?![가-힣]))"
    rf"|(?P<mark>[{_MARKS}ㅣ─-])"
    rf"|(?P<word>[^\sㅣ☎✉ⓒ©{_MARKS}{_BRACKETS}@]+)"
    r"|(?P<rest>\S)"
)
_UNREAD = frozenset("()[]<>【】〔〕{}＜＞☞●#*◎☎✉ⓒ©")


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_ROLE_WORDS = _any(f"{lexicon.STAFF_ROLES} {lexicon.EXPERT_ROLES} {lexicon.OFFICE_ROLES}")
_PREFIX = _any(lexicon.ROLE_PREFIXES)
_ROLE = re.compile(
    rf"(?P<name>[가-힣]{{2,4}}?)??(?P<role>{lexicon.NEWSROOM_OFFICES}|(?:{_PREFIX}){{0,3}}(?:{_ROLE_WORDS}))$"
)
_SPECIAL_ROLE = re.compile(r"[가-힣A-Za-z]{1,8}전문(?:기자|위원)")
_ABROAD = re.compile(r"(?P<place>[가-힣]{2,6})(?P<role>특파원|통신원)")
_ROLE_PREFIX = re.compile(rf"(?:{_PREFIX}){{1,3}}")
_HANJA_NAME = re.compile("[\u4e00-\u9fff\uf900-\ufaff]{2,4}")
_STAFF_ROLE = re.compile(rf"(?:{_any(lexicon.STAFF_ROLES)}|{lexicon.NEWSROOM_OFFICES})$")
_NEWSROOM_OFFICE = re.compile(lexicon.NEWSROOM_OFFICES)
_OUTLET_END = re.compile(rf"[가-힣A-Za-z0-9]+(?:{lexicon.OUTLET_ENDINGS})\d{{0,2}}$")
_VENUE = re.compile(rf"[가-힣A-Za-z0-9]{{0,12}}(?:{lexicon.VENUES})$")
_KIND_OF_VENUE = re.compile(rf"(?:{lexicon.VENUES})$")
_ORGANISATION = re.compile(
    r"(?:대|대학|대학교|대학원|학과|학부|연구소|연구원|병원|센터|학회|협회|재단|위원회|법인|은행|증권)$"
)
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}$")
_LONG_NAME = re.compile(r"[가-힣]{5,6}")
_NO_NAME = re.compile(
    rf"기자|[가-힣]+(?:[를는던]|세요|니다|에서|에게|까지|부터|학과|문과|학부|대학|학교|병원|센터|학회|협회|재단|은행|증권|보험|그룹)$|(?:{_PREFIX}|공동|합동|특별)+$"
)
_FOREIGN_WORD = re.compile(r"(?:[가-힣]{1,8}|[A-Z][A-Za-z.'’-]{0,20})$")
_PARTS = re.compile(r"[·ㆍ・‧,/\s]+")
_ASIDE = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Word:
    kind: WordKind
    text: str


def words_of(text: str) -> Iterator[Word]:
    """The words of ``text`` in order; brackets and pointers are left out."""
    for match in _TOKEN.finditer(text):
        found = match.group()
        match match.lastgroup:
            case "word":
                yield from _words(found)
            case "email":
                yield Word("email", plain_address(found))
            case "cut":
                yield Word("cut email", found)
            case "place":
                yield from _placed(found)
            case "works":
                yield Word("work", found)
            case "mark" | "aside":
                yield Word("mark", found)
            case "rest" if found not in _UNREAD:
                yield Word("other", found)


def _placed(text: str) -> Iterator[Word]:
    """``피닉스(미국)`` is a place, ``헤럴드경제(대전)`` an outlet with one."""
    outlet, _, place = text.rstrip(")").partition("(")
    if is_outlet(outlet):
        yield from (Word("outlet", outlet), Word(_kind(place), place))
    else:
        yield Word("place", text)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[Word, ...]:
    if text in ("공감언론", "기자명", "By", "by"):
        return ()
    if (match := _ROLE.fullmatch(text)) and (match["name"] is None or _bears(match["name"], match["role"])):
        role = Word("role", match["role"])
        return (Word("name", match["name"]), role) if match["name"] else (role,)
    if _SPECIAL_ROLE.fullmatch(text):
        return (Word("role", text),)
    if (abroad := _ABROAD.fullmatch(text)) and is_place(abroad["place"]):
        return (Word("place", abroad["place"]), Word("role", abroad["role"]))
    return (Word(_kind(text), text),)


def _bears(name: str, role: str) -> bool:
    """Whether what is glued to a role is a person: 나루연구원 is an institute, 기후환경전문기자 a role."""
    is_short = len(name) == _GIVEN_LENGTH
    return is_name(name) and not (is_short and (role == "연구원" or role.endswith("전문기자")))


def _kind(text: str) -> WordKind:
    if text.lower() in WORKS:
        return "work"
    if text in lexicon.FOREIGN_NAMES:
        return "other"
    if is_place(text):
        return "place"
    if lexicon.DESKS.fullmatch(text):
        return "desk"
    if is_outlet(text):
        return "outlet"
    return "name" if is_name(text) else "other"


def is_place(text: str) -> bool:
    """Whether every part of ``서울·청주`` or ``피닉스(미국)`` is a known place, or the whole is a venue."""
    if text in lexicon.PLACES or is_venue(text):
        return True
    parts = _PARTS.split(_ASIDE.sub("", text).strip())
    return all(part in lexicon.PLACES for part in parts)


def is_venue(text: str) -> bool:
    return _VENUE.fullmatch(text) is not None


def is_kind_of_venue(text: str) -> bool:
    """Whether ``text`` is only what a venue is (아레나, 체육관), so that its own name stands before it."""
    return _KIND_OF_VENUE.fullmatch(text) is not None


def is_outlet(text: str) -> bool:
    """Whether ``text`` is the name of an outlet: a known one, or one named as outlets are (…일보, …뉴스)."""
    return text in lexicon.OUTLETS or (len(text) <= 14 and _OUTLET_END.fullmatch(text) is not None)


def is_name(text: str) -> bool:
    """Whether ``text`` can be a Korean person's name: a surname and one or two syllables (rarely three)."""
    if not _HANGUL_NAME.fullmatch(text) or text in lexicon.NOT_NAMES or _NO_NAME.match(text):
        return False
    if is_outlet(text) or _is_university(text):
        return False
    return text[0] in lexicon.SURNAMES or has_double_surname(text)


def has_double_surname(text: str) -> bool:
    return len(text) >= 3 and text[:2] in lexicon.DOUBLE_SURNAMES


def is_foreign_word(text: str) -> bool:
    """Whether ``text`` can be a part of a foreign name: 응우옌, Kim."""
    if text in lexicon.NOT_NAMES or _NO_NAME.match(text) or ends_like_prose(text):
        return False
    return _FOREIGN_WORD.fullmatch(text) is not None


def opens_foreign_name(text: str) -> bool:
    """Whether a name that goes on with another word begins with ``text``: 제임스, 응우옌."""
    return text in lexicon.FOREIGN_NAMES


def sounds_foreign(text: str) -> bool:
    """Whether a word is spelled as a Korean given name hardly is: 라시드, 코스타."""
    return len(text) <= _LONGEST_FOREIGN and not lexicon.FOREIGN_SYLLABLES.isdisjoint(text)


def is_plainly_korean(name: str) -> bool:
    return len(name) == 3 and name[0] in lexicon.COMMON_SURNAMES and not sounds_foreign(name[1:])


def is_long_name(text: str) -> bool:
    """Whether ``text`` can be a name of five syllables, or of six behind a surname of two."""
    is_hangul = _LONG_NAME.fullmatch(text) is not None and not (_NO_NAME.match(text) or ends_like_prose(text))
    return is_hangul and (has_double_surname(text) or (len(text) == 5 and text[0] in lexicon.SURNAMES))


def is_rest_of_name(name: str, rest: str, *, foreign: bool) -> bool:
    """Whether ``rest`` goes on with a name: 황보 윤 기자, and of a foreigner 미나 킴 통신원."""
    return len(rest) <= _GIVEN_LENGTH and (foreign or name in lexicon.DOUBLE_SURNAMES)


def is_hanja_name(text: str) -> bool:
    return _HANJA_NAME.fullmatch(text) is not None


def is_prefix_of_role(text: str) -> bool:
    """Whether ``text`` only says more of the role behind it: 인턴 (기자), 수습, 객원."""
    return _ROLE_PREFIX.fullmatch(text) is not None


def is_foreign_name(words: Sequence[str]) -> bool:
    opens = len(words[0]) > 1 or any(map(sounds_foreign, words[1:]))  # 샘 오크레이
    return opens and len(words) <= _MOST_WORDS and all(map(is_foreign_word, words))


def is_field_of_study(text: str, people: Sequence[Byline]) -> bool:
    """Whether ``text`` says of what the last of ``people`` is a professor: ``교수·경제학``."""
    is_professor = any((person.role or "").endswith("교수") for person in people[-1:])
    return is_professor and text.endswith(("학", "학과", "학부"))


def is_staff_role(text: str) -> bool:
    """Whether a role is one of a newsroom's, of whom a byline is certain: 기자, 특파원, 앵커 …"""
    return _STAFF_ROLE.search(text) is not None


def is_newsroom_office(role: str) -> bool:
    return _NEWSROOM_OFFICE.fullmatch(role) is not None


def is_organisation(text: str) -> bool:
    return _ORGANISATION.search(text) is not None


def ends_like_prose(text: str) -> bool:
    """Whether a word ends in a particle, as in a sentence and in no name of an outlet."""
    ends = len(text) >= 2 and text.endswith(lexicon.PARTICLES)
    return ends and not (is_outlet(text) or is_organisation(text))


def _is_university(text: str) -> bool:
    return text.endswith("대") and (text[:-1] in lexicon.PLACES or text[:-1] in lexicon.UNIVERSITIES)
