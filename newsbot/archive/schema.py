"""The tables of an archive, in types that mean the same in SQLite and PostgreSQL.

Moments are whole seconds since 1970 in UTC (``Moment``): they sort, compare and make day histograms
by plain arithmetic in any database. An article's own dates stay as printed, with their zone, in its
JSON.

A change here needs a migration in ``migrations/versions`` and a new ``SCHEMA``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, TypeAlias, get_args

import sqlalchemy as sa

from newsbot.korean.date_forms import KST

SCHEMA: Final = "0004"

Gone: TypeAlias = Literal["secret", "deleted", "moved", "vanished"]
State: TypeAlias = Literal["listed", "pending", "stored", "failed"] | Gone
GONE: Final[frozenset[str]] = frozenset(get_args(Gone))
REMOVED: Final[frozenset[str]] = frozenset({"secret", "deleted"})  # the site itself takes the article back
STATES: Final = ("listed", "pending", "stored", "failed", *get_args(Gone))

Outcome: TypeAlias = Literal["finished", "partial", "failed"]
RunState: TypeAlias = Outcome | Literal["running", "killed"]
RUN_STATES: Final = ("running", "finished", "partial", "failed", "killed")


class Moment(sa.TypeDecorator[datetime]):
    """An aware datetime, kept to the second; read back in Korean time."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {value}")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromtimestamp(value, KST)


def _one_of(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"known_{column}")


# SQLite numbers rows by itself only in a column that is INTEGER to the letter.
Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")

Key64 = sa.BigInteger()  # no number of a row

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("started", Moment, nullable=False),
    sa.Column("finished", Moment),
    sa.Column("reach", sa.Text),  # "all", "YYYY-MM-DD", or NULL: nothing became known by this run
    sa.Column("figures", sa.JSON, nullable=False),
    sa.Column("brought", sa.Integer),  # new articles, and
    sa.Column("revised", sa.Integer),  # new revisions: of the figures, what is asked of many runs
    _one_of("state", RUN_STATES),
    sa.Index("ix_runs_source_id", "source", "id"),
    sa.Index(
        "ix_runs_brought",
        "source",
        "id",
        sqlite_where=sa.text("brought > 0"),
        postgresql_where=sa.text("brought > 0"),
    ),
)

RUN: Final = tuple(column for column in runs.c if column.name not in ("brought", "revised"))
"""A run as it is handed out."""

days = sa.Table(  # what the runs of a source came to, day by day
    "days",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("day", sa.Integer, primary_key=True),  # on which they began: Korean days since 1970-01-01
    sa.Column("runs", sa.Integer, nullable=False),  # that came to an end
    sa.Column("brought", sa.Integer, nullable=False),
    sa.Column("revised", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Index("ix_days_day", "day"),
)

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("uri", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=False, index=True),
    sa.Column("canonical_url", sa.Text, index=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("document_id", sa.Text, index=True),
    sa.Column("outlet", sa.Text),
    sa.Column("headline", sa.Text, nullable=False),
    sa.Column("date_published", Moment),
    sa.Column("dated", Moment, nullable=False),  # date_published, else when it was first stored: to sort by
    sa.Column("first_stored", Moment, nullable=False),
    sa.Column("checked", Moment, nullable=False),  # when its page was last read, changed or not
    sa.Column("revision", sa.Integer, nullable=False),  # the latest
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text, index=True),
    sa.Column("section", sa.Text),
    sa.Column("bylines", sa.JSON),  # the names, in the order of the article
    sa.Column("removed", Moment),  # since when the site has taken it down, or shows it to nobody
    sa.Column("withheld", Moment),  # since when it is hidden by a decision of this archive's keeper
    sa.Column("superseded_by", Key, index=True),  # articles.id: the next version of a wire story
    sa.Index("ix_articles_dated_id", "dated", "id"),
)

withholdings = sa.Table(  # the audit trail of what ``articles.withheld`` says
    "withholdings",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("decided", Moment, nullable=False),
    _one_of("action", ("withheld", "released")),
)

