"""schema.org: one JSON-LD document, its graph a NewsArticle a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from newsbot.export.markup import plain
from newsbot.export.record import Given, How, Kept, given
from newsbot.items import Article, Byline, Image


def write(articles: Iterable[Kept], out: TextIO, how: How) -> None:
    """Writes the articles as they come, in constant memory."""
    out.write('{"@context": "https://schema.org", "@graph": [')
    for number, kept in enumerate(given(articles, how)):
        out.write((",\n" if number else "\n") + json.dumps(news_article(kept), ensure_ascii=False))
    out.write("\n]}\n")


def news_article(kept: Given) -> dict[str, Any]:
    """One article as a NewsArticle; what is absent has no property."""
    article = kept.article
    return _present(
        {
            "@type": "NewsArticle",
            "@id": article.uri,
            "identifier": article.document_id,
            "url": article.canonical_url or article.url,
            "headline": article.headline,
            "alternativeHeadline": "\n".join(article.deck),
            "articleBody": plain(article.body),
            "articleSection": article.section,
            "keywords": list(article.keywords),
            "inLanguage": article.language,
            "dateline": article.dateline,
            "locationCreated": _named("Place", article.located),
            "author": [_author(line) for line in article.bylines if line.name or line.agency],
            "image": [_image(image) for image in article.images],
            "publisher": _named("Organization", article.source),
            "provider": _named("Organization", article.provider),
            "correction": list(article.corrections),
            "version": str(kept.revision),
            **_times(kept),
            **_rights(article),
        }
    )


def _times(kept: Given) -> dict[str, Any]:
    published, modified = kept.article.date_published, kept.article.date_modified
    return {
        "datePublished": published and published.isoformat(),
        "dateModified": modified and modified.isoformat(),
        "sdDatePublished": kept.stored.isoformat(),
        "creativeWorkStatus": "Removed" if kept.removed else None,
        "expires": kept.removed and kept.removed.isoformat(),
    }


def _rights(article: Article) -> dict[str, Any]:
    notice, source = article.copyright_notice, article.source
    terms = "\n".join(article.usage_terms)
    return {
        "copyrightHolder": _named("Organization", source) if source and source in (notice or "") else None,
        "copyrightNotice": notice,
        "usageInfo": {"@type": "CreativeWork", "text": terms} if terms else None,
        "creditText": source,
    }


def _author(line: Byline) -> dict[str, Any]:
    if line.name is None:
        return {"@type": "Organization", "name": line.agency}
    agency = _named("Organization", line.agency)
    person = {"name": line.name, "jobTitle": line.role, "email": line.email, "affiliation": agency}
    return _present({"@type": "Person", **person})


def _image(image: Image) -> dict[str, Any]:
    values = {"contentUrl": image.url, "caption": image.caption, "creditText": image.credit_line}
    return _present({"@type": "ImageObject", **values})


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
