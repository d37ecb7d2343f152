"""The words of a signing text put together: people with their roles, outlets, places. For ``signatures``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from newsbot.items import Byline, Contribution
from newsbot.korean.foreigners import Foreigners
from newsbot.korean.words import (
    WORKS,
    Word,
    ends_like_prose,
    has_double_surname,
    is_field_of_study,
    is_kind_of_venue,
    is_name,
    is_newsroom_office,
    is_organisation,
    is_prefix_of_role,
    is_rest_of_name,
    is_staff_role,
    is_venue,
    opens_foreign_name,
)

_PLAIN_ROLES = ("기자", "특파원", "통신원")
_NEWSROOM = re.compile("뉴스|온라인|디지털|편집|보도|취재|콘텐츠|이슈|속보|미디어|인터넷|모바일")
_LABELLED_WORK: dict[str, Contribution] = {
    "영상": "video",
    "촬영": "video",
    "사진": "photo",
    "포토": "photo",
}
_LABELS = ("기자", "취재기자")  # before a name: certain only with an address
_IMPRINT = ("발행인", "편집인")  # before a name they open a paper's imprint
_DEPUTIES = ("부장", "차장", "부부장")
_WORK = re.compile("|".join(sorted(WORKS, key=len, reverse=True)))


@dataclass(slots=True)
class SignatureReader(Foreigners):
    """One pass over the words of a signing text."""

    def read(self, found: Iterator[Word]) -> None:
        for token, following in pairwise(chain(found, (None,))):
            if token is not None:
                self._take(token, following)
                self.last = token.kind
            if self.failed:
                return
        if self.trusted and len(self.words) > 1 and not self.people and self.may_sound_foreign():
            self.foreign_name()
        is_work = self.authored and not self.guessed and (self.marked or self.works > 1)
        self.certain = self.certain or is_work
        in_doubt = self.doubtful and not any(person.email for person in self.people)
        self.failed = self.failed or bool(self.words) or in_doubt or (self.guessed and not self.certain)

    def _take(self, token: Word, following: Word | None) -> None:
        match token.kind:
            case "name" | "other" if self.goes_on(token.text):
                self.words.append(token.text)
            case "name":
                self._name(token.text, following)
            case "role" if self._labels(token.text, following):
                self.label = token.text
                self.open = len(self.people)
            case "role":
                self._role(token.text)
            case "outlet":
                self._outlet(token.text)
            case "place":
                self._place(token.text, following)
            case "desk":
                self._desk(token.text, following)
            case "work":
                self._work(token.text, following)
            case "email":
                self._email(token.text)
            case "cut email":
                self.certain = self.certain or len(self.people) == 1
            case "mark":
                self._mark(token.text)
            case _ if not self._is_field(token.text):
                self.words.append(token.text)

    def _name(self, text: str, following: Word | None) -> None:
        if self._is_field(text) or self._is_second_office(text, following):
            return
        if len(text) == 4 and not has_double_surname(text) and not self._role_next(following):
            self.words.append(text)
            return
        self._flush_words()
        if self.words and not self.people:
            self.words.append(text)  # 다나카 유이: the words of a foreigner's name
            return
        self.authored = self.authored or self.work == "text"  # 취재 : 홍길동
        work = _LABELLED_WORK.get((self.label or "")[:2], self.work)
        named = Byline(name=text, raw=self.raw, place=self.place, agency=self.outlet, contribution=work)
        self.people.append(replace(named, role=self.label))
        if self.label is not None:
            self.certain = self.certain or self.last == "mark" or self._is_sure_label(self.label)
            self.open = len(self.people)

    def _labels(self, role: str, following: Word | None) -> bool:
        """Whether a role stands before its names: ``영상기자: 홍길동``, ``노을빛 기자, 영상기자 홍길동``."""
        if following is None or self.words or (self.people and self.last != "mark") or role in _IMPRINT:
            return False
        return (following.kind, following.text) == ("mark", ":") or (
            following.kind == "name"
            and (role[:2] in _LABELLED_WORK or (is_staff_role(role) and not self._is_theirs(role)))
        )

    def _is_sure_label(self, label: str) -> bool:
        """``편집국장 홍길동`` stands in lists of appointments, too."""
        return label not in _LABELS and (self.trusted or not is_newsroom_office(label))

    def _is_theirs(self, role: str) -> bool:
        """``워싱턴 특파원``; and behind other people a role is theirs."""
        return bool(self.people) or (self.place is not None and role in _PLAIN_ROLES[1:])

    def _work(self, text: str, following: Word | None) -> None:
        if is_prefix_of_role(text) and following is not None and following.kind == "role":
            self.words.append(text)  # 홍길동 편집 기자
            return
        works = [WORKS[word] for word in _WORK.findall(text.lower())]
        self.work = "text" if "text" in works else works[0]
        self.works += len(works)

    @staticmethod
    def _role_next(following: Word | None) -> bool:
        is_special = following is not None and following.text == "전문기자"  # 반려동물 전문기자
        return following is not None and following.kind in ("role", "email") and not is_special

    def _flush_words(self) -> None:
        """Unknown words before a name are the name of an outlet, if they can be one."""
        if not self.words or opens_foreign_name(self.words[0]):
            return
        if self.open < len(self.people) or len(self.words) > 3 or any(map(ends_like_prose, self.words)):
            self.failed = True
            return
        before = [self.outlet] if self.outlet else []
        self.outlet = " ".join([*before, *self.words])
        self.guessed = True
        self.words.clear()

    def _role(self, text: str) -> None:
        role = text
        if not self.words and (not self.listed or self._ends_in_university()):
            if text.startswith("전문"):
                self._take_back(2)
            elif not is_staff_role(text):
                self._take_back(3)
        if self.words and len(self.people) > self.open:
            role = self._role_with_words(text)
        elif self.words:
            role = self.prefixed(text)
            self.foreign_name()
        elif self._is_closed() and (self.besides or (self.last == "mark" and not is_staff_role(text))):
            return  # 홍길동 기자·변호사
        elif self.open == len(self.people):
            self._place_as_name(text)
        if self.failed or self._reads_like_prose():
            self.failed = True
            return
        if self.desk and text in _DEPUTIES:
            role = f"{self.desk} {role}"  # 홍길동 산업2부 차장
            self.certain = True
        for n in range(self.open, len(self.people)):
            person = self.people[n]
            agency, work = person.agency or self.outlet, person.contribution or self.work
            self.people[n] = replace(person, role=role, agency=agency, contribution=work)
        self.certain = self.certain or is_staff_role(text)
        self.open = len(self.people)

    def _is_second_office(self, text: str, following: Word | None) -> bool:
        """``홍길동 객원논설위원·가온대 교수``: what somebody is besides."""
        is_office = following is not None and following.kind == "role" and not is_staff_role(following.text)
        self.besides = is_office and self._is_closed() and self.last == "mark" and text.endswith("대")
        return self.besides

    def _is_closed(self) -> bool:
        return bool(self.people) and self.open == len(self.people)

    def _is_field(self, text: str) -> bool:
        """``홍길동 가온대 교수·경제학``"""
        return self.last == "mark" and is_field_of_study(text, self.people[-1:])

    def _ends_in_university(self) -> bool:
        """``홍길동·가온대 교수``"""
        return bool(self.people) and (self.people[-1].name or "").endswith("대")

    def _take_back(self, length: int) -> None:
        """The last of several names becomes a word again: 한가람 공공 전문기자, 한가람 가온대 교수."""
        if len(self.people) - self.open > 1 and len(self.people[-1].name or "") == length:
            self.words.insert(0, self.people.pop().name or "")

    def _reads_like_prose(self) -> bool:
        """``현장을 지켜본 기자``: several words that could be names, and one has an object's particle."""
        names = [person.name or "" for person in self.people[self.open :]]
        return len(names) > 1 and any(name.endswith("을") for name in names) and not self.listed

    def _role_with_words(self, role: str) -> str:
        """``홍길동 가온대 사학과 명예교수``, ``홍길동 가온매체 기자``, ``홍길동 역사 스토리텔러``."""
        if any(map(is_organisation, self.words)) and (self.people[-1].name or "").endswith("대"):
            self._take_back(3)
        words = " ".join(self.words)
        if all(map(is_prefix_of_role, self.words)):
            self.words.clear()
            return f"{words} {role}"  # 홍길동 인턴 기자
        named = self.people[-1].name or ""
        if is_rest_of_name(named, words, foreign=self.trusted and role in _PLAIN_ROLES):
            self.people[-1] = replace(self.people[-1], name=f"{named} {words}")
            self.words.clear()
            return role
        if any(map(ends_like_prose, self.words)) or len(self.words) > 4:
            self.failed = True
        plain = role in _PLAIN_ROLES
        organised = any(map(is_organisation, self.words))
        self.words.clear()
        if plain or organised:
            self.outlet = self.outlet or words
            return role
        return f"{words} {role}"

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
        if self.words and not self.people and all(word.isascii() for word in self.words):
            text = " ".join([*self.words, text])  # JIBS 제주방송
            self.words.clear()
        self.outlet = text if self.outlet is None or (self.words == [] and not self.people) else self.outlet
        if self.words:
            self.failed = True

    def _place(self, text: str, following: Word | None) -> None:
        if len(self.people) > self.open and following and following.text in _PLAIN_ROLES[1:]:
            for n in range(self.open, len(self.people)):
                self.people[n] = replace(self.people[n], place=text)  # 홍길동 뉴욕 특파원
            return
        if len(self.people) > self.open and following and following.kind == "role":
            self.words.append(text)  # 중국 전문기자
            return
        if is_kind_of_venue(text) and self.last == "outlet" and not self.people:
            self.place, self.outlet = f"{self.outlet} {text}", None  # KBS 아레나
            return
        apart = " " if is_venue(text) else "·"
        self.place = (
            f"{self.place}{apart}{text}" if self.place and self.open == len(self.people) == 0 else text
        )

    def _desk(self, text: str, following: Word | None) -> None:
        if self.open < len(self.people) or (following is not None and following.kind == "name"):
            self.desk = text if text.endswith("부") else None
            return  # 정치부 홍길동 기자, 홍길동 정치부 기자: the person signs
        self._flush_words()
        self.people.append(Byline(name=None, role=text, raw=self.raw, place=self.place, agency=self.outlet))
        self.open = len(self.people)
        self.certain = self.certain or _NEWSROOM.search(text) is not None

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
