"""What stands around a body: its heading, the lines of dates and names above it and below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from newsbot.items import Timestamp
from newsbot.korean.bylines import addresses_only
from newsbot.korean.dates import Dates, read_dates
from newsbot.korean.text import letters, tidy
from newsbot.korean.words import is_name, is_outlet
from newsbot.pages.line_nodes import (
    holds_link,
    is_beside_link,
    is_bold,
    is_elsewhere,
    is_heading,
    is_label,
    is_member,
    whole_date,
)
from newsbot.pages.named_lines import is_bare_name, names_somebody
from newsbot.pages.printed_dates import date_in
from newsbot.pages.selectors import text_of

_LEVELS = 7  # from the body up
_DEEPEST = 24  # elements around it
_NEIGHBOURS = 12  # siblings looked at on each level, the nearest first
_ELEMENTS = 400  # of one neighbour
_LONG_LINK = 10  # letters
_AROUND = 2  # elements
_FEW_LINKS = 6
_TOP = 8  # elements
_LONGEST = 160  # letters of a line
_BYLINE_NAMES = re.compile(
    r"byline|(?:^|[-_\s])by(?:$|[-_\s])|journalist|reporter|writer|author|(?:^|[-_\s])name(?:$|[-_\s])", re.I
)
_BYLINES = re.compile(
    r"byline|(?:^|[-_\s])by(?:$|[-_\s])|journalist|reporter", re.I
)  # an author or a writer may be any member of a board
_LONGEST_NICKNAME = 30  # letters
_NOT_TEXT = frozenset(
    "script style noscript template iframe nav form select textarea option button svg aside".split()
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
DATED = re.compile(
    r"(?:19|20)?\d{2}\s?[.\-/년年]\s?\d{1,2}\s?[.\-/월月]\s?\d{1,2}"
    rf"|\b(?:(?:\d{{1,2}}:\d\d\s)?{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH}),?\s(?:19|20)\d{{2}}\b",
    re.I,
)
_SIGNED = re.compile(
    r"기자|특파원|위원|앵커|리포터|칼럼니스트|에디터|캐스터|통신원|[\w.+-]+(?:[@＠]|[(\[]at[)\]])[\w-]+\.\w"
)
_SOURCE = re.compile(
    r"[\[(<]?\s*(?:(?P<sure>source|기사\s?제공|언론사|매체(?:명)?)|출처)\s*[:=|]\s*(?P<outlet>[^\[\]()<>:=|]{2,20}?)\s*[\])>]?",
    re.I,
)
_NEAR, _NEAREST = 16, 4  # lines above a body, and those of them that are long enough for a headline
_HEADS = re.compile(r"(?!.* > .* > )(?=[^가-힣]{0,12}(?:[가-힣][^가-힣]{0,6}){6})[^:]{12,}$")
_SHORTEST_OPENING = 8  # letters
_SHORTEST_BOLD = 8  # letters
_TIME = re.compile(r"^일?\.?\s?(?:\([월화수목금토일]\))?\s?(?:오전|오후)?\s?(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_CALLED = re.compile(r"^(?:글쓴이|작성자|필자|글|기자)\s?:?\s+|^[Bb]y\s+")
_BAR = re.compile(r"[|ㅣ│/]")
_EDGES = " /|·ㆍ,:-"
_LONGEST_NAMES = 60  # letters
_CHANGED = re.compile(r"수정|업데이트|updated|modified", re.I)
_LABEL = re.compile(
    r"(?:기사|최초|최종)?\s?(?:입력|등록|승인|송고|작성|발행|게재|수정|업데이트)"
    r"(?:\s?(?:일시|일자|일|시간))?\s?:?"
    r"|(?:published|posted|(?:last )?(?:updated|modified))(?: on)?\s?:?(?=\s|$)",
    re.I,
)
_LABEL_AT_END = re.compile(rf"[\s|/·:]*{_LABEL.pattern}\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    node: HtmlElement


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The short lines near a body: above it the nearest first, below it, and at its top."""

    above: tuple[Line, ...]
    below: tuple[Line, ...]
    inside: tuple[Line, ...]

    def heading(self) -> str | None:
        """The nearest heading above the body; what only bears a heading's name comes after real ones."""
        named = (line.text for line in self.above if is_heading(line.node))
        return next((text for text in named if not is_label(text)), None)

    def bold(self) -> str | None:
        """The longest line above the body that stands in bold, as headlines of tables without headings do."""
        lines = (line for line in self.above if is_bold(line.node) and len(line.text) >= _SHORTEST_BOLD)
        texts = (line.text for line in lines if not (DATED.search(line.text) or is_signed(line.text)))
        return max(texts, key=len, default=None)

    def nearest(self) -> str | None:
        """The nearest line of words above the body that is neither a link nor a label or a signature."""
        worded = (line for line in self.above[:_NEAR] if len(line.text) >= _SHORTEST_BOLD)
        for line in islice(worded, _NEAREST):
            text = DATED.split(line.text)[0].rstrip(_EDGES)  # it may stand in one cell with its date
            if _HEADS.match(text) and not (is_signed(text) or holds_link(line.node)):
                return text
        return None

    def printed(self, stated: str) -> str | None:
        """The line above the body that prints ``stated``, as printed."""
        wanted = letters(stated)
        return next((line.text for line in self.above if letters(line.text) == wanted), None)

    def opens_with(self, stated: str) -> str | None:
        """The line at the body's top that is the beginning of ``stated``, or all of it."""
        wanted = letters(stated)
        lines = (line.text for line in self.inside if len(line.text) >= _SHORTEST_OPENING)
        return next((text for text in lines if wanted.startswith(letters(text))), None)

    def part_of(self, stated: str) -> str | None:
        """The longest line above the body that is a part of ``stated``: a title beside the site's name."""
        wanted = letters(stated)
        lines = (line.text for line in self.above if len(line.text) > 5)
        return max((text for text in lines if letters(text) in wanted), key=len, default=None)

    def dates(self, now: datetime) -> Dates:
        """The dates printed above the body, at its top, or below it; one with its time goes before a day."""
        below = tuple(line for line in self.below if not is_beside_link(line.node))
        for lines in (self.above, self.inside, below):
            read = [dates for line in lines if (dates := _dates_of(line, now)) != Dates()]
            published = _best([dates.published for dates in read])
            modified = next((dates.modified for dates in read if dates.modified), None)
            if published or modified:
                return Dates(published, modified)
        return Dates()

    def beside_dates(self) -> list[str]:
        """What stands before a date on its line above the body: who wrote it, where it is a name."""
        dated = [(line, date) for line in self.above if (date := DATED.search(line.text))]
        before = (tidy(line.text[: date.start()]).strip(_EDGES) for line, date in dated)
        named = [text for text in before if 2 <= len(text) <= _LONGEST_NAMES and not _LABEL.search(text)]
        behind = (_TIME.sub("", line.text[date.end() :]) for line, date in dated)
        parts = (part.strip(_EDGES) for text in behind for part in _BAR.split(text))
        named += [part for part in parts if is_signed(part) and not DATED.search(part)]
        return [*named, *self._next_to(line.node for line, _ in dated)]

    def _next_to(self, dates: Iterable[HtmlElement]) -> Iterator[str]:
        """What stands next to a date in an element of its own: a name, or a name with a role."""
        texts = {line.node: line.text for line in self.above}
        for date in dates:
            for node in (date.getprevious(), date.getnext()):
                text = texts.get(node, "").strip(_EDGES) if node is not None else ""
                if is_bare_name(text) or (is_signed(text) and not DATED.search(text)):
                    yield text

    def member(self) -> str | None:
        """The nearest name above the body in an element that a board names a member or a guest."""
        named = (line.text for line in self.above if is_member(line.node) or is_member(line.node.getparent()))
        return next((text for text in named if len(text) <= _LONGEST_NICKNAME), None)

    def source(self) -> str | None:
        """The outlet that a label above or below the body names (``출처 : 마을신문``, ``[Source : …]``)."""
        for line in (*self.above, *self.below):
            match = _SOURCE.fullmatch(line.text) if len(line.text) <= 40 else None
            if match is not None and (match["sure"] or is_outlet(match["outlet"])):
                return match["outlet"]
        return None

    def labelled_dates(self, *, changed: bool) -> Iterator[str]:
        """What stands behind the label of a date, of publication or of a change, whatever it says."""
        for line in (*self.above, *self.inside):
            label = _LABEL.match(line.text)
            if label and (_CHANGED.search(label[0]) is not None) == changed:
                yield line.text[label.end() :].strip()

    def bylines(self) -> list[str]:
        """Lines that sign: with a reporter's role or an address, in an element that names itself so."""
        found: list[str] = []
        name = ""  # of a card, whose address is the next line
        for line in (*reversed(self.above), *self.below):
            text = _LABEL_AT_END.sub("", tidy(DATED.split(line.text)[0]))
            names = f"{line.node.get('class') or ''} {line.node.get('id') or ''} {_classes_around(line.node)}"
            if not _BYLINE_NAMES.search(names):
                continue
            if is_signed(text):
                found.append(f"{name} {text}" if name and addresses_only(text) else text)
            elif (called := _CALLED.match(text)) and is_bare_name(text[called.end() :]):
                found.append(text[called.end() :])
            elif _BYLINES.search(names) and names_somebody(text):
                found.append(text)
            name = text if is_name(text) else ""
        return found


