"""Which post a link means, and the one form in which it is requested.

One article has many live URLs; its identity is its engine's id. Rhymix: ``document_srl``, site-wide.
Gnuboard: the board's table and ``wr_id``. Plain boards: the number that the link carries.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from newsbot.pages.document import site_of
from newsbot.pages.limits import LONGEST_URL
from newsbot.pages.portals import portal_article
from newsbot.pages.variants import home_site, usual_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a link identifies. ``key`` is unique on its site and stays the same when the post moves."""

    document_id: str
    url: str  # canonical
    key: str
    board: str | None = None
    site: str | None = None  # of its identity, where the address alone does not say it

    @property
    def uri(self) -> str:
        return f"newsbot:{self.site or home_site(self.url)}/{self.key}"


PAGE_PARAMETERS = (
    "page", "pg", "p", "pageno", "page_no", "pagenum", "page_num", "pageindex", "curpage", "cur_page",
    "currentpage", "current_page", "nowpage", "now_page", "gotopage", "cpage", "pn", "pageid", "board_page",
    "pgno", "pageidx", "page_idx", "currpage", "curr_page", "pagenumber", "page_number", "thispage", "npage",
    "q_currpage",
)  # fmt: skip
"""Query parameters that number a listing's pages, lower case, the likeliest first."""

LIST_STATE = frozenset(PAGE_PARAMETERS) | {
    "divpage", "category", "sca", "sfl", "stx", "sst", "sod", "sop", "spt", "sort", "sort_index", "order",
    "order_type", "search", "search_target", "search_keyword", "searchtype", "keyword", "keyfield", "keytype",
    "list_style", "liststyle", "phpsessid", "jsessionid", "sid", "offset", "start", "headnum", "field",
    "query", "qt", "device", "m", "utm_source", "utm_medium", "utm_campaign", "fbclid",
}  # fmt: skip
"""Query parameters that only say how a listing is being looked at, lower case."""
_SESSION = re.compile(r";jsessionid=[^/;]*", re.I)  # in a path, where a reader keeps no cookies
_RHYMIX_RESERVED = frozenset("category page comment tag files modules layouts common addons".split())
_GNUBOARD_RESERVED = frozenset("write password delete rss page content group bbs data theme plugin".split())


def _split(url: str) -> SplitResult | None:
    if len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme == "file" or (parts.scheme in ("http", "https") and parts.hostname) else None


def host_of(url: str) -> str | None:
    """The host of ``url``; ``None`` where it has none, or is no URL."""
    parts = _split(url)
    return parts.hostname if parts else None


def is_address(url: str) -> bool:
    """Whether ``url`` is a whole address: of the web, its host and port well formed, or of a file."""
    return _split(url) is not None


def _query(parts: SplitResult) -> dict[str, str]:
    return dict(parse_qsl(parts.query))


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def rhymix_post(url: str) -> Post | None:
    """The post of ``/news/3655``, ``/news?document_srl=3655``, ``/index.php?mid=news&document_srl=3655``,
    ``/3655``.
    """
    if (parts := _split(url)) is None:
        return None
    query = _query(parts)
    if query.get("act", "dispDocumentPrint") != "dispDocumentPrint" or "module" in query:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    script = bool(segments) and segments[-1] == "index.php"
    if script:
        segments.pop()
    board = query.get("mid")
    if (srl := query.get("document_srl")) is None:
        if script or not segments or not segments[-1].isdigit():
            return None
        srl = segments.pop()
        if len(segments) >= 2 and segments[-2] == "category":
            del segments[-2:]
    if not srl.isdigit() or srl == "0" or (segments and segments[-1] in _RHYMIX_RESERVED):
        return None
    if board is None and segments:
        board = segments.pop()
    folder = "".join(f"{segment}/" for segment in segments)
    if script:
        place = f"index.php?mid={board}&document_srl={srl}" if board else f"index.php?document_srl={srl}"
    else:
        place = f"{board}/{srl}" if board else srl
    return Post(document_id=srl, url=f"{_origin(parts)}/{folder}{place}", key=folder + srl, board=board)


