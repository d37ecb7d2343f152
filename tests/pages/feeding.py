"""Feeds of the tests, and how they are read."""

from __future__ import annotations

from datetime import datetime

from newsbot.items import Headline, Listing
from newsbot.korean.dates import KST
from newsbot.pages.document import Document, parse_document
from newsbot.pages.feeds import read_feed

URL = "https://www.dukgil.example/rss/allArticle.xml"
NOW = datetime(2025, 6, 12, 9, 0, tzinfo=KST)
MORNING = datetime(2025, 6, 11, 7, 30, 5, tzinfo=KST)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def document(source: str | bytes, url: str = URL) -> Document:
    return parse_document(source, url, fetched=NOW)


def read(source: str | bytes, url: str = URL) -> Listing:
    return read_feed(document(source, url))


def rss(items: str, attributes: str = DC) -> str:
    declaration = '<?xml version="1.0" encoding="utf-8"?>'
    return f'{declaration}<rss version="2.0" {attributes}><channel>{items}</channel></rss>'


def item(title: str = "둑길이 열렸다", link: str = "/view?no=7", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def only(source: str | bytes, url: str = URL) -> Headline:
    (headline,) = read(source, url).headlines
    return headline
