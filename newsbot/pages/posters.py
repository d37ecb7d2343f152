"""When the poster of a post is its author.

On a community's or an institution's board the author of a post is whoever posted it, a person under a
nickname or an office. On a board that re-posts news it is not: such a board calls itself one (its
address, its name in the page's title), the text names its reporters, its agency or its copyright
holder, or the poster is an outlet. Where nothing of the kind is seen and the text names nobody, the
poster signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbot.items import Byline
from newsbot.korean.bylines import read_byline
from newsbot.korean.passages import Reading
from newsbot.korean.text import letters
from newsbot.korean.words import is_outlet
from newsbot.pages.line_nodes import is_heading
from newsbot.pages.surroundings import DATED, Line, Surroundings, is_signed
from newsbot.pages.tables import role_of

_NOBODY = re.compile(
    r"(?:총|최고|부|웹|사이트|홈페이지|게시판)?\s?(?:관리자|운영자|운영진)\d{0,2}|익명\w{0,4}|비회원|손님|탈퇴한?\s?회원"
    r"|작성자|글쓴이|등록자|게시자|담당자|(?:web|site)?\s?(?:master|admin(?:istrator)?)|anonymous|guest|ㅇㅇ",
    re.I,
)


_NAMES_POSTER = re.compile(
    r"(?:^|[-_\s])(?:author|writer|nick(?:name)?|user[-_]?(?:name|nick)|name)(?:$|[-_\s])", re.I
)
_NAMES_OTHER = re.compile(
    r"site|board|cate|file|menu|photo|thumb|tit|subject|company|brand|logo|product", re.I
)
_LABELLED = re.compile(r"^(?:작성자|글쓴이|등록자|게시자|이름|[Bb]y)\s?[:|]?\s+")
_LONGEST_NICKNAME = 30  # letters
_NEAR = 12  # lines above a body
_NEWS_ADDRESS = re.compile(r"(?:^|[/_-])(?:\w{0,6}news|press|articles?)(?:$|[/_\d-])", re.I)
_NEWS_NAME = re.compile(r"뉴스|기사|속보|언론|news", re.I)


def poster_above(around: Surroundings, labelled: str | None, *, is_article: bool) -> str | None:
    """Who posted what stands below: a member, who stands behind a label, or in an element named a writer's.

    ``is_article``: the page states that it is an outlet's article; there such an element names its reporter.
    """
    said = labelled if labelled and not DATED.match(labelled) else None  # 작성자, and in the next cell a date
    return around.member() or said or (None if is_article else _named(around.above[:_NEAR]))


def _named(above: Sequence[Line]) -> str | None:
    """The nearest name in an element that is called a writer's, where a date stands near it."""
    if not any(DATED.search(line.text) for line in above):
        return None
    texts = (_LABELLED.sub("", line.text).strip(" |/·") for line in above if _is_called_poster(line))
    return next((text for text in texts if _may_be_name(text)), None)


def _is_called_poster(line: Line) -> bool:
    names = line.node.get("class") or ""
    return bool(_NAMES_POSTER.search(names)) and not (_NAMES_OTHER.search(names) or is_heading(line.node))


def _may_be_name(text: str) -> bool:
    is_short = 1 < len(text) <= _LONGEST_NICKNAME and any(map(str.isalpha, text))
    return is_short and role_of(text) is None and not (DATED.search(text) or is_signed(text))


def is_news_board(board: str | None, title: str, headline: str) -> bool:
    """Whether a board calls itself one of news, in its address or in the page's title beside the headline."""
    beside = letters(title).replace(letters(headline), "")
    return _NEWS_ADDRESS.search(board or "") is not None or _NEWS_NAME.search(beside) is not None


def signed_by_poster(poster: str, reading: Reading, *, news: bool) -> tuple[Byline, ...]:
    """The byline of a post whose text names nobody: its poster, if that is anybody.

    ``news``: the post is known to be an outlet's, or stands on a board of news; there only a poster
    with a reporter's role or an address signs.
    """
    if reading.copyright_notice or reading.dateline or _names_anybody(reading):
        return ()
    if is_outlet(poster) or _NOBODY.fullmatch(poster):
        return ()
    if is_signed(poster) and (people := read_byline(poster)):
        return people
    return () if news else (Byline(name=poster, raw=poster),)


def signed_beside_date(lines: Sequence[str], reading: Reading) -> tuple[Byline, ...]:
    """The people beside the date above an article (``홍길동  2026. 3. 1. 08:10``) whose text names nobody."""
    if _names_anybody(reading):
        return ()
    return next((people for line in lines if (people := read_byline(line))), ())


def _names_anybody(reading: Reading) -> bool:
    return any(person.name or person.role for person in reading.bylines)
