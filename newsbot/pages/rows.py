"""What one row of a listing shows, and the reading of its small parts: headline, counts, flags, names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newsbot.items import Flag
from newsbot.korean.text import tidy
from newsbot.pages.notice_marks import is_notice_label
from newsbot.pages.row_dates import is_row_date
from newsbot.pages.selectors import elements, text_of

_COUNT = re.compile(r"[\[(+]?\s*(\d[\d,]*)\s*[\])]?")
_COUNT_IN_BRACKETS = re.compile(r"[\[(+]\s*(\d[\d,]*)\s*[\])]?")
_COUNT_CLASS = re.compile(r"cmt|comment|repl(?:y|ies)|(?:^|[-_])(?:cnt|count)(?:$|[-_])", re.I)
_ASIDE_CLASS = re.compile(
    r"(?:^|\s)(?:\S*[-_])?(?:sound_only|blind|sr-only|hidden(?!-(?:xs|sm|md|lg))"
    r"|screen_out|visually-hidden|(?:new|hot|file)(?:icon|ico|mark)?|attach(?:ment)?|lock|secret|icon|ico|badge|label)"
    r"(?:[-_]\S*)?(?=\s|$)",
    re.I,
)
_CATEGORY_CLASS = re.compile(r"(?:^|[-_\s])(?:cate|category)(?:$|[-_\s])", re.I)
_COUNTED = re.compile(r"(?:댓글|답글|덧글|comments?)\s?(?:수|개수)?", re.I)
_WRAPPERS = frozenset("div p h2 h3 h4 h5".split())
_HIDDEN_LABELS = frozenset({"sound_only", "blind", "sr-only"})
_FLAG_WORDS: dict[str, Flag] = {
    "new": "new", "새글": "new", "update": "update", "updated": "update", "secret": "secret",
    "비밀글": "secret", "lock": "secret", "file": "file", "첨부": "file", "첨부파일": "file",
    "attach": "file", "download": "file", "image": "image", "photo": "image", "notice": "notice",
}  # fmt: skip
_SAID: dict[str, Flag] = {
    "새글": "new",
    "새 글": "new",
    "new": "new",
    "n": "new",
    "비밀글": "secret",
    "첨부파일": "file",
}
_UNSEEN_WORDS = re.compile(
    r"(?:상세|자세히|바로|내용|글)\s?보기|바로\s?가기|새\s?창(?:\s?(?:열림|열기|으로 열기))?"
)
_BRACKETED = re.compile(r"[\[<【]\s*([^\[\]<>【】]{1,12})\s*[\]>】]")
_MARKS = re.compile(
    r"속보|단독|긴급|특종|특보|종합(?:\s?[1-9]보)?|[1-9]보|상보|르포|포토|화보|영상|인터뷰|기획|특집|연재|사설|.{0,6}칼럼|기고|시론"
    r"|단신|현장|이슈|분석|팩트\s?체크|전문|수정|정정|고침|인사|부고|동정|오늘의.*|\d+|AD|광고|종료|마감|완료|품절|진행\s?중",
    re.I,
)
_AROUND_CATEGORY = "[]()· "
_INLINE_LABELS = frozenset("span em i b strong font label a".split())
_ICON = re.compile(r"(?<=\w)(?:icon|ico|mark)$")  # newIcon
_ABSENT = frozenset({"n", "no", "off", "none"})  # file-n: there is no file
_CALLED_WITH = re.compile(r"(?<=[(,'\"\s])[1-9]\d{0,14}(?=[),'\"\s])")
_FLAG_TAGS = frozenset({"img", "span", "i", "em", "strong", "p"})
_SAYING_TAGS = _FLAG_TAGS | {"b", "sup"}


@dataclass(slots=True, kw_only=True)
class Row:
    """What one row shows, before its link is identified and its date resolved."""

    link: str  # whole
    title: str
    number: str | None = None
    poster: str | None = None
    date_raw: str | None = None
    date_exact: str | None = None  # the same moment in full, where the row holds it unseen
    views: int | None = None
    comments: int | None = None
    category: str | None = None
    notice: bool = False
    flags: list[Flag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Title:
    """A headline as printed, and what stood inside its link as elements of their own."""

    text: str
    flags: tuple[Flag, ...] = ()
    comments: int | None = None
    category: str | None = None


def read_title(link: HtmlElement) -> Title:
    """The headline of ``link`` without the icons and counts that stand in it as elements.

    Text is never cut: a title may itself end in ``[3]``. What is left out must be an element whose
    class says that it is a count, an icon or a hidden label.
    """
    link = _innermost(link)
    if len(link) == 0:
        return Title(text_of(link) or "")
    reading = _TitleReading([link.text or ""])
    for child in link:
        tail = reading.take(child) if isinstance(child.tag, str) else child.tail or ""
        reading.texts.append(tail)
    title = tidy("".join(reading.texts))
    return reading.title(title) if title else Title(text_of(link) or "")


@dataclass(slots=True)
class _TitleReading:
    """What a link holds, sorted part by part."""

    texts: list[str]
    flags: list[Flag] = field(default_factory=list)
    comments: int | None = None
    category: str | None = None

    def take(self, child: HtmlElement) -> str:
        """Take in an element of the link; the text behind it that may belong to the headline."""
        names, tail = child.get("class") or "", child.tail or ""
        text = "".join(child.itertext())
        if _is_counted(child, text) and (match := _COUNT.search(text)):
            self.comments = number_in(match[1])
        elif _is_label_of_count(names, text) and (match := _COUNT.fullmatch(tail.strip())):
            self.comments, tail = number_in(match[1]), ""
        elif names and _ASIDE_CLASS.search(names):
            self.flags += flags_of((child,))
        elif not self._is_said(child, text.strip()):
            self._word(child, names, text)
        return tail

    def _is_said(self, child: HtmlElement, text: str) -> bool:
        """Whether an element says in words what it is: a notice, a flag, a date beside the headline."""
        if is_notice_label(text):
            self.flags.append("notice")
            return True
        if (flag := _flag_said(child, text)) is not None:
            self.flags.append(flag)
        return flag is not None or is_row_date(text) or _UNSEEN_WORDS.fullmatch(text) is not None

    def _word(self, child: HtmlElement, names: str, text: str) -> None:
        """A category, or a part of the headline."""
        if _CATEGORY_CLASS.search(names):
            self.category = tidy(text).strip(_AROUND_CATEGORY) or None
        elif not "".join(self.texts).strip() and (named := _category_at_head(child, text)) is not None:
            self.category = named
        else:
            self.texts.append(text)

    def title(self, text: str) -> Title:
        return Title(text, tuple(self.flags), self.comments, self.category)


def _flag_said(node: HtmlElement, text: str) -> Flag | None:
    """The flag that an element inside a link says in so many words: ``<span>새글</span>``."""
    is_letter_of_word = len(text) == 1 and bool((node.tail or "").strip())
    says = node.tag in _SAYING_TAGS and not is_letter_of_word
    return _SAID.get(text.lower()) if says else None


def _category_at_head(node: HtmlElement, text: str) -> str | None:
    """The category in brackets that opens a link as an element, where the headline stands behind it."""
    has_more = bool((node.tail or "").strip()) or node.getnext() is not None
    return bracketed(text) if has_more else None


def bracketed(text: str) -> str | None:
    """The category that stands in brackets in an element of its own; a headline's own mark is none."""
    match = _BRACKETED.fullmatch(text.strip())
    name = match[1].strip() if match else ""
    return name if name and not _MARKS.fullmatch(name) and not is_notice_label(name) else None


