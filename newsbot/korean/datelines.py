"""The line's head: place, outlet and reporter before the first sentence.

``(서울=연합뉴스) 김현수 기자 = 본문``, ``[서울=뉴시스]홍길동 기자 = 본문``,
``[OSEN=잠실, 홍길동 기자] 본문``, ``【도쿄=홍길동 특파원】 본문``,
``[파이낸셜뉴스] 본문``, ``광주=이영희 기자 본문``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from newsbot.items import Byline
from newsbot.korean import lexicon
from newsbot.korean.signatures import Signature, read_signature
from newsbot.korean.words import LONGEST, is_name, is_outlet, is_place, is_staff_role

_PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "<": ">", "＜": "＞"}
_WIDE_BRACKETS = ("（", "［")
_WIDE = str.maketrans("（）［］＝", "()[]=")
_INSIDE = r"(?:[^()\[\]【】〔〕<>＜＞\n]|\([^()\[\]\n]{1,12}\)){1,70}"
_BRACKET = re.compile(rf"[(\[【〔<＜](?P<inside>{_INSIDE})[)\]】〕>＞]")
_SIGNED = re.compile(r"\s*(?P<people>[^=＝\n]{2,70}?)\s*[=＝](?!=)\s*")
_OPEN_LEAD = re.compile(
    r"(?P<lead>[가-힣A-Za-z·,]{1,16}\s?[=/]\s?(?P<people>[가-힣·ㆍ,\s]{2,30}?(?:기자|특파원)))(?=\s+[^\sA-Za-z(\[/])"
)
_SIGNED_LEAD = re.compile(
    r"[◎●■▣◆]?\s?(?P<lead>(?:[가-힣A-Za-z·,]{1,16}\s?=\s?)?[가-힣A-Za-z0-9·ㆍ,\s]{2,40}?(?:기자|특파원|통신원|위원))\s*(?:[=＝](?!=)|[|ㅣ│](?!\s*(?:기사|입력|등록|승인|수정|\d|[\w.+-]{1,40}@)))\s*"
)
_AGENCIES_LEAD = re.compile(
    r"(?P<place>[가-힣A-Za-z·]{1,16})(?: (?P<origin>[가-힣A-Za-z]{2,6}))?\s?=\s?"
    r"(?P<outlets>[가-힣A-Za-z0-9]{2,10}(?:/[가-힣A-Za-z0-9]{2,10}){0,2})\s+(?=[^\s=/])"
)
_ONE_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,12}")
_FOREIGN_AGENCY = re.compile(r"【[ァ-ヶー一-龥々・]{2,12}(?:ニュース|共同|時事|通信|日報|新聞)】\s*")
_TWO_WORDS = re.compile(r"\s*(?P<place>[가-힣]{2,10})\s*=\s*(?P<outlet>[가-힣A-Za-z0-9]{2,12})\s*")
_UNLISTED_PLACE = re.compile(r"[가-힣]{2,3}")
_TOWN = re.compile(r"(?P<town>[가-힣]{2}) (?P<signs>[가-힣]{3} ?(?:선임|인턴|객원)?(?:기자|특파원))")
_GLUED = re.compile(rf"(?=[(\[【〔](?:{_INSIDE})[)\]】〕])")
_CREDIT_SIDE = re.compile(r"사진|자료|영상|그래픽|출처|제공|촬영|이미지|화면|일러스트|그림")
_SPOKEN_FOR = re.compile(r"의\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What stood before the first sentence. ``end``: where in the text the sentence begins."""

    end: int
    dateline: str | None = None  # the bracket, as printed, where it names no person
    byline_raw: str | None = None  # what names people, as printed
    bylines: tuple[Byline, ...] = ()
    place: str | None = None
    outlet: str | None = None


def read_lead(text: str) -> Lead | None:
    """The lead that ``text`` begins with, or ``None``."""
    return _read_lead(text[: 2 * LONGEST])


