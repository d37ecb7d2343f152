"""Lines that end an article or stand around it: copyright, source line, promotion, dates, corrections."""

from __future__ import annotations

import re
from typing import Literal

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
_LABELLED_TIME = re.compile(rf"{_LABEL}|\d:\d\d")
_END = re.compile(r"[(<\[]\s*끝\s*[)>\]]\.?|끝\.?")
_SOURCE = re.compile(
    r"[<\[(/]?\s*(?:출처|제공|자료|기사제공)?\s*[:=]?\s*(?P<outlet>[^<>\[\]()/:=]{2,16}?)\s*"
    r"(?:\((?:https?://|www\.)[^\s()]{3,60}\))?[>\])]?"
)
_POINTER = re.compile(r"[▶☞◎▷►➡→☎◀■※*●△☛✔✅📌🔗👉「\[<]|[-·]\s")
_PROMOTED = re.compile(
    r"제보(?:는|하기|하려면|를|해|가|로|\s?[:및]|·)|okjebo|구독|카카오톡|카톡|텔레그램|뉴스레터|팔로[우잉]|채널\s?(?:추가|구독|'|‘)|바로\s?가기"
    r"|관련\s?기사|다른\s?기사|인기\s?기사|주요\s?뉴스|추천\s?(?:뉴스|기사)|많이\s?본|기사\s?(?:보기|원문|더)|영상\s?(?:보기|구독)|앱\s?(?:다운|설치)"
    r"|클릭|홈페이지\s?:|네이버(?:에서|\s?(?:뉴스|포스트|메인))|유튜브(?:에서|\s?(?:채널|구독))|페이스북\s?(?:에서|페이지)|인스타그램\s?(?:에서|팔로)"
    r"|무료\s?(?:만화|운세|체험)|운세\s?보기|취재\s?문의|기사\s?문의|보도자료|광고\s?문의|이벤트\s?참여|핫\s?뉴스|더\s?보기|공감언론"
)
_LINK_MARKS = frozenset("☞▶►➡👉")
_SUBSCRIBE = re.compile(
    r"(?:네이버|다음|카카오톡|카톡|유튜브|구글|페이스북|인스타그램|텔레그램|포털)[^.?!\n]{0,40}"
    r"(?:(?:구독|추가|팔로[우잉])(?:하기|하세요|해\s?(?:주세요|보세요))|(?:채널|친구)\s?추가|바로\s?가기|더\s?보기)[.!~]?"
    r"|[^.?!\n]{2,20}\s앱[^.?!\n]{0,20}(?:다운(?:로드|받기)|설치하기)[.!~]?"
    r"|[^.?!\n]{0,20}(?:뉴스|방송|신문|일보|[A-Z]{2,5})[^.?!\n]{0,24}제보를?\s?기다립니다[.!]?"
)
_MORE_BY = re.compile(r".{0,30}(?:다른\s?기사\s?(?:더\s?)?보기|기사\s?더\s?보기)")
_CONTACT = re.compile(
    r"[\[▷△▶☎※*-]?\s*(?:이메일|e-?mail|메일|전화|카카오톡|카톡|사이트|홈페이지|문의|팩스|텔레그램|유튜브|네이버|페이스북|인스타그램|트위터)\s*[:\]]"
    r"|[▷△▶☎]\s?(?:이메일|e-?mail|전화|카카오톡|카톡|팩스|문자|홈페이지)\s+[@0-9A-Za-z'‘+]",
    re.I,
)
_PLACEHOLDER = re.compile(
    r"\$\$\w{2,30}\$\$|\{\{[^{}\n]{1,40}\}\}|\[{1,2}(?:AD|광고)\d?\]{1,2}|광고|AD|ADVERTISEMENT|Advertisement"
)
_HASHTAGS = re.compile(r"(?:#[^\s#]{1,30}[\s,]*){1,30}")
_CALLING = re.compile(r"[^.?!\n]{2,60}\(\s?클릭\s?!*\s?\)[.!]?|(?:좋아요|싫어요|공감|댓글)\s?\d{0,6}")
_NEWSROOM_CONTACT = re.compile(
    r"(?:[가-힣A-Za-z0-9]{2,12}\s)?(?:기사\s?)?(?:문의\s?(?:및\s?)?제보|제보\s?(?:및\s?)?문의|생방송\s?만나보기)(?:\s?[:：].{2,60})?"
)
_ARTICLE_LINK = re.compile(r"(?:기사\s?원문|원문|출처|링크|URL)\s*[-:]?\s*https?://\S+", re.I)
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


