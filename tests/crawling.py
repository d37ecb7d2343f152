"""How the tests crawl a sample board: newsbot as its own process, and what it left in the archive."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import gettempdir
from time import sleep
from typing import Any

import sqlalchemy as sa
from commanding import HURRY, command_line, forked, in_its_own_process

from newsbot.archive import Archive, open_archive
from newsbot.archive.records import Finding, StoredArticle
from newsbot.archive.run_records import Run
from newsbot.archive.schema import ledger
from newsbot.captures import read_capture
from newsbot.config import source_key
from newsbot.items import Article
from newsbot.korean.text import tidy
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.exchange import Answer, Request

ONCE = ("-s", "RETRY_TIMES=0")  # a page that fails is not asked for again within the run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a crawl came to. ``figures``: the last JSON line of its standard output."""

    code: int
    figures: dict[str, Any]
    err: str

    @property
    def complaints(self) -> list[str]:
        """What went wrong, a line each; what is judged of the source's health left out."""
        lines = self.err.splitlines()
        return [line for line in lines if not line.startswith(("  trouble ", "  over "))]

    def shows(self, **figures: object) -> bool:
        """Whether these are the run's figures; where they are not, pytest shows the ones there are."""
        found = {name: self.figures.get(name) for name in figures}
        if found != figures:
            print(self.figures, self.err)  # noqa: T201
        return found == figures


def archive_url(archive: Path | str) -> str:
    """Of a file, or a URL as it is."""
    return archive if isinstance(archive, str) else f"sqlite:///{archive}"


def captures_of(archive: Path | str) -> Path:
    """The directory of captures: beside the archive, and of a server's in a directory of the tests' own."""
    if isinstance(archive, Path):
        return archive.with_name(f"{archive.name}.captures")
    return Path(gettempdir(), "newsbot-tests", hashlib.sha256(archive.encode()).hexdigest()[:16])


def crawl_arguments(where: SampleBoard | str, archive: Path | str, *options: str) -> list[str]:
    url = where if isinstance(where, str) else where.url
    kept = () if isinstance(archive, Path) else ("-s", f"NEWSBOT_CAPTURES={captures_of(archive)}")
    return ["crawl", url, "--archive", archive_url(archive), "--json", *HURRY, *kept, *options]


def crawl_command(where: SampleBoard | str, archive: Path | str, *options: str) -> list[str]:
    return command_line(*crawl_arguments(where, archive, *options))


def outcome(code: int, out: str, err: str) -> Outcome:
    return Outcome(code, json.loads(out.splitlines()[-1]) if out else {}, err)


def crawl(where: SampleBoard | str, archive: Path | str, *options: str) -> Outcome:
    return outcome(*astuple(in_its_own_process(*crawl_arguments(where, archive, *options))))


def killed_crawl(
    board: SampleBoard, archive: Path | str, chance: Random, *options: str, least: int = 1
) -> None:
    """Begins a crawl, and kills it within a hair's breadth of one of its requests, from the ``least`` on."""
    target = len(board.requests) + chance.randint(least, 40)
    process = forked(*crawl_arguments(board, archive, *options))
    while process.is_alive() and len(board.requests) < target:
        sleep(0.005)
    sleep(chance.uniform(0, 0.03))  # into the parsing, the storing, the next request
    process.kill()
    process.join()


def answering(board: SampleBoard, path: str, answer: Callable[[Request], Answer]) -> None:
    """Puts ``answer`` in the place of the board's own on one path."""
    own = board._engine.answer

    def either(request: Request) -> Answer:
        return (answer if request.target == path else own)(request)

    board._engine.answer = either  # type: ignore[method-assign]


# ---- what the board shows --------------------------------------------------------------------------


def public(board: SampleBoard) -> set[str]:
    """The ids of the posts that anyone may read."""
    return {each for each in (*board.listed, *board.notices) if not board.truth[each]["post"]["secret"]}


def asked_for(board: SampleBoard, since: int = 0) -> list[str]:
    """The targets that were requested, in order, robots.txt left out; ``since`` as many requests."""
    return [seen.path for seen in board.requests[since:] if seen.path != "/robots.txt"]


def differences(article: Article, truth: Mapping[str, Any]) -> list[str]:
    """The names of the fields in which an article is not what an editor reads in it."""
    found = []
    if article.headline != truth["headline"]:
        found.append("headline")
    # What was written with doubled spaces is read with single ones.
    body = [[block.type, tidy(block.text)] for block in article.body]
    if "body" in truth and body != [[kind, tidy(text)] for kind, text in truth["body"]]:
        found.append("body")
    claimed = truth.get("bylines", [])
    named = [
        {name: getattr(byline, name) for name in claim}
        for byline, claim in zip(article.bylines, claimed, strict=False)
    ]
    if "bylines" in truth and (len(article.bylines) != len(claimed) or named != claimed):
        found.append("bylines")
    return found


# ---- what is in the archive ------------------------------------------------------------------------


