"""Articles as files for other programs."""

from newsbot.export.formats import Format
from newsbot.export.record import How, Kept, article_json

__all__ = ["Format", "How", "Kept", "article_json"]
