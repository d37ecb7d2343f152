"""An article page into an Article: where the layout says, then the Korean reading of the body."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newsbot.errors import NotAnArticle, Unavailable
from newsbot.items import Article, Headline, Image, Timestamp
from newsbot.korean.dates import read_date
from newsbot.korean.headlines import read_headline
from newsbot.korean.passages import Passage
from newsbot.korean.reading import read_body
from newsbot.korean.text import letters, tidy
from newsbot.pages.blocks import passages
from newsbot.pages.document import Document
from newsbot.pages.engines import ENGINES, engine_of
from newsbot.pages.general import PLAIN_STANDS, find_body, labelled_values
from newsbot.pages.layout import ArticleLayout, Engine, Selectors, Stand
from newsbot.pages.links import Post, plain_post
from newsbot.pages.metadata import canonical_link, language, page_title, properties
from newsbot.pages.selectors import first, first_text, select, text_of

_PRINTED_DATE = re.compile(
    r"(?:\d{4}|\d{2})[.\-/년]\s?\d{1,2}[.\-/월]\s?\d{1,2}(?:일|\.)?"
    r"(?:\s*\([월화수목금토일]\))?(?:\s+(?:오전|오후|AM|PM)?\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_LONGEST_BODY = 500_000  # characters: no article, and more than the reading of one should take
_BRACKETED_TIME = re.compile(r"[(\[](\d{1,2}:\d{2}(?::\d{2})?)[)\]]")  # 2010.01.02 (12:33:44)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a page gives before its body is read: texts as printed, and the node of the body."""

    body: HtmlElement
    headline: str | None
    poster: str | None
    date_raw: str | None
    category: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[HtmlElement, ...] = ()
    outside: Set[HtmlElement] = frozenset()  # within the body, but no part of it


def read_article(
    page: Document, *, asked: Post | None = None, listed: Headline | None = None, outlet: str | None = None
) -> Article:
    """The article of ``page``; ``asked`` is the post that was requested, ``listed`` its row in the listing.

    ``outlet`` wrote what does not say who wrote it.

    Raises ``Unavailable`` where the site says that the post is deleted or secret, and ``NotAnArticle``
    with its reason where the page is not the article that was asked for.
    """
    engine = engine_of(page)
    found = _by_layout(page, engine.article) if engine else None
    if found is None and (engine or page.status >= 400):
        _refuse_stand(page, engine, asked)
    if page.status >= 400:
        raise NotAnArticle(f"http {page.status}", f"{page.url} answered {page.status}, and no article")
    if found is None and engine is None:
        found = _by_structure(page, listed)
        if found is None:
            _refuse_stand(page, engine, asked)
    if found is None:
        raise NotAnArticle("no body", f"no article body on {page.url}")
    if page.is_cut(strict=engine is not None):
        raise NotAnArticle("cut short", f"{page.url} ends in the middle of the page")
    post = _post(page, engine, found.body, asked)
    return _article(page, found, post, listed, outlet)


def has_moved(article: Article) -> bool:
    """Whether a post was found on another board than the one whose listing led to it."""
    if article.listing is None:
        return False
    engine = next((e for e in ENGINES if e.post(article.url)), None)
    found, listed = (engine.post(url) if engine else None for url in (article.url, article.listing.url))
    return found is not None and listed is not None and found.board != listed.board


