"""The posts of the board that a listing's address names: its rows, dated or not, and were there only one.

On a page of a known engine the links tell the posts, and the page's address tells the board. So a gallery
that prints no date is read, and a board of two posts; and what other boards show beside it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from newsbot.pages.links import Post
from newsbot.pages.rows import Row

_ROWS = frozenset("li tr article dl".split())
_FEW = 3  # rows: of fewer, the elements around them tell nothing of how high one is
_LEVELS = 6

Addresses = Mapping[HtmlElement, str]
Group = Mapping[HtmlElement, Sequence[HtmlElement]]


def of_own_board(
    url: str, addresses: Addresses, is_post: Callable[[str], Post | None]
) -> dict[HtmlElement, str]:
    """The links of ``addresses`` that lead to posts of the board whose page ``url`` is.

    None of them where most addresses of posts do not say their board (``/3655``): its may be among those.
    """
    parts = urlsplit(url)
    named = {unquote(part) for part in parts.path.split("/") if part}
    named |= {value for _, value in parse_qsl(parts.query)}
    posts = {link: is_post(address) for link, address in addresses.items()}
    boards = {link: post.board for link, post in posts.items() if post}
    own = {link: addresses[link] for link, board in boards.items() if board in named}
    return own if len(own) > sum(board is None for board in boards.values()) else {}


def rows_without_dates(
    groups: Iterable[Group],
    addresses: Addresses,
    row: Callable[[HtmlElement, Sequence[HtmlElement], Addresses], Row],
) -> list[Row] | None:
    """The rows of the group of most posts, one in each element, and of most links; the highest of such."""
    best: Group = {}
    for group in groups:
        if _size(group) >= _size(best) and _are_rows(group, addresses):
            best = group
    if len(best) < _FEW:
        best = {_row_around(links[0]): links for links in best.values()}
    rows = [row(node, links, addresses) for node, links in best.items()]
    return [found for found in rows if found.title] or None


def _size(group: Group) -> tuple[int, int]:
    return len(group), sum(map(len, group.values()))


def _are_rows(group: Group, addresses: Addresses) -> bool:
    """Whether each element of a group holds one post, and no two the same."""
    posts = [{addresses[link].partition("#")[0] for link in links} for links in group.values()]
    return all(len(held) == 1 for held in posts) and len(set().union(*posts)) == len(group)


def _row_around(link: HtmlElement) -> HtmlElement:
    above = list(islice(link.iterancestors(), _LEVELS))
    return next((node for node in above if node.tag in _ROWS), above[min(1, len(above) - 1)])