@lru_cache(maxsize=256)  # one head is looked at for the pictures, for the deck and for itself
def _read_lead(text: str) -> Lead | None:
    if text[:1] in _WIDE_BRACKETS:
        return _as_printed(_read_lead(text.translate(_WIDE)), text)
    match = _BRACKET.match(text)
    if match is None or _PAIRS[text[0]] != text[match.end() - 1]:
        return _open_lead(text)
    if (placed := _placed(text, match)) is not None:
        return placed
    lead = _bracket(match["inside"], match)
    if lead is None:
        return _unlisted(text, match)
    if not lead.bylines:
        return _signed(text, lead)
    return replace(lead, end=_past_space_and_sign(text, match.end()))


def _as_printed(lead: Lead | None, text: str) -> Lead | None:
    """A lead with wide brackets and signs (``［서울＝뉴시스］``), read as one with narrow ones."""
    if lead is None:
        return None
    dateline, signs = lead.dateline or "", lead.byline_raw or ""
    at = text.translate(_WIDE).find(signs)
    return replace(
        lead,
        dateline=text[: len(dateline)] or None,
        byline_raw=text[at : at + len(signs)] or None,
    )


def closing_dateline(text: str) -> Lead | None:
    """A dateline alone on a line, as obituaries and notices of an agency end: ``(서울=연합뉴스)``."""
    lead = read_lead(text) if len(text) <= LONGEST else None
    if lead is None or lead.end < len(text) or lead.bylines:
        return None
    return lead if lead.dateline and lead.place else None


def find_glued_lead(text: str) -> int | None:
    """Where inside ``text`` a certain lead begins to which a deck or a caption was glued, if anywhere."""
    for match in _GLUED.finditer(text, 1, 600):
        lead = read_lead(text[match.start() : match.start() + 2 * LONGEST])
        if lead is not None and lead.bylines and match.start() + lead.end < len(text):
            return match.start()
    return None


def _bracket(inside: str, match: re.Match[str]) -> Lead | None:
    whole = match.group()
    if _CREDIT_SIDE.match(inside):
        return None
    signature = _with_sides(inside) or _without_sign(inside)
    if signature is None:
        return _column_lead(inside, match)
    if signature.people:
        return Lead(
            end=match.end(),
            byline_raw=whole,
            bylines=tuple(replace(person, raw=whole) for person in signature.people),
            place=signature.place,
            outlet=signature.outlet,
        )
    return Lead(end=match.end(), dateline=whole, place=signature.place, outlet=signature.outlet)


def _unlisted(text: str, match: re.Match[str]) -> Lead | None:
    """``[포구=마을신문] 홍길동 기자 =``: unlisted place and outlet, certain by who signs behind them."""
    sides = _TWO_WORDS.fullmatch(match["inside"])
    if sides is not None:
        lead = Lead(end=match.end(), dateline=match.group(), place=sides["place"], outlet=sides["outlet"])
        signed = _signed(text, lead)
        return signed if signed.bylines else None
    if _FOREIGN_AGENCY.match(text):
        return Lead(end=_past_space_and_sign(text, match.end()), dateline=match.group())
    if not _ONE_WORD.fullmatch(word := match["inside"]):
        return None
    outlet = None if word in lexicon.NOT_NAMES else word  # [현장] 홍길동 기자 =
    signed = _signed(text, Lead(end=match.end(), dateline=match.group(), outlet=outlet))
    return signed if any(is_staff_role(person.role or "") for person in signed.bylines) else None


def _placed(text: str, match: re.Match[str]) -> Lead | None:
    """``(포구) 홍길동 기자 =``, ``[마을신문=포구] 홍길동 기자 =``: an unlisted place, where someone signs."""
    outlet, _, place = match["inside"].rpartition("=")
    outlet, place = outlet.strip(), place.strip()
    if (
        not _UNLISTED_PLACE.fullmatch(place)
        or place in lexicon.NOT_NAMES
        or (outlet and not is_outlet(outlet))
    ):
        return None
    lead = Lead(end=match.end(), dateline=match.group(), place=place, outlet=outlet or None)
    signed = _signed(text, lead)
    return signed if any(person.role for person in signed.bylines) else None


