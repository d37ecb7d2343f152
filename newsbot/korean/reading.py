"""A body read as an editor reads it: deck, dateline, bylines, text, pictures, and what stands around them.

Nothing is lost or made up: each piece of the printed text goes to exactly one of the fields deck, body,
byline_raw, dateline, images (caption, credit line), copyright_notice, corrections, promotion and
date_raw. The other fields are read out of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from newsbot.items import Byline, Image
from newsbot.korean import bylines, guests, promotions, tails
from newsbot.korean.datelines import Lead, closing_dateline, read_lead
from newsbot.korean.notices import without_notices
from newsbot.korean.passages import Passage, Reading
from newsbot.korean.pictures import Pictures
from newsbot.korean.questions import without_questions
from newsbot.korean.seams import split_signature, unglued
from newsbot.korean.signatures import Signature
from newsbot.korean.structure import are_deck, blocks, is_prose, is_sentence, repeated
from newsbot.korean.words import is_outlet, is_staff_role

_HEAD, _BELOW = 8, 6  # passages at the top in which a lead is looked for; at most, behind "(끝)"


def read_body(
    passages: Sequence[Passage],
    *,
    headline: str | None = None,
    outlet: str | None = None,
    byline_lines: Sequence[str] = (),
    holders: Sequence[str] = (),
) -> Reading:
    """Read ``passages``, a body in printed order.

    ``headline``: printed again inside the body it is dropped. ``outlet``: the outlet that the page is
    known to be of, so that its name alone on a line is understood. ``byline_lines``: the texts of the
    page's byline node, which name the same people or others. ``holders``: whose copyright notices are
    known however shortly they are put.
    """
    draft = _Draft(repeated(headline or "", passages), outlet)
    for line in byline_lines:
        draft.signing.append(line)
        draft.people += bylines.read_byline(line)
        draft.emails += bylines.addresses_only(line)
    passages, draft.notices = without_notices(passages, holders)
    pictures = Pictures(unglued(passages))
    draft.promotion += pictures.buttons
    rest = draft.take_lines_around(pictures.rest)
    rest, questions = without_questions(rest, draft.signing_in)
    draft.promotion += questions
    rest = draft.take_corrections(rest)
    rest = draft.take_head(rest)
    rest = draft.take_tail(rest)
    return draft.reading(rest, tuple(pictures.images))


@dataclass(slots=True)
class _Draft:
    headline: str  # without its spaces
    outlet: str | None
    deck: list[str] = field(default_factory=list)
    people: list[Byline] = field(default_factory=list)
    tail_people: list[Byline] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    signing: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)
    lead: Lead | None = None
    located: str | None = None
    outlets: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    promotion: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    def take_lines_around(self, passages: Sequence[Passage]) -> list[Passage]:
        """Take out what is no text of the article wherever it stands."""
        rest: list[Passage] = []
        ended = done = False  # the line before ended the article; one above said that it ends there
        last = max((n for n, each in enumerate(passages) if is_sentence(each)), default=len(passages))
        for position, passage in enumerate(passages):
            text = passage.text
            if passage.kind == "list" and promotions.is_contact_list(text):
                self.promotion.append(text)
            elif passage.kind in ("text", "subhead") and (
                (not promotions.lists_facts(rest[-1:], text) and self._around(text))
                or (ended and self._points(text))
            ):
                ended = True
                done = done or (tails.is_end(text) and len(passages) - position <= _BELOW)
            elif self._stands_below(passage, below=position > last, done=done):
                self.promotion.append(text)
            else:
                rest.append(passage)
                ended = bylines.is_surely_signed(text)
        return rest

    def _stands_below(self, passage: Passage, *, below: bool, done: bool) -> bool:
        """Whether a passage below the end, or the copyright notice, signs nothing and corrects nothing."""
        text, is_plain = passage.text, passage.kind in ("text", "subhead", "list")
        closed = done or (below and (bool(self.notices) or promotions.is_link_below(text, self.promotion)))
        return is_plain and closed and not (self.signing_in(text) or tails.corrects(text))

    def _points(self, text: str) -> bool:
        """Take a link below the article (``☞ 가온시 새 다리 놓는다``)."""
        self.promotion += [text] if (pointed := promotions.is_pointer(text)) else []
        return pointed

    def _around(self, text: str) -> bool:
        match tails.line_kind(text):
            case "copyright":
                promotion, notice, stamp = tails.split_notice(text)
                self.promotion += [promotion] if promotion else []
                self.notices.append(notice)
                self.dates += [stamp] if stamp else []
            case "date":
                self.dates.append(text)
            case "promotion" if bylines.is_surely_signed(text):
                return False
            case "promotion" | "end":
                self.promotion.append(text)
            case "staff":
                self.staff.append(text)
            case _ if self.headline and "".join(text.split()) == self.headline:
                self.promotion.append(text)
            case _:
                return False
        return True

    def take_corrections(self, passages: list[Passage]) -> list[Passage]:
        """Corrections below the article: a line by itself, or a heading and all the prose under it.

        An article that is a correction has nothing above it, and stays a body.
        """
        rest: list[Passage] = []
        under_heading = prose = False
        for passage in passages:
            text = passage.text
            opens = prose and (under_heading or tails.opens_correction(text))
            if (opens and self.signing_in(text) is None) or (prose and tails.is_correction(text)):
                self.corrections.append(text)
                under_heading = under_heading or tails.opens_correction(text)
            else:
                rest.append(passage)
            prose = prose or is_prose(passage)
        return rest

    def take_head(self, passages: list[Passage]) -> list[Passage]:
        """The lead, or a line that signs above the text; and the deck over it."""
        prose = next((n for n, passage in enumerate(passages[:_HEAD]) if is_prose(passage)), None)
        for position, passage in enumerate(passages[:_HEAD]):
            below_prose = prose is not None and position > prose
            lead = read_lead(passage.text) if passage.kind == "text" else None
            if lead is not None and (not below_prose or (lead.bylines and lead.dateline)):
                return self._lead(passages, position, lead)
            if passage.kind == "text" and not below_prose and self._signs_above(passages, position):
                return self._below_signature(passages[:position], passages[position + 1 :])
        return self._decked(passages[: prose or 0], passages[prose or 0 :])

    def _signs_above(self, passages: Sequence[Passage], position: int) -> bool:
        """Whether a line over the text signs it; then it is taken."""
        text = passages[position].text
        read = self.signing_in if "출처" in text else self._signature_of
        if (signature := read(text) if position + 1 < len(passages) else None) is not None:
            self._sign(text, signature, front=True)
        return signature is not None

    def _below_signature(self, above: list[Passage], below: list[Passage]) -> list[Passage]:
        """A line that signs may stand over a lead."""
        lead = read_lead(below[0].text) if below[0].kind == "text" else None
        return self._decked(above, below) if lead is None else self._lead(above + below, len(above), lead)

    def _lead(self, passages: list[Passage], position: int, lead: Lead) -> list[Passage]:
        self.lead = lead
        self.located = lead.place
        self.people += lead.bylines
        self.outlets += [lead.outlet] if lead.outlet else []
        self.signing += [lead.byline_raw] if lead.byline_raw else []
        text = passages[position].text[lead.end :]
        after = [replace(passages[position], text=text)] if text else []
        return self._decked(passages[:position], after + passages[position + 1 :])

    def _decked(self, above: list[Passage], below: list[Passage]) -> list[Passage]:
        """Lines above the first paragraph are its deck if every one of them can be."""
        if not are_deck(above, below, signed=self.lead is not None):
            return above + below
        self.deck += [line for passage in above for line in passage.text.splitlines()]
        return below

    def take_tail(self, passages: Sequence[Passage]) -> list[Passage]:
        """The lines that surely sign inside the text, and those below it."""
        rest = list(passages)
        signed: list[tuple[str, Signature]] = []
        while rest and rest[-1].kind in ("text", "subhead"):
            if self._dated_below(rest[-1].text):
                rest.pop()
                continue
            signature = self.signing_in(rest[-1].text) or self._biography(rest, signed)
            if signature is None:
                break
            signed.append((rest.pop().text, signature))
        if rest and (glued := split_signature(rest[-1])) is not None:
            rest[-1], text, signature = glued
            signed.append((text, signature))
        rest = self._without_signing_lines(rest)
        for text, signature in reversed(signed):
            self._sign(text, signature)
        return rest

    def _dated_below(self, text: str) -> bool:
        """Take a dateline that stands alone below the text, where none stood above it."""
        lead = closing_dateline(text) if self.lead is None else None
        if lead is None:
            return False
        self.lead = lead
        self.located = self.located or lead.place
        self.outlets += [lead.outlet] if lead.outlet else []
        return True

    def _biography(
        self, rest: Sequence[Passage], signed: Sequence[tuple[str, Signature]]
    ) -> Signature | None:
        """The empty signature of a line beside one by a writer from outside, which says what that one is."""
        if not guests.is_biography(rest[-1].text):
            return None
        above = self.signing_in(rest[-2].text) if len(rest) > 1 else None
        beside = [signature for _, signature in signed] + ([above] if above else [])
        outsiders = (p for signature in beside for p in signature.people if not is_staff_role(p.role or ""))
        return Signature() if any(outsiders) else None

    def _without_signing_lines(self, passages: Sequence[Passage]) -> list[Passage]:
        """Take the lines that sign wherever they stand, and a source line directly below one."""
        rest: list[Passage] = []
        below = False
        for passage in passages:
            sure = bylines.is_surely_signed(passage.text) or self._has_addresses(passage.text)
            sure = sure or (below and tails.source_of(passage.text) is not None)
            signature = self.signing_in(passage.text) if sure and passage.kind == "text" else None
            if signature is None:
                rest.append(passage)
            else:
                self._sign(passage.text, signature)
            below = signature is not None
        return rest

    def _has_addresses(self, text: str) -> bool:
        """Whether a line is the addresses of the reporters whom the lead named without any."""
        emails = bylines.addresses_only(text)
        return bool(emails) and len(emails) == sum(person.email is None for person in self.people)

    def signing_in(self, text: str) -> Signature | None:
        if (source := tails.source_of(text) or (text if text == self.outlet else None)) is not None:
            return Signature(outlet=source)
        return self._signature_of(text, [person.name for person in self.people if person.name])

    def _signature_of(self, text: str, known: Sequence[str] = ()) -> Signature | None:
        return bylines.read_signing_line(text, known=known) or guests.signing(self.headline, text)

    def _sign(self, text: str, signature: Signature, *, front: bool = False) -> None:
        self.signing.append(text)
        (self.people if front else self.tail_people).extend(signature.people)
        self.emails += signature.emails
        self.located = self.located or (signature.place if front else None)
        self.outlets += [signature.outlet] if signature.outlet else []

    def reading(self, rest: Sequence[Passage], images: tuple[Image, ...]) -> Reading:
        spoken = [person for passage in rest[-3:] if (person := bylines.sign_off(passage.text))]
        bots = [bot for passage in rest if (bot := bylines.bot_credit(passage.text))]
        people = bylines.merged([*self.people, *self.tail_people, *spoken, *bots])
        people = people or guests.pictured(self.headline, images)
        notice = "\n".join(self.notices) or None
        return Reading(
            deck=tuple(self.deck),
            body=blocks(rest),
            bylines=bylines.with_addresses(people, self.emails),
            byline_raw="\n".join(self.signing + self.staff) or None,
            dateline=self.lead.dateline if self.lead else None,
            located=self.located or next((p.place for p in people if p.place), None),
            images=images,
            source=self._source(people, tails.holders(notice or "")),
            copyright_notice=notice,
            usage_terms=tails.usage_terms(notice) if notice else (),
            corrections=tuple(self.corrections),
            promotion=tuple(self.promotion),
            date_raw="\n".join(self.dates) or None,
        )

    def _source(self, people: Sequence[Byline], holders: Sequence[str]) -> str | None:
        """The outlet that wrote it: a known one wherever it is named, else what lead or signature say."""
        agencies = [person.agency for person in people if person.agency]
        for name in (*self.outlets, *agencies, *holders):
            if is_outlet(name) or name == self.outlet:
                return name
        lead = [self.lead.outlet] if self.lead and self.lead.outlet else []
        # Alone before "=" an unknown word is a place as often as an outlet.
        staff = [p.agency for p in people if is_staff_role(p.role or "") and (p.place or "=" not in p.raw)]
        return next((name for name in (*lead, *staff, *holders) if name), None)
