"""An article that stands on several pages, made one: its pages in order, each read as it came.

The first page is the article: its identity, headline, dates and capture are the whole's. The others add to
its body, pictures and bylines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsbot.errors import NotAnArticle, Unavailable
from newsbot.items import Article, Block
from newsbot.korean import bylines
from newsbot.korean.text import letters
from newsbot.pages.article import read_article
from newsbot.pages.article_pages import MOST_PAGES, TOO_MANY, is_pager_text, page_of
from newsbot.pages.document import Document

_LONG = 20  # letters: two paragraphs of as many, and the same, are one printed twice


class PagedArticle:
    """An article while its pages come in: ``next_page`` says which is to be fetched, ``take`` takes it.

    When there is no next page, ``whole`` is the article. Where a page cannot be had there is none.
    """

    def __init__(self, first: Article, *, outlet: str | None = None) -> None:
        self._parts = [first]
        self._addresses = [first.url, *first.further_pages]
        self._outlet = outlet

    @property
    def next_page(self) -> str | None:
        """The address of the page to fetch next; ``None``: all are there."""
        return self._addresses[len(self._parts)] if len(self._parts) < len(self._addresses) else None

    @property
    def whole(self) -> Article:
        return join_pages(self._parts)

    def take(self, page: Document) -> None:
        """Reads the page that ``next_page`` named. Raises ``NotAnArticle`` where it is not that page."""
        first, number = self._parts[0], len(self._parts) + 1
        try:
            part = read_article(page, outlet=self._outlet, continues=first)
        except (NotAnArticle, Unavailable) as error:
            if getattr(error, "reason", None) == TOO_MANY:
                raise
            raise self.missing(str(error)) from None
        if page_of(page.url, first.url) != number:
            raise self.missing(f"it leads to {page.url}")
        if not _adds_to(self._parts, part):
            if number > 2:
                raise NotAnArticle("pages in a loop", f"{first.url}: page {number} repeats those before it")
            self._addresses = [first.url]  # a pager of something else: the article is on each of its pages
            return
        self._parts.append(part)
        self._addresses += [url for url in part.further_pages if url not in self._addresses]
        if len(self._addresses) > MOST_PAGES:
            raise NotAnArticle(TOO_MANY, f"{first.url} goes on for more than {MOST_PAGES} pages")

    def missing(self, why: str) -> NotAnArticle:
        """The failure of the article for want of its next page."""
        place = f"page {len(self._parts) + 1} of {len(self._addresses)} of {self._parts[0].url}"
        return NotAnArticle("missing page", f"{place}: {why}")


def join_pages(pages: Sequence[Article]) -> Article:
    """The article that ``pages`` make, the first page first.

    What a page repeats of the ones before (headline, deck, bylines, paragraphs, pictures) is there once.
    """
    first, *others = pages
    whole = replace(first, further_pages=())
    for page in others:
        whole = _with_page(whole, page)
    return whole


def _with_page(whole: Article, page: Article) -> Article:
    raw = _once([*(whole.byline_raw or "").splitlines(), *(page.byline_raw or "").splitlines()])
    return replace(
        whole,
        dateline=whole.dateline or page.dateline,
        located=whole.located or page.located,
        source=whole.source or page.source,
        copyright_notice=whole.copyright_notice or page.copyright_notice,
        body=(*whole.body, *_new_blocks(whole, page)),
        bylines=tuple(bylines.merged([*whole.bylines, *page.bylines])),
        byline_raw="\n".join(raw) or None,
        images=tuple(dict.fromkeys([*whole.images, *page.images])),
        usage_terms=_once([*whole.usage_terms, *page.usage_terms]),
        corrections=_once([*whole.corrections, *page.corrections]),
        provenance={**page.provenance, **whole.provenance},
    )


def _adds_to(parts: Sequence[Article], page: Article) -> bool:
    whole = join_pages(parts)
    return bool(_new_blocks(whole, page)) or not set(page.images) <= set(whole.images)


def _new_blocks(whole: Article, page: Article) -> list[Block]:
    """The blocks of ``page`` without what it repeats; a line that was taken for its deck is one of them."""
    blocks = [*(Block(type="subhead", text=line) for line in page.deck), *page.body]
    printed = {letters(block.text) for block in whole.body}
    around = {letters(line) for line in _lines_around(whole)}
    kept: list[Block] = []
    for block in blocks:
        text = letters(block.text)
        repeated = text in printed and len(text) >= _LONG
        if not repeated and (kept or text not in around):
            kept.append(block)
    while kept and is_pager_text(kept[-1].text):
        kept.pop()
    return kept


def _lines_around(article: Article) -> Iterable[str]:
    yield from (article.headline, *article.deck, *(article.byline_raw or "").splitlines(), "")
    yield from (byline.raw for byline in article.bylines)


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