def category_before(link: HtmlElement) -> str | None:
    """The category in brackets right before a link, in an element or in none: ``[마을] <a>…</a>``."""
    before, around = link.getprevious(), link.getparent()
    if before is None:
        return bracketed(around.text or "") if around is not None else None
    if (loose := (before.tail or "").strip()) or before.tag not in _INLINE_LABELS:
        return bracketed(loose)
    return bracketed(text_of(before) or "")


def _innermost(link: HtmlElement) -> HtmlElement:
    """The one block inside ``link`` that holds all its text, with parts of its own, if there is one."""
    while len(link) == 1 and link[0].tag in _WRAPPERS and len(link[0]) and not _has_loose_text(link):
        link = link[0]
    return link


def _has_loose_text(link: HtmlElement) -> bool:
    return bool((link.text or "").strip() or (link[0].tail or "").strip())


def _is_label_of_count(names: str, text: str) -> bool:
    """Whether an element is the hidden word before a count: ``<span class="sound_only">댓글</span>5``."""
    return not _HIDDEN_LABELS.isdisjoint(names.split()) and _COUNTED.fullmatch(text.strip()) is not None


def _is_counted(node: HtmlElement, text: str) -> bool:
    """Whether an element is named a count, or holds nothing but one that is."""
    if _COUNT_CLASS.search(node.get("class") or ""):
        return True
    inside = (part.get("class") or "" for part in node.iterdescendants("*"))
    return _COUNT.fullmatch(text.strip()) is not None and any(map(_COUNT_CLASS.search, inside))


