"""What `newsbot status` and its like are asked about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawling import ONCE, archive_url, crawl

from newsbot.sampleboard import SampleBoard


@dataclass
class Kept:
    """A board, crawled, of which one article fails and one was deleted; another source is never crawled."""

    board: SampleBoard
    archive: Path
    config: Path

    @property
    def options(self) -> tuple[str, ...]:
        return ("--archive", archive_url(self.archive), "--config", str(self.config))


@contextmanager
def keeping(place: Path) -> Iterator[Kept]:
    config = place / "newsbot.toml"
    with SampleBoard(posts=8) as board:
        url = f'[sources.news]\nurl = "{board.url}"\nevery = "10m"\n'
        config.write_text(f'{url}[sources.never]\nurl = "https://never.example/rss"\n', encoding="utf-8")
        board.fail("500", path=board.listed[2])
        crawl(board, place / "a.db", *ONCE, "--config", str(config))
        board.delete(board.listed[0])
        board.fail("login")
        crawl(board, place / "a.db", *ONCE, "--config", str(config))
        board.heal()
        yield Kept(board, place / "a.db", config)
