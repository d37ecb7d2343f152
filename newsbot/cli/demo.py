"""newsbot demo: a sample board on loopback, crawled before your eyes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from newsbot.archive import Archive, open_archive
from newsbot.captures import directory_of
from newsbot.cli.printing import print_article
from newsbot.cli.tables import table_of
from newsbot.errors import NewsbotError
from newsbot.export import article_json
from newsbot.extensions.run_report import FIGURES
from newsbot.items import Article
from newsbot.sampleboard import SampleBoard
from newsbot.sampleboard.articles import load_articles
from newsbot.sampleboard.board import EngineName
from newsbot.sampleboard.exchange import RequestSeen

ARCHIVE = "newsbot-demo.db"
KILLED_AT = 40  # requests into the first crawl


def demo(
    archive: Annotated[
        Path, typer.Option(metavar="FILE", help="The archive that the demo makes, anew each time.")
    ] = Path(ARCHIVE),
    engine: Annotated[EngineName, typer.Option(help="The board's software.")] = "rhymix",
) -> None:
    """Serve a sample board on this machine, crawl it, kill the crawl, go on, change the board, crawl again.

    The archive that comes of it stays, for you to look around in.

    Example:

        newsbot demo
    """
    console = Console()
    url = f"sqlite:///{archive}"
    _make_anew(archive, url)
    with SampleBoard(engine=engine) as board:
        console.print(
            f"A sample board ({engine}) is served at [bold]{board.url}[/] with {len(board.listed)} posts.\n"
        )
        console.print(f"[bold]1.[/] A crawl, killed with kill -9 after {KILLED_AT} requests …")
        _killed_crawl(board, url)
        with open_archive(url) as opened:
            console.print(f"   {opened.counts().articles} articles are in the archive.\n")
        console.print("[bold]2.[/] The same crawl again: it goes on where it was killed.")
        _figures(console, _crawl(board.url, url))
        console.print("\n[bold]3.[/] The board moves on: two posts, an edit, a post deleted. Another crawl:")
        edited = _move_on(board)
        _figures(console, _crawl(board.url, url))
        console.print("\n[bold]4.[/] Everything walked again, to see what became of every post:")
        _figures(console, _crawl(board.url, url, "--full"))
        with open_archive(url, read_only=True) as opened:
            _report(console, opened)
    console.print(f"\nThe archive stays in [bold]{archive}[/]. Look around:\n", soft_wrap=True)
    for command in ("search 데이터센터", f"show {edited} --diff", "export -o articles.csv", "verify"):
        console.print(f"    {_newsbot()} {command} --archive {url}", highlight=False, soft_wrap=True)


def _newsbot() -> str:
    """How the command is called here: ``make demo`` leaves it in a .venv that may not be activated."""
    beside = Path(sys.argv[0])
    if shutil.which("newsbot") or beside.name != "newsbot":
        return "newsbot"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def _crawl_command(url: str, archive: str, *options: str) -> list[str]:
    # The sample board is our own: it need not be spared.
    hurry = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")
    return [sys.executable, "-m", "newsbot", "crawl", url, "--archive", archive, "--json", *hurry, *options]


def _crawl(url: str, archive: str, *options: str) -> dict[str, Any]:
    command = _crawl_command(url, archive, *options)
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    if not done.stdout:
        raise NewsbotError(f"the demo's crawl failed: {done.stderr.strip() or done.returncode}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _killed_crawl(board: SampleBoard, archive: str) -> None:
    reached = threading.Event()

    def count(_request: RequestSeen) -> None:
        if len(board.requests) >= KILLED_AT:
            reached.set()

    board.on_request(count)
    command = _crawl_command(board.url, archive)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as crawl:  # noqa: S603
        try:
            while crawl.poll() is None and not reached.wait(0.1):
                pass
        finally:
            crawl.kill()


def _move_on(board: SampleBoard) -> str:
    """Lets the board live; returns the id of the post that was edited."""
    first, second = board.listed[:2]
    board.edit(first, title=f"{board.truth[first]['post']['title']} (수정)")
    board.delete(second)
    for article in load_articles()[:2]:
        board.post(article)
    return first


def _figures(console: Console, figures: Mapping[str, Any]) -> None:
    names = ("state", *FIGURES, "requests")
    table = table_of(*names, gap=1)
    table.add_row(*(str(figures.get(name, "")) for name in names))
    console.print(table)


def _report(console: Console, archive: Archive) -> None:
    counts = archive.counts()
    console.print(
        f"\nIn the archive: {counts.articles} articles, {counts.revisions} revisions,"
        f" {counts.duplicates} re-posts of a text that is there already.",
        highlight=False,
        soft_wrap=True,
    )
    findings = list(archive.verify())
    console.print(
        "Verified: "
        + ("[green]every promise kept[/]." if not findings else f"[red]{len(findings)} broken[/].")
    )
    sample = next((stored for stored in archive.articles() if _is_telling(stored.article)), None)
    if sample is not None:
        console.rule("one of them, as it was read")
        print_article(console, article_json(sample))


def _is_telling(article: Article) -> bool:
    return bool(article.deck and article.located and article.images and article.bylines)


def _make_anew(archive: Path, url: str) -> None:
    try:
        for suffix in ("", "-wal", "-shm"):
            archive.with_name(archive.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise NewsbotError(f"{archive} cannot be made anew: {error.strerror}") from None
    shutil.rmtree(directory_of(url), ignore_errors=True)
    open_archive(url).close()  # says now what is wrong with the place
