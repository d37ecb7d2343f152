"""Bylines: the people, desks and bots that sign, put together from every place that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsbot.items import Byline
from newsbot.korean import lexicon
from newsbot.korean.addresses import EMAIL, addresses_in, may_hold_address, plain_address
from newsbot.korean.captions import is_credit_line, leading_credit
from newsbot.korean.english_bylines import read_english
from newsbot.korean.signatures import Signature, read_signature
from newsbot.korean.words import LONGEST, is_name, is_outlet

_SIGNING_PARTS = re.compile(r"\s*[|│/]\s+|\s+[|│/]\s*|\n")
_CREDIT_PART = re.compile(r"(?<=\s)[|│/]\s*(?=사진|화면|영상|자료)")
_NAME_AND_ROLE = re.compile(
    r"(?:^|[|│/,:=)\]>])\s*([가-힣]{2,4})\s?((?:선임|인턴|수습|객원|전문|논설)?(?:기자|특파원|위원))(?![가-힣])"
)
_WHOLE_BRACKET = re.compile(r"[\[(【<]\s*([^\[\]【】<>]{3,80})\s*[\])】>]$")
_MAILS_ONLY = re.compile(
    rf"(?:[☞/*◎▶\s-]*(?:공감언론\s*)?(?P<outlet>[가-힣A-Za-z0-9]{{2,10}}\s+)?)(?P<mails>(?:{EMAIL}[\s,/;·]*){{1,6}})",
    re.I,
)
_GLUED_MAIL = re.compile(rf"(?:/\s?)?{EMAIL}(?:\s*/\s*{EMAIL})*(?:/\d{{4}}[.-]\d{{1,2}}[.-]\d{{1,2}}\.?/?)?$")
_GLUED_ROLE = re.compile(
    r"[다요]\.[”’\"']?\s?(?P<signs>(?:/\s?|[\[(<]\s?|(?<=\s))[^.\[\]()<>/\n]{2,40}(?:기자|특파원|통신원|논설위원)\s?[\])>]?)$"
)
_GLUED_ENDS = ("기자", "특파원", "통신원", "위원", "]", ")", ">")
_LONGEST_GLUED = 60  # letters
_SENTENCE_BREAK = re.compile(
    r"[.!?…”’\"')\]]\s+(?=[^\s]{1,60})|(?<=[다요죠])[.]\s?(?=[가-힣A-Za-z\[(/])|[”\"’']\s*(?=/)"
)
_SHARED_WORK = re.compile(
    r"글\s?[:=|ㅣ/]?\s?[가-힣]{2,5}\s[^\n]{0,20}사진"
)  # 글 홍길동 기자 사진 김철수 기자
_FEWEST_WORKS = 2
_ONE_WORK = re.compile(r"(?P<work>글|번역|정리|취재|대담)\s(?P<name>[가-힣]{3})")  # 번역 홍길동
_SIGN_OFF = re.compile(
    r"(?:^|\s)(?P<outlet>[A-Z]{2,5}|[가-힣A-Za-z]{2,8})\s?(?:뉴스\s?)?(?P<name>[가-힣]{2,4}?)(?:입니다|이었습니다|였습니다|이에요|예요)\.?"
    rf"(?:\s?[\[(]\s?(?P<email>{EMAIL})\s?[\])])?$"
)
_STAFF_BEHIND = re.compile(r"\s?[(\[](?:영상|촬영)[^()\[\]]{2,60}[)\]]$")
_BOT = re.compile(
    r"(?P<bot>(?:로봇|AI|인공지능|알고리즘|자동)\s?(?:저널리즘|기자|시스템|기사)?[^.\n]{0,30}?(?:자동\s?(?:작성|생성)|작성|생성))(?:된|한|했|됐|하였|되었)"
)
_EXPERTS = tuple(lexicon.EXPERT_ROLES.split())


def read_byline(text: str) -> tuple[Byline, ...]:
    """The people and desks of a text that is known to be a byline: a byline node, a feed's author.

    Where the whole is not understood, only a name that opens a part and stands directly before a
    reporter's role is taken.
    """
    text = text.strip()
    if (english := read_english(text)) is not None:
        return english.people
    for trial in (text, re.sub(r"^[\[(【<]|[\])】>]$", "", text)):
        signature = read_signature(trial, trusted=True)
        if signature is not None and signature.people:
            return () if is_credit_line(text) and not signature.certain else signature.people
    parts = [part for part in _SIGNING_PARTS.split(text[: 4 * LONGEST]) if part.strip()]
    if len(parts) > 1:
        return merged(person for part in parts for person in read_byline(part))
    return tuple(
        Byline(name=match[1], role=match[2], raw=text)
        for match in _NAME_AND_ROLE.finditer(text[:LONGEST])
        if is_name(match[1]) and match[1] not in lexicon.PLACES
    )


def read_signing_line(text: str, *, known: Iterable[str] = ()) -> Signature | None:
    """What a whole line signs at the end (or the top) of an article, or ``None`` where it does not.

    ``known``: names already found elsewhere; such a name alone on a line signs too.
    """
    if len(text) > LONGEST:
        return None
    if (mails := _only_mails(text)) is not None:
        return mails
    if (english := read_english(text)) is not None:
        return english
    signature = read_signature(text)
    if signature is None or not signature.people:
        return None
    names = {person.name for person in signature.people}
    if (
        _ONE_WORK.fullmatch(text)
        or signature.certain
        or names <= set(known)
        or _has_a_title(signature)
        or _is_outlets_own(signature, text)
    ):
        return signature
    return None


def credit_beside_signature(text: str) -> int | None:
    """Where a signing line parts from a photo credit before or after it (``iMBC 홍길동 | 사진캡쳐 …``)."""
    if len(text) > LONGEST:
        return None
    if (end := leading_credit(text)) is not None:
        return end if read_signing_line(text[end:].strip()) is not None else None
    match = _CREDIT_PART.search(text)
    if match is None or _is_shared(text) or not is_credit_line(text[match.start() :].lstrip("/|│ ")):
        return None
    return match.start() if read_signing_line(text[: match.start()].strip()) is not None else None


def is_surely_signed(text: str) -> bool:
    """Whether a whole line signs wherever it stands.

    It names a role with an address, a role in brackets, or who wrote and who photographed.
    """
    shared = _is_shared(text)
    if len(text) > LONGEST or not (shared or may_hold_address(text) or _WHOLE_BRACKET.match(text)):
        return False
    signature = _only_mails(text) or read_signature(text)
    if signature is None or (
        shared and len({person.contribution for person in signature.people}) < _FEWEST_WORKS
    ):
        return False
    return signature.outlet is not None if not signature.people else signature.certain


def _is_shared(text: str) -> bool:
    return text.startswith("글") and _SHARED_WORK.match(text) is not None


def addresses_only(text: str) -> tuple[str, ...]:
    """The addresses of a line that is nothing but addresses."""
    signature = _only_mails(text) if may_hold_address(text) and len(text) <= LONGEST else None
    return signature.emails if signature else ()


def glued_signature(text: str) -> int | None:
    """Where at the end of a paragraph a signature was glued to its last sentence, if it was."""
    window = max(0, len(text) - LONGEST)
    mail = _GLUED_MAIL.search(text[window:])
    if mail is None:
        return _glued_role(text)
    at = window + mail.start()
    breaks = [match.end() for match in _SENTENCE_BREAK.finditer(text, window, at + 1)]
    for start in sorted({b for b in breaks if b <= at}, reverse=False):
        signature = read_signature(text[start:].strip())
        if signature is not None and (signature.people or start == at):
            return start
    return at if at and (text[at] == "/" or text[at - 1 : at].isspace()) else None


def _glued_role(text: str) -> int | None:
    """Where who signs without an address follows a last sentence: ``… 말했다. /가온=홍길동 기자``."""
    window = max(0, len(text) - _LONGEST_GLUED)
    found = _GLUED_ROLE.search(text, window) if text.endswith(_GLUED_ENDS) else None
    signature = read_signature(found["signs"].strip("/[]()<> ")) if found else None
    return found.start("signs") if found and signature and signature.people and signature.certain else None


def sign_off(text: str) -> Byline | None:
    """The reporter who signs off a broadcast: ``KBS 뉴스 홍길동입니다.``, ``… [hong@mbn.co.kr]``."""
    text = _STAFF_BEHIND.sub("", text)
    match = _SIGN_OFF.search(text[-80:]) if len(text) <= 130 else None
    if match is None or not is_name(match["name"]):
        return None
    outlet = match["outlet"].removesuffix("뉴스") or match["outlet"]
    if not (is_outlet(outlet) or is_outlet(match["outlet"])):
        return None
    return Byline(
        name=match["name"],
        agency=outlet,
        email=plain_address(match["email"]) if match["email"] else None,
        raw=match.group().strip(),
    )


def bot_credit(text: str) -> Byline | None:
    """The machine that wrote an article, where a note says so (``※ 이 기사는 … 자동 작성되었습니다``)."""
    match = _BOT.search(text) if len(text) <= 200 and "기사" in text else None
    return Byline(name=None, role=match["bot"], raw=text) if match else None


def merged(people: Iterable[Byline]) -> tuple[Byline, ...]:
    """Each person once, in printed order, with everything that was said of them."""
    found: dict[object, Byline] = {}
    for person in people:
        key = person.name or (None, person.role)
        first = found.get(key)
        found[key] = person if first is None else _completed(first, person)
    return tuple(found.values())


def with_addresses(people: Sequence[Byline], emails: Sequence[str]) -> tuple[Byline, ...]:
    """Addresses printed apart given to the people in order; one that is left over stands by itself."""
    given = {person.email for person in people}
    left = [email for email in dict.fromkeys(emails) if email not in given]
    result: list[Byline] = []
    for person in people:
        takes = person.email is None and person.name is not None and person.contribution in (None, "text")
        result.append(replace(person, email=left.pop(0)) if takes and left else person)
    return tuple(result) + tuple(Byline(name=None, raw=email, email=email) for email in left)


def _completed(first: Byline, second: Byline) -> Byline:
    return replace(
        first,
        role=first.role or second.role,
        agency=first.agency or second.agency,
        place=first.place or second.place,
        email=first.email or second.email,
        contribution=first.contribution or second.contribution,
    )


def _only_mails(text: str) -> Signature | None:
    match = _MAILS_ONLY.fullmatch(text)
    if match is None:
        return None
    outlet = (match["outlet"] or "").strip()
    if outlet and not is_outlet(outlet):
        return None
    return Signature(emails=addresses_in(match["mails"]), outlet=outlet or None)


def _has_a_title(signature: Signature) -> bool:
    """Somebody from outside who signs with a title: 명예교수, 칼럼니스트, 평론가 …"""
    return all(person.role and person.role.endswith(_EXPERTS) for person in signature.people)


def _is_outlets_own(signature: Signature, text: str) -> bool:
    """``iMBC 홍길동``: one name and a well-known outlet, and nothing else."""
    return len(signature.people) == 1 and signature.outlet in lexicon.OUTLETS and len(text) <= 16
