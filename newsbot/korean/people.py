"""Who is named in a short text that signs something: names, roles, outlets, places, addresses.

A text is read whole or not at all: one word that fits nowhere, and nobody was named. Better nobody
than a wrong name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal

from newsbot.items import Byline, Contribution
from newsbot.korean import lexicon

LONGEST = 160  # letters; what signs an article is short, and a rule never runs over more

Word = Literal["name", "role", "outlet", "place", "desk", "work", "email", "cut email", "mark", "other"]

EMAIL = r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
_TOKEN = re.compile(
    rf"(?P<email>{EMAIL})|(?P<cut>[A-Za-z0-9][\w.+-]{{1,40}}@(?![\w]))|(?P<more>외\s*\d+\s*[명인])"
    r"|(?P<site>(?:https?://|www\.)[^\s()\[\]]+)|(?P<date>(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\.?)|(?P<place>[가-힣A-Za-z]{1,12}\([가-힣A-Za-z]{2,12}\)(?=\s*[=/,|]))"
    r"|(?P<works>(?:글|사진|영상|그림|정리|그래픽|일러스트)(?:\s?[·ㆍ・‧,&]\s?(?:글|사진|영상|그림|정리|그래픽|일러스트))+)"
    r"|(?P<mark>[,·ㆍ・‧/|│ㅣ∣&;:=_─-])|(?P<word>[^\s,·ㆍ・‧/|│∣&;:=_()\[\]<>【】〔〕{}＜＞@]+)|(?P<rest>\S)"
)
_EDGES = "()[]<>【】〔〕{}＜＞"
_STAFF = "|".join(sorted(lexicon.STAFF_ROLES.split(), key=len, reverse=True))
_EXPERT = "|".join(sorted(lexicon.EXPERT_ROLES.split(), key=len, reverse=True))
_OFFICE = "|".join(sorted(lexicon.OFFICE_ROLES.split(), key=len, reverse=True))
_PREFIX = "|".join(sorted(lexicon.ROLE_PREFIXES.split(), key=len, reverse=True))
_ROLE = re.compile(
    rf"(?P<name>[가-힣]{{2,4}}?)??(?P<role>(?:{_PREFIX}){{0,3}}(?:{_STAFF}|{_EXPERT}|{_OFFICE}))$"
)
_STAFF_ROLE = re.compile(rf"(?:{_STAFF})$")
_EXPERT_ROLE = re.compile(rf"(?:{_EXPERT})$")
_OUTLET_END = re.compile(rf"[가-힣A-Za-z0-9]+(?:{lexicon.OUTLET_ENDINGS})\d{{0,2}}$")
_ORGANISATION = re.compile(
    r"(?:대|대학|대학교|대학원|학과|학부|연구소|연구원|병원|센터|학회|협회|재단|위원회|법인|은행|증권)$"
)
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}$")
_NO_NAME = re.compile(
    rf"기자|[가-힣]+(?:[를는던]|세요|니다|에서|에게|까지|부터)$|(?:{_PREFIX}|공동|합동|특별)+$"
)
_FOREIGN_WORD = re.compile(r"(?:[가-힣]{1,8}|[A-Z][A-Za-z.'’-]{0,20})$")
_PLAIN_ROLES = ("기자", "특파원", "통신원")
_WORKS: dict[str, Contribution] = {
    "글": "text", "정리": "text", "사진": "photo", "영상": "video", "그림": "graphic",
    "그래픽": "graphic", "일러스트": "graphic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    kind: Word
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a signing text says: its people and desks, its place and outlet, addresses of nobody named."""

    people: tuple[Byline, ...] = ()
    place: str | None = None
    outlet: str | None = None
    emails: tuple[str, ...] = ()
    certain: bool = False  # somebody is named with a staff role or with an address


def is_place(text: str) -> bool:
    """Whether every part of ``서울·청주`` or ``피닉스(미국)`` is a known place."""
    parts = re.split(r"[·ㆍ・‧,/\s]+", re.sub(r"\([^)]*\)", "", text).strip())
    return all(part in lexicon.PLACES for part in parts)


def is_outlet(text: str) -> bool:
    return text in lexicon.OUTLETS or (len(text) <= 14 and _OUTLET_END.fullmatch(text) is not None)


def is_name(text: str) -> bool:
    """Whether ``text`` can be a Korean person's name: a surname and one or two syllables (rarely three)."""
    if not _HANGUL_NAME.fullmatch(text) or text in lexicon.NOT_NAMES or _NO_NAME.match(text):
        return False
    if is_outlet(text) or _is_university(text):
        return False
    double = text[:2] in lexicon.DOUBLE_SURNAMES and len(text) >= 3
    return double or text[0] in lexicon.SURNAMES


def _is_university(text: str) -> bool:
    return text.endswith("대") and (text[:-1] in lexicon.PLACES or text[:-1] in lexicon.UNIVERSITIES)


