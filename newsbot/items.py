"""What newsbot reads, in the field's own words: frozen values that carry all they need.

The names follow IPTC ninjs 3 and schema.org NewsArticle. Absent is ``None`` or ``()``, never "".
Every moment is an aware ``datetime`` in Korean time; ``date_precision`` says how much of it was
printed ("second", "minute" or "day").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

Precision = Literal["second", "minute", "day"]
BlockType = Literal["paragraph", "subhead", "quote", "list", "table", "note", "speaker"]
Contribution = Literal["text", "photo", "video", "graphic"]
Origin = Literal["layout", "jsonld", "meta", "text"]
Flag = Literal["notice", "secret", "new", "update", "file", "image"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One row of a listing, as printed."""

    document_id: str  # the engine's own id: document_srl, wr_id, or what a row's link carries
    url: str  # canonical: the one form in which the article is requested
    title: str
    number: str | None = None  # 번호, a rank: never an identity
    poster: str | None = None
    date_raw: str | None = None
    date_listed: datetime | None = None
    date_precision: Precision | None = None
    views: int | None = None
    comments: int | None = None
    category: str | None = None
    notice: bool = False
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a listing: its headlines in printed order, notices included."""

    url: str
    engine: str
    headlines: tuple[Headline, ...] = ()
    next_page: str | None = None
    warnings: tuple[str, ...] = ()  # what is listed but will hardly be had


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """One credited person, desk or bot. ``raw`` is the text that it was read from."""

    name: str | None
    raw: str
    role: str | None = None
    agency: str | None = None
    place: str | None = None
    email: str | None = None
    contribution: Contribution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    url: str | None = None
    caption: str | None = None
    credit_line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    type: BlockType
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A moment as understood, its precision, and the text that it was read from."""

    value: datetime  # aware, Asia/Seoul
    precision: Precision
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the page lies as it came over the wire: a record of a WARC file."""

    file: str  # its name within the directory of captures
    offset: int  # bytes
    length: int  # bytes, of the gzip member
    sha256: str  # hex, of the payload: the response's body as it was sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it was read from one page."""

    uri: str  # identity: "newsbot:" host "/" the engine's key; the same post is the same uri
    url: str
    site: str  # host[:port]
    document_id: str | None
    headline: str  # as printed, marks included
    body: tuple[Block, ...]
    date_fetched: datetime
    canonical_url: str | None = None
    board: str | None = None
    headline_marks: tuple[str, ...] = ()
    story_form: str | None = None
    series: str | None = None
    deck: tuple[str, ...] = ()
    bylines: tuple[Byline, ...] = ()
    byline_raw: str | None = None
    dateline: str | None = None
    located: str | None = None
    images: tuple[Image, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None  # the outlet that wrote it
    provider: str | None = None  # who posted or delivered it
    date_published: datetime | None = None
    date_published_raw: str | None = None
    date_precision: Precision | None = None
    date_modified: datetime | None = None
    date_modified_raw: str | None = None
    copyright_notice: str | None = None
    usage_terms: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    capture: Capture | None = None
    further_pages: tuple[str, ...] = ()  # where it goes on, in order: pages that were not read for this
    warnings: tuple[str, ...] = ()  # what was printed and is left out, for it may mean this or that
    listing: Headline | None = None
    provenance: Mapping[str, Origin] = field(default_factory=dict, hash=False)  # of each field that is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article with the keys by which it is matched against the archive."""

    article: Article
    content_hash: str  # of the fields that matter: a change makes a revision
    text_hash: str | None  # of the normalised letters of the body: equal means the same text
    letters: str | None = None  # what ``text_hash`` was made of
    sketch: tuple[int, ...] = ()  # keys of which a near text shares one: korean.nearness


def as_json(item: Article | Listing | Headline) -> dict[str, Any]:
    """The item as JSON values: moments in ISO 8601 with zone, tuples as lists."""
    kind = type(item)
    return dict(zip(_NAMES[kind], map(_plain, _VALUES[kind](item)), strict=True))


def headline_from_json(values: Mapping[str, Any]) -> Headline:
    """The headline that ``as_json`` wrote."""
    moment, flags = _moment(values["date_listed"]), tuple(values["flags"])
    return Headline(**{**values, "date_listed": moment, "flags": flags})


def article_from_json(values: Mapping[str, Any]) -> Article:
    """The article that ``as_json`` wrote; fields it does not know are ignored."""
    fields = {name: values[name] for name in _NAMES[Article] if name in values}
    for name in ("date_fetched", "date_published", "date_modified"):
        fields[name] = _moment(fields.get(name))
    fields["body"] = tuple(Block(**block) for block in fields["body"])
    fields["bylines"] = tuple(Byline(**byline) for byline in fields.get("bylines", ()))
    fields["images"] = tuple(Image(**image) for image in fields.get("images", ()))
    if fields.get("capture"):
        fields["capture"] = Capture(**fields["capture"])
    if fields.get("listing"):
        fields["listing"] = headline_from_json(fields["listing"])
    for name in (
        "headline_marks",
        "deck",
        "keywords",
        "usage_terms",
        "corrections",
        "further_pages",
        "warnings",
    ):
        fields[name] = tuple(fields.get(name, ()))
    return Article(**fields)


_NAMES = {
    kind: tuple(field.name for field in dataclasses.fields(kind))
    for kind in (Headline, Listing, Byline, Image, Block, Capture, Article)
}
_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


def _plain(value: Any) -> Any:
    # By hand: dataclasses.asdict copies deeply and takes ten times as long.
    if value is None or type(value) is str:  # nearly all are
        return value
    match value:
        case str() | int():
            return value
        case datetime():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case dict():
            return dict(value)
        case _:
            return as_json(value)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
