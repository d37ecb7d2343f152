"""An article page into an Article: what the page gives, then the Korean reading of its body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newsbot.errors import NotAnArticle, Unavailable
from newsbot.items import Article, Byline, Headline, Image, Origin
from newsbot.korean.headlines import read_headline
from newsbot.korean.passages import Reading
from newsbot.korean.reading import read_body
from newsbot.pages.article_pages import NO_PAGER, Pager, find_pager
from newsbot.pages.blocks import passages
from newsbot.pages.document import Document
from newsbot.pages.engines import ENGINES, engine_of
from newsbot.pages.found import Found, find_by_engine
from newsbot.pages.general import PLAIN_STANDS
from newsbot.pages.layout import Engine, Stand
from newsbot.pages.links import Post, host_of, plain_post
from newsbot.pages.metadata import canonical_link, language, page_title
from newsbot.pages.mistaken import is_of_post, site_failure, what_instead
from newsbot.pages.news_page import find_by_host, find_in_news_page
from newsbot.pages.posters import is_news_board, signed_beside_date, signed_by_poster
from newsbot.pages.variants import home_site, is_variant, same_domain
from newsbot.pages.xmltree import kind_of_xml

_LONGEST_STAND = 1_000_000  # characters of source: a page in an article's stead is short
_LONGEST_BODY = 500_000  # characters: no article, and more than the reading of one should take
_FLASHES = frozenset({"속보", "긴급", "1보"})  # of a wire: the headline says all, below it stands a dateline
_MOST_PASSAGES = 20_000  # of a body, pictures included: the same


def read_article(
    page: Document,
    *,
    asked: Post | None = None,
    listed: Headline | None = None,
    outlet: str | None = None,
    layouts: bool = True,
    continues: Article | None = None,
    software: str | None = None,
) -> Article:
    """The article of ``page``; ``asked`` is the post that was requested, ``listed`` its row in the listing.

    ``outlet`` wrote what does not say who wrote it. Without ``layouts`` a page of an outlet is read by
    its structure and metadata alone. ``continues`` is the article's first page where ``page`` is a further
    one: what that one adds is read, to be joined by ``joining``. ``software`` laid out the listing.

    Raises ``Unavailable`` where the site says that the post is deleted or secret, and ``NotAnArticle``
    with its reason where the page is not the article that was asked for.
    """
    if page.excess is not None or kind_of_xml(page.text) is not None:
        reason = "no body" if page.excess is None else "too large"
        raise NotAnArticle(reason, f"no article on {page.url}: it is {what_instead(page)}")
    if (failure := site_failure(page)) is not None:
        raise NotAnArticle("error page", f"no article on {page.url}: it is {failure}")
    # What an outlet's own host lays out as its article is no board's post, whatever its source mentions.
    known = find_by_host(page) if layouts and page.engine_name is None else None
    engine = engine_of(page) if known is None else None
    found = find_by_engine(page, engine.article) if engine else None
    if found is None and (engine or page.status >= 400):
        _refuse_stand(page, engine, asked, software)
    if page.status >= 400:
        raise NotAnArticle(f"http {page.status}", f"{page.url} answered {page.status}, and no article")
    reached = engine.post(page.url) if engine else None
    if found is None and (engine is None or reached is not None):
        found = find_in_news_page(page, listed, known, layouts=layouts)
        shown = listed.title if listed else None
        if found and not is_of_post(page, shown, found.headline, reached.document_id if reached else None):
            found = None
        if found is None:
            _refuse_stand(page, engine, asked, software)
    if found is None:
        raise NotAnArticle("no body", f"no article on {page.url}: it is {what_instead(page)}")
    if page.is_cut(strict=engine is not None):
        raise NotAnArticle("cut short", f"{page.url} ends in the middle of the page")
    post = _post(page, engine, found.body, asked)
    pager = NO_PAGER if engine else _pager(page, found, continues)
    if continues is not None:
        found.headline = continues.headline
    return replace(_article(page, found, post, listed, outlet), further_pages=pager.further)


def _pager(page: Document, found: Found, continues: Article | None) -> Pager:
    """Where the article goes on; raises where ``page`` turns out to be one in its middle."""
    pager = find_pager(page, found.body, continues.url if continues else None)
    if pager.first is not None:
        raise NotAnArticle("a later page", f"{page.url} is a later page of the article at {pager.first}")
    found.outside = found.outside | pager.nodes
    return pager


def has_moved(article: Article) -> bool:
    """Whether a post was found on another board than the one whose listing led to it."""
    if article.listing is None:
        return False
    engine = next((e for e in ENGINES if e.post(article.url)), None)
    found, listed = (engine.post(url) if engine else None for url in (article.url, article.listing.url))
    # Addresses of outlets may look like a board's: there the page's board is none of the engine's.
    return found is not None and listed is not None and listed.board != found.board == article.board


def _article(
    page: Document, found: Found, post: Post, listed: Headline | None, outlet: str | None
) -> Article:
    headline = found.headline or (listed.title if listed else None)
    if headline is None:
        raise NotAnArticle("no headline", f"no headline on {page.url}")
    reading = _reading(page, found, headline, outlet)
    images = _with_attached(page, reading.images, found.images)
    marks = read_headline(headline)
    is_flash = reading.dateline is not None and not _FLASHES.isdisjoint((*marks.marks, marks.story_form))
    if not (reading.body or images or is_flash):
        raise NotAnArticle("empty body", f"the article body on {page.url} is empty")
    published, modified = found.published, found.modified
    source = found.source or reading.source or outlet
    article = Article(
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
        deck=(*(line for line in found.deck if line not in reading.deck), *reading.deck),
        body=reading.body,
        bylines=_bylines(found, reading, news=source is not None or _is_news(page, post, headline)),
        byline_raw=reading.byline_raw,
        dateline=reading.dateline,
        located=reading.located,
        images=images,
        section=found.section or (listed.category if listed else None),
        keywords=found.keywords,
        language=language(page.root),
        source=source,
        provider=found.poster or (listed.poster if listed else None),
        date_published=published.value if published else None,
        date_published_raw=found.published_raw or (published.raw if published else None),
        date_precision=published.precision if published else None,
        date_modified=modified.value if modified else None,
        date_modified_raw=modified.raw if modified else found.modified_raw,
        copyright_notice=reading.copyright_notice,
        usage_terms=reading.usage_terms,
        corrections=reading.corrections,
        date_fetched=page.fetched,
        warnings=tuple(_warnings(found)),
        listing=listed,
    )
    return replace(article, provenance=_provenance(article, found))


def _is_news(page: Document, post: Post, headline: str) -> bool:
    return is_news_board(post.board, page_title(page.root) or "", headline)


def _bylines(found: Found, reading: Reading, *, news: bool) -> tuple[Byline, ...]:
    """Who signs the text; where nobody does, who is named beside its date, or posted it."""
    stead = signed_beside_date(found.beside_date, reading)
    if not stead and found.poster:
        stead = signed_by_poster(found.poster, reading, news=news)
    return (*stead, *reading.bylines)


def _warnings(found: Found) -> Iterator[str]:
    """A date that is printed and left out: one that is not understood is never guessed."""
    raws = {"date_published": found.published_raw, "date_modified": found.modified_raw}
    moments = {"date_published": found.published, "date_modified": found.modified}
    for name, raw in raws.items():
        if raw and moments[name] is None:
            yield f"{name}: “{raw}” is not understood, or has more than one meaning"


_READ_OUT = (
    "headline_marks", "story_form", "series", "deck", "bylines", "byline_raw", "dateline", "located",
    "images", "source", "copyright_notice", "usage_terms", "corrections",
)  # fmt: skip


def _provenance(article: Article, found: Found) -> dict[str, Origin]:
    """Where each field that is there came from; what no part of the page named was read out of the text."""
    read: dict[str, Origin] = {name: "text" for name in _READ_OUT if getattr(article, name)}
    if article.bylines:
        read["bylines"] = found.origin_of_byline(article.bylines[0].raw)
    return {
        **read,
        **{name: origin for name, origin in found.provenance.items() if getattr(article, name, None)},
    }


def _reading(page: Document, found: Found, headline: str, outlet: str | None) -> Reading:
    body = passages(found.body, page.absolute, found.outside)
    if sum(len(passage.text) for passage in body) > _LONGEST_BODY:
        raise NotAnArticle("too long", f"{page.url}: a text of more than {_LONGEST_BODY:,} letters")
    if len(body) > _MOST_PASSAGES:
        raise NotAnArticle("too long", f"{page.url}: a text of more than {_MOST_PASSAGES:,} paragraphs")
    return read_body(
        body,
        headline=headline,
        outlet=found.source or outlet,
        byline_lines=found.byline_lines,
        holders=found.holders,
    )


def _with_attached(
    page: Document, images: tuple[Image, ...], attached: tuple[HtmlElement, ...]
) -> tuple[Image, ...]:
    """The body's pictures with the attached ones: these belong to captions without a picture, if any."""
    shown = [p.image_url for node in attached for p in passages(node, page.absolute) if p.kind == "image"]
    urls = iter(shown)
    named = [image if image.url else replace(image, url=next(urls, None)) for image in images]
    return (*named, *(Image(url=url) for url in urls))


