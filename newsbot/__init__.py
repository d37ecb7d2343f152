"""Korean news pages, read and kept. As a library: ``from newsbot import read_article, read_listing``."""

from newsbot.library import read_article, read_listing

__all__ = ["read_article", "read_listing"]
