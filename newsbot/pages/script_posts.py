"""Rows whose link calls a script: ``onclick="view('B07', 4815)"``, ``href="javascript:goView(4815)"``.

No script is run. Where the call leads is read off the page: from the call itself, if it writes an address;
from the function, if the page prints it; from the form whose fields the function fills. What cannot be told
so has no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from newsbot.pages.document import Document
from newsbot.pages.limits import LONGEST_URL
from newsbot.pages.linked_rows import VIEWS
from newsbot.pages.links import is_id_name, plain_post
from newsbot.pages.script_pagers import ACTION, form_fields, is_own
from newsbot.pages.selectors import select

_LONGEST_CALL = 500  # characters of a script that calls
_WITHIN = 2000  # characters of a function that are looked at
_FORMS, _FUNCTIONS = 20, 2000
_FUNCTION = re.compile(
    r"function\s+(?P<named>[\w$]{1,60})\s*\((?P<of_named>[^()]{0,200})\)\s*\{"
    r"|(?<![\w$])(?P<held>[\w$]{1,60})\s*[=:]\s*(?:function\s*\((?P<of_held>[^()]{0,200})\)\s*\{"
    r"|\(?(?P<of_arrow>[\w$, ]{0,200})\)?\s*=>)"
)
_CALL = re.compile(r"(?<![\w$])(?P<name>[A-Za-z_$][\w$]{0,60})\s*\((?P<arguments>[^()]{0,300})\)")
_ARGUMENT = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\"|(\d{1,18})|([^,]*))\s*(?:,|$)")
_PIECE = r"(?:'[^'\n]{0,300}'|\"[^\"\n]{0,300}\"|`[^`\n]{0,300}`|[\w$]{1,60})"
_GOES = re.compile(
    r"(?:location(?:\.href)?\s*=\s*|location\.(?:assign|replace)\(\s*|(?:window\.)?open\(\s*)"
    rf"(?P<place>{_PIECE}(?:\s*\+\s*{_PIECE}){{0,8}})"
)
_PIECES = re.compile(_PIECE)
_FILLED_IN = re.compile(r"\$\{\s*([\w$]{1,60})\s*\}")
_SETS = re.compile(
    r"(?:\.|\[['\"]|['\"#]|\[name=[\\'\"]*)(?P<field>[\w-]{1,60})[\\'\"]*[\])'\"]*\.(?:value\s*=\s*|val\(\s*)(?:String\()?"
    rf"(?P<value>{_PIECE})"
)
_HANDLER = re.compile(
    r"(?:\$\(\s*['\"](?:[\w ]{0,40}?)(?P<name>[.#][\w-]{1,60})['\"]\s*\)"
    r"\.(?:on\(\s*['\"]click['\"]\s*,\s*|click\(\s*)"
    r"|\.on\(\s*['\"]click['\"]\s*,\s*['\"](?:[\w ]{0,40}?)(?P<named>[.#][\w-]{1,60})['\"]\s*,\s*)"
    r"(?:function\s*\(\w{0,20}\)\s*\{|\(?\w{0,20}\)?\s*=>\s*\{)"
)
_OWN_DATA = re.compile(r"\$\(this\)\.(?:data\(\s*['\"]|attr\(\s*['\"]data-)(?P<name>[\w-]{1,40})['\"]\s*\)")
_HELD = re.compile(r"(?:var|let|const)\s+(?P<name>[\w$]{1,60})\s*=\s*'(?P<value>[^'\n]{1,100})'")
_MOST_HANDLERS = 100
_NUMBER = re.compile(r"\d")


class PostScripts:
    """The functions and the forms that a page prints, by which the addresses of its posts are told."""

    def __init__(self, page: Document) -> None:
        self._page = page

    def beyond(self, link: HtmlElement) -> str:
        """Where a link leads: to its own address, unless that names no post and the script on it does."""
        address = self._page.absolute(link.get("href", ""))
        if link.get("onclick") is None:
            return address
        post = plain_post(address)
        is_posts = post is not None and _NUMBER.search(post.document_id) is not None
        return address if is_posts else self.address(link) or address

    def address(self, node: HtmlElement) -> str | None:
        """Where the script on ``node`` leads, on the page's own host; ``None`` if the page does not say."""
        href = node.get("href") or ""
        written = href[11:] if href[:11].lower() == "javascript:" else ""
        script = f"{node.get('onclick') or ''} {written}"[:_LONGEST_CALL]
        if (address := self._located(script, {})) is not None:
            return address
        for call in _CALL.finditer(script):
            parameters, source = self._functions.get(call["name"], ((), ""))
            values = dict(zip(parameters, _arguments(call["arguments"]), strict=False))
            address = self._located(source, values) or self._by_form(source, values)
            address = address or (None if source else self._by_waiting_form(call["arguments"]))
            if address is not None:
                return address
        return self._by_handler(node)

    def sent_by(self, form: HtmlElement) -> str | None:
        """Where a row's form leads, whose button is its headline (eGovFrame); ``None`` if it sends no id."""
        fields = {name: value for name, value in form_fields(form) if value}
        place = form.get("action")
        if not place or not any(
            value.isalnum() and any(map(str.isdecimal, value)) for value in fields.values()
        ):
            return None
        return self._sent(place, fields)

    @cached_property
    def _functions(self) -> dict[str, tuple[Sequence[str], str]]:
        """By name, the names of its arguments and the beginning of its source."""
        text = self._page.text
        functions: dict[str, tuple[Sequence[str], str]] = {}
        starts = islice(_FUNCTION.finditer(text), _FUNCTIONS)
        for each, following in pairwise(chain(starts, (None,))):
            if each is not None:
                named = each["of_named"] or each["of_held"] or each["of_arrow"] or ""
                end = min(following.start() if following else len(text), each.end() + _WITHIN)
                parameters = [parameter.strip() for parameter in named.split(",")]
                functions.setdefault(each["named"] or each["held"], (parameters, text[each.end() : end]))
        return functions

    @cached_property
    def _forms(self) -> list[tuple[HtmlElement, dict[str, str]]]:
        return [(form, dict(form_fields(form))) for form in islice(select(self._page.root, "form"), _FORMS)]

    def _located(self, source: str, values: Mapping[str, str]) -> str | None:
        """Where a script goes that writes the whole address: ``location.href = "/view.do?no=" + no``."""
        goes = _GOES.search(source)
        place = _evaluated(goes["place"], values) if goes else None
        return self._own(place) if place and not place.lower().startswith("javascript:") else None

    def _by_form(self, source: str, values: Mapping[str, str]) -> str | None:
        """Where a script goes that fills a form and sends it."""
        pairs = ((each["field"], _evaluated(each["value"], values)) for each in _SETS.finditer(source))
        filled = {field: value for field, value in pairs if value}
        if not set(filled.values()) & set(values.values()):
            return None  # it hands on nothing of the row
        action = ACTION.search(source)
        for form, fields in self._forms:
            if filled.keys() & fields.keys() and (place := action["url"] if action else form.get("action")):
                return self._sent(place, {**fields, **filled})
        return None

    def _by_waiting_form(self, printed: str) -> str | None:
        """Where a call leads whose function is not printed: a form for viewing waits for the one id."""
        values = [value for value in _arguments(printed) if value]
        for form, fields in self._forms:
            place = form.get("action") or ""
            waiting = [name for name, value in fields.items() if value in ("", "0") and is_id_name(name)]
            ids = [value for value in values if value.isdecimal() and value not in fields.values()]
            if VIEWS.search(place.partition("?")[0].rpartition("/")[2]) and len(waiting) == len(ids) == 1:
                return self._sent(place, {**fields, waiting[0]: ids[0]})
        return None

    def _by_handler(self, node: HtmlElement) -> str | None:
        """Where a click leads that a function handles which is bound to the node's class or id.

        ``$(".view").on("click", function () { location.href = "view.do?no=" + $(this).data("no"); })``
        """
        names = [f"#{node.get('id')}", *(f".{name}" for name in (node.get("class") or "").split())]
        for name, source in self._handlers:
            if name in names and any(key.startswith("data-") for key in node.keys()):  # noqa: SIM118
                script = _OWN_DATA.sub(
                    lambda own: f"'{node.get('data-' + own['name'].lower()) or ''}'", source
                )
                values = {each["name"]: each["value"] for each in _HELD.finditer(script)}
                values |= {f"'{value}'": value for value in node.attrib.values() if value.isdecimal()}
                return self._located(script, values) or self._by_form(script, values)
        return None

    @cached_property
    def _handlers(self) -> list[tuple[str, str]]:
        """What is clicked, by its class or id, and the beginning of the function that is called."""
        text = self._page.text
        found = islice(_HANDLER.finditer(text), _MOST_HANDLERS)
        return [
            (each["name"] or each["named"], text[each.end() : each.end() + _WITHIN].split("});", 1)[0])
            for each in found
        ]

    def _sent(self, place: str, fields: Mapping[str, str]) -> str | None:
        """The address that a form sent by GET would ask for."""
        parts = urlsplit(self._page.absolute(place))
        sent = {name: value for name, value in fields.items() if value}
        query = urlencode({**dict(parse_qsl(parts.query)), **sent})
        return self._own(parts._replace(query=query, fragment="").geturl())

    def _own(self, place: str) -> str | None:
        address = self._page.absolute(place)
        return address if is_own(self._page, address) and len(address) <= LONGEST_URL else None


def _arguments(printed: str) -> Iterator[str]:
    """The values of a call's arguments, "" for what is neither a text nor a number."""
    for text, quoted, number, _ in islice(_ARGUMENT.findall(printed), 12):
        yield text or quoted or number


def _evaluated(expression: str, values: Mapping[str, str]) -> str | None:
    """A sum of texts and known names; ``None`` where a name is not known."""
    parts = [_piece(piece, values) for piece in _PIECES.findall(expression)]
    return None if None in parts else "".join(part or "" for part in parts)


def _piece(piece: str, values: Mapping[str, str]) -> str | None:
    if piece[0] == "`":
        names = _FILLED_IN.findall(piece)
        known = all(name in values for name in names)
        return _FILLED_IN.sub(lambda name: values[name[1]], piece[1:-1]) if known else None
    if piece[0] in "'\"":
        return piece[1:-1]
    return piece if piece.isdecimal() else values.get(piece)
