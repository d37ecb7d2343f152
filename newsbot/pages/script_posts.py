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
    r"(?:\.|\[['\"]|['\"#])(?P<field>[\w-]{1,60})['\"]?[\])]*\.(?:value\s*=\s*|val\(\s*)(?:String\()?"
    rf"(?P<value>{_PIECE})"
)


class PostScripts:
    """The functions and the forms that a page prints, by which the addresses of its posts are told."""

    def __init__(self, page: Document) -> None:
        self._page = page

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
            if address is not None:
                return address
        return None

    def sent_by(self, form: HtmlElement) -> str | None:
        """Where a row's form leads, whose button is its headline (eGovFrame); ``None`` if it sends no id."""
        fields = {name: value for name, value in form_fields(form) if value}
        place = form.get("action")
        if not place or not any(
            value.isalnum() and any(map(str.isdecimal, value)) for value in fields.values()
        ):
            return None
        parts = urlsplit(self._page.absolute(place))
        query = urlencode({**dict(parse_qsl(parts.query)), **fields})
        return self._own(parts._replace(query=query, fragment="").geturl())

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
                sent = {name: value for name, value in {**fields, **filled}.items() if value}
                parts = urlsplit(self._page.absolute(place))
                query = urlencode({**dict(parse_qsl(parts.query)), **sent})
                return self._own(parts._replace(query=query, fragment="").geturl())
        return None

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
