"""The headline of a page that no layout knows: stated, printed, and without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsbot.korean.text import letters
from newsbot.pages.stated import Field, Stated
from newsbot.pages.surroundings import Surroundings

_SEPARATOR = re.compile(r"\s+[-–—|:<>·»›]{1,2}\s+|\s*[|ㅣ｜│]\s*|\s+::\s+|\s*<\s+|-(?=[가-힣]{2,4}[ㅣ|])")
_TRAIL = re.compile(r"(?<=.{6})\s>\s(?:[^>|]{1,20}\s>\s)?[^>|]{1,20}\s\|\s[^>|]{1,24}$")  # > board | site
_NO_TITLES = frozenset("document untitled untitleddocument 무제 제목없음 뉴스 news 기사".split())
_BOARD = re.compile(
    r"공지(?:사항)?|보도자료|언론보도|.{0,4}(?:새|시정|구정|군정|학교|협회)소식|알림마당|열린마당|.{0,6}게시판|.{0,4}자료실"
    r"|.{0,4}갤러리|고시공고|입찰공고|채용공고|묻고답하기|질문과답변"
)
_LONGEST_BOARD = 12  # letters of a board's or a site's name
_LEAST = 0.4  # of a title's letters: a printed line in it is the headline, not a word of it


def choose_headline(stated: Stated, around: Surroundings) -> Field | None:
    """The stated headline as the page prints it; what is printed goes before what is only stated."""
    if stated.headline:
        text, origin = stated.headline
        bare = without_site(text, stated) if stated.site_name else text
        return around.printed(text) or around.printed(bare) or bare, origin
    titles = [title for title in stated.titles if letters(title) not in _NO_TITLES]
    if printed := _printed(titles, around):
        return printed, "meta"
    if stated.is_article and titles:
        return without_site(titles[0], stated), "meta"
    heading = around.heading()
    if heading is None or _names_board(heading, titles):
        heading = around.bold() or _unnamed(titles, around) or heading
    if heading:
        return heading, "text"
    return (without_site(titles[0], stated), "meta") if titles else None


def _names_board(heading: str, titles: Sequence[str]) -> bool:
    """Whether a heading is the name of the board or the site, which the page's title is about."""
    name = letters(heading)
    if _BOARD.fullmatch(name):
        return True
    return bool(titles) and len(name) <= _LONGEST_BOARD and all(name in letters(title) for title in titles)


def _unnamed(titles: Sequence[str], around: Surroundings) -> str | None:
    """The nearest line above the body, where the page's title is only a board's name."""
    is_boards = all(len(letters(title)) <= _LONGEST_BOARD for title in titles)
    return around.nearest() if is_boards else None


def _printed(titles: Sequence[str], around: Surroundings) -> str | None:
    """The first of the titles that the page prints, as printed: whole, in part, or at the body's top."""
    for title in titles:
        if printed := around.printed(_TRAIL.sub("", title)) or around.printed(title):
            return _TRAIL.sub("", printed)
    for title in titles:
        printed = around.part_of(title)
        if printed and len(letters(printed)) >= _LEAST * len(letters(title)):
            return printed
    return next((printed for title in titles if (printed := around.opens_with(title))), None)


def without_site(title: str, stated: Stated) -> str:
    """``title`` without the site's name at its end: the known one, else a short last part."""
    title = _TRAIL.sub("", title)
    parts = list(_SEPARATOR.finditer(title))
    known = [letters(name) for name in (stated.site_name, stated.outlet and stated.outlet[0]) if name]
    for part in reversed(parts):
        rest = letters(title[part.end() :])
        is_short = len(parts) == 1 and len(rest) <= 12 < part.start()
        is_section = part.group() == "-"  # between the title and the site: ``제목-정치ㅣ마을신문``
        if not (any(name in rest for name in known) or is_section or (not known and is_short)):
            break
        title = title[: part.start()]
    return title.strip()