def gnuboard_post(url: str) -> Post | None:
    """The post of ``/bbs/board.php?bo_table=news&wr_id=320``, ``/news/320`` or ``/news/a-slug-of-it``."""
    if (parts := _split(url)) is None:
        return None
    query = _query(parts)
    if parts.path.endswith("/qaview.php"):
        return _inquiry(parts, query.get("qa_id", ""))
    if parts.path.endswith("/board.php"):
        board, document_id = query.get("bo_table"), query.get("wr_id")
        if not board or not document_id or not document_id.isdigit():
            return None
        folder = parts.path.removesuffix("board.php").removesuffix("bbs/").lstrip("/")
        canonical = f"{_origin(parts)}{parts.path}?{urlencode({'bo_table': board, 'wr_id': document_id})}"
    else:
        segments = [segment for segment in parts.path.split("/") if segment]
        if len(segments) < 2 or ("." in segments[-1] and segments[-1].endswith(".php")):
            return None
        *folders, board, slug = segments
        if slug in _GNUBOARD_RESERVED or board in _GNUBOARD_RESERVED:
            return None
        folder = "".join(f"{segment}/" for segment in folders)
        document_id = unquote(slug)
        canonical = f"{_origin(parts)}/{folder}{board}/{slug}"
    return Post(document_id=document_id, url=canonical, key=f"{folder}{board}/{document_id}", board=board)


def _inquiry(parts: SplitResult, number: str) -> Post | None:
    """The post of ``/bbs/qaview.php?qa_id=12``, which stands in no table of a board."""
    if not number.isdigit():
        return None
    folder = parts.path.removesuffix("qaview.php").removesuffix("bbs/").lstrip("/")
    url = f"{_origin(parts)}{parts.path}?qa_id={number}"
    return Post(document_id=number, url=url, key=f"{folder}qaview/{number}", board="qaview")


def canonical_url(url: str) -> str | None:
    """``url`` without its fragment and without what only says how a listing was being looked at."""
    if (parts := _split(url)) is None:
        return None
    named = parse_qsl(parts.query, keep_blank_values=True)
    state = LIST_STATE | {"q"} if any(name == "bmode" for name, _ in named) else LIST_STATE  # of imweb
    pairs = [(name, value) for name, value in named if name.lower() not in state]
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{_origin(parts)}{_SESSION.sub('', parts.path) or '/'}{query}"


def strangers(urls: Sequence[str]) -> frozenset[str]:
    """The links that lead to another board than most of the rows do: ``id=ad`` among ``id=news``."""
    parts = {url: _parts(canonical) for url in dict.fromkeys(urls) if (canonical := canonical_url(url))}
    counts = Counter(pair for row in parts.values() for pair in row.items())
    usual = {
        name: value
        for (name, value), count in counts.items()
        if not value.isdigit() and 0.6 * len(parts) <= count < len(parts)
    }
    return frozenset(
        url for url, row in parts.items() if any(row.get(name) != value for name, value in usual.items())
    )


@functools.lru_cache(maxsize=1024)
def plain_post(url: str) -> Post | None:
    """The post of a link of no known engine. Its id is told from the link alone, whatever stands beside it.

    It is a portal's own name of an article, the number that a parameter named as an id carries, else a long
    number in the path; where there is none of these, the whole address behind the host.
    """
    if (canonical := canonical_url(url)) is None:
        return None
    split = urlsplit(canonical)
    if article := portal_article(urlsplit(url)):
        return Post(document_id=article.document_id, url=article.url, key=article.key, site=article.site)
    if canonical == f"{_origin(split)}/" and (named := _query(urlsplit(url)).get("p", "")).isdigit():
        canonical += f"?p={named}"  # WordPress: no page of the home page
    key = usual_form(canonical.removeprefix(f"{_origin(split)}/"))
    pairs = parse_qsl(split.query)
    name = numbered_parameter(pairs)
    number = dict(pairs)[name] if name is not None else _path_id(split.path)
    return Post(document_id=number or key, url=canonical, key=key, board=split.path)


