"""Atom (RFC 4287), the body as escaped HTML.

What its site has taken down is a ``deleted-entry`` (RFC 6721): its id and the time, and no text, so
that a reader which knows the entry drops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TextIO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from newsbot.export.markup import html
from newsbot.export.record import Given, How, Kept, given
from newsbot.items import Article, Byline
from newsbot.korean.date_forms import KST

_BEGIN: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    ' xml:lang="ko">\n'
)
_UNWANTED: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # no character of XML's


def write(articles: Iterable[Kept], out: TextIO, how: How) -> None:
    """Writes a feed and the articles as they come, in constant memory."""
    out.write(_BEGIN)
    out.writelines(_head(how.of, datetime.now(KST)))
    for kept in given(articles, how):
        out.writelines(_tombstone(kept) if kept.removed else _entry(kept))
    out.write("</feed>\n")


def _head(of: str, now: datetime) -> Iterable[str]:
    yield _text("id", f"urn:uuid:{uuid5(NAMESPACE_URL, of)}")  # the same feed again: the same id
    yield _text("title", of)
    yield _text("updated", _moment(now))
    yield "<author><name>newsbot</name></author>\n"  # of entries that name none
    yield "<generator>newsbot</generator>\n"


def _tombstone(kept: Given) -> Iterable[str]:
    when = _moment(kept.removed or kept.stored)
    yield f"<at:deleted-entry ref={_quoted(kept.article.uri)} when={_quoted(when)}/>\n"


def _entry(kept: Given) -> Iterable[str]:
    article = kept.article
    first = article.date_published or kept.first_stored
    yield "<entry>\n"
    yield _text("id", article.uri)
    yield _text("title", article.headline)
    yield _text("updated", _moment(article.date_modified or (kept.stored if kept.revision > 1 else first)))
    yield _text("published", _moment(first))
    yield f'<link rel="alternate" type="text/html" href={_quoted(article.canonical_url or article.url)}/>\n'
    yield from (_author(line) for line in article.bylines if line.name)
    yield from _categories(article)
    yield _text("rights", _rights(article))
    yield _text("summary", "\n".join(article.deck))
    yield f'<content type="html">{_escaped(html(article.body))}</content>\n'
    yield "</entry>\n"


def _author(line: Byline) -> str:
    return f"<author>\n{_text('name', line.name)}{_text('email', line.email)}</author>\n"


def _categories(article: Article) -> Iterable[str]:
    for term in dict.fromkeys(filter(None, (article.section, *article.keywords))):
        yield f"<category term={_quoted(term)}/>\n"


def _rights(article: Article) -> str:
    return "\n".join(filter(None, (article.copyright_notice, *article.usage_terms)))


def _text(name: str, text: str | None) -> str:
    return f"<{name}>{_escaped(text)}</{name}>\n" if text else ""


def _escaped(text: str) -> str:
    return escape(_UNWANTED.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(_UNWANTED.sub("", text))


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
