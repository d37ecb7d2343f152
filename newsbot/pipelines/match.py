"""Gives an article the keys by which the archive tells new, revised, unchanged and re-posted."""

from __future__ import annotations

from newsbot.items import Article, Candidate
from newsbot.korean.text import candidate


class MatchPipeline:
    def process_item(self, article: Article) -> Candidate:
        return candidate(article)