def scripted_post(link: str) -> Post | None:
    """The post behind ``#`` and its id, where a listing opens its posts by a script: it has no address."""
    address, mark, number = link.partition("#")
    if not (mark and number.isdecimal()) or (canonical := canonical_url(address)) is None:
        return None
    split = urlsplit(canonical)
    key = canonical.removeprefix(f"{_origin(split)}/")
    return Post(document_id=number, url=f"{canonical}#{number}", key=f"{key}#{number}", board=split.path)


_ID_NAME = re.compile(
    r"(?:^|_)(?:no|num|number|id|idx|seq|srl|uid|key|aid)$|(?:ntt|article|news|doc|post|content|data).*|idxno$"
)
_NO_ID_NAME = re.compile(
    r"board|bbs|cate|menu|section|group|site|table|tbl|code|^[os]id|limit|offset|page|size"
)
_ID = re.compile(r"[A-Za-z]{0,4}\d+")
_DATE_SEGMENT = re.compile(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?")


def numbered_parameter(pairs: list[tuple[str, str]]) -> str | None:
    """The parameter that carries a post's id: one named so, else any number that is no board's or page's."""
    numbers = [name for name, value in pairs if _ID.fullmatch(value) and not _NO_ID_NAME.search(name.lower())]
    named = [name for name in numbers if _ID_NAME.search(name.lower())]
    return next(reversed(named or numbers), None)


def is_id_name(name: str) -> bool:
    """Whether a parameter is named as one that carries a post's id."""
    return _ID_NAME.search(name.lower()) is not None and not _NO_ID_NAME.search(name.lower())


def _path_id(path: str) -> str | None:
    """The last long number in a path; a year, a month or a day is none."""
    numbers = [part for part in path.split("/") if len(part) >= 4 and _ID.fullmatch(part)]
    return next((part for part in reversed(numbers) if not _DATE_SEGMENT.fullmatch(part)), None)


def _parts(url: str) -> dict[str, str]:
    split = urlsplit(url)
    segments = {f"/{n}": segment for n, segment in enumerate(s for s in split.path.split("/") if s)}
    return segments | {name: value for name, value in parse_qsl(split.query) if value}


_NUMBERED = re.compile(r"[?&;](\w{1,12})=(\d{1,9})(?=&|#|$)")
_PAGE_NAMES = frozenset(PAGE_PARAMETERS)


def numbered_page(link: str) -> tuple[str, int] | None:
    """The parameter by which a link numbers a listing's page, as spelled there, and the number."""
    for name, number in _NUMBERED.findall(link):
        if name.lower() in _PAGE_NAMES:
            return name, int(number)
    return None


def page_number(url: str) -> int | None:
    """The number of the listing page that ``url`` asks for, ``None`` where it names none."""
    found = numbered_page(url)
    return found[1] if found else None


def with_page(url: str, name: str, number: int) -> str:
    """``url`` asking for page ``number`` through the parameter ``name``; other parameters stay."""
    parts = urlsplit(url)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != name]
    query = urlencode([*pairs, (name, str(number))])
    return parts._replace(path=_SESSION.sub("", parts.path), query=query, fragment="").geturl()


def listing_key(url: str) -> tuple[str, str, frozenset[tuple[str, str]]] | None:
    """What stays the same from page to page of one listing: site, path and the other parameters."""
    if (parts := _split(url)) is None:
        return None
    pairs = ((k, v) for k, v in parse_qsl(parts.query) if k.lower() not in PAGE_PARAMETERS)
    return site_of(url), _SESSION.sub("", parts.path).rstrip("/"), frozenset(pairs)
