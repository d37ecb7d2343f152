"""The tables of articles: their revisions, the pages behind them, how they are linked, who withheld them."""

from __future__ import annotations

import sqlalchemy as sa

from newsbot.archive.columns import Key, Key64, Moment, index_of_some, known, metadata

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("uri", sa.Text, nullable=False, unique=True),
    sa.Column("url", sa.Text, nullable=False, index=True),
    sa.Column("canonical_url", sa.Text),
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
    sa.Column("superseded_by", Key),  # articles.id: the next version of a wire story
    sa.Index("ix_articles_dated_id", "dated", "id"),
    index_of_some("ix_articles_canonical_url", "canonical_url", where="canonical_url <> url"),
)

withholdings = sa.Table(  # the audit trail of what ``articles.withheld`` says
    "withholdings",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), nullable=False, index=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("decided", Moment, nullable=False),
    known("action", ("withheld", "released")),
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
    index_of_some("ix_captures_same_as", "same_as", where="same_as IS NOT NULL"),
)

capture_journal = sa.Table(  # what was captured into files that are not known to be safe on the disk yet
    "capture_journal",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("file_id", Key, sa.ForeignKey("capture_files.id"), nullable=False),
    sa.Column("offset", Key, nullable=False),  # bytes, where in its file it belongs
    sa.Column("records", sa.LargeBinary, nullable=False),  # gzip members as the file has them
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
    index_of_some(
        "ix_revisions_stored", "stored", "id", where="changed IS NOT NULL"
    ),  # of what was edited: few
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
    known("state", ("proposed", "same", "unreadable", "replaced")),
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
    known("verdict", ("same", "not")),
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

recent_bands = sa.Table(  # of the latest articles, until they go into ``bands``
    "recent_bands",
    metadata,
    sa.Column("article_id", Key, sa.ForeignKey("articles.id"), primary_key=True),
    sa.Column("period", sa.Integer, primary_key=True),
    sa.Column("key", Key64, primary_key=True),
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