capture_files = sa.Table(  # WARC files, one a run
    "capture_files",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("run_id", Key, sa.ForeignKey("runs.id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),  # within the directory of captures
    sa.Column("length", Key),  # bytes, and
    sa.Column("sha256", sa.Text),  # hex of the whole file: both once it is closed
    sa.Column("closed", Moment),
    sa.Column("cut", sa.Boolean, nullable=False),  # a kill had left half a record, which was cut off
)

captures = sa.Table(
    "captures",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("file_id", Key, sa.ForeignKey("capture_files.id"), nullable=False),
    sa.Column("offset", Key, nullable=False),  # bytes, of the response's record in its file
    sa.Column("length", Key, nullable=False),  # bytes, of that gzip member
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("fetched", Moment, nullable=False),
    sa.Column("payload_sha256", sa.Text, nullable=False, index=True),  # hex, of the body as it was sent
    sa.Column("same_as", Key, sa.ForeignKey("captures.id")),  # a revisit: the capture that holds the payload
    sa.UniqueConstraint("file_id", "offset"),
    sa.Index(
        "ix_captures_same_as",
        "same_as",
        sqlite_where=sa.text("same_as IS NOT NULL"),
        postgresql_where=sa.text("same_as IS NOT NULL"),
    ),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),  # 1, 2, 3 … of its article
    sa.Column("article", sa.JSON, nullable=False),  # items.as_json, whole
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text),
    sa.Column("parser_version", sa.Text, nullable=False),
    sa.Column("run_id", Key, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("stored", Moment, nullable=False),
    sa.Column("capture_id", Key, sa.ForeignKey("captures.id"), index=True),
    sa.Column(
        "changed", sa.JSON(none_as_null=True)
    ),  # the fields in which it differs from the one before; NULL: the first
    sa.UniqueConstraint("article_id", "number"),
    sa.Index("ix_revisions_parser_version", "parser_version"),
    sa.Index(
        "ix_revisions_stored",  # of what was edited: few
        "stored",
        "id",
        sqlite_where=sa.text("changed IS NOT NULL"),
        postgresql_where=sa.text("changed IS NOT NULL"),
    ),
)

readings = sa.Table(  # other readings of a revision's page than the one that the revision holds
    "readings",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("revision_id", Key, sa.ForeignKey("revisions.id"), nullable=False),
    sa.Column("parser_version", sa.Text, nullable=False),
    # "same": as the revision's own; "unreadable": no article any more. Neither has one here.
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("article", sa.JSON(none_as_null=True)),
    sa.Column("content_hash", sa.Text),
    sa.Column("text_hash", sa.Text),
    sa.Column("note", sa.Text),  # why a page is unreadable
    sa.Column("read", Moment, nullable=False),
    _one_of("state", ("proposed", "same", "unreadable", "replaced")),
    sa.UniqueConstraint("revision_id", "state", "parser_version"),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("earliest_id", Key, sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("method", sa.Text, nullable=False),  # with its version: "letters-sha256/1"
    sa.Column("found", Moment, nullable=False),
    sa.Column("folded", sa.Boolean, nullable=False, server_default=sa.true()),  # lists show only the earliest
)

decisions = sa.Table(  # a person's, on two articles: never overwritten by a match
    "decisions",
    metadata,
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("other_id", Key, sa.ForeignKey("articles.id"), primary_key=True, index=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("decided", Moment, nullable=False),
    _one_of("verdict", ("same", "not")),
    sa.CheckConstraint("article_id < other_id", name="ordered"),
)

bands = sa.Table(  # of the sketches by which near texts are found
    "bands",
    metadata,
    sa.Column("period", sa.Integer, primary_key=True),  # of the article's date: old ones are dropped
    sa.Column("key", Key64, primary_key=True),
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), primary_key=True),
    sqlite_with_rowid=False,
)

stories = sa.Table(  # one event, told by several outlets
    "stories",
    metadata,
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("story_id", Key, sa.ForeignKey("articles.id"), nullable=False, index=True),  # its earliest
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("found", Moment, nullable=False),
)

schemes = sa.Table(  # by which version of a rule what can be rebuilt was built: "search", "sketches"
    "schemes",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("built", Moment, nullable=False),
)

troubles = sa.Table(  # what a run's figures showed to be wrong at its source, from when to when
    "troubles",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("run_id", Key, sa.ForeignKey("runs.id"), nullable=False),  # in which it began
    sa.Column("since", Moment, nullable=False),
    sa.Column("last_seen", Moment, nullable=False),
    sa.Column("until", Moment),  # NULL: it is there
    sa.Column("told", sa.Text),  # what people were told of it last
    sa.Column("detail", sa.Text, nullable=False),  # one line for a person
    sa.Column("sample", sa.JSON(none_as_null=True)),  # {"url", "capture": {"file", "offset"}}
    sa.Column("well_runs", sa.Integer, nullable=False, server_default="0"),  # in a row, that did not show it
    sa.Column("well_since", Moment),  # when the first of them was
    sa.Column("settled", Moment),  # by a person: what it found is the usual now
    sa.Column("note", sa.Text),  # why
    _one_of("told", ("begun", "over")),
    sa.Index("ix_troubles_source_id", "source", "id"),
    sa.Index(
        "ix_troubles_open",
        "source",
        "name",
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    ),
)

ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("document_id", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("headline", sa.JSON, nullable=False),  # as printed when its article was last requested
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), index=True),
    sa.Column("first_listed", Moment, nullable=False),
    sa.Column("last_listed", Moment, nullable=False),
    sa.Column("listed_run", Key, sa.ForeignKey("runs.id"), nullable=False),  # the last run to list it
    sa.Column("taken_run", Key, sa.ForeignKey("runs.id")),  # the last run to request it
    sa.Column("next_try", Moment),  # set exactly while there is something to fetch
    sa.Column("attempts", sa.Integer, nullable=False),  # failures since it was last stored
    sa.Column("failure", sa.Text),  # the last one's reason, until the next request
    sa.Column("settled_reach", sa.Text),  # the deepest reach of a finished run that listed it
    sa.Column("visit_due", Moment),  # when its stored article is to be read again, to see edits
    sa.Column("passed", sa.Boolean),  # by a back-fill: all that stands above it in the listing is known
    _one_of("state", STATES),
    sa.UniqueConstraint("source", "document_id"),
    sa.Index("ix_ledger_source_listed_run_id", "source", "listed_run", "id"),
    sa.Index(
        "ix_ledger_source_next_try_id",
        "source",
        "next_try",
        "id",
        sqlite_where=sa.text("next_try IS NOT NULL"),
        postgresql_where=sa.text("next_try IS NOT NULL"),
    ),
    sa.Index(
        "ix_ledger_source_visit_due_id",
        "source",
        "visit_due",
        "id",
        sqlite_where=sa.text("visit_due IS NOT NULL"),
        postgresql_where=sa.text("visit_due IS NOT NULL"),
    ),
)

backfills = sa.Table(  # how far the old posts of a source have been fetched
    "backfills",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("goal", sa.Text, nullable=False),  # "all", the day to go back to, or a number of pages
    sa.Column("begun", Moment, nullable=False),
    sa.Column("worked", Moment),  # when its last stretch ended
    sa.Column("ended", Moment),  # it has come to its goal
    sa.Column("pages", sa.Integer, nullable=False),  # how deep it has come; of an index, its parts
    sa.Column("articles", sa.Integer, nullable=False),  # that it brought
    sa.Column("oldest", Moment),  # the oldest date of a row that it passed
    sa.Column("trail", sa.JSON, nullable=False),  # [[page, address], …], the last that it passed last
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("ledger_id", Key, sa.ForeignKey("ledger.id"), nullable=False, index=True),
    sa.Column("run_id", Key, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # the state it went into
    sa.Column("happened", Moment, nullable=False),
    sa.Column("detail", sa.Text),
)
