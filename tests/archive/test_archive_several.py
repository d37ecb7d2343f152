"""Many values in one parameter, in both databases."""

import sqlalchemy as sa
from archive_desk import Desk, article

from newsbot.archive.schema import articles, bands
from newsbot.archive.several import one_of

_OF = sa.select(articles.c.document_id).where(
    one_of(articles.c.uri, "uris") | one_of(articles.c.text_hash, "texts")
)


def test_values_of_any_number_and_kind(place: str) -> None:
    with Desk(place).start() as desk:
        desk.store(article(1), article("가'\"나"), article(3))
        uris = ["newsbot:board.example/1", "newsbot:board.example/가'\"나", *map(str, range(2_000))]
        desk.settle()
        with desk.archive.reading() as connection:
            found = connection.execute(_OF, {"uris": uris, "texts": []}).scalars().all()
            assert sorted(found) == ["1", "가'\"나"]
            assert connection.execute(_OF, {"uris": [], "texts": []}).all() == []
            hashes = connection.execute(sa.select(articles.c.text_hash)).scalars().all()
            assert len(connection.execute(_OF, {"uris": [], "texts": set(hashes)}).all()) == 3
            keys = connection.execute(sa.select(bands.c.key)).scalars().all()
            held = sa.select(sa.func.count()).where(one_of(bands.c.key, "keys"))
            assert min(keys) < 0 < max(keys)
            assert connection.execute(held, {"keys": {min(keys), max(keys)}}).scalar_one() >= 2


def test_sqlite_finds_them_by_its_indices() -> None:
    engine = sa.create_engine("sqlite://")
    articles.metadata.create_all(engine)
    asked = f"EXPLAIN QUERY PLAN {_OF.compile(dialect=engine.dialect)}"
    with engine.connect() as connection:
        plan = " ".join(row[3] for row in connection.exec_driver_sql(asked, ("[]", "[]")))
    assert "SCAN articles" not in plan
