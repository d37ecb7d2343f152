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
from newsbot.pages.surroundings import is_signed

_NOBODY = re.compile(
    r"(?:총|최고|부|웹|사이트|홈페이지|게시판)?\s?(?:관리자|운영자|운영진)\d{0,2}|익명\w{0,4}|비회원|손님|탈퇴한?\s?회원"
    r"|작성자|글쓴이|등록자|게시자|담당자|(?:web|site)?\s?(?:master|admin(?:istrator)?)|anonymous|guest|ㅇㅇ",
    re.I,
)


_NEWS_ADDRESS = re.compile(r"(?:^|[/_-])(?:\w{0,6}news|press|articles?)(?:$|[/_\d-])", re.I)
_NEWS_NAME = re.compile(r"뉴스|기사|속보|언론|news", re.I)


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
