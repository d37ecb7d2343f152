"""JSON lines: one article a line, in UTF-8, Korean as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from newsbot.export.record import How, Kept, article_json, given


def write(articles: Iterable[Kept], out: TextIO, how: How) -> None:
    """Writes the articles as they come, in constant memory."""
    for kept in given(articles, how):
        out.write(json.dumps(article_json(kept), ensure_ascii=False) + "\n")
