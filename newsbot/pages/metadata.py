"""What a page says of itself in its head: ``meta`` properties, the canonical link, the title."""

from __future__ import annotations

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.links import host_of
from newsbot.pages.selectors import attribute, first_text

_LONGEST_CONTENT = 20_000
_LONGEST_TITLE = 1_000


def properties(root: HtmlElement) -> dict[str, str]:
    """``meta`` names and properties, lower case, with their contents; the first of a name counts."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = tidy((node.get("content") or "")[:_LONGEST_CONTENT])
        if name and content:
            found.setdefault(name, content)
    return found


def canonical_link(root: HtmlElement) -> str | None:
    link = next((node for node in root.iter("link") if node.get("rel") == "canonical"), None)
    return (link.get("href") or "").strip() or None if link is not None else None


def stated_url(root: HtmlElement) -> str | None:
    """The address that a page gives as its own: of use for a page that was saved without it."""
    stated = canonical_link(root) or attribute(root, 'meta[property="og:url"]', "content")
    return stated if stated and host_of(stated) else None


def page_title(root: HtmlElement) -> str | None:
    return (first_text(root, "title") or "")[:_LONGEST_TITLE].strip() or None


def language(root: HtmlElement) -> str | None:
    """The language that the page declares, as its primary subtag: "ko"."""
    declared = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    return declared.partition("-")[0].lower() or None
