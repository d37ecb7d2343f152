"""Articles as files: JSON lines and CSV."""

from newsbot.export.record import Kept, article_json

__all__ = ["Kept", "article_json"]
