"""E-mail addresses as Korean pages print them, also with the sign in the middle hidden from harvesters.

``hong@mail.example``, ``hong(at)mail.example``, ``hong[at]mail.example``, ``hong＠mail.example``,
``hong골뱅이mail.example``, ``hong AT mail.example``: read as the first, and kept as printed wherever the text
itself is kept.
"""

from __future__ import annotations

import re

_AT = r"(?:@|＠|\s?[(\[]\s?(?:at|AT|골뱅이)\s?[)\]]\s?|\s?골뱅이\s?|\s@\s|\sAT\s(?=[a-z]))"
_LABEL = "[A-Za-z0-9-]{1,63}"
EMAIL = rf"[A-Za-z0-9][\w.+-]{{0,63}}{_AT}{_LABEL}(?:[.．]{_LABEL}){{1,5}}"
SIGNS = ("@", "＠", "at)", "AT)", "at]", "AT]", " AT ", "골뱅이")  # one of which every address holds
_SIGN = re.compile(_AT)
_HIDDEN = re.compile("|".join(map(re.escape, SIGNS[1:])))
_FOUND = re.compile(EMAIL)


def may_hold_address(text: str) -> bool:
    """Whether ``text`` holds a sign that an address cannot be without: far quicker than looking for one."""
    return "@" in text or _HIDDEN.search(text) is not None


def plain_address(printed: str) -> str:
    """An address as mail is sent to it.

    >>> plain_address("hong(at)mail．example")
    'hong@mail.example'
    """
    return _SIGN.sub("@", printed, count=1).replace("．", ".")


def addresses_in(text: str) -> tuple[str, ...]:
    return tuple(plain_address(found) for found in _FOUND.findall(text)) if may_hold_address(text) else ()
