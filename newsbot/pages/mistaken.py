"""What a page is when it is not what was asked for, in words for a person."""

from __future__ import annotations

import re

from newsbot.korean.text import letters, tidy
from newsbot.pages.document import Document
from newsbot.pages.metadata import page_title
from newsbot.pages.selectors import first, text_of

_XML = re.compile(r"\s*<(?:\?xml(?!.{0,400}<(?:!doctype )?html)|rss|feed|urlset|sitemapindex)\b", re.I | re.S)
_ROBOT_CHECK = re.compile(
    r"captcha|cf[-_]chl|just a moment\.\.\.|checking your browser|자동등록방지|자동 ?접속"
    r"|비정상적인 (?:접근|접속|트래픽)",
    re.I,
)
_SCRIPT_COOKIE = re.compile(r"document\.cookie\s*=.{0,2000}?(?:reload|location|submit)", re.S)
_MAINTENANCE = re.compile(r"(?:서비스|시스템|서버|홈페이지|사이트|정기) ?(?:긴급 ?)?점검 ?(?:중|안내)")
_BROKEN = re.compile(
    r"connect error|database error|mysql|데이터베이스|db 접속|서버 ?오류|internal server error|점검 ?중", re.I
)
_FAILED = re.compile(
    r"mysql(?:i\w*|\s(?:connect|host|server|error)|_\w+\(\))|sqlstate\[|connect error|database error"
    r"|^(?:php )?fatal error:"
    r"|(?:db|데이터\s?베이스)\s?(?:에|서버|접속|연결|정보)[^.\n]{0,20}(?:오류|실패|없습니다)",
    re.I,
)
_LOGIN = re.compile(
    r"로그인이 필요|로그인 후 이용|회원만 (?:이용|읽)|로그인해 주|로그인하(?:세요|십시오|셔야)"
    r"|권한이 없습니다"
)
_SHORT_PAGE = 4000  # characters of source: an answer of a failing site, no page of its own
_FAILING = 40_000  # characters of source of such an answer in a template of its own
_FEW_WORDS = 300  # letters that a reader sees of it
_SCRIPTED = 500_000  # characters of source in which a page that checks for robots says so
_LITTLE = 120  # letters: a login form and no more
_ASKING = (200, 401, 403)  # the answers of a page that asks who one is
_SAYING = 60
_UNSEEN = frozenset("script style noscript template title".split())


def what_instead(page: Document) -> str:
    """What the page is: "an empty page", "a login page", "an error page that says …" …"""
    return _by_form(page) or page.excess or _by_words(page, _said(page))


def is_of_post(page: Document, listed: str | None, headline: str | None, engines_id: str | None) -> bool:
    """Whether a page whose body was found by structure is that of the post whose title was ``listed``.

    ``engines_id``: the post's, on a page of a known engine whose skin is none that is known. That must hold
    the id, and name the post in its title: what its error pages show of other posts is no article.
    """
    if engines_id is None:
        return listed is None or _shows(page, listed)
    named = letters(listed or headline or "")
    holds_id = re.search(rf"(?<!\d){re.escape(engines_id)}(?!\d)", page.text) is not None
    return holds_id and bool(named) and named in letters(page_title(page.root) or "")


def _shows(page: Document, listed_title: str) -> bool:
    """Whether a page shows a listed title, or half of it: an error page or a login page does not.

    Half is enough, for a listing may cut titles or print a category before them.
    """
    shown = letters(f"{page_title(page.root) or ''} {text_of(page.root) or ''}")
    title = letters(listed_title)
    middle = len(title) // 2
    return title[:middle] in shown or title[middle:] in shown


def site_failure(page: Document) -> str | None:
    """What a page is on which a site says, with whatever status, that its database or its program failed."""
    if len(page.text) > _FAILING:
        return None
    said = _said(page, 2 * _FEW_WORDS)
    if len(said) > _FEW_WORDS or not _FAILED.search(said):
        return None
    return f"an error page that says {_beginning(said)}"


def _by_form(page: Document) -> str | None:
    source, head = page.text, page.text[:2000]
    forms = {
        "an empty page": not source.strip(),
        "a PDF file": source.startswith("%PDF"),
        "a binary file": head.count("\ufffd") + head.count("\x00") > 50,
        f"plain text: {_beginning(head)}": "<" not in source,
        "a feed or another XML file": _XML.match(source),
    }
    return next((words for words, so in forms.items() if so), None)


def _said(page: Document, enough: int = _SHORT_PAGE) -> str:
    """The beginning of what a reader sees: ``enough`` letters, if there are so many."""
    pieces: list[str] = []
    letters = 0
    for node in page.root.iter("*"):
        pieces += ["" if node.tag in _UNSEEN else node.text or "", node.tail or ""]
        letters += len(pieces[-1].strip()) + len(pieces[-2].strip())
        if letters > enough:
            break
    return tidy("".join(pieces)[: 2 * _SHORT_PAGE])


def _by_words(page: Document, said: str) -> str:
    # Boards carry a login form on every page: only where there is little else is it the page.
    asks = page.status in _ASKING and first(page.root, "input[type=password]") is not None
    if _LOGIN.search(said) or (asks and len(said) < _LITTLE):
        return "a login page"
    if _checks_for_robots(page, said):
        return "a check for robots"
    if failing := _failing(page, said):
        return failing
    if title := page_title(page.root):
        return f"a page titled {_beginning(title)}"
    return f"a page that says {_beginning(said)}" if said else "a page without text"


def _failing(page: Document, said: str) -> str | None:
    if page.status >= 400:
        return f"an error page (status {page.status})"
    if len(page.text) < _SHORT_PAGE and _BROKEN.search(page.text):
        return f"an error page that says {_beginning(said)}"
    if notice := _MAINTENANCE.search(said):
        return f"an error page that says {_beginning(said[notice.start() :])}"
    if page.is_cut(strict=False) or _has_no_body(page.text):
        return "a page cut short"
    return None


def _checks_for_robots(page: Document, said: str) -> bool:
    if len(said) < _SHORT_PAGE and _ROBOT_CHECK.search(page.text, 0, _SCRIPTED):
        return True
    return not said and len(page.text) < _SHORT_PAGE and _SCRIPT_COOKIE.search(page.text) is not None


def _has_no_body(text: str) -> bool:
    """Whether a page ends in its head."""
    source = text.lower()
    return "<head" in source and not any(end in source for end in ("<body", "</head", "</html", "<frameset"))


def _beginning(text: str) -> str:
    text = tidy(text)
    return f"“{text[:_SAYING]}…”" if len(text) > _SAYING else f"“{text}”"
