"""A real HTTP board on loopback with its own articles: what the demo shows and the tests crawl."""

from newsbot.sampleboard.board import SampleBoard

__all__ = ["SampleBoard"]
