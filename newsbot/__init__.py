"""Korean news pages, read and kept. As a library: ``from newsbot import read_article, read_listing``."""

from newsbot.library import join_pages, read_article, read_listing

__all__ = ["join_pages", "read_article", "read_listing"]
