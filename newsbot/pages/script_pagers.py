"""Pagers whose links call a script: ``goPage(2)``, ``fn_egov_link_page(2)``, ``onclick="movePage('2')"``.

No script is run. Where the number goes is read off the page: from the function, if the page prints it; from
the form that holds a page's number; from the address itself, if it numbers its page. What is asked for is an
address of the same host, by GET, with what the form would have sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from newsbot.pages.document import Document
from newsbot.pages.links import PAGE_PARAMETERS, host_of, numbered_page, with_page
from newsbot.pages.selectors import select, text_of

_CALLERS = etree.XPath(
    "//a[starts-with(@href,'javascript:')]|//a[@onclick]|//button[@onclick]|//span[@onclick]"
)
_CALL = re.compile(r"(?<![\w$.])(?P<name>[A-Za-z_$][\w$.]{0,40})\(\s*['\"]?(?P<number>\d{1,5})['\"]?\s*[,)]")
_NUMBER = re.compile(r"[\[(]?\s*(\d{1,5})\s*(?:페이지|쪽)?\s*[\])]?")
_NEXT = re.compile(r"(?:다음|next|페이지|목록|\d{1,2}개|[>›»▶→]|\s)*", re.I)
_BACK_OR_END = re.compile(
    r"(?:이전|처음|맨|앞|뒤|끝|마지막|다음|페이지|목록|으로|로|prev(?:ious)?|first|last|end|[<‹«◀←>›»▶→|]|\s)*",
    re.I,
)
_WITHIN = 2000  # characters of a function that are looked at
_TARGET = re.compile(
    r"location(?:\.href)?\s*=\s*['\"](?P<url>[^'\"<>\s]{0,300}[?&](?P<name>[\w.]{1,30})=)['\"]\s*\+\s*(?P<what>[\w$]+)"
    r"(?:\s*\+\s*['\"](?P<rest>&[^'\"<>\s]{0,300})['\"])?"
)
_SET = r"(?:\.|\[['\"]|['\"#])(?P<name>[\w.-]{1,30})['\"]?[\])]*\.(?:value\s*=\s*|val\(\s*)(?:String\()?"
ACTION = re.compile(
    r"(?:\.action\s*=\s*|(?:attr|prop)\(\s*['\"]action['\"]\s*,\s*|(?:attr|prop)\(\s*\{[^{}]{0,200}?['\"]?action['\"]?\s*:\s*)"
    r"['\"](?P<url>[^'\"<>\s]{1,300})['\"]"
)
_OTHER_DEED = re.compile(
    r"view|read|detail|write|insert|regist|update|modify|delete|proc|login|logout|down", re.I
)
_UNSENT = re.compile(r"csrf|token|passw|session", re.I)
_PAGE_NAMES = frozenset(PAGE_PARAMETERS)

Place = tuple[str, str]  # an address, and its parameter that numbers the page


def next_page_by_script(page: Document) -> str | None:
    """The listing's next page where a script leads there; ``None`` where it cannot be told."""
    found = (page_behind(page, place_of(page, name), numbers) for name, numbers in _pagers(page).items())
    return next(filter(None, found), None)


def place_of(page: Document, name: str) -> Place | None:
    """The address to which a function leads, and the parameter in it that numbers the page."""
    source = _function(page, name)
    return _by_function(page, source) or _by_form(page, source) or _by_address(page)


def page_behind(page: Document, place: Place | None, numbers: Iterable[int]) -> str | None:
    """The page after the one that is shown, where any of ``numbers`` is behind it."""
    if place is None:
        return None
    address, parameter = place
    current = _current(page, parameter)
    return with_page(address, parameter, current + 1) if any(n > current for n in numbers) else None


def place_of_form(page: Document, form: HtmlElement, parameter: str) -> Place | None:
    """The same of a form that is sent as it is."""
    address = page.absolute(form.get("action") or page.url)
    if not is_own(page, address) or _does_otherwise(page, address):
        return None
    return _with_fields(page, address, dict(form_fields(form)), parameter), parameter


def _pagers(page: Document) -> dict[str, set[int]]:
    """The functions whose calls are labelled with the numbers they are given, and these numbers.

    Those behind "다음" count only beside such. Calls for "더보기" alone are no pager.
    """
    called: dict[str, set[int]] = {}
    behind_next: dict[str, set[int]] = {}
    others: set[str] = set()
    for name, number, label in _calls(page):
        if _NUMBER.fullmatch(label) and int(_NUMBER.sub(r"\1", label)) == number:
            called.setdefault(name, set()).add(number)
        elif _NEXT.fullmatch(label):
            behind_next.setdefault(name, set()).add(number)
        elif not _BACK_OR_END.fullmatch(label):
            others.add(name)  # of posts: "12" calls view(4815)
    return {name: called[name] | behind_next.get(name, set()) for name in called if name not in others}


