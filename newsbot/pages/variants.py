"""Mobile, AMP and printed forms of a page: other addresses of the same article."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from newsbot.pages.document import site_of

# Two labels have to follow: m.kr is a name of its own.
_HOST_OF_A_FORM = re.compile(r"(?:m|mobile|amp|wap|print)\.(?=[^.:]+\.[^.:])", re.I)
_WWW = re.compile(r"www\d?\.(?=[^.:]+\.[^.:])", re.I)
_FOLDER_OF_A_FORM = re.compile(r"^(?:m|mobile|amp)/(?=.)|(?<=.)/(?:amp|print)(?=/?$)", re.I)
_FILE_OF_A_FORM = (
    (re.compile(r"(articleview)amp(?=\.html?$)", re.I), r"\1"),  # the common newspaper system's own names
    (re.compile(r"(article)print(?=\.html?$)", re.I), r"\1View"),
    (re.compile(r"[._-]amp(?=(?:\.html?)?$)", re.I), ""),
)
_PARAMETER_OF_A_FORM = re.compile(
    r"(?:amp|print|mobile|isprint)(?:=|$)|(?:outputtype|output|mode|view|viewtype)=(?:amp|print|mobile)$",
    re.I,
)


def home_site(url: str) -> str:
    """The site that ``url`` is of, whichever of its hosts shows the page: no www, no mobile or AMP host."""
    return _HOST_OF_A_FORM.sub("", _WWW.sub("", site_of(url), 1), 1)


def usual_form(within: str) -> str:
    """Path and query of an address as they name an article: what only asks for a form of it left out."""
    path, mark, query = within.partition("?")
    plain = _FOLDER_OF_A_FORM.sub("", path)
    for name, usual in _FILE_OF_A_FORM:
        plain = name.sub(usual, plain)
    pairs = [pair for pair in query.split("&") if not _PARAMETER_OF_A_FORM.match(pair)] if mark else []
    return plain + ("?" + "&".join(pairs) if pairs else "")


def is_variant(url: str) -> bool:
    """Whether an address says itself that it shows another form of a page."""
    within = url.partition("://")[2].partition("/")[2].partition("#")[0]
    return _HOST_OF_A_FORM.match(site_of(url)) is not None or usual_form(within) != within


def same_domain(one: str, other: str) -> bool:
    """Whether two addresses are of one registered domain: m.x.co.kr and www.x.co.kr, not y.co.kr."""
    domain = registered_domain(urlsplit(one).hostname or "")
    return domain != "" and domain == registered_domain(urlsplit(other).hostname or "")


@functools.lru_cache(maxsize=256)
def registered_domain(host: str) -> str:
    """The domain that someone has registered: x.co.kr of m.x.co.kr; "" of an IP address or a local name."""
    import tldextract  # noqa: PLC0415 - its list of public suffixes takes a while, and few pages need it

    # The list that comes with the package: nothing is fetched or written for it.
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
    return extract(host).top_domain_under_public_suffix