def is_signed(line: str) -> bool:
    """Whether a short line names a reporter's role, or an address."""
    return len(line) <= 60 and _SIGNED.search(line) is not None


def surroundings(body: HtmlElement) -> Surroundings:
    above: list[Line] = []
    below: list[Line] = []
    for node in _levels(body):
        for neighbour in islice(node.itersiblings("*", preceding=True), _NEIGHBOURS):
            above += [*_tail(neighbour), *reversed(_lines(neighbour))]
        if len(below) < 20:
            for neighbour in islice(node.itersiblings("*"), 3):
                below += [*_lines(neighbour), *_tail(neighbour)]
    return Surroundings(above=tuple(above), below=tuple(below[:40]), inside=tuple(_top_lines(body)))


def _levels(body: HtmlElement) -> Iterator[HtmlElement]:
    """A body and what is around it; the elements that a table only needs to be one are no levels."""
    left = _LEVELS
    for node in islice((body, *body.iterancestors()), _DEEPEST):
        if node.tag in ("body", "html") or left == 0:
            return
        left -= node.tag not in ("tbody", "tr", "table")
        yield node


def _top_lines(body: HtmlElement) -> Iterator[Line]:
    """The short lines at a body's top, where the markup does not part it from its heading."""
    for node in islice(body.iterchildren("*"), _TOP):
        text = text_of(node) or ""
        if len(text) > _LONGEST:
            return
        if text:
            yield Line(text, node)


