"""Tells people of troubles, by e-mail, Slack, Telegram, a webhook …: the only place that knows Apprise."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from newsbot.archive import Archive
from newsbot.archive.run_records import KeptTrouble
from newsbot.errors import NewsbotError
from newsbot.health.clocks import tell_of_clock


class NoticeError(NewsbotError):
    """A notice could not be sent. From ``tell``; it is tried again after the source's next run."""


def tell(archive: Archive, source: str, label: str, urls: Sequence[str]) -> None:
    """Sends what nobody has been told yet of a source, and notes what was sent.

    ``label``: what people call the source. Without ``urls`` it is only noted, so that addresses that are
    given later bring no old news. Raises NoticeError: Apprise is not installed, an address makes no sense,
    or a notice could not be delivered.
    """
    untold = archive.untold_troubles(source)
    if not urls or not untold:
        archive.note_told(untold)
        return
    post = _PostOffice(urls)
    singly = tell_of_clock(archive, untold, post.send)
    archive.note_told([each for each in singly if post.send(title(each, label), text(each, label))])
    if post.failed:
        failed = f"{post.failed} of {post.given} notices could not be sent"
        raise NoticeError(f"{failed} to every address of [notify]: tried again after the next run")


def title(trouble: KeptTrouble, label: str) -> str:
    """The subject of a notice."""
    return f"newsbot: {label}: {'' if trouble.until is None else 'over: '}{trouble.name}"


def text(trouble: KeptTrouble, label: str) -> str:
    """A notice: what is wrong, since when, a page that shows it, and where to look further."""
    when = f"since {trouble.since:%Y-%m-%d %H:%M %Z}"
    if trouble.until is not None:
        when = f"from {trouble.since:%Y-%m-%d %H:%M} to {trouble.until:%Y-%m-%d %H:%M %Z}"
    lines = [trouble.detail, when]
    if trouble.settled is not None:
        lines.append(f"settled as the new usual{f': {trouble.note}' if trouble.note else ''}")
    sample = trouble.sample or {}
    if sample.get("url"):
        lines.append(f"page: {sample['url']}")
    if capture := sample.get("capture"):
        lines.append(f"as it came: {capture['file']} at {capture['offset']}")
    return "\n".join([*lines, f"more: newsbot status {label}"])


class _PostOffice:
    """``given``: how many notices; ``failed``: how many of them did not reach every address."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._post = _post_office(urls)
        self.given = self.failed = 0

    def send(self, title: str, text: str) -> bool:
        delivered = bool(self._post.notify(title=title, body=text))
        self.given += 1
        self.failed += not delivered
        return delivered


def _post_office(urls: Sequence[str]) -> Any:
    try:
        import apprise  # noqa: PLC0415 - half a second, and only where there is something to tell
    except ImportError:
        raise NoticeError("notices need Apprise: pip install 'newsbot[notify]'") from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # what fails is said in one line
    post = apprise.Apprise()
    for number, url in enumerate(urls, 1):
        if not post.add(url):  # it may hold a password: not shown
            raise NoticeError(f"notify.urls: number {number} is no address that Apprise knows")
    return post