def tokens(text: str) -> Iterator[Token]:
    """The words of a signing text, each with what it can be."""
    for match in _TOKEN.finditer(text):
        kind, found = match.lastgroup, match.group()
        match kind:
            case "email":
                yield Token("email", found)
            case "cut":
                yield Token("cut email", found)
            case "place":
                yield Token("place", found)
            case "site" | "date":
                yield Token("mark", ",")
            case "works":
                yield Token("work", found)
            case "mark":
                yield Token("mark", found)
            case "word":
                yield from _word(found)
            case "rest" if found not in _EDGES and found not in "☞●#*◎":
                yield Token("other", found)


@lru_cache(maxsize=4096)
def _word(text: str) -> tuple[Token, ...]:
    if text in ("공감언론", "By", "by"):
        return ()
    if (match := _ROLE.fullmatch(text)) and (match["name"] is None or is_name(match["name"])):
        role = Token("role", match["role"])
        return (Token("name", match["name"]), role) if match["name"] else (role,)
    return (Token(_kind(text), text),)


def _kind(text: str) -> Word:
    if text in _WORKS:
        return "work"
    if is_place(text):
        return "place"
    if lexicon.DESKS.fullmatch(text):
        return "desk"
    if is_outlet(text):
        return "outlet"
    return "name" if is_name(text) else "other"


