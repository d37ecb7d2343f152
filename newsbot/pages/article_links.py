"""The one address of an article among those under which feeds, portals and alerts hand it out."""

from __future__ import annotations

import base64
import functools
import re
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit

from newsbot.pages.limits import LONGEST_URL

_TRACKING = re.compile(
    r"(?:utm_\w+|\w{0,2}clid|yclid|gad_source|gbraid|wbraid|igshid?|mc_[ce]id|srsltid|_ga|oc"
    r"|plink|cooper|cloc|outlnkchk|lfrom|nsc|napm|ref|referer|referrer)(?:=|$)"
    r"|\w{1,20}=(?:rss\d?|rss_?(?:reader|feed)|feed|atom)$",  # site=rss, input=rss, from=feed
    re.I,
)
_WRAPPING_HOST = re.compile(
    r"(?:[\w-]+\.)*(?:google\.[a-z]{2,3}(?:\.[a-z]{2})?|(?:naver|facebook|bing)\.com|daum\.net)"
)
_PLAIN = re.compile(r"https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)/[\w./~%+@=,-]*", re.ASCII)
_TARGETS = ("url", "u", "q", "target")  # parameters in which redirects carry where they lead
_GOOGLE_NEWS = re.compile(r"/(?:__i/)?(?:rss/)?(?:rd/)?(?:articles|read)/([\w-]+)=*$")
_STATED = re.compile(rb"https?://[\x21-\x7e]+")
_MOST_WRAPPERS = 3  # one inside the other


@functools.lru_cache(maxsize=64)  # an entry's link is often its id as well
def article_url(link: str) -> str | None:
    """``link`` as the article is requested: no redirect around it, no tracking, no fragment.

    ``None`` where it is no whole http(s) address. Parameters that may name the article all stay, in
    their order and spelling (WordPress's ``?p=`` is no page number here).
    """
    plain = _PLAIN.fullmatch(link)
    if plain and len(link) <= LONGEST_URL and not _WRAPPING_HOST.fullmatch(plain["host"]):
        return link  # nothing of it is to be taken away, as in most feeds: splitting takes ten times as long
    parts = _split(link)
    for _ in range(_MOST_WRAPPERS):
        if parts is None or not (target := _target(parts)):
            break
        parts = _split(target)
    if parts is None:
        return None
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, ""))


def hides_its_target(url: str) -> bool:
    """Whether ``url``, as ``article_url`` gives it, is a redirect of Google News that says not whereto."""
    if "news.google.com" not in url:
        return False
    parts = _split(url)
    return parts is not None and parts.hostname == "news.google.com" and bool(_GOOGLE_NEWS.match(parts.path))


def _target(parts: SplitResult) -> str | None:
    """Where a redirect leads, if its address says so."""
    if not _WRAPPING_HOST.fullmatch(host := parts.hostname or ""):
        return None
    if host.startswith("news.google.") and (named := _GOOGLE_NEWS.match(parts.path)):
        return _stated_by_google_news(named[1])
    query = dict(parse_qsl(parts.query))
    stated = (query.get(name, "") for name in _TARGETS)
    return next((target for target in stated if target.startswith(("http://", "https://"))), None)


def _stated_by_google_news(name: str) -> str | None:
    """The address inside an older name of Google News; newer ones hold none."""
    try:
        stated = _STATED.search(base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)))
    except ValueError:
        return None
    return stated[0].decode("ascii") if stated else None


def _split(link: str) -> SplitResult | None:
    if len(link) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(link.strip().replace(" ", "%20").replace("&amp;", "&"))
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None