def _article(
    page: Document, found: _Found, post: Post, listed: Headline | None, outlet: str | None
) -> Article:
    meta = properties(page.root)
    headline = (
        found.headline or (listed.title if listed else None) or meta.get("og:title") or page_title(page.root)
    )
    if headline is None:
        raise NotAnArticle("no headline", f"no headline on {page.url}")
    reading = read_body(_passages(page, found), headline=headline, outlet=outlet)
    images = _with_attached(page, reading.images, found.images)
    if not (reading.body or images):
        raise NotAnArticle("empty body", f"the article body on {page.url} is empty")
    marks = read_headline(headline)
    published = _published(page, found, meta)
    modified = read_date(meta.get("og:article:modified_time", ""), now=page.fetched)
    if modified and published and modified.value <= published.value:
        modified = None
    return Article(
        uri=post.uri,
        url=page.url,
        site=page.site,
        board=post.board,
        document_id=post.document_id,
        canonical_url=_canonical(page, post),
        headline=headline,
        headline_marks=marks.marks,
        story_form=marks.story_form,
        series=marks.series,
        deck=reading.deck,
        body=reading.body,
        bylines=reading.bylines,
        byline_raw=reading.byline_raw,
        dateline=reading.dateline,
        located=reading.located,
        images=images,
        section=found.category or (listed.category if listed else None),
        keywords=found.keywords,
        language=language(page.root),
        source=reading.source or outlet,
        provider=found.poster or (listed.poster if listed else None),
        date_published=published.value if published else None,
        date_published_raw=found.date_raw or (published.raw if published else None),
        date_precision=published.precision if published else None,
        date_modified=modified.value if modified else None,
        date_modified_raw=modified.raw if modified else None,
        copyright_notice=reading.copyright_notice,
        usage_terms=reading.usage_terms,
        corrections=reading.corrections,
        date_fetched=page.fetched,
        listing=listed,
    )


def _passages(page: Document, found: _Found) -> list[Passage]:
    body = passages(found.body, page.absolute, found.outside)
    if sum(len(passage.text) for passage in body) > _LONGEST_BODY:
        raise NotAnArticle("too long", f"{page.url}: a text of more than {_LONGEST_BODY:,} letters")
    return body


def _with_attached(
    page: Document, images: tuple[Image, ...], attached: tuple[HtmlElement, ...]
) -> tuple[Image, ...]:
    """The body's pictures with the attached ones: these belong to captions without a picture, if any."""
    shown = [p.image_url for node in attached for p in passages(node, page.absolute) if p.kind == "image"]
    urls = iter(shown)
    named = [image if image.url else replace(image, url=next(urls, None)) for image in images]
    return (*named, *(Image(url=url) for url in urls))


def _by_layout(page: Document, layout: ArticleLayout) -> _Found | None:
    body = _first(page.root, layout.body)
    if body is None:
        return None
    return _Found(
        body=body,
        headline=_headline(page, layout),
        poster=_poster(page.root, layout.poster),
        date_raw=_printed_date(page.root, layout.date),
        category=_text(page.root, layout.category),
        keywords=tuple(dict.fromkeys(text for css in layout.keywords for text in _texts(page.root, css))),
        images=tuple(node for css in layout.images for node in select(page.root, css)),
    )


def _by_structure(page: Document, listed: Headline | None) -> _Found | None:
    labelled = labelled_values(page.root)
    body = find_body(page.root, labelled)
    shown = letters(text_of(page.root) or "")
    if body is None or (listed is not None and not _names(shown, letters(listed.title))):
        return None
    headline = labelled.headline
    if listed is not None and letters(listed.title) in shown:
        headline = listed.title
    return _Found(
        body=body,
        headline=headline or first_text(page.root, "h1"),
        poster=labelled.poster,
        date_raw=_date_in(labelled.date or ""),
        outside=labelled.rows,
    )


def _names(shown: str, title: str) -> bool:
    """Whether a page shows a listed title, or half of it: an error page or a login page does not.

    Half is enough, for a listing may cut titles or print a category before them.
    """
    middle = len(title) // 2
    return title[:middle] in shown or title[middle:] in shown


def _headline(page: Document, layout: ArticleLayout) -> str | None:
    node = _first(page.root, layout.headline)
    if node is None:
        return None
    heading = _after_trail(node)
    title = page_title(page.root) or ""
    if layout.cut_headlines and heading and heading.endswith("…"):
        whole = title.rpartition(" > ")[0]
        return whole if whole.startswith(heading[:-1]) else heading
    return heading


