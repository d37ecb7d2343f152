"""Reporters' e-mail addresses, taken out of what is given away.

An address in a byline, a dateline, a caption, a credit or a poster's name is a reporter's: it goes, and
so it does wherever else the same address stands, and from a block of the body that signs (a name or an
address and nothing else). Any other address printed in the running text is the text's own, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, TypeAlias

from newsbot.items import Article, Block, Byline, Headline, Image
from newsbot.korean.addresses import EMAIL, may_hold_address, plain_address
from newsbot.korean.signatures import read_signature
from newsbot.korean.words import LONGEST

_Cut: TypeAlias = Callable[[str | None], str | None]

# Whole ones, and those whose host was cut off (``hong@``).
_ADDRESS: Final = re.compile(rf"{EMAIL}|[A-Za-z0-9][\w.+-]{{1,40}}@(?!\w)")
_EMPTY_BRACKETS: Final = re.compile(r"\s?(?:\(\s*\)|\[\s*\]|<\s*>|【\s*】|〔\s*〕|＜\s*＞)")
_HANGING: Final = re.compile(r"\s*[/|,·ㆍ・‧=:☞]\s*(?=[)\]>】〕＞]|$)", re.MULTILINE)
_SPACES: Final = re.compile(r"[^\S\n]{2,}")


def without_addresses(article: Article) -> Article:
    """The article without its reporters' addresses; a byline that was nothing else goes too."""
    known = {_key(address) for text in _signing(article) for address in _ADDRESS.findall(text or "")}
    some = _cut_if(lambda address: _key(address) in known)
    return replace(
        article,
        headline=some(article.headline) or article.headline,
        deck=_lines(article.deck, some),
        body=tuple(block for block in (_block(block, some) for block in article.body) if block.text),
        bylines=tuple(line for line in map(_byline, article.bylines) if _says_something(line)),
        byline_raw=_every(article.byline_raw),
        dateline=_every(article.dateline),
        images=tuple(map(_image, article.images)),
        provider=_every(article.provider),
        copyright_notice=some(article.copyright_notice),
        usage_terms=_lines(article.usage_terms, some),
        corrections=_lines(article.corrections, some),
        listing=article.listing and _headline(article.listing),
    )


def _signing(article: Article) -> Iterable[str | None]:
    """The texts in which an address is a reporter's."""
    yield from (article.byline_raw, article.dateline, article.provider)
    yield from (text for byline in article.bylines for text in (byline.email, byline.raw))
    yield from (text for image in article.images for text in (image.caption, image.credit_line))


def _key(address: str) -> str:
    return plain_address(address).lower()


def _cut_if(goes: Callable[[str], bool]) -> _Cut:
    def cut(text: str | None) -> str | None:
        if text is None or not may_hold_address(text):
            return text
        left = _ADDRESS.sub(lambda match: "" if goes(match.group()) else match.group(), text)
        return text if left == text else _tidy(left) or None

    return cut


_every: Final = _cut_if(lambda _: True)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", _HANGING.sub("", _EMPTY_BRACKETS.sub("", text))).strip()


def _lines(lines: tuple[str, ...], cut: _Cut) -> tuple[str, ...]:
    return tuple(text for text in map(cut, lines) if text)


def _block(block: Block, some: _Cut) -> Block:
    if not may_hold_address(block.text):
        return block
    signs = len(block.text) <= LONGEST and read_signature(block.text) is not None
    return replace(block, text=(_every if signs else some)(block.text) or "")


def _byline(line: Byline) -> Byline:
    return replace(line, email=None, raw=_every(line.raw) or "")


def _says_something(line: Byline) -> bool:
    return bool(line.raw or line.name or line.role or line.agency or line.place)


def _image(image: Image) -> Image:
    return replace(image, caption=_every(image.caption), credit_line=_every(image.credit_line))


def _headline(listing: Headline) -> Headline:
    return replace(listing, poster=_every(listing.poster))
