"""Korean news pages, read and kept. As a library: ``from newsbot import read_article, read_listing``."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsbot.library import join_pages, read_article, read_listing

__all__ = ["join_pages", "read_article", "read_listing"]


def __getattr__(name: str) -> Any:
    """The readers of pages, loaded when they are asked for: a scheduler that idles does without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from newsbot import library  # noqa: PLC0415

    return getattr(library, name)