def _calls(page: Document) -> Iterator[tuple[str, int, str]]:
    """The calls with one number for their first argument, and what the reader sees of them."""
    if "javascript:" not in page.text and "onclick" not in page.text:
        return
    for node in _CALLERS(page.root):
        script = f"{node.get('onclick') or ''} {node.get('href') or ''}"
        if call := _CALL.search(script):
            picture = next((image.get("alt") for image in node.iter("img")), None)
            yield call["name"], int(call["number"]), text_of(node) or picture or ""


def _function(page: Document, name: str) -> str:
    """The beginning of the function's source, "" where the page does not print it."""
    short = re.escape(name.rpartition(".")[2])
    found = re.search(rf"function\s+{short}\s*\(\s*(\w*)|{short}\s*[=:]\s*function\s*\(\s*(\w*)", page.text)
    return page.text[found.start() : found.start() + _WITHIN].split("\nfunction ", 1)[0] if found else ""


def _argument(source: str) -> str:
    found = re.search(r"\(\s*([\w$]+)", source)
    return found[1] if found else ""


def _by_function(page: Document, source: str) -> Place | None:
    """Where a function leads that writes the whole address: ``location.href = "?page=" + n``."""
    target = _TARGET.search(source)
    if target is None or target["what"] != _argument(source):
        return None
    address = page.absolute(f"{target['url']}1{target['rest'] or ''}")
    return (address, target["name"]) if is_own(page, address) else None


def _by_form(page: Document, source: str) -> Place | None:
    """Where the form leads that holds the page's number, and the number's name in it."""
    argument = _argument(source)
    written = re.search(_SET + rf"{re.escape(argument)}\b", source) if argument else None
    action = ACTION.search(source)
    for form in select(page.root, "form"):
        fields = dict(form_fields(form))
        named = [name for name in fields if _is_place(name, written["name"] if written else None)]
        address = page.absolute(action["url"] if action else form.get("action") or page.url)
        if address.startswith("javascript:"):
            address = page.url
        if named and is_own(page, address) and (action or not _does_otherwise(page, address)):
            return _with_fields(page, address, fields, named[0]), named[0]
    return None


def _is_place(field: str, written: str | None) -> bool:
    """Whether a field is the one that a script writes (``document.frm.pageNo``), or by its name a page's."""
    return f".{written}".endswith(f".{field}") if written else field.lower() in _PAGE_NAMES


def _by_address(page: Document) -> Place | None:
    numbered = numbered_page(page.url)
    return (page.url, numbered[0]) if numbered else None


def is_own(page: Document, address: str) -> bool:
    """Whether an address is of the page's own host."""
    return host_of(address) is not None and host_of(address) == host_of(page.url)


def _does_otherwise(page: Document, address: str) -> bool:
    """Whether a form of its own accord leads to something else than a listing: scripts change its action."""
    path = urlsplit(address).path
    return path != urlsplit(page.url).path and _OTHER_DEED.search(path.rpartition("/")[2]) is not None


def form_fields(form: HtmlElement) -> Iterator[tuple[str, str]]:
    """What the form would send: its fields with their values, none that are a person's or a session's."""
    for field in form.iter("input", "select"):
        name, kind = field.get("name"), (field.get("type") or "text").lower()
        if not name or _UNSENT.search(name) or kind not in ("hidden", "text", "search", "number"):
            continue
        if field.tag == "select":
            chosen = next(
                (option for option in field.iter("option") if option.get("selected") is not None), None
            )
            yield name, (chosen.get("value") or "") if chosen is not None else ""
        else:
            yield name, field.get("value") or ""


def _with_fields(page: Document, address: str, fields: dict[str, str], parameter: str) -> str:
    """``address`` with the form's fields; on the page's own path what its address says stays said."""
    parts, here = urlsplit(address), urlsplit(page.url)
    own = parse_qsl(here.query) if parts.path == here.path else []
    sent = {name: value for name, value in fields.items() if value}
    sent = {**dict(own), **dict(parse_qsl(parts.query)), **sent, parameter: str(_current(page, parameter))}
    return parts._replace(query=urlencode(sent), fragment="").geturl()


def _current(page: Document, parameter: str) -> int:
    """The page that is shown: as its address says, else as the form holds it, else the first."""
    stated = dict(parse_qsl(urlsplit(page.url).query)).get(parameter)
    if stated is None:
        fields = (dict(form_fields(form)).get(parameter) for form in select(page.root, "form"))
        stated = next((value for value in fields if value), "1")
    return int(stated) if stated.isdigit() and len(stated) < 6 and int(stated) > 0 else 1
