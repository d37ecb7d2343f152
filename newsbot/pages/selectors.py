"""CSS selectors, compiled once. ``:scope`` is the node that the search starts from."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import cast

from lxml import etree
from lxml.html import HtmlElement
from parsel import css2xpath

from newsbot.korean.text import tidy

_STRING: Callable[[HtmlElement], str] = etree.XPath("string()", smart_strings=False)


_ONE_STEP = re.compile(r"[\w*]*(?:[#.][\w-]+|\[[^\]]*\])*")  # a single element, whatever stands around it
_Query = Callable[[HtmlElement], list[HtmlElement]]


@functools.cache
def _compiled(css: str) -> _Query:
    return _query(css2xpath(css))


@functools.cache
def _compiled_first(css: str) -> _Query:
    """The same, stopping at the first element where XPath can be told to."""
    path = css2xpath(css)
    return _query(f"{path}[1]" if _ONE_STEP.fullmatch(css) else path)


def _query(path: str) -> _Query:
    return cast(_Query, etree.XPath(path, smart_strings=False))


def select(node: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements below ``node`` that ``css`` finds, in document order."""
    return _compiled(css)(node)


def first(node: HtmlElement, css: str) -> HtmlElement | None:
    found = _compiled_first(css)(node)
    return found[0] if found else None


def text_of(node: HtmlElement | None) -> str | None:
    """The text inside ``node`` on one tidied line; ``None`` where there is none."""
    if node is None:
        return None
    return tidy(_STRING(node) if len(node) else node.text or "") or None


def first_text(node: HtmlElement, css: str) -> str | None:
    """The text of the first element that ``css`` finds and that has any."""
    if (found := first(node, css)) is None:
        return None
    return text_of(found) or next((text for other in select(node, css) if (text := text_of(other))), None)


def value(node: HtmlElement, css: str) -> str | None:
    """The text that ``css`` finds first, or with ``css@name`` the first attribute of that name."""
    path, _, name = css.rpartition("@")
    if not path:
        return first_text(node, css)
    return next((text for found in select(node, path) if (text := tidy(found.get(name) or ""))), None)


def attribute(node: HtmlElement, css: str, name: str) -> str | None:
    found = first(node, css)
    return (found.get(name) or "").strip() or None if found is not None else None


def classes(node: HtmlElement) -> frozenset[str]:
    return frozenset((node.get("class") or "").split())


def elements(node: HtmlElement) -> Iterator[HtmlElement]:
    """The elements below ``node``, itself first, comments left out."""
    return cast(Iterator[HtmlElement], node.iter("*"))
