"""What the archive hands out: frozen values, never rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from newsbot.archive.schema import State
from newsbot.items import Article, Headline
from newsbot.korean.snippets import Snippet

Progress: TypeAlias = Callable[[int, int], None]  # (done, total)
StoreKind = Literal["new", "revised", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the ledger says of one printed headline.

    ``known``: an earlier finished run reached at least as deep as this one and left it behind.
    ``fetch``: this run has to request its article now.
    """

    headline: Headline
    known: bool
    fetch: bool
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A row of the ledger: a headline as it was last printed, and what is known of its article."""

    id: int
    document_id: str
    url: str
    state: State
    headline: Headline
    attempts: int
    failure: str | None
    next_try: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What storing an article came to. ``duplicate_of``: the uri of the earliest article of equal text.

    ``correction``: what a new revision says that it corrects.
    """

    kind: StoreKind
    uri: str
    revision: int
    duplicate_of: str | None
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """One revision of an article, as it was read and when it was stored.

    ``first_stored``, ``removed`` and ``withheld`` are the article's: when its first revision was stored,
    since when its site has taken it down, since when this archive's keeper hides it. ``changed``: the
    fields in which the revision differs from the one before; None of the first.
    """

    article: Article
    revision: int
    content_hash: str
    text_hash: str | None
    parser_version: str
    run: int
    stored: datetime
    first_stored: datetime
    removed: datetime | None
    withheld: datetime | None
    duplicate_of: str | None
    changed: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """An entry of the audit: an article was withheld or released, when, and why.

    ``in_force``: the article is withheld, by this very decision.
    """

    uri: str
    headline: str
    action: Literal["withheld", "released"]
    reason: str
    decided: datetime
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A headline went out of reach or came back, or its article was corrected: when, and why."""

    source: str
    document_id: str
    state: State | Literal["corrected"]
    happened: datetime
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineChange:
    """A revision with another headline than the one before. ``size``: characters taken out and put in."""

    uri: str
    outlet: str | None
    revision: int
    stored: datetime
    before: str
    after: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An article that is linked with another. ``score``: 0 to 1; ``folded``: lists show only the earliest.

    ``is_earliest``: this one is the earlier of the two.
    """

    uri: str
    headline: str
    outlet: str | None
    dated: datetime
    kind: Literal["exact", "near", "contains"]
    score: float
    method: str
    folded: bool
    is_earliest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """A version of a wire story. ``is_note``: it speaks of the story, and supersedes nothing."""

    uri: str
    headline: str
    story_form: str | None
    dated: datetime
    is_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article that tells a story. ``score``: how like the earliest, 0 to 1; ``folded``: a re-post."""

    uri: str
    headline: str
    outlet: str
    dated: datetime
    score: float
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event as several articles tell it, in order of time; named by the earliest of them."""

    uri: str
    headline: str
    dated: datetime
    outlets: tuple[str, ...]
    articles: tuple[StoryArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two articles compare. Shares, 0 to 1: ``jaccard``, ``containment`` of the shorter, ``numbers``.

    ``kind`` None: they are not alike. ``together``: the archive has them in one group of equal or near
    texts. ``verdict``: what a person decided of them.
    """

    earlier: str
    later: str
    kind: Literal["exact", "near", "contains", "update"] | None
    score: float
    jaccard: float
    containment: float
    numbers: float
    together: bool
    verdict: Literal["same", "not"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much an archive holds. ``headlines``: the ledger's rows by state, every state named.

    The ``withheld`` articles are among the ``articles``.
    """

    articles: int
    withheld: int
    revisions: int
    duplicates: int
    runs: int
    headlines: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A promise of the archive that does not hold. ``text`` is one line for a person."""

    check: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that answers a search.

    ``score``: 1.0 with every word in the headline at a word's start, .75 in the headline, .5 at a word's
    start, .25 anywhere; None when sorted by date. ``duplicates``: how many later articles are linked to it.
    """

    stored: StoredArticle
    dated: datetime
    snippet: Snippet
    score: float | None
    duplicates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many articles answer, counted up to ``most``, and how many of them each name has.

    Outlets, sections and bylines with the most articles first; days (KST, YYYY-MM-DD) with the newest first.
    """

    total: int
    more: bool  # there are more than ``total``, which were not counted
    outlets: Mapping[str, int]
    sections: Mapping[str, int]
    bylines: Mapping[str, int]
    days: Mapping[str, int]
