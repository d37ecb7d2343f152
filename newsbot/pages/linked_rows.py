"""Links to the posts of one listing, told by their addresses alone: one form, but for an id.

On a page of no known engine whose rows print no date, what tells them from menus is that all of them lead to
one place with one id each (``view.php?id=news&no=11``), and that the listing's own address names that place:
its parameters, its path, or a file that views what the listing's file lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from newsbot.pages.links import canonical_url, numbered_parameter

_FEWEST = 3  # posts
_LISTS = re.compile(r"list|index|board|bbs|main", re.I)
VIEWS = re.compile(r"view|read|detail|show|article|content", re.I)
_MODES = frozenset("mode act action cmd command task mod pmode at".split())  # what a page does, not what of

Place = tuple[str, frozenset[tuple[str, str]]]  # path, and the parameters beside the id
Addresses = Mapping[HtmlElement, str]


def of_one_place(url: str, addresses: Addresses) -> dict[HtmlElement, str]:
    """The links of ``addresses`` to the posts of the listing at ``url``, with these in their canonical form.

    There are none on a page that is such a post itself.
    """
    here = canonical_url(url)
    if here is None:
        return {}
    folder = here.partition("?")[0].rpartition("/")[0]
    places: dict[Place, dict[HtmlElement, str]] = {}
    for link, address in addresses.items():
        whole = canonical_url(address) if address.startswith(folder) else None
        if whole and (found := _place(whole)) is not None and _is_of(here, found):
            places.setdefault(found, {})[link] = whole
    best = max(places.values(), key=posts_of, default={})
    return best if posts_of(best) >= _FEWEST and _place(here) not in places else {}


def posts_of(links: Addresses) -> int:
    """To how many posts links lead."""
    return len(set(links.values()))


def _place(address: str) -> Place | None:
    """The place of the post that an address names; ``None`` where it names none."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query)
    if (name := numbered_parameter(pairs)) is not None:
        return parts.path, frozenset(pair for pair in pairs if pair[0] != name)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    return (folder, frozenset(pairs)) if last.isdecimal() else None


def _is_of(here: str, place: Place) -> bool:
    """Whether a place of posts is that of the listing at ``here``."""
    parts = urlsplit(here)
    board = {pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _MODES}
    if not board <= place[1]:
        return False
    path = parts.path.rstrip("/")
    if place[0] == path:
        return path != ""
    (folder, _, file), (beside, _, other) = path.rpartition("/"), place[0].rpartition("/")
    is_beside = beside == folder and VIEWS.search(other) is not None
    return is_beside and (bool(board) or _LISTS.search(file) is not None)