def _with_sides(inside: str) -> Signature | None:
    """``서울=연합뉴스``, ``워싱턴 AFP=연합뉴스``, ``베이징=신화/뉴시스``, ``OSEN=잠실, 홍길동 기자``."""
    left, sign, right = (part.strip() for part in inside.partition("="))
    if not sign or not left or not right:
        return None
    if all(is_outlet(part.strip()) for part in right.split("/")):
        place, outlet = _place_and_origin(left)
        return Signature(place=place, outlet=outlet or right.rpartition("/")[2].strip())
    named = read_signature(inside, trusted=True)
    if named is not None and named.people:
        return named
    if is_place(left) and len(right) <= 12 and " " not in right:
        return Signature(place=left, outlet=right)
    return None


def _place_and_origin(left: str) -> tuple[str | None, str | None]:
    """The place before ``=``; an agency beside it (``워싱턴 AFP=``) only delivered."""
    words = [word for word in left.split() if not all(is_outlet(part) for part in word.split("/"))]
    return " ".join(words) or None, None


def _without_sign(inside: str) -> Signature | None:
    """``이데일리 홍길동 기자``, ``스포츠서울 | 홍길동기자``, ``파이낸셜뉴스``, ``신화/뉴시스``."""
    if all(is_outlet(part.strip()) for part in inside.split("/")):
        return Signature(outlet=inside.rpartition("/")[2].strip())
    if is_name(inside):
        return None
    signature = read_signature(inside)
    return signature if signature is not None and signature.people and signature.certain else None


def _column_lead(inside: str, match: re.Match[str]) -> Lead | None:
    """``[매체=홍길동의 세상 읽기]``: a column's name, kept as printed; nobody is read out of it."""
    left, sign, right = (part.strip() for part in inside.partition("="))
    if sign and is_outlet(left) and _SPOKEN_FOR.search(right):
        return Lead(
            end=_past_space_and_sign(match.string, match.end()), byline_raw=match.group(), outlet=left
        )
    return None


def _signed(text: str, lead: Lead) -> Lead:
    """The people between a dateline and ``=``, with the dateline's place and outlet."""
    match = _SIGNED.match(text, lead.end)
    signature = read_signature(_with_town(match["people"], lead), trusted=True) if match else None
    if match is None or signature is None or not signature.people:
        return replace(lead, end=_past_space_and_sign(text, lead.end))
    people = tuple(
        replace(
            person,
            raw=match["people"].strip(),
            place=person.place or lead.place,
            agency=person.agency or lead.outlet,
            email=person.email,
        )
        for person in signature.people
    )
    place = lead.place or signature.place
    return replace(lead, end=match.end(), byline_raw=match.group().strip(), bylines=people, place=place)


def _with_town(people: str, lead: Lead) -> str:
    """``[마을신문] 포구 홍길동 기자 =``: hardly a name is so short, and the bracket has no place."""
    town = _TOWN.fullmatch(people.strip()) if lead.outlet and not lead.place else None
    return f"{town['town']}={town['signs']}" if town and is_name(town["town"]) else people


def _open_lead(text: str) -> Lead | None:
    """``광주=이영희 기자 본문``, ``도쿄/홍길동 특파원``, ``홍길동 기자 = 본문``: no bracket at all."""
    match = _SIGNED_LEAD.match(text) or _OPEN_LEAD.match(text)
    if match is None:
        return _agencies_lead(text)
    signature = read_signature(match["lead"])
    if signature is None or not signature.people or not signature.certain:
        return None
    if match.re is _OPEN_LEAD and signature.place is None:
        return None
    end = _past_space_and_sign(text, match.end())
    return Lead(
        end=end,
        byline_raw=text[:end].strip(),
        bylines=signature.people,
        place=signature.place,
        outlet=signature.outlet,
    )


def _agencies_lead(text: str) -> Lead | None:
    """``서울=AP/뉴시스 본문``: where every word is known."""
    match = _AGENCIES_LEAD.match(text) if "=" in text[:40] else None
    if match is None or not is_place(match["place"]) or (match["origin"] and not is_outlet(match["origin"])):
        return None
    outlets = match["outlets"].split("/")
    if not all(map(is_outlet, outlets)):
        return None
    return Lead(end=match.end(), dateline=match.group().strip(), place=match["place"], outlet=outlets[-1])


def _past_space_and_sign(text: str, start: int) -> int:
    match = re.compile(r"\s*").match(text, start)
    return match.end() if match else start