def _lines(node: HtmlElement) -> list[Line]:
    """The short texts of ``node``, each with the element that holds it; none where it is a list of links."""
    lines: list[Line] = []
    links = 0
    walk = etree.iterwalk(node, events=("start",))
    for seen, (_, part) in enumerate(walk):
        if seen > _ELEMENTS or links > _FEW_LINKS:
            return []
        if part.tag in _NOT_TEXT or is_elsewhere(part):
            walk.skip_subtree()
        elif _has_text_of_its_own(part):
            text = text_of(part) or ""
            links += part.tag == "a" and len(text) >= _LONG_LINK
            if 0 < len(text) <= _LONGEST:
                lines.append(Line(text, part))
    return lines


def _has_text_of_its_own(node: HtmlElement) -> bool:
    if (text := node.text) and not text.isspace():
        return True
    return any((tail := child.tail) and not tail.isspace() for child in node)


def _tail(node: HtmlElement) -> Iterator[Line]:
    """The text behind an element that stands in no element of its own."""
    if (text := tidy(node.tail or "")) and len(text) <= _LONGEST:
        yield Line(text, node)


def _classes_around(node: HtmlElement) -> str:
    return " ".join(above.get("class") or "" for above in islice(node.iterancestors(), _AROUND))


def _dates_of(line: Line, now: datetime) -> Dates:
    """The dates of a line, read with the label that stands in an element of its own before it."""
    stamp = line.node.get("datetime") if line.node.tag == "time" else whole_date(line.node)
    match = DATED.search(stamp or line.text)
    if match is None:
        return Dates()
    text = stamp or line.text
    if stamp is None and _LABEL.search(text):
        return read_dates(text, now=now)
    label, text = _label_of(line.node), text[match.start() :]
    whole = read_dates(f"{label} {text}".strip(), now=now)
    return whole if whole != Dates() else read_dates(f"{label} {date_in(text) or ''}".strip(), now=now)


def _label_of(node: HtmlElement) -> str:
    """The label in an element before ``node``, or in the text of the one around it."""
    before = next(node.itersiblings("*", preceding=True), None)
    around = node.getparent()
    labels = [text_of(before) or "", tidy(around.text or "") if around is not None else ""]
    return next((label for label in labels if _LABEL.fullmatch(label)), "")


def _best(found: list[Timestamp | None]) -> Timestamp | None:
    """The first that says the time too, else the first."""
    dates = [date for date in found if date]
    return next((date for date in dates if date.precision != "day"), dates[0] if dates else None)