_MOTTO = re.compile(r"[☞◎]\s?[^.?!@]{2,40}\s[\w.+-]+@[\w.-]+")  # ``☞언제나 곁에, 마을신문 hong@…``
_PROMOTIONS = (
    _ARTICLE_LINK,
    _SUBSCRIBE,
    _MORE_BY,
    _MOTTO,
    _PLACEHOLDER,
    _HASHTAGS,
    _CALLING,
    _NEWSROOM_CONTACT,
)


def line_kind(text: str) -> Line | None:
    """What a whole line is, wherever it stands, if it is certainly none of the article's own text."""
    if len(text) > _LONGEST:
        return None
    if is_copyright(text):
        return "copyright"
    if _END.fullmatch(text):
        return "end"
    if _DATE_LINE.fullmatch(text) and _LABELLED_TIME.search(text):
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
    if _HOLDER.search(text) is None and _BARE_NOTICE.fullmatch(text) is None:
        return False
    start = _COPYRIGHT_START.match(text)
    return (
        _RIGHTS.search(text) is not None
        and not text.endswith(("다.", "요."))
        and (start is not None or len(text) <= 120)
    )


def is_promotion(text: str) -> bool:
    """Whether the line calls the reader to something else: other articles, channels, tips to the newsroom."""
    if _CONTACT.match(text) or any(form.fullmatch(text) for form in _PROMOTIONS):
        return True
    if _PROMOTED.search(text) is None:
        return False
    return _POINTER.match(text) is not None or text.startswith(
        ("제보는", "기사제보", "기사 제보", "취재문의", "기자와")
    )


def is_contact_list(text: str) -> bool:
    """Whether every line of a list says how the newsroom is reached."""
    return len(text) <= _LONGEST and all(_CONTACT.match(line) for line in text.splitlines())


def is_pointer(text: str) -> bool:
    """Whether a short line points elsewhere: a mark of a link, and no sentence."""
    return len(text) <= 80 and text[:1] in _LINK_MARKS and not text.endswith((".", "?", "!"))


def split_notice(text: str) -> tuple[str, str, str]:
    """A copyright line's promotion before it, the notice, and the stamp after it (``… 송고``), as printed."""
    stamp = _STAMP.search(text[-60:])
    after = stamp["raw"] if stamp else ""
    rest = text[: len(text) - len(text[-60:]) + stamp.start()].rstrip() if stamp else text
    match = _GLUED_COPYRIGHT.search(rest)
    start = match.start() if match else 0
    before = rest[:start].rstrip()
    return (before, rest[start:].strip(), after) if before and _PROMOTED.search(before) else ("", rest, after)


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
    """The outlet that a source line (``연합뉴스``, ``출처 : 뉴스1``) names."""
    match = _SOURCE.fullmatch(text) if len(text) <= 90 else None
    return match["outlet"] if match and is_outlet(match["outlet"]) else None


def is_correction(text: str) -> bool:
    """Whether a line is a correction by itself: ``정정: 앞선 기사의 … 바로잡습니다.``"""
    return len(text) <= _LONGEST and _CORRECTED.match(text) is not None


def opens_correction(text: str) -> bool:
    """Whether a line opens a correction: 정정보도, 반론보도, 바로잡습니다, 고침."""
    return _CORRECTION.match(text[:60]) is not None
