"""Statements made ready once, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from newsbot.archive import Archive, open_archive
from newsbot.archive.prepared import Prepared, together
from newsbot.archive.schema import runs, schemes
from newsbot.korean.dates import KST

WHEN = datetime(2025, 6, 12, 9, 30, tzinfo=KST)
ADD = Prepared(sa.insert(schemes))
ADD_RUN = Prepared(sa.insert(runs).returning(runs.c.id, runs.c.started))
BUILT = Prepared(sa.select(schemes).where(schemes.c.built >= sa.bindparam("since"), schemes.c.name != "무엇"))
REBUILT = Prepared(sa.update(schemes).where(schemes.c.version == sa.bindparam("of_version")))


@contextmanager
def emptied(place: str) -> Iterator[Archive]:
    """An archive whose table ``schemes`` is the tests' own."""
    with open_archive(place) as archive:
        with archive.writing() as connection:
            connection.execute(sa.delete(schemes))
        yield archive


def scheme(name: str, version: str = "1", built: datetime = WHEN) -> dict[str, object]:
    return {"name": name, "version": version, "built": built}


def add_each(archive: Archive, *rows: dict[str, object]) -> None:
    with archive.writing() as connection:
        for row in rows:
            ADD.run(connection, [row])


def add_together(archive: Archive, *batches: list[dict[str, object]]) -> None:
    with archive.writing() as connection, together(connection):
        for rows in batches:
            ADD.run(connection, rows)


def test_values_are_handed_over_and_back_by_their_types(place: str) -> None:
    with emptied(place) as archive, archive.writing() as connection:
        assert ADD.run(connection, [scheme("가'나%s:x"), scheme("다"), scheme("무엇")])() == 3
        found = BUILT.rows(connection, {"since": WHEN})
        assert sorted((row.name, row.built) for row in found) == [("가'나%s:x", WHEN), ("다", WHEN)]
        assert BUILT.rows(connection, {"since": WHEN + timedelta(seconds=1)}) == []
        run = {"source": "a", "url": "u", "options": {"쪽": [1, None]}, "state": "running", "started": WHEN}
        (added,) = ADD_RUN.rows(connection, {**run, "figures": {}})
        assert added.started == WHEN
        assert connection.execute(sa.select(runs.c.options)).scalar_one() == {"쪽": [1, None]}


def test_it_says_how_many_rows_it_met_and_may_set_other_columns_each_time(place: str) -> None:
    with emptied(place) as archive, archive.writing() as connection:
        ADD.run(connection, [scheme("가"), scheme("나"), scheme("다", "2")])
        assert REBUILT.run(connection, [{"of_version": "1", "version": "3"}])() == 2
        assert REBUILT.run(connection, [{"of_version": "1", "version": "3"}])() == 0
        later = [{"of_version": version, "built": WHEN + timedelta(days=1)} for version in ("2", "3", "4")]
        assert REBUILT.run(connection, later)() == 3
        assert REBUILT.run(connection, [])() == 0
        assert len(BUILT.rows(connection, {"since": WHEN + timedelta(days=1)})) == 3


def test_an_error_is_told_as_sqlalchemy_tells_it_and_nothing_is_kept(place: str) -> None:
    with emptied(place) as archive:
        with pytest.raises(IntegrityError):
            add_each(archive, scheme("가"), scheme("가"))
        with pytest.raises(DBAPIError), archive.writing() as connection:
            Prepared(sa.text("SELECT nothing FROM nowhere")).rows(connection, {})
        with archive.writing() as connection:
            assert BUILT.rows(connection, {"since": WHEN}) == []


def test_what_is_handed_over_together_has_its_answers_when_it_ends(place: str) -> None:
    with emptied(place) as archive, archive.writing() as connection:
        with together(connection):
            added = ADD.run(connection, [scheme("가"), scheme("나")])
            found = BUILT.ask(connection, {"since": WHEN})
            met = REBUILT.run(connection, [{"of_version": "1", "version": "2"}])
        assert (added(), met()) == (2, 2)
        assert sorted(row.name for row in found()) == ["가", "나"]


@pytest.mark.parametrize("wrong", ["first", "last"])
def test_of_what_is_handed_over_together_nothing_is_kept_when_one_fails(place: str, wrong: str) -> None:
    twice = [scheme("가")], [scheme("가")], [scheme("나")]
    with emptied(place) as archive:
        with pytest.raises(IntegrityError):
            add_together(archive, *(twice if wrong == "first" else reversed(twice)))
        add_each(archive, scheme("다"))
        with archive.reading() as connection:
            assert [row.name for row in BUILT.rows(connection, {"since": WHEN})] == ["다"]
