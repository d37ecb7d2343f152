"""CSS selectors, compiled once. ``:scope`` is the node that the search starts from.

An engine's layout asks a page some twenty questions, most of them of other skins than the page's, and each
walks all of it. Every function here takes a ``Named`` page in the place of its root, which spares most.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeAlias, cast

from lxml import etree
from lxml.html import HtmlElement
from parsel.csstranslator import HTMLTranslator

from newsbot.korean.text import tidy

_Query: TypeAlias = Callable[[HtmlElement], list[HtmlElement]]
Searched: TypeAlias = "HtmlElement | Named"

_ONE_STEP = re.compile(r"[\w*]*(?:[#.][\w-]+|\[[^\]]*\])*")  # a single element, whatever stands around it
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_NAME = re.compile(r"[.#][\w-]+")
_NO_CHAIN = re.compile(r"[,+~]|:(?!nth-|first-|last-)")  # what does not only ask for elements below elements


def _query(path: str) -> _Query:
    return cast(_Query, etree.XPath(path, smart_strings=False))


def _strings(path: str) -> Callable[[HtmlElement], list[str]]:
    return cast(Callable[[HtmlElement], list[str]], etree.XPath(path, smart_strings=False))


_STRING: Callable[[HtmlElement], str] = etree.XPath("string()", smart_strings=False)
_CLASSES = _strings("descendant-or-self::*/@class")
_IDS = _strings("descendant-or-self::*/@id")
_TRANSLATOR = HTMLTranslator()


@functools.cache
def _anywhere(css: str) -> _Query:
    return _query(_TRANSLATOR.css_to_xpath(css))


@functools.cache
def _first_anywhere(css: str) -> _Query:
    """The same, stopping at the first element where XPath can be told to."""
    path = _TRANSLATOR.css_to_xpath(css)
    return _query(f"{path}[1]" if _ONE_STEP.fullmatch(css) else path)


@functools.cache
def _any_of(css: str) -> _Query:
    """The first element that is any of several; a list of them XPath would join by comparing all with all."""
    tests = " or ".join(_TRANSLATOR.css_to_xpath(part, prefix="self::") for part in css.split(","))
    return _query(f"descendant-or-self::*[{tests}][1]")


@functools.cache
def _names_in(css: str) -> frozenset[str]:
    """The classes (``.name``) and ids (``#name``) without which nothing is found."""
    bare = _ATTRIBUTE.sub("", css)
    return frozenset() if _NO_CHAIN.search(bare) else frozenset(_NAME.findall(bare))


class Named:
    """A page's root and its classes and ids at the first search: one for any other ends at once."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root

    @cached_property
    def _names(self) -> frozenset[str]:
        classes = " ".join(_CLASSES(self.root)).split()
        return frozenset([*(f".{name}" for name in set(classes)), *(f"#{name}" for name in _IDS(self.root))])

    def select(self, css: str) -> list[HtmlElement]:
        """The page's elements that ``css`` finds, in document order."""
        return _anywhere(css)(self.root) if _names_in(css) <= self._names else []

    def first(self, css: str) -> HtmlElement | None:
        return first(self.root, css) if _names_in(css) <= self._names else None


def select(searched: Searched, css: str) -> list[HtmlElement]:
    """The elements below ``searched`` that ``css`` finds, in document order."""
    return searched.select(css) if isinstance(searched, Named) else _anywhere(css)(searched)


def first(searched: Searched, css: str) -> HtmlElement | None:
    if isinstance(searched, Named):
        return searched.first(css)
    found = _first_anywhere(css)(searched)
    return found[0] if found else None


def holds(node: HtmlElement, css: str) -> bool:
    """Whether ``css``, without a comma of its own in brackets, finds anything below ``node``."""
    return bool(_any_of(css)(node))


def text_of(node: HtmlElement | None) -> str | None:
    """The text inside ``node`` on one tidied line; ``None`` where there is none."""
    if node is None:
        return None
    return tidy(_STRING(node) if len(node) else node.text or "") or None


def short_text(node: HtmlElement, longest: int) -> str | None:
    """The text of ``node``, ``None`` where it is longer; of most that are, the beginning tells it."""
    beginning = tidy("".join(islice(node.itertext("*"), longest + 1)))
    text = (text_of(node) or "") if len(beginning) <= longest else beginning
    return text if len(text) <= longest else None


def first_text(searched: Searched, css: str) -> str | None:
    """The text of the first element that ``css`` finds and that has any."""
    if (found := first(searched, css)) is None:
        return None
    return text_of(found) or next((text for other in select(searched, css) if (text := text_of(other))), None)


def value(searched: Searched, css: str) -> str | None:
    """The text that ``css`` finds first, or with ``css@name`` the first attribute of that name."""
    path, _, name = css.rpartition("@")
    if not path:
        return first_text(searched, css)
    return next((text for found in select(searched, path) if (text := tidy(found.get(name) or ""))), None)


def attribute(searched: Searched, css: str, name: str) -> str | None:
    found = first(searched, css)
    return (found.get(name) or "").strip() or None if found is not None else None


def classes(node: HtmlElement) -> frozenset[str]:
    return frozenset((node.get("class") or "").split())


def elements(node: HtmlElement) -> Iterator[HtmlElement]:
    """The elements below ``node``, itself first, comments left out."""
    return cast(Iterator[HtmlElement], node.iter("*"))
