"""Taking an article down: hidden from every reader, and kept, with an entry for each ruling.

What is withheld is still what was published: its revisions, links and captures stay, a crawl may add
further revisions, and ``verify`` checks it as any other. Readers leave it out unless they ask for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

import sqlalchemy as sa

from newsbot.archive import chains
from newsbot.archive.reading import Reading
from newsbot.archive.records import Ruling
from newsbot.archive.schema import articles, ledger, links, runs, withholdings
from newsbot.errors import ArchiveError

_later = withholdings.alias("later")
_LAST: Final = (
    ~sa.select(_later.c.id)
    .where(_later.c.article_id == withholdings.c.article_id, _later.c.id > withholdings.c.id)
    .exists()
)
_RULED: Final = sa.select(
    articles.c.uri,
    articles.c.headline,
    withholdings.c.action,
    withholdings.c.reason,
    withholdings.c.decided,
    sa.and_(withholdings.c.action == "withheld", _LAST).label("in_force"),
).join(articles, articles.c.id == withholdings.c.article_id)
_FIND: Final = sa.select(articles).where(articles.c.uri == sa.bindparam("of_uri"))
_MARK: Final = sa.update(articles).where(articles.c.id == sa.bindparam("of_id"))  # sets what it is given


class Withholding(Reading):
    def withhold(self, ref: str, reason: str, *, when: datetime) -> Ruling:
        """Hides an article (``ref`` as for ``article``) from every reader. Raises ArchiveError.

        Re-posts of its text are articles of their own and stay visible: ``visible_reposts`` names them.
        """
        return self._decide(ref, "withheld", reason, when)

    def release(self, ref: str, reason: str, *, when: datetime) -> Ruling:
        """Lets an article be seen again. Raises ArchiveError when it is not withheld."""
        return self._decide(ref, "released", reason, when)

    def withholding(self, ref: str) -> Ruling | None:
        """Since when and why what ``ref`` names is withheld; None when it is not, or not there."""
        uri = self._resolve(ref, withheld=True)
        latest = _RULED.where(articles.c.uri == uri, withholdings.c.action == "withheld", _LAST)
        with self.reading() as connection:
            row = connection.execute(latest).mappings().one_or_none()
        return None if row is None else Ruling(**row)

    def lists_withheld(self, run: int) -> bool:
        """Whether an article is withheld that this run's source has listed: its listings may name it."""
        of_run = sa.select(runs.c.source).where(runs.c.id == run).scalar_subquery()
        hidden = sa.select(ledger.c.id).join(articles, articles.c.id == ledger.c.article_id)
        hidden = hidden.where(ledger.c.source == of_run, articles.c.withheld.is_not(None)).limit(1)
        with self.reading() as connection:
            return connection.execute(hidden).first() is not None

    def rulings(self) -> list[Ruling]:
        """Every ruling to withhold or to release, the first one first."""
        with self.reading() as connection:
            rows = connection.execute(_RULED.order_by(withholdings.c.id)).mappings()
            return [Ruling(**row) for row in rows]

    def visible_reposts(self, uri: str) -> list[str]:
        """The uris of the articles that are not withheld and carry the text of this one.

        Those of equal text, and those that a link of any kind joins to it, or to the same earliest one.
        """
        with self.reading() as connection:
            article = connection.execute(_FIND, {"of_uri": uri}).one()
            return [row.uri for row in connection.execute(_alike(article))]

    def _decide(
        self, ref: str, action: Literal["withheld", "released"], reason: str, when: datetime
    ) -> Ruling:
        uri = self._resolve(ref, withheld=True)
        with self.writing() as connection:
            article = connection.execute(_FIND, {"of_uri": uri}).one_or_none()
            if article is None:
                raise ArchiveError(f"there is no article {ref!r} in the archive")
            _check(article, action)
            hides = action == "withheld"
            connection.execute(_MARK, {"of_id": article.id, "withheld": when if hides else None})
            entry = {"article_id": article.id, "action": action, "reason": reason, "decided": when}
            connection.execute(sa.insert(withholdings), entry)
            chains.rewrite(connection, article.id, when)
        headline = article.headline
        return Ruling(
            uri=article.uri, headline=headline, action=action, reason=reason, decided=when, in_force=hides
        )


def _check(article: sa.Row[Any], action: str) -> None:
    if action == "withheld" and article.withheld is not None:
        raise ArchiveError(f"{article.uri} is withheld already, since {article.withheld:%Y-%m-%d %H:%M}")
    if action == "released" and article.withheld is None:
        raise ArchiveError(f"{article.uri} is not withheld")


def _alike(article: sa.Row[Any]) -> sa.Select[tuple[str]]:
    heads = sa.select(links.c.earliest_id).where(links.c.article_id == article.id)
    linked = links.c.earliest_id.in_(heads) | (links.c.earliest_id == article.id)
    repeats = sa.select(links.c.article_id).where(linked)
    alike = articles.c.id.in_(heads) | articles.c.id.in_(repeats)
    if article.text_hash is not None:
        alike |= articles.c.text_hash == article.text_hash
    seen = sa.select(articles.c.uri).where(articles.c.id != article.id, articles.c.withheld.is_(None), alike)
    return seen.order_by(articles.c.uri)
