"""Lines that end an article or stand around it: copyright, source line, promotion, dates, corrections."""

from __future__ import annotations

import re
from typing import Literal

from newsbot.korean.promotions import PROMOTED, is_promotion
from newsbot.korean.words import is_name, is_outlet

Line = Literal["copyright", "source", "promotion", "date", "end", "staff"]

_LONGEST = 260
_HOLDER = re.compile(r"저작권자?|[ⓒ©]|\([cC]\)|[cC][oO][pP][yY]\s?[rR][iI][gG][hH][tT]")  # re.I is far slower
_RIGHTS = re.compile(
    r"무단\s?(?:전재|복제|사용|배포)|재배포|all rights reserved|copy\s?right|저작권자|금지", re.I
)
_COPYRIGHT_START = re.compile(r"[<\[(〈【]?\s*(?:저작권자|[ⓒ©]|copy\s?right|무단\s?전재)", re.I)
_BARE_NOTICE = re.compile(
    r"무단[^\n]{2,60}|[<\[(〈【][^<>\[\]\n]{0,60}무단\s?전재[^<>\[\]\n]{0,40}금지\s*[>\])〉】]"
)
_FORBIDS = re.compile(
    r"(?:본|이) 저작물은[^\n]{0,40}공공누리[^\n]{0,80}"
    r"|[※*\s]{0,3}(?:copy\s?rights?\s?)?(?:저작권자?|[ⓒ©]|\([cC]\)|(?:본|이) (?:콘텐츠|기사|저작물|글)의?"
    r" 저작권)[^\n]{2,120}"
    r"(?:전재|복제|복사|배포)[^\n]{0,40}(?:금합니다|금지합니다|금지됩니다|금지되어 있습니다|불허합니다)\.?",
    re.I,
)
_HELD_BY = re.compile(
    r"(?:저작권자?|[ⓒ©]|\(c\)|copy\s?right)(?:[\s:ⓒ©]|\(c\))*(?:(?:19|20)\d\d\s)?(?:['‘][^'’]{1,40}['’]\s?)?"
    r"(?:\(주\)|㈜|주식회사)?\s?(?P<holder>(?!무단|및|all|rights|copy)[가-힣A-Za-z][가-힣A-Za-z0-9]{1,13}"
    r"(?: (?!무단|및|재배포|all)[가-힣A-Za-z0-9]{1,8})?)(?=\s?(?:[.,(<>\[\]│|]|무단|all rights|$))",
    re.I,
)
_GLUED_COPYRIGHT = re.compile(r"[<\[(〈【]?\s*(?:저작권자|copy\s?right|[ⓒ©])", re.I)
_TERM = re.compile(
    r"무단\s?(?:전재|복제|사용|배포)[^,.\]>)】]*?금지|(?:무단\s?)?(?:전재|복제|수집)[^,.\]>)】]*?금지"
    r"|무단\s?(?:전재|복제|사용)[^,.\]>)】]*|재배포[^,.\]>)】]*?금지|AI[^,.\]>)】]*?금지|All rights reserved",
    re.I,
)
_STAMP = re.compile(r"(?P<raw>\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}\.?\s+\d{1,2}:\d{2}(?::\d{2})?\s*송고)\s*$")
_LABEL = (
    r"(?:기사\s?)?(?:입력|등록|승인|수정|최종\s?수정|최초\s?입력|송고|업데이트|발행|게재)"
    r"(?:\s?(?:일시|시간|일|시각))?"
)
_DATE_LINE = re.compile(
    rf"[\[(<]?\s*(?:{_LABEL}\s*[:|]?\s*)?(?:\d{{4}}[./-]\s?\d{{1,2}}[./-]\s?\d{{1,2}}\.?|\d{{4}}년\s?\d{{1,2}}월\s?\d{{1,2}}일)"
    rf"(?:[\s(]*[월화수목금토일][)\s]|\s|,|\||오전|오후|\d{{1,2}}:\d{{2}}(?::\d{{2}})?|{_LABEL}|[:|]|송고"
    r"|\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}\.?){1,20}[\])>]?"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_ENGLISH_DATE_LINE = re.compile(
    r"(?:(?:Published|Posted|(?:Last )?(?:[Uu]pdated|[Mm]odified))(?: on)?\s?:?\s?)?"
    rf"{_MONTH} \d{{1,2}}, (?:19|20)\d\d"
    r"(?:[\s,|-]*(?:at )?\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?)(?:\s?\(?KST\)?)?"
)
_LABELLED_TIME = re.compile(rf"{_LABEL}|\d:\d\d")
_END = re.compile(r"[(<\[（]\s*(?:끝|END|完|계속)\s*[)>\]）]\.?|끝\.?|◀\s?끝\s?▶")
_SOURCE = re.compile(
    r"[<\[(/]?\s*(?:출처|제공|자료|기사제공)?\s*[:=]?\s*(?P<outlet>[^<>\[\]()/:=]{2,16}?)\s*"
    r"(?:\((?:https?://|www\.)[^\s()]{3,60}\))?[>\])]?"
)
_ORIGIN = re.compile(
    r"[\[(<※*■▶]?\s?(?:\[출처\]|(?:기사|뉴스|글)?\s?출처\s?[:=])\s?(?P<origin>[^\n.!?@]{2,30})[\])>]?"
)
_RELAYED = re.compile(
    r"[(\[]\s?(?P<origin>[가-힣A-Za-z]{2,8})\s?[=/]\s?(?P<outlet>[가-힣A-Za-z0-9]{2,12})\s?[)\]]"
)
_STAFF_LABEL = re.compile(
    r"(?:영상\s?(?:취재|기자|편집|촬영|디자인|그래픽|구성)?|촬영(?:\s?기자)?|화면|자막|리서처|자료조사|편집|그래픽|디자인|CG|작가"
    r"|연출|제작|구성|음향|삽화)\s*[:：|=]|(?:영상\s?(?:취재|기자|편집|촬영|디자인|그래픽)|촬영\s?기자)\s"
)
_CORRECTION = re.compile(
    r"[\[<〈【(※*■▲◆◇\s]{0,8}(?:(?:정정|반론|추후)\s?(?:보도문?|및\s?반론\s?보도문?)|정정\s?·\s?반론\s?보도문?|바로\s?잡습니다|바로\s?잡음"
    r"|알려\s?왔습니다|고침)(?=\s*(?:[\]>〉】):：]|$))"
)
_CORRECTED = re.compile(
    r"(?:[(\[<〈※*■▲]\s*[^()\[\]\n]{0,20}[)\]>〉]?\s*)?(?:정정|고침|바로\s?잡습니다|바로\s?잡음|정정합니다)\s*[:：)\]]\s*\S"
    r"|(?:바로\s?잡습니다|바로\s?잡음|정정합니다)\.\s+\S"
    r"|[^\n]{0,160}(?:기사|보도)[^\n]{0,60}(?:바로\s?잡습니다|정정합니다)\.?$"
)


def line_kind(text: str) -> Line | None:
    """What a whole line is, wherever it stands, if it is certainly none of the article's own text."""
    if len(text) > _LONGEST:
        return None
    if is_copyright(text):
        return "copyright"
    if _END.fullmatch(text):
        return "end"
    if (_DATE_LINE.fullmatch(text) and _LABELLED_TIME.search(text)) or _ENGLISH_DATE_LINE.fullmatch(text):
        return "date"
    if is_promotion(text):
        return "promotion"
    return "staff" if _is_staff(text) else None


def _is_staff(text: str) -> bool:
    """``영상취재: 홍길동 / 영상편집: 김철수``: who filmed and cut, and nothing else."""
    if len(text) > 100 or _STAFF_LABEL.match(text.lstrip("<[( ")) is None:
        return False
    words = re.findall(r"[^\s/·ㆍ,()<>\[\]]+", _STAFF_LABEL.sub(" ", text))
    return bool(words) and all(is_name(word) or word == "기자" for word in words)


def is_end(text: str) -> bool:
    """Whether the line is a wire's end of an article: ``(끝)``."""
    return _END.fullmatch(text) is not None


def is_copyright(text: str) -> bool:
    """Whether the line is a copyright notice, not a sentence about one."""
    if (
        not ("저작권" in text or "공공누리" in text)
        # A letter of the sign's is looked for in a tenth of the time.
        and (
            ("c" not in text and "C" not in text and "ⓒ" not in text and "©" not in text)
            or _HOLDER.search(text) is None
        )
        and _BARE_NOTICE.fullmatch(text) is None
    ):
        return False
    if _FORBIDS.fullmatch(text):
        return True
    start = _COPYRIGHT_START.match(text)
    return (
        _RIGHTS.search(text) is not None
        and not text.endswith(("다.", "요."))
        and (start is not None or len(text) <= 120)
    )


def split_notice(text: str) -> tuple[str, str, str]:
    """A copyright line's promotion before it, the notice, and the stamp after it (``… 송고``), as printed."""
    stamp = _STAMP.search(text[-60:])
    after = stamp["raw"] if stamp else ""
    rest = text[: len(text) - len(text[-60:]) + stamp.start()].rstrip() if stamp else text
    match = _GLUED_COPYRIGHT.search(rest)
    start = match.start() if match else 0
    before = rest[:start].rstrip()
    return (before, rest[start:].strip(), after) if before and PROMOTED.search(before) else ("", rest, after)


def usage_terms(notice: str) -> tuple[str, ...]:
    """The terms of a copyright notice, each by itself: what may not be done.

    A prohibition said once for several (``무단 전재-재배포, AI 학습 및 활용 금지``) is said for each.
    """
    spread = re.sub(r"(무단\s?(?:전재|복제)[^,금]{0,14}),\s*(?=(?:재배포|AI))", r"\1 금지, ", notice)
    found = (match.group().strip(" .") for match in _TERM.finditer(spread))
    return tuple(dict.fromkeys(term for term in found if term))


def holders(notice: str) -> list[str]:
    """The outlets that a copyright notice names; where it names none that is known, its holder."""
    known = [word for word in re.findall(r"[가-힣A-Za-z0-9]{2,14}", notice) if is_outlet(word)]
    holder = _HELD_BY.search(notice)
    return known or ([holder["holder"].strip()] if holder else [])


def source_of(text: str) -> str | None:
    """The outlet that a source line (``연합뉴스``, ``출처 : 뉴스1``) names, or who else it says wrote it."""
    relayed = _RELAYED.fullmatch(text) if len(text) <= 30 else None
    if relayed is not None and is_outlet(relayed["origin"]) and is_outlet(relayed["outlet"]):
        return relayed["outlet"]
    match = _SOURCE.fullmatch(text) if len(text) <= 90 else None
    if match and is_outlet(match["outlet"]):
        return match["outlet"]
    origin = _ORIGIN.fullmatch(text)
    return origin["origin"].strip() if origin else None


def is_correction(text: str) -> bool:
    """Whether a line is a correction by itself: ``정정: 앞선 기사의 … 바로잡습니다.``"""
    return len(text) <= _LONGEST and _CORRECTED.match(text) is not None


def opens_correction(text: str) -> bool:
    """Whether a line opens a correction: 정정보도, 반론보도, 바로잡습니다, 고침."""
    return _CORRECTION.match(text[:60]) is not None


def corrects(text: str) -> bool:
    """Whether a line is a correction, or opens one."""
    return is_correction(text) or opens_correction(text)