@dataclass(slots=True)
class _Reader:
    """One pass over the words of a signing text."""

    raw: str
    trusted: bool
    people: list[Byline] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    place: str | None = None
    outlet: str | None = None
    work: Contribution | None = None
    words: list[str] = field(default_factory=list)  # not yet understood
    open: int = 0  # people from here on have no role yet
    unmailed: int = 0  # people from here on have no address yet
    certain: bool = False
    guessed: bool = False  # unknown words were taken for the name of an outlet
    marked: bool = False  # a separator stood between the words
    failed: bool = False

    def read(self, found: Iterator[Token]) -> None:
        for token, following in pairwise(chain(found, (None,))):
            if token is not None:
                self._take(token, following)
            if self.failed:
                return
        self.failed = self.failed or bool(self.words) or (self.guessed and not self.certain)

    def _take(self, token: Token, following: Token | None) -> None:
        match token.kind:
            case "name":
                self._name(token.text, following)
            case "role":
                self._role(token.text)
            case "outlet":
                self._outlet(token.text)
            case "place":
                self._place(token.text, following)
            case "desk":
                self._desk(token.text)
            case "work":
                works = [_WORKS[word] for word in re.findall("|".join(_WORKS), token.text)]
                self.work = "text" if "text" in works else works[0]
            case "email":
                self._email(token.text)
            case "cut email":
                self.certain = self.certain or len(self.people) == 1
            case "mark":
                self._mark(token.text)
            case _:
                self.words.append(token.text)

    def _name(self, text: str, following: Token | None) -> None:
        if len(text) == 4 and text[:2] not in lexicon.DOUBLE_SURNAMES and not self._role_next(following):
            self.words.append(text)
            return
        self._flush_words()
        self.people.append(
            Byline(name=text, raw=self.raw, place=self.place, agency=self.outlet, contribution=self.work)
        )

    @staticmethod
    def _role_next(following: Token | None) -> bool:
        return following is not None and following.kind in ("role", "email")

    def _flush_words(self) -> None:
        """Unknown words before a name are the name of an outlet, if they can be one."""
        if not self.words:
            return
        if self.open < len(self.people) or len(self.words) > 3 or any(map(_ends_like_prose, self.words)):
            self.failed = True
            return
        before = [self.outlet] if self.outlet else []
        self.outlet = " ".join([*before, *self.words])
        self.guessed = True
        self.words.clear()

    def _role(self, text: str) -> None:
        role = text
        if text.startswith("전문") and not self.words:
            self._take_back(2)
        if self.words and len(self.people) > self.open:
            role = self._role_with_words(text)
        elif self.words:
            self._foreign_name()
        elif self.open == len(self.people):
            self._place_as_name(text)
        if self.failed or self._reads_like_prose():
            self.failed = True
            return
        for n in range(self.open, len(self.people)):
            person = self.people[n]
            agency, work = person.agency or self.outlet, person.contribution or self.work
            self.people[n] = replace(person, role=role, agency=agency, contribution=work)
        self.certain = self.certain or _STAFF_ROLE.search(text) is not None
        self.open = len(self.people)

    def _take_back(self, length: int) -> None:
        """The last of several names becomes a word again: 한가람 공공 전문기자, 한가람 가온대 교수."""
        if len(self.people) - self.open > 1 and len(self.people[-1].name or "") == length:
            self.words.insert(0, self.people.pop().name or "")

    def _reads_like_prose(self) -> bool:
        """``현장을 지켜본 기자``: several words that could be names, and one has an object's particle."""
        names = [person.name or "" for person in self.people[self.open :]]
        return len(names) > 1 and any(name.endswith("을") for name in names) and not self.marked

    def _role_with_words(self, role: str) -> str:
        """``강준만 전북대 신문방송학과 명예교수``, ``김지원 텐아시아 기자``, ``이기환 역사 스토리텔러``."""
        if any(_ORGANISATION.search(word) for word in self.words) and (self.people[-1].name or "").endswith(
            "대"
        ):
            self._take_back(3)
        words = " ".join(self.words)
        if any(map(_ends_like_prose, self.words)) or len(self.words) > 4:
            self.failed = True
        if self.trusted and len(words) <= 2 and role in _PLAIN_ROLES:
            self.people[-1] = replace(
                self.people[-1], name=f"{self.people[-1].name} {words}"
            )  # 제임스 킴 통신원
            self.words.clear()
            return role
        plain = role in _PLAIN_ROLES
        organised = any(_ORGANISATION.search(word) for word in self.words)
        self.words.clear()
        if plain or organised:
            self.outlet = self.outlet or words
            return role
        return f"{words} {role}"

    def _foreign_name(self) -> None:
        words = self.words
        if self.trusted and len(words) <= 4 and all(_FOREIGN_WORD.fullmatch(word) for word in words):
            if not any(
                word in lexicon.NOT_NAMES or _NO_NAME.match(word) or _ends_like_prose(word) for word in words
            ):
                name = " ".join(words)
                self.people.append(Byline(name=name, raw=self.raw, place=self.place, agency=self.outlet))
                words.clear()
                return
        self.failed = True

    def _place_as_name(self, role: str) -> None:
        """A reporter may be called 안양 or 장수: only where nothing else can be meant."""
        if self.place and is_name(self.place) and self.trusted:
            self.people.append(Byline(name=self.place, raw=self.raw, agency=self.outlet))
            self.place = None
        elif not (self.place and role in ("특파원", "통신원")):
            self.failed = True

    def _outlet(self, text: str) -> None:
        if len(self.people) > self.open:
            for n in range(self.open, len(self.people)):
                self.people[n] = replace(self.people[n], agency=self.people[n].agency or text)
        self.outlet = text if self.outlet is None or (self.words == [] and not self.people) else self.outlet
        if self.words:
            self.failed = True

    def _place(self, text: str, following: Token | None) -> None:
        if len(self.people) > self.open and following and following.kind == "role":
            self.words.append(text)  # 중국 전문기자
            return
        self.place = f"{self.place}·{text}" if self.place and self.open == len(self.people) == 0 else text

    def _desk(self, text: str) -> None:
        self._flush_words()
        self.people.append(Byline(name=None, role=text, raw=self.raw, place=self.place, agency=self.outlet))
        self.open = len(self.people)
        self.certain = True

    def _email(self, text: str) -> None:
        if self.words:
            self.failed = True
        for n in range(self.unmailed, len(self.people)):
            if self.people[n].email is None:
                self.people[n] = replace(self.people[n], email=text)
                self.certain = True
                self.unmailed = n + 1
                return
        self.emails.append(text)

    def _mark(self, text: str) -> None:
        self.marked = True
        if text in "=|│ㅣ∣" and self.words:
            if self.people or any(map(_ends_like_prose, self.words)):
                self.failed = True
            before = [self.outlet] if self.outlet else []
            self.outlet = " ".join([*before, *self.words])
            self.words.clear()
        elif text in "=|│ㅣ∣" and self.people and all(person.name is None for person in self.people):
            self._first_was_outlet()
        elif text in "=|│ㅣ∣" and self.people and self.open == 0 and not self.place:
            self._first_was_place()
        elif self.words and text not in ":_-─":
            self.failed = True

    def _first_was_place(self) -> None:
        """``남춘천=홍길동 기자``: what stands before ``=`` is no person, whatever it looks like."""
        first = "·".join(person.name or "" for person in self.people)
        self.people.clear()
        self.place = first

    def _first_was_outlet(self) -> None:
        """``골프한국 스포츠팀=홍길동 기자``: the desk belongs to the outlet's name."""
        desks = [person.role or "" for person in self.people]
        self.outlet = " ".join([self.outlet or "", *desks]).strip()
        self.people.clear()
        self.open = 0


def _ends_like_prose(word: str) -> bool:
    return (
        len(word) >= 2
        and word.endswith(lexicon.PARTICLES)
        and not (is_outlet(word) or _ORGANISATION.search(word))
    )


def read_signature(text: str, *, trusted: bool = False) -> Signature | None:
    """What ``text`` says of who signs, or ``None`` where a word of it is not understood.

    ``trusted``: it is known to be a byline (a byline node, or between a dateline and ``=``), so a
    bare name will do and a foreign one too.
    """
    if len(text) > LONGEST or text.endswith(("다.", "요.", "까?")):
        return None
    reader = _Reader(raw=text.strip(), trusted=trusted)
    reader.read(tokens(text))
    if reader.failed:
        return None
    return Signature(
        people=tuple(reader.people),
        place=reader.place,
        outlet=reader.outlet,
        emails=tuple(reader.emails),
        certain=reader.certain,
    )