def _refuse_stand(page: Document, engine: Engine | None, asked: Post | None, software: str | None) -> None:
    """Raise what the site's own page in the article's stead says, if it is one."""
    # Where the board's software is known, what a page of none says of the post is not the board's word.
    foreign = engine is None and any(software == each.name for each in ENGINES)
    for stand in engine.stands if engine else PLAIN_STANDS:
        if page.status not in stand.statuses or not stand.pattern.search(page.text, 0, _LONGEST_STAND):
            continue
        if stand.state in ("login", "no such board"):
            raise NotAnArticle(stand.state, f"{page.url}: the board says: {stand.state}")
        if foreign or _speaks_of_other(page, stand, asked):
            continue
        raise Unavailable(stand.state, by_engine=engine is not None)


def _speaks_of_other(page: Document, stand: Stand, asked: Post | None) -> bool:
    """Whether a page that names its post names another one, or stands on a board that is gone."""
    if (
        stand.names_post is None
        or asked is None
        or (named := stand.names_post.search(page.text, 0, _LONGEST_STAND)) is None
    ):
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
    if engine is not None:
        return post
    if asked is not None and asked.site and reached and reached.key != asked.key:
        raise NotAnArticle("other post", f"{page.url} shows {reached.document_id}, not {asked.document_id}")
    return _named_by_page(page, asked or post)


def _named_by_page(page: Document, post: Post) -> Post:
    """``post`` as the page's usual form names it, where ``page`` is the mobile, AMP or printed one.

    Its canonical link is believed only within the registered domain, and if it carries the same id: some
    pages name their home page there, or another site.
    """
    if post.site is not None or not is_variant(page.url):
        return post
    url = page.absolute(canonical_link(page.root) or "")
    own, named = plain_post(page.url), plain_post(url)
    if own is None or named is None or named.document_id != own.document_id or not same_domain(url, page.url):
        return post
    return replace(post, key=named.key, site=home_site(url))


def _canonical(page: Document, post: Post) -> str:
    """The page's canonical link where it stays on the site, or names the same post; else the post's own."""
    link = canonical_link(page.root)
    url = page.absolute(link) if link else None
    if url and host_of(url) == host_of(page.url) is not None and urlsplit(url).path not in ("", "/"):
        return url
    if url and (named := plain_post(url)) and named.uri == post.uri and same_domain(url, page.url):
        return url
    return post.url
