"""The articles of the portals, which stand at many addresses: what names them is in each of these.

Naver: the outlet's number (oid) and its article's (aid); Daum: one id. Known from the addresses themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl

_NAVER_HOST = re.compile(r"(?:[\w-]+\.)*(?:news|entertain|sports)\.naver\.com")
_NAVER_PATH = re.compile(r"(?P<before>.*/article)/(?:comment/)?(?P<oid>\d{3})/(?P<aid>\d{6,12})/?")
_OID, _AID = re.compile(r"\d{3}"), re.compile(r"\d{6,12}")
_DAUM_HOST = re.compile(r"(?:[\w-]+\.)*(?:v|media|news|sports|entertain)\.daum\.net")
_DAUM_PATH = re.compile(r"/(?:.*/)?(?:v|newsview)/(?P<id>[0-9A-Za-z]{8,24})/?")
_DAUM_ID = re.compile(r"\d{8,24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalArticle:
    """``site`` and ``key`` are the same for all addresses; ``url`` is the one given, without all the rest."""

    site: str
    key: str
    document_id: str
    url: str


def portal_article(parts: SplitResult) -> PortalArticle | None:
    """The article that an address of a portal names; ``None``: it is no portal's, or names none."""
    host = parts.hostname or ""
    if _NAVER_HOST.fullmatch(host):
        return _naver(parts)
    return _daum(parts) if _DAUM_HOST.fullmatch(host) else None


def _naver(parts: SplitResult) -> PortalArticle | None:
    origin = f"{parts.scheme}://{parts.netloc}"
    if named := _NAVER_PATH.fullmatch(parts.path):
        oid, aid = named["oid"], named["aid"]
        url = f"{origin}{named['before']}/{oid}/{aid}"
    else:
        query = dict(parse_qsl(parts.query))
        oid, aid = query.get("oid", ""), query.get("aid", "")
        url = f"{origin}{parts.path}?oid={oid}&aid={aid}"
    if not (_OID.fullmatch(oid) and _AID.fullmatch(aid)):
        return None
    name = f"{oid}/{aid}"
    return PortalArticle(site="n.news.naver.com", key=f"article/{name}", document_id=name, url=url)


def _daum(parts: SplitResult) -> PortalArticle | None:
    origin = f"{parts.scheme}://{parts.netloc}"
    if named := _DAUM_PATH.fullmatch(parts.path):
        name, url = named["id"], f"{origin}{parts.path.rstrip('/')}"
    else:
        query = dict(parse_qsl(parts.query))
        name = query.get("newsid") or query.get("newsId") or ""
        url = f"{origin}{parts.path}?newsid={name}"
        if not _DAUM_ID.fullmatch(name):
            return None
    return PortalArticle(site="v.daum.net", key=f"v/{name}", document_id=name, url=url)
