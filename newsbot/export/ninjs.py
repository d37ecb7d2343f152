"""ninjs 3, the IPTC's "news in JSON": one item a line.

The properties are those of version 3.1 (iptc.org/std/ninjs), and mean there what they mean here, but:

* ``firstCreated`` and ``versionCreated`` are the publication's times where they were printed
  (date_published, date_modified), else the archive's (first stored, this revision stored).
* ``pubStatus`` is "canceled" for what its site has taken down, and ``edNote`` says since when.
* ninjs knows no credit line: an image's is an ``infoSource`` of the role "credit".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TextIO
from urllib.parse import quote

from newsbot.export.markup import by, html
from newsbot.export.record import Given, How, Kept, given
from newsbot.items import Article, Byline, Image

STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}

_RELATIONS: Final[Mapping[str | None, str]] = {
    "photo": "photographer",
    "video": "camera operator",
    "graphic": "graphic artist",
}
_BARE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_URI: Final = "!#$%&'()*+,/:;=?@[]~"  # what may stand in a URI as it is (RFC 3986)


def write(articles: Iterable[Kept], out: TextIO, how: How) -> None:
    """Writes the articles as they come, in constant memory."""
    for kept in given(articles, how):
        out.write(json.dumps(item(kept), ensure_ascii=False) + "\n")


def item(kept: Given) -> dict[str, Any]:
    """One article as a ninjs object; what is absent has no property."""
    article = kept.article
    return _present(
        {
            "standard": STANDARD,
            "uri": _uri(article.uri),
            "type": "text",
            "representationType": "full",
            "version": str(kept.revision),
            **_times(kept),
            **_rights(article),
            "language": article.language,
            "headlines": _headlines(article),
            "bodies": _bodies(article),
            "by": by(article.bylines),
            "people": [_person(line) for line in article.bylines if line.name],
            "infoSources": _sources(article),
            "located": article.located,
            "subjects": _subjects(article),
            "genres": [{"name": mark} for mark in article.headline_marks],
            "descriptions": [{"role": "correction", "value": text} for text in article.corrections],
            "altIds": _alt_ids(kept),
            "renditions": [_web(article)],
            "associations": [_picture(article, n, image) for n, image in enumerate(article.images, 1)],
        }
    )


def _times(kept: Given) -> dict[str, Any]:
    article = kept.article
    first = article.date_published or kept.first_stored
    version = article.date_modified or (kept.stored if kept.revision > 1 else first)
    note = f"taken down by {article.site}, seen {kept.removed.isoformat()}" if kept.removed else None
    return {
        "firstCreated": first.isoformat(),
        "versionCreated": version.isoformat(),
        "pubStatus": "canceled" if kept.removed else "usable",
        "edNote": note,
    }


def _rights(article: Article) -> dict[str, Any]:
    notice, source = article.copyright_notice, article.source
    return {
        "copyrightHolder": source if source and source in (notice or "") else None,
        "copyrightNotice": notice,
        "usageTerms": "\n".join(article.usage_terms),
    }


def _headlines(article: Article) -> list[dict[str, str]]:
    below = [{"role": "subheadline", "value": line} for line in article.deck]
    return [{"role": "main", "value": article.headline}, *below]


def _bodies(article: Article) -> list[dict[str, Any]]:
    texts = [block.text for block in article.body]
    counts = {"charCount": sum(map(len, texts)), "wordCount": sum(len(text.split()) for text in texts)}
    return [{"role": "main", "contentType": "text/html", **counts, "value": html(article.body)}]


def _person(line: Byline) -> dict[str, Any]:
    contact = [{"type": "email", "value": line.email}] if line.email else []
    relation = _RELATIONS.get(line.contribution, "author")
    return _present({"name": line.name, "rel": relation, "contactInfo": contact})


def _sources(article: Article) -> list[dict[str, str]]:
    parties = (("source", article.source), ("provider", article.provider))
    return [{"name": name, "role": role} for role, name in parties if name]


def _subjects(article: Article) -> list[dict[str, str]]:
    sections = [{"name": article.section, "rel": "section"}] if article.section else []
    return sections + [{"name": word, "rel": "keyword"} for word in article.keywords]


def _alt_ids(kept: Given) -> list[dict[str, str]]:
    ids = (("document id", kept.article.document_id), ("content hash", kept.content_hash))
    return [{"role": role, "value": value} for role, value in ids if value]


def _web(article: Article) -> dict[str, str]:
    return {"name": "web", "href": _uri(article.canonical_url or article.url), "contentType": "text/html"}


def _picture(article: Article, number: int, image: Image) -> dict[str, Any]:
    return _present(
        {
            "uri": f"{_uri(article.uri)}#picture-{number}",
            "name": f"picture {number}",
            "rel": "illustration",
            "type": "picture",
            "descriptions": [{"role": "caption", "value": image.caption}] if image.caption else [],
            "infoSources": [{"name": image.credit_line, "role": "credit"}] if image.credit_line else [],
            "renditions": [{"name": "web", "href": _uri(image.url)}] if image.url else [],
        }
    )


def _uri(text: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe=_URI)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
