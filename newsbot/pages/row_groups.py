"""Elements that may be the rows of one listing: each holds a headline's link, and all stand alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

FEWEST = 3  # rows: fewer are no list
_HEIGHT = 8  # steps from a headline up to its row's list
_DEEPEST = 100  # elements around a row
_ABOVE = 3  # elements above a list in which its first post is looked for, and levels of them

Group = dict[HtmlElement, list[HtmlElement]]
Addresses = Mapping[HtmlElement, str]


def groups(links: Iterable[HtmlElement], *, fewest: int = FEWEST) -> list[Group]:
    """Siblings with a headline each, by the names of where they stand."""
    found: dict[tuple[object, ...], Group] = {}
    for link in links:
        node = link
        for parent in islice(link.iterancestors(), _HEIGHT):
            place = (node.tag, *_place(parent, parent.getparent()))
            found.setdefault(place, {}).setdefault(node, []).append(link)
            node = parent
    return _of_enough(found.values(), fewest)


def groups_by_path(links: Iterable[HtmlElement]) -> list[Group]:
    """Elements that stand equally deep in boxes of the same kinds: also the cells of a gallery's table."""
    found: dict[tuple[str, ...], Group] = {}
    for link in links:
        path = tuple(node.tag for node in (link, *islice(link.iterancestors(), _DEEPEST)))
        for height, node in enumerate((link, *islice(link.iterancestors(), _HEIGHT))):
            found.setdefault(path[height:], {}).setdefault(node, []).append(link)
    return _of_enough(found.values(), FEWEST)


def rows_above(group: Group, addresses: Addresses, url: str) -> Group:
    """The elements above a list that show its first posts large, each with its links, in printed order.

    A post is none that a row of the list is, nor the page at ``url``, and its address differs from theirs in
    its numbers only.
    """
    listed = {addresses[link] for links in group.values() for link in links}
    kinds = {_kind(address) for address in listed}
    found: Group = {}
    for node in _above(next(iter(group))):
        links = [link for link in node.iter("a") if link in addresses]
        named = {addresses[link].partition("#")[0] for link in links}
        if not links:
            continue
        if len(named) != 1 or named & {*listed, url} or _kind(*named) not in kinds:
            break
        listed |= named
        found[node] = links
    return dict(reversed(found.items()))


def _above(first: HtmlElement) -> Iterator[HtmlElement]:
    """The elements before a list's first row, the nearest first."""
    for node in (first, *islice(first.iterancestors(), _ABOVE)):
        yield from islice(node.itersiblings("*", preceding=True), _ABOVE)


def _kind(address: str) -> str:
    return "".join(letter for letter in address if not letter.isdigit())


def _of_enough(found: Iterable[Group], fewest: int) -> list[Group]:
    return sorted((group for group in found if len(group) >= fewest), key=len, reverse=True)


def _place(parent: HtmlElement, above: HtmlElement | None) -> tuple[object, ...]:
    """By what siblings are known: the names of what is around them; where it has none, the element itself."""
    if not (parent.get("class") or parent.get("id")):
        return (parent,)
    return _name(parent), _name(above) if above is not None else ""


def _name(node: HtmlElement) -> str:
    return f"{node.tag}.{node.get('class') or ''}#{node.get('id') or ''}"