def articles(archive: Path | str, board: SampleBoard | None = None) -> dict[str, StoredArticle]:
    """By document id, each in its latest revision; of one board, where several are in the archive."""
    with open_archive(archive_url(archive), read_only=True) as opened:
        return {
            str(one.article.document_id): one
            for one in opened.articles()
            if board is None
            or one.article.url.partition("//")[2].startswith(f"{board.site.partition('//')[2]}/")
        }


def states(archive: Path | str, board: SampleBoard) -> dict[str, str]:
    """What became of every headline, by document id."""
    with open_archive(archive_url(archive), read_only=True) as opened:
        return {document_id: state for document_id, _, state in opened.all_known(source_key(board.url))}


def picture(archive: Path | str, board: SampleBoard) -> dict[str, tuple[object, ...]]:
    """All that an undisturbed crawl decides: state, revision, contents and repeated text of every post."""
    kept = {
        key: (one.revision, one.content_hash, one.duplicate_of and one.duplicate_of.rpartition("/")[2])
        for key, one in articles(archive, board).items()
    }
    return {key: (state, *kept.get(key, ())) for key, state in states(archive, board).items()}


def last_run(archive: Path | str) -> Run:
    with open_archive(archive_url(archive), read_only=True) as opened:
        return opened.runs(limit=1)[0]


def broken_promises(archive: Path | str) -> list[Finding]:
    with open_archive(archive_url(archive), read_only=True) as opened:
        return list(opened.verify())


def waiting(archive: Path | str) -> dict[str, tuple[str, int]]:
    """Reason and attempts of every headline whose last request failed, by document id."""
    failed = sa.select(ledger.c.document_id, ledger.c.failure, ledger.c.attempts)
    with open_archive(archive_url(archive), read_only=True) as opened, opened.reading() as connection:
        rows = connection.execute(failed.where(ledger.c.failure.is_not(None)))
        return {key: (reason, attempts) for key, reason, attempts in rows}


def let_time_pass(archive: Path | str) -> None:
    """Brings every later try forward to now."""
    due = datetime.fromtimestamp(1, UTC)
    with open_archive(archive_url(archive)) as opened, opened.writing() as connection:
        connection.execute(sa.update(ledger).where(ledger.c.next_try.is_not(None)).values(next_try=due))


def capture_faults(archive: Path | str) -> list[str]:
    """Revisions whose page cannot be read back, and capture files that are not closed as they are."""
    directory = captures_of(archive)
    with open_archive(archive_url(archive), read_only=True) as opened:
        faults = [
            f"{revision.article.uri}, revision {revision.revision}"
            for article in opened.articles()
            for revision in opened.revisions(article.article.uri)
            if not _is_captured(opened, revision, directory)
        ]
        files = {file.name: file for file in opened.capture_files()}
    on_disk = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in directory.iterdir()}
    return faults + [
        f"{name}: {file}"
        for name, file in {**dict.fromkeys(on_disk), **files}.items()
        if file is None or file.closed is None or file.sha256 != on_disk.get(name)
    ]


def _is_captured(opened: Archive, revision: StoredArticle, directory: Path) -> bool:
    kept = opened.capture_of(revision.article.uri, revision.revision)
    if kept is None or kept.capture != revision.article.capture:
        return False
    page = read_capture(directory, kept.capture, payload=kept.payload)
    return page.url == revision.article.url and len(page.body) > 0


def let_visits_come_due(archive: Path | str) -> None:
    """Brings every later reading of a stored article forward to now."""
    due = datetime.fromtimestamp(1, UTC)
    with open_archive(archive_url(archive)) as opened, opened.writing() as connection:
        connection.execute(sa.update(ledger).where(ledger.c.visit_due.is_not(None)).values(visit_due=due))


def by_name(archive: Path, *options: str) -> Outcome:
    """A crawl of the source of the newsbot.toml beside the archive, as the schedule has it."""
    given = ("--config", str(archive.with_name("newsbot.toml")), "--archive", f"sqlite:///{archive}")
    said = in_its_own_process("crawl", "news", *given, "--json", "-s", "AUTOTHROTTLE_ENABLED=0", *options)
    return outcome(said.code, said.out, said.err)


def configure(archive: Path, url: str, *lines: str) -> None:
    text = "\n".join(["[sources.news]", f'url = "{url}"', "delay = 0", *lines])
    archive.with_name("newsbot.toml").write_text(text, "utf-8")


def old(done: Outcome) -> dict[str, Any]:
    """The figures of the old posts that a crawl brought."""
    return dict(done.figures["backfill"])


def assert_undisturbed(archive: Path | str, board: SampleBoard, folder: Path) -> None:
    """The archive is as that of a crawl to which nothing happened, its captures included."""
    board.heal()
    crawl(board, folder / "calm.db")
    assert picture(archive, board) == picture(folder / "calm.db", board)
    assert broken_promises(archive) == []
    assert capture_faults(archive) == []