def _after_trail(node: HtmlElement) -> str | None:
    """The text of a heading without the trail of links that leads to it (``게시판 › 분류 › 제목``)."""
    trail = select(node, ":scope > a")
    if not trail or "›" not in (trail[-1].tail or ""):
        return text_of(node)
    after = [trail[-1].tail or ""]
    after += [(text_of(part) or "") + (part.tail or "") for part in trail[-1].itersiblings("*")]
    return tidy(tidy("".join(after)).removeprefix("›")) or None


def _poster(root: HtmlElement, selectors: Selectors) -> str | None:
    """The poster's name, which a phone's page prints before a bar: ``이름 | 날짜``."""
    text = _text(root, selectors)
    return tidy(text.partition("|")[0]) or None if text else None


def _printed_date(root: HtmlElement, selectors: Selectors) -> str | None:
    for css in selectors:
        for node in select(root, css):
            if printed := _date_in(f"{text_of(node) or ''} {node.tail or ''}"):
                return printed
    return None


def _date_in(text: str) -> str | None:
    match = _PRINTED_DATE.search(_BRACKETED_TIME.sub(r"\1", text))
    return tidy(match[0]) if match else None


def _published(page: Document, found: _Found, meta: dict[str, str]) -> Timestamp | None:
    """The printed date; the page's own metadata where it says the same moment more exactly."""
    printed = read_date(found.date_raw, now=page.fetched) if found.date_raw else None
    stated = read_date(meta.get("og:article:published_time", ""), now=page.fetched)
    if printed is None or stated is None:
        return printed or stated
    same_minute = abs((stated.value - printed.value).total_seconds()) < 60
    return stated if same_minute else printed


def _refuse_stand(page: Document, engine: Engine | None, asked: Post | None) -> None:
    """Raise what the site's own page in the article's stead says, if it is one."""
    for stand in engine.stands if engine else PLAIN_STANDS:
        if page.status not in stand.statuses or not stand.pattern.search(page.text):
            continue
        if stand.state in ("login", "no such board"):
            raise NotAnArticle(stand.state, f"{page.url}: the board says: {stand.state}")
        if _speaks_of_other(page, stand, asked):
            continue
        raise Unavailable(stand.state)


def _speaks_of_other(page: Document, stand: Stand, asked: Post | None) -> bool:
    """Whether a page that names its post names another one, or stands on a board that is gone."""
    if stand.names_post is None or asked is None or (named := stand.names_post.search(page.text)) is None:
        return False
    return named[1] != asked.document_id or page_title(page.root) is None


def _post(page: Document, engine: Engine | None, body: HtmlElement, asked: Post | None) -> Post:
    """The post that the page shows; raises where it is not the one that was asked for."""
    reached = engine.post(page.url) if engine else plain_post(page.url)
    shown = engine.page_id(page.root, body) if engine else None
    wanted = asked.document_id if asked else None
    if wanted is not None and wanted.isdigit():
        known = shown or (reached.document_id if reached else None)
        if known is not None and known != wanted:
            raise NotAnArticle("other post", f"{page.url} shows post {known}, not {wanted}")
    post = reached or asked or plain_post(page.url)
    if post is None:
        raise NotAnArticle("no identity", f"{page.url}: cannot tell which post this is; give its URL")
    if engine is not None and shown is not None and shown != post.document_id:
        key = post.key.removesuffix(post.document_id) + shown
        return Post(document_id=shown, url=post.url, key=key, board=post.board)
    if engine is None and asked is not None:
        return asked
    return post


def _canonical(page: Document, post: Post) -> str:
    """The page's canonical link where it stays on the site; else the canonical form of the post."""
    link = canonical_link(page.root)
    url = page.absolute(link) if link else None
    if url and urlsplit(url).hostname == urlsplit(page.url).hostname and urlsplit(url).path not in ("", "/"):
        return url
    return post.url


def _first(root: HtmlElement, selectors: Selectors) -> HtmlElement | None:
    return next((node for css in selectors if (node := first(root, css)) is not None), None)


def _text(root: HtmlElement, selectors: Selectors) -> str | None:
    return next((text for css in selectors if (text := first_text(root, css))), None)


def _texts(root: HtmlElement, css: str) -> list[str]:
    return [text for node in select(root, css) if (text := text_of(node))]
