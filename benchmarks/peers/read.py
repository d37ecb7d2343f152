"""One reader over a folder of pages: ``python read.py READER FOLDER OUT``, in that reader's environment.

``FOLDER/pages.json`` lists the pages, each ``KEY.html`` in UTF-8. ``OUT`` gets what was read of each
page and the CPU seconds it took. Nothing of newsbot is imported here but by its own two readers, and
no reader may fetch anything.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Page = Mapping[str, str]  # key, url, fetched, text
Read = dict[
    str, Any
]  # headline, deck, body, bylines, published, modified, captions: as far as they are given
Reader = Callable[[Page], Read | None]  # None: no page for this reader


def newsbot(*, layouts: bool) -> Reader:
    """Without ``layouts`` a board of a known engine is left out: there are none to do without."""
    article = import_module("newsbot.pages.article")
    document = import_module("newsbot.pages.document")
    engine_of = import_module("newsbot.pages.engines").engine_of
    errors = import_module("newsbot.errors")

    def read(page: Page) -> Read | None:
        fetched = datetime.fromisoformat(page["fetched"])
        parsed = document.parse_document(page["text"], page["url"], fetched=fetched)
        if not layouts and engine_of(parsed):
            return None
        try:
            found = article.read_article(parsed, layouts=layouts)
        except (errors.NotAnArticle, errors.Unavailable):
            return {}
        return {
            "headline": found.headline,
            "deck": " ".join(found.deck),
            "body": "\n".join(block.text for block in found.body),
            "bylines": [byline.name for byline in found.bylines if byline.name],
            "published": _iso(found.date_published),
            "modified": _iso(found.date_modified),
            "captions": [image.caption for image in found.images if image.caption],
        }

    return read


def trafilatura() -> Reader:
    extract = import_module("trafilatura").bare_extraction

    def read(page: Page) -> Read:
        found = extract(page["text"], url=page["url"], with_metadata=True, include_comments=False)
        if found is None:
            return {}
        return {
            "headline": found.title,
            "deck": found.description,
            "body": found.text,
            "bylines": (found.author or "").split("; "),
            "published": found.date,
        }

    return read


def newspaper4k() -> Reader:
    newspaper = import_module("newspaper")
    _split_korean_words()

    def read(page: Page) -> Read:
        article = newspaper.Article(page["url"], language="ko", fetch_images=False)
        article.download(input_html=page["text"])
        article.parse()
        return {
            "headline": article.title,
            "deck": article.meta_description,
            "body": article.text,
            "bylines": list(article.authors),
            "published": _iso(article.publish_date),
        }

    return read


def readability() -> Reader:
    parse, document = import_module("lxml.html").fromstring, import_module("readability").Document

    def read(page: Page) -> Read:
        found = document(page["text"])
        body = parse(found.summary())
        return {"headline": found.short_title(), "body": "\n".join(body.itertext())}

    return read


def goose3() -> Reader:
    korean = {"target_language": "ko", "stopwords_class": import_module("goose3.text").StopWordsKorean}
    goose = import_module("goose3").Goose({"use_meta_language": False, **korean})

    def read(page: Page) -> Read:
        found = goose.extract(raw_html=page["text"], url=page["url"])
        return {
            "headline": found.title,
            "deck": found.meta_description,
            "body": found.cleaned_text,
            "bylines": list(found.authors),
            "published": found.publish_date,
        }

    return read


def news_please() -> Reader:
    news = import_module("newsplease").NewsPlease
    _split_korean_words()

    def read(page: Page) -> Read:
        found = news.from_html(page["text"], url=page["url"], fetch_images=False)
        return {
            "headline": found.title,
            "deck": found.description,
            "body": found.maintext,
            "bylines": list(found.authors),
            "published": _iso(found.date_publish),
            "modified": _iso(found.date_modify),
        }

    return read


def fundus() -> Reader:
    """It reads the outlets that it knows, and no other page."""
    outlets = {
        urlsplit(outlet.domain).hostname: outlet for outlet in import_module("fundus").PublisherCollection.kr
    }

    def read(page: Page) -> Read | None:
        outlet = outlets.get(urlsplit(page["url"]).hostname)
        if outlet is None:
            return None
        found = outlet.parser(datetime.fromisoformat(page["fetched"]).date()).parse(page["text"], "suppress")
        body = found.get("body")
        return {
            "headline": found.get("title"),
            "deck": " ".join(body.summary) if body else "",
            "body": "\n".join(text for part in body.sections for text in (*part.headline, *part.paragraphs))
            if body
            else "",
            "bylines": found.get("authors") or [],
            "published": _iso(found.get("publishing_date")),
            "captions": [image.caption for image in found.get("images") or [] if image.caption],
        }

    return read


def extruct() -> Reader:
    """Metadata alone: no body, and so no speed to compare. It leaves out what it fails on."""
    extract = import_module("extruct").extract

    def read(page: Page) -> Read:
        found = extract(
            page["text"],
            base_url=page["url"],
            syntaxes=["json-ld", "opengraph"],
            uniform=True,
            errors="ignore",
        )
        graph = [part for item in found.get("json-ld", ()) for part in item.get("@graph", [item])]
        stated: Read = next((part for part in graph if "Article" in str(part.get("@type"))), {})
        meta: Read = next(iter(found.get("opengraph", ())), {})
        authors = stated.get("author") or []
        return {
            "headline": stated.get("headline") or meta.get("og:title"),
            "deck": stated.get("description") or meta.get("og:description"),
            "bylines": [
                a["name"] for a in (authors if isinstance(authors, list) else [authors]) if "name" in a
            ],
            "published": stated.get("datePublished") or meta.get("article:published_time"),
            "modified": stated.get("dateModified") or meta.get("article:modified_time"),
        }

    return read


READERS: Mapping[str, Callable[[], Reader]] = {
    "newsbot": lambda: newsbot(layouts=True),
    "newsbot, general reader": lambda: newsbot(layouts=False),
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "goose3": goose3,
    "news-please": news_please,
    "fundus": fundus,
    "extruct": extruct,
}


def main() -> None:
    name, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("ignore")
    logging.disable()
    read = READERS[name]()
    pages = json.loads((folder / "pages.json").read_text("utf-8"))
    for page in pages:
        page["text"] = (folder / f"{page['key']}.html").read_text("utf-8")
    read(pages[0])  # what a reader loads at its first page is not counted
    out.write_text(json.dumps({page["key"]: _timed(read, page) for page in pages}), "utf-8")


def _split_korean_words() -> None:
    """Newspaper splits Korean with data that nltk downloads; words parted by spaces do as well for it."""
    import_module("newspaper.languages.ko").tokenizer = str.split  # type: ignore[attr-defined]


def _timed(read: Reader, page: Page) -> tuple[Read | None, float]:
    started = time.process_time()
    found = read(page)
    return found, time.process_time() - started


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


if __name__ == "__main__":
    main()