def leads_on(link: HtmlElement) -> bool:
    """Whether ``link`` leads to another page."""
    href = (link.get("href") or "").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "tel:")) and href[-1] != "#"


def script_id(node: HtmlElement) -> str | None:
    """The id of the post that a script opens from ``node``: a number that it hands over.

    ``data-…="179413"``, ``onclick="view('notice', 179413)"``, ``href="javascript:view(179413)"``; of
    several numbers the longest, which is the post's and not the board's.
    """
    href = node.get("href") or ""
    handed = [value for name, value in node.items() if name.startswith("data-") and value.isdecimal()]
    called = " ".join((node.get("onclick") or "", href if href[:11].lower() == "javascript:" else ""))
    numbers = handed or _CALLED_WITH.findall(called)
    return max(numbers, key=len, default=None)


def is_count(text: str) -> bool:
    return _COUNT.fullmatch(text) is not None


def flags_of(nodes: Iterable[HtmlElement]) -> list[Flag]:
    """Flags shown as icons: an image's ``alt``, or an element whose class names one."""
    found: list[Flag] = []
    for part in nodes:
        if part.tag not in _FLAG_TAGS:
            continue
        if part.tag == "img":
            flag = _FLAG_WORDS.get((part.get("alt") or "").strip().lower())
            found += [flag] if flag else []
        elif names := part.get("class"):
            found += _flags_named(names)
    return found


@functools.lru_cache(maxsize=1024)
def _flags_named(names: str) -> tuple[Flag, ...]:
    words = [_ICON.sub("", word) for word in re.split(r"[\s_-]+", names.lower())]
    return tuple(_FLAG_WORDS[word] for word in words if word in _FLAG_WORDS and _ABSENT.isdisjoint(words))


def count_beside(
    link: HtmlElement, parts: Iterable[HtmlElement], count_classes: frozenset[str]
) -> int | None:
    """The number of comments printed beside a headline: in an element of its own."""
    bracketed: int | None = None
    for part in parts:
        if part is link or part.getparent() is link or part.tag == "img":
            continue
        names = part.get("class")
        if names and (not count_classes.isdisjoint(names.split()) or _COUNT_CLASS.search(names)):
            if (count := number_in(text_of(part))) is not None:
                return count
        elif (
            bracketed is None
            and len(part) == 0
            and (match := _COUNT_IN_BRACKETS.fullmatch(tidy(part.text or "")))
        ):
            bracketed = number_in(match[1])
    return bracketed


def own_text(node: HtmlElement | None) -> str | None:
    """The first text of a node that a reader sees: menus and hidden labels come with it."""
    if node is None:
        return None
    for part in elements(node):
        if _HIDDEN_LABELS.isdisjoint((part.get("class") or "").split()) and (text := tidy(part.text or "")):
            return text
        if part is not node and (text := tidy(part.tail or "")):
            return text
    return None


def number_in(text: str | None) -> int | None:
    """The first whole number in ``text``, thousands marked or not: ``조회 1,204``."""
    match = re.search(r"\d[\d,]*", text or "")
    return int(match[0].replace(",", "")[:18]) if match else None
