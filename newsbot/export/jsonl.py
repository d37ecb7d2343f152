"""JSON lines: one article a line, in UTF-8, Korean as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final, TextIO

from newsbot.export.record import Kept, Progress, article_json, counted

ENCODING: Final = "utf-8"


def write(
    articles: Iterable[Kept], out: TextIO, *, progress: Progress | None = None, emails: bool = True
) -> int:
    """Writes the articles as they come, in constant memory; returns how many there were."""
    done = 0
    for kept in counted(articles, progress):
        out.write(json.dumps(article_json(kept, emails=emails), ensure_ascii=False) + "\n")
        done += 1
    return done
