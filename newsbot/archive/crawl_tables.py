"""The tables of crawls: runs and what they came to, the ledger of headlines, old posts, troubles."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

import sqlalchemy as sa

from newsbot.archive.columns import Key, Moment, index_of_some, known, metadata

Gone: TypeAlias = Literal["secret", "deleted", "moved", "vanished"]
State: TypeAlias = Literal["listed", "pending", "stored", "failed"] | Gone
GONE: Final[frozenset[str]] = frozenset(get_args(Gone))
REMOVED: Final[frozenset[str]] = frozenset({"secret", "deleted"})  # the site itself takes the article back
STATES: Final = ("listed", "pending", "stored", "failed", *get_args(Gone))

Outcome: TypeAlias = Literal["finished", "partial", "failed"]
RunState: TypeAlias = Outcome | Literal["running", "killed"]
RUN_STATES: Final = ("running", "finished", "partial", "failed", "killed")

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
    known("state", RUN_STATES),
    sa.Index("ix_runs_source_id", "source", "id"),
    index_of_some("ix_runs_brought", "source", "id", where="brought > 0"),
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
    known("state", STATES),
    sa.UniqueConstraint("source", "document_id"),
    sa.Index("ix_ledger_source_listed_run_id", "source", "listed_run", "id"),
    index_of_some("ix_ledger_source_next_try_id", "source", "next_try", "id", where="next_try IS NOT NULL"),
    index_of_some(
        "ix_ledger_source_visit_due_id", "source", "visit_due", "id", where="visit_due IS NOT NULL"
    ),
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
    known("told", ("begun", "over")),
    sa.Index("ix_troubles_source_id", "source", "id"),
    index_of_some("ix_troubles_open", "source", "name", where="until IS NULL", unique=True),
)
