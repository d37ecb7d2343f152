"""WACZ: the captured pages of articles in one file, to be replayed in any browser. The extra ``wacz``.

One WARC of the chosen captures, cut out of the archive's files as they lie there (each response with
its request, and what a revisit refers to), an index, and a list of pages that bear the articles'
headlines. The index is made in memory: some hundred bytes an article.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, TextIO

from wacz.main import main
from warcio.warcwriter import WARCWriter

from newsbot.errors import NewsbotError
from newsbot.export.record import Given, How, Kept, Recorded, given

WARC: Final = "newsbot.warc.gz"
_HEADER: Final = {"format": "json-pages-1.0", "id": "pages", "title": "Articles"}


def write(articles: Iterable[Kept], path: Path, how: How) -> None:
    """Writes a WACZ file of the articles whose pages were captured. Raises OSError, NewsbotError."""
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as made:
        warc, pages = Path(made) / WARC, Path(made) / "pages.jsonl"
        with warc.open("wb") as records, pages.open("w", encoding="utf-8") as lines:
            some = _gather(articles, records, lines, how)
        if not some:
            raise NewsbotError(
                "none of these articles has a captured page: there is nothing to put into a WACZ"
            )
        _pack(warc, pages, path, how.of)


def _gather(articles: Iterable[Kept], records: BinaryIO, lines: TextIO, how: How) -> bool:
    records_ = WARCWriter(records, gzip=True, warc_version="1.1")
    records_.write_record(records_.create_warcinfo_record(WARC, {"software": "newsbot", "title": how.of}))
    lines.write(json.dumps(_HEADER) + "\n")
    written: set[str] = set()
    for recorded, page in _pages(articles, how):
        for place, members in recorded.members:
            if place not in written:  # several revisits may refer to one capture
                records.write(members)
                written.add(place)
        if page is not None:
            lines.write(json.dumps(page, ensure_ascii=False) + "\n")
    return bool(written)


def _pages(articles: Iterable[Kept], how: How) -> Iterator[tuple[Recorded, dict[str, Any] | None]]:
    """What was captured, each with its line in the list of pages, if it has one."""
    for recorded in how.besides:
        yield recorded, _other_page(recorded)
    for kept in given(articles, how):
        recorded_ = how.captured(kept.article.uri, kept.revision) if how.captured else None
        if recorded_ is not None:
            yield recorded_, _page(kept, recorded_)


def _other_page(recorded: Recorded) -> dict[str, Any] | None:
    if recorded.title is None:
        return None
    return {"id": recorded.url, "url": recorded.url, "ts": _moment(recorded), "title": recorded.title}


def _moment(recorded: Recorded) -> str:
    return recorded.fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _page(kept: Given, recorded: Recorded) -> dict[str, Any]:
    """A line of the list of pages. The format allows for more fields than its own four."""
    article = kept.article
    more = {
        "copyrightNotice": article.copyright_notice,
        "usageTerms": "\n".join(article.usage_terms) or None,
        "removed": kept.removed.isoformat() if kept.removed else None,
    }
    page = {
        "id": article.uri,
        "url": recorded.url,
        "ts": _moment(recorded),
        "title": article.headline,
    }
    return page | {name: value for name, value in more.items() if value}


def _pack(warc: Path, pages: Path, path: Path, title: str) -> None:
    told = io.StringIO()  # the library prints what it does
    options = ("--pages", str(pages), "--copy-pages", "--title", title)
    with redirect_stdout(told):
        failed = main(["create", str(warc), "--output", str(path), *options])
    if failed:
        raise NewsbotError(f"the WACZ could not be made: {told.getvalue().strip().splitlines()[-1]}")
