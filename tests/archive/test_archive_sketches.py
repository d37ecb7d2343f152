from random import Random
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from archive_desk import Desk, article

from benchmarks.variants import blocks, story
from newsbot.archive import sketches
from newsbot.archive.schema import bands, links, schemes
from newsbot.korean.nearness import SKETCHES

LINES = story(Random(11), 6)
POSTS = [
    article(n, body=blocks([line.replace("다.", f"다{word}.", 1) for line in LINES]))
    for n, word in enumerate(("", "고", "니", "며", "오"), 1)
]


def version(desk: Desk) -> str:
    with desk.archive.reading() as connection:
        kept = sa.select(schemes.c.version).where(schemes.c.name == "sketches")
        return str(connection.execute(kept).scalar_one())


def contents(desk: Desk) -> list[list[tuple[object, ...]]]:
    with desk.archive.reading() as connection:
        return [
            sorted(map(tuple, connection.execute(sa.select(*columns))))
            for columns in (bands.c, (links.c.article_id, links.c.kind, links.c.earliest_id, links.c.score))
        ]


def forget(desk: Desk) -> None:
    """As an archive that an older newsbot made."""
    with desk.archive.writing() as connection:
        connection.execute(sa.delete(schemes).where(schemes.c.name == "sketches"))
        connection.execute(sa.delete(bands))
        connection.execute(sa.delete(links))


def test_the_version_of_the_keys_is_kept(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(*POSTS[:2])
        assert version(desk) == SKETCHES
        assert SKETCHES.startswith("rminhash-")
        assert desk.archive.rematch(when=desk.now) == 0


def test_an_archive_of_another_version_is_matched_anew(place: str) -> None:
    told: list[tuple[int, int]] = []
    with Desk(place).start() as desk:
        desk.store(*POSTS)
        desk.settle()
        before = contents(desk)
        forget(desk)
        assert desk.archive.rematch(when=desk.now, progress=lambda *of: told.append(of)) == 5
        assert (contents(desk), told, version(desk)) == (before, [(5, 5)], SKETCHES)
        assert list(desk.archive.verify()) == []


def test_a_rebuild_that_was_killed_goes_on_and_others_may_store_meanwhile(place: str) -> None:
    with Desk(place).start() as desk, patch.object(sketches, "_NEXT", sketches._NEXT.limit(2)):
        desk.store(*POSTS)
        desk.settle()
        before = contents(desk)
        forget(desk)
        with pytest.raises(RuntimeError):
            desk.archive.rematch(when=desk.now, progress=fail)
        assert version(desk) == f"{SKETCHES} until 2"
        desk.store(POSTS[4])
        assert desk.archive.rematch(when=desk.now) == 3
        assert contents(desk) == before


def fail(done: int, total: int) -> None:
    raise RuntimeError
