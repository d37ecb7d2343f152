"""The few errors that newsbot raises itself. Each says when, and from where."""


class NewsbotError(Exception):
    """Root of the family: its text is one line for a person, what went wrong and what to do."""


class ConfigError(NewsbotError):
    """newsbot.toml cannot be read or does not make sense. From ``config.load``."""


class QueryError(NewsbotError):
    """A search cannot be understood, or asks for too much. From ``korean.queries.read_query``."""


class NoAddress(NewsbotError):
    """What should be a page's address is none. From ``read_article`` and ``read_listing`` of the library."""


class NotAListing(NewsbotError):
    """A page has no listing that can be read. From ``pages.listing.read_listing``."""


class NotAnArticle(NewsbotError):
    """A page is not the article that was asked for. From ``pages.article.read_article``.

    ``reason`` is a short stable word ("no body", "wrong id", "login", "blocked" …) kept in the ledger.
    """

    def __init__(self, reason: str, message: str | None = None) -> None:
        super().__init__(message or reason)
        self.reason = reason


class Unavailable(NewsbotError):
    """The site itself says that a post is not to be had: a state of the post, not a failure.

    From ``pages.article.read_article``. ``state`` is "deleted" or "secret". ``by_engine``: known software
    says so, in its own words.
    """

    def __init__(self, state: str, *, by_engine: bool = False) -> None:
        super().__init__(f"the site says that this post is {state}")
        self.state = state
        self.by_engine = by_engine


class ArchiveError(NewsbotError):
    """The archive cannot be opened or written. From ``archive``."""


class NoArchiveURL(ArchiveError):
    """What should be an archive's URL is none: wrong use. From ``archive.urls.read_url``."""


class CaptureError(ArchiveError):
    """A capture cannot be written, or is not there, or is not what was captured. From ``captures``."""


class Held(ArchiveError):
    """Another process crawls this source, or another source of its host. From ``Archive.hold``."""


class NewerRun(ArchiveError):
    """The source was crawled since the caller last looked. From ``Archive.hold``."""
