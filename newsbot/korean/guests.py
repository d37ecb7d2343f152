"""Writers from outside the newsroom, who sign opinion pieces with their offices."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsbot.items import Byline, Image
from newsbot.korean import lexicon
from newsbot.korean.headlines import is_opinion
from newsbot.korean.signatures import Signature, read_signature
from newsbot.korean.words import is_name, is_outlet

_TITLES = tuple(f"{lexicon.EXPERT_ROLES} {lexicon.OFFICE_ROLES}".split())
_GUEST = re.compile(
    r"[\[(</]?\s?(?:(?:기고|글)\s?[/|:]\s?)?(?P<name>[가-힣]{2,4})\s?[\s|·/(<,]\s?(?P<office>[^.?!\n|/()<>]{0,40}?"
    r"(?:회장|이사장|이사|대표|원장|소장|관장|단장|국장|과장|실장|팀장|부장|차장|위원|위원장|의원|시장|군수|구청장|지사|장관|차관|총장"
    r"|학장|교장|교감|교사|교수|목사|신부|스님|서장|센터장|본부장|지부장|지회장|총재|처장|간사|활동가|조합장|경위|경감|경정|경사|경장|순경"
    r"|연구원|연구위원|변호사|회계사|세무사|노무사|법무사|의사|약사|작가|시인|평론가|칼럼니스트|조사역|담당관|편집인|발행인))\s?[\])>]?"
)
_READER = re.compile(
    r"[\[<]?\s?(?P<name>[가-힣]{3})\s?[(·,|/]\s?(?:[가-힣]{2,8}[시도군구]\s?){1,2}(?:[가-힣0-9]{1,8}[동읍면리로길가])?\s?\)?\s?[\]>]?"
)
_BIOGRAPHY = re.compile(r"(?:[△▲●○■◆▷▶*·]\s?|[現前현전]\s)[^.?!\n]{3,80}")


def read_guest(text: str) -> Signature | None:
    """Who wrote an opinion piece, where a line says name and office: ``홍길동 나무협회 회장``.

    To be asked of opinion pieces alone: elsewhere such a line says of whom the article speaks.
    """
    match = _GUEST.fullmatch(text)
    if match is None or not is_name(match["name"]) or is_outlet(match["name"]):
        return None
    guest = Byline(name=match["name"], role=match["office"].strip(), raw=text)
    return Signature(people=(guest,), emails=(), certain=True)


def signing(headline: str, text: str) -> Signature | None:
    """Who signs an opinion piece with an office, also before the name: ``편집국장 홍길동``."""
    if not is_opinion(headline):
        return None
    if (guest := read_guest(text) or _read_reader(text)) is not None:
        return guest
    signature = read_signature(text)
    people = signature.people if signature else ()
    return signature if people and all(person.name and person.role for person in people) else None


def _read_reader(text: str) -> Signature | None:
    """A reader who wrote a letter, with where they live: ``홍길동 (가온시 나루동)``."""
    match = _READER.fullmatch(text)
    if match is None or not is_name(match["name"]):
        return None
    return Signature(people=(Byline(name=match["name"], raw=text),), certain=True)


def is_biography(text: str) -> bool:
    """Whether a line can say what a writer from outside is: ``△가온연구소 연구원``, ``●現 가온대 교수``."""
    return _BIOGRAPHY.fullmatch(text) is not None and text.endswith(_TITLES)


def pictured(headline: str, images: Iterable[Image]) -> tuple[Byline, ...]:
    """Who wrote an opinion piece that nobody signs, where the caption of a portrait says it."""
    captions = (image.caption for image in images if image.caption and "\n" not in image.caption)
    return next((guest.people for caption in captions if (guest := signing(headline, caption))), ())
