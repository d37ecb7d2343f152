"""One captured page read again, as its crawl would read it today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from newsbot.archive.captured import KeptCapture, Reread, ToRead
from newsbot.captures import read_capture
from newsbot.errors import CaptureError, NotAListing, NotAnArticle, Unavailable
from newsbot.items import Article, as_json
from newsbot.korean.text import candidate
from newsbot.pages.article import read_article
from newsbot.pages.document import Document, parse_document
from newsbot.pages.joining import PagedArticle
from newsbot.pages.sitemaps import unpacked
from newsbot.pages.source_pages import listed_post, read_listed

NOT_READ: Final = ("capture", "date_fetched", "listing")  # of an article: what no page says


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A page to read, and the captures of the article's further pages as far as they are known."""

    page: ToRead
    further: tuple[KeptCapture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """Nothing was read. ``missing``: the capture cannot be had; ``further``: this page is wanted as well."""

    job: Job
    why: Literal["missing", "further"]
    said: str


def read_again(directory: Path, job: Job) -> Reread | NotRead:
    """What today's readers make of a page; never raises for what the page or its capture is."""
    revision = job.page.revision
    try:
        article = _article(directory, job)
    except CaptureError as error:
        return NotRead(job=job, why="missing", said=str(error))
    except (NotAnArticle, NotAListing, Unavailable) as error:
        return Reread(revision=revision, state="unreadable", note=str(error))
    if isinstance(article, str):
        return NotRead(job=job, why="further", said=article)
    if article.uri != job.page.uri:
        return Reread(revision=revision, state="unreadable", note=f"is read as {article.uri}")
    if differing(job.page.article, article):
        return Reread(revision=revision, state="proposed", candidate=candidate(article))
    return Reread(revision=revision, state="same")


def differing(before: Article, after: Article) -> list[str]:
    """The fields, of those that are read from a page, in which two readings differ."""
    old, new = as_json(before), as_json(after)
    return [name for name in new if name not in NOT_READ and old[name] != new[name]]


def _article(directory: Path, job: Job) -> Article | str:
    """The article, or the address of a further page that it needs."""
    before, options = job.page.article, job.page.options
    document = _document(directory, job.page.page, before, options)
    outlet = options.get("outlet")
    if before.listing is None:
        article = read_article(document, outlet=outlet)
    else:
        asked = listed_post(document, before.listing)
        kind = options.get("kind")
        article = read_listed(document, asked, before.listing, kind=kind, outlet=outlet)
    captioned = any(image.caption for image in article.images)
    if not article.headline or not (article.body or captioned or article.dateline):
        raise NotAnArticle("nothing to keep", f"{article.url} has no text")
    paged = PagedArticle(article, outlet=outlet)
    for further in job.further:
        paged.take(_document(directory, further, before, options))
    whole = paged.next_page or paged.whole
    return whole if isinstance(whole, str) else replace(whole, capture=None)


def _document(directory: Path, kept: KeptCapture, article: Article, options: Mapping[str, Any]) -> Document:
    page = read_capture(directory, kept.capture, payload=kept.payload)
    return parse_document(
        unpacked(page.body),
        page.url,
        content_type=page.header("Content-Type") or "",
        encoding=options.get("encoding"),
        fetched=article.date_fetched,
        date_header=page.header("Date"),
        status=page.status,
        engine_name=options.get("engine"),
    )
