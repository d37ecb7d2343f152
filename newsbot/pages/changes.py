"""A board's change feed: which posts were written, edited or commented on since a moment, and when.

Rhymix and its elder have one: the board's Atom feed with a ``start_date`` (in the site's time, Korean
nearly everywhere) names the posts whose ``last_update`` is not before it, newest post first, fifteen a page
unless the site says otherwise. A board whose feeds are off names none in the head of its pages.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from newsbot.korean.dates import KST
from newsbot.pages.document import Document
from newsbot.pages.engines import engine_of
from newsbot.pages.entries import MOST_ENTRIES, Moments
from newsbot.pages.links import rhymix_post
from newsbot.pages.selectors import select
from newsbot.pages.variants import home_site
from newsbot.pages.xmltree import fields_of, first_of, read_xml

_ATOM = "link[rel~=alternate][type='application/atom+xml'][href]"


def change_feed(page: Document) -> str | None:
    """Where a listing says that its board's change feed lies; None where it names none."""
    engine = engine_of(page)
    if engine is None or engine.name != "rhymix":
        return None
    links = (page.absolute(node.get("href") or "") for node in select(page.root, _ATOM))
    return next((link for link in links if _is_atom_of_a_board(link)), None)


def changes_since(feed: str, since: datetime, page: int = 1) -> str:
    """Where ``feed`` names what changed since, ``page`` by ``page``."""
    parts = urlsplit(feed)
    asked = {**dict(parse_qsl(parts.query)), "start_date": f"{since.astimezone(KST):%Y%m%d%H%M%S}"}
    if page > 1:
        asked["page"] = str(page)
    return parts._replace(query=urlencode(asked), fragment="").geturl()


def read_changes(page: Document) -> dict[str, datetime]:
    """When the posts that a change feed names were last changed, by document id.

    Entries that lead to another site are left out, and those without a date. Raises ``NotAListing`` where
    the page is no feed, or part of one.
    """
    changes = {}
    root = read_xml(page, "feed")
    moments = Moments(page.now)
    for node in islice(root.iter("{*}entry"), MOST_ENTRIES):
        fields = fields_of(node.iterchildren(), root)
        link = first_of(fields, "id", "atom:id") or ""
        post, moment = rhymix_post(link), moments.read(_updated(fields))
        if post is not None and moment is not None and home_site(link) == home_site(page.url):
            changes[post.document_id] = moment.value
    return changes


def _updated(fields: dict[str, list[object]]) -> str:
    return first_of(fields, "updated", "atom:updated") or ""


def _is_atom_of_a_board(link: str) -> bool:
    """The whole site's feed lies at ``/atom`` alone."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    query = dict(parse_qsl(parts.query))
    segments = [segment for segment in parts.path.split("/") if segment]
    return query.get("act") == "atom" and "mid" in query if query else segments[1:][-1:] == ["atom"]
