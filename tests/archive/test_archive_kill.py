import random
import signal
import subprocess
import sys
from collections.abc import Callable

import archive_desk
import pytest
from archive_desk import Desk, contents, crawl, numbered_board

pytestmark = pytest.mark.waits

POSTS = 240
KILLS = 10


def test_a_crawl_killed_again_and_again_ends_as_an_undisturbed_one(new_place: Callable[[], str]) -> None:
    chance = random.Random(20260302)
    killed = new_place()
    for _ in range(KILLS):
        _crawl_until_killed(killed, after_articles=chance.randrange(18))
        with Desk(killed) as desk:
            assert list(desk.archive.verify()) == []
    with Desk(killed) as desk, Desk(new_place()) as undisturbed:
        assert 0 < desk.archive.counts().articles < POSTS
        for each in (desk, undisturbed):
            crawl(each, numbered_board(POSTS))
        assert contents(desk.archive) == contents(undisturbed.archive)
        assert [run.state for run in desk.archive.runs()][1:] == ["killed"] * (desk.run - 1)
        assert list(desk.archive.verify()) == []


def _crawl_until_killed(url: str, after_articles: int) -> None:
    """It says a line before each article: it dies while it opens the archive, or while it stores."""
    command = [sys.executable, archive_desk.__file__, url, str(POSTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(after_articles + 1):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
