"""Which elements hold a picture's caption: by their names, or by where they stand beside it."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from newsbot.korean.text import tidy
from newsbot.pages.selectors import holds, text_of

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
CAPTION_TAGS = frozenset("p span em div table td dl dd strong center".split())
_CAPTION = re.compile(
    r"(?:^|[-_\s])(?:caption|cap|(?:img|photo|pic|thumb|image)[-_]?(?:desc|cap(?:tion)?|txt|text|info))(?:$|[-_\s])"
    r"|txt_caption|figcaption",
    re.I,
)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.I)
_LONGEST_CENTERED = 150  # letters
_PHOTO = re.compile(r"photo|slide|(?:^|[-_\s])(?:img|image|pic|figure|thumb)", re.I)
_HOLDERS = frozenset("div td section article body".split())
_FEWEST_PARAGRAPHS = 2
_LARGEST_BOX = 40  # elements
_PICTURE_AND_TEXT = ("img", "em")
LONGEST_CAPTION = 300  # letters
IMAGES = frozenset({"img", "amp-img"})


def stands_as_caption(node: HtmlElement) -> bool:
    """Whether an element without a name of its own is a caption by where it stands."""
    return _is_centered_caption(node) or _is_emphasised_caption(node) or _is_centered_picture(node)


def _is_emphasised_caption(node: HtmlElement) -> bool:
    """Whether an ``em`` shares a box with nothing but the picture before it, as portals put captions."""
    box, before = node.getparent(), node.getprevious()
    if node.tag != "em" or box is None or before is None:
        return False
    tags = [part.tag for part in islice(box.iterchildren("*"), _LARGEST_BOX) if part.tag != "br"]
    is_pair = len(tags) == len(_PICTURE_AND_TEXT) and tags[0] in IMAGES
    return is_pair and (text_of(node) or "") == (text_of(box) or "")


def _is_centered_picture(node: HtmlElement) -> bool:
    """Whether a centered box holds a picture and one short line below it."""
    if node.tag not in ("p", "div") or not _is_centered(node):
        return False
    parts = list(islice(node.iterchildren("*"), _LARGEST_BOX))
    is_plain = all(part.tag in IMAGES or part.tag == "br" for part in parts)
    text = text_of(node) or ""
    return is_plain and bool(parts) and parts[0].tag in IMAGES and 0 < len(text) <= _LONGEST_CENTERED


def is_caption(node: HtmlElement) -> bool:
    """Whether the markup itself calls ``node`` a caption, whose paragraphs are then one."""
    return node.tag == "figcaption" or _CAPTION.search(node.get("class") or "") is not None


def is_bare_caption(image: HtmlElement) -> bool:
    """Whether the text behind a picture is what a purifier of markup left of its ``figcaption``.

    It took the tags and left their text, in no element of its own among paragraphs that have theirs.
    """
    tail, after, around = tidy(image.tail or ""), image.getnext(), image.getparent()
    if not tail or len(tail) > LONGEST_CAPTION or around is None or around.tag not in _HOLDERS:
        return False
    parts = list(islice(around.iterchildren("*"), _LARGEST_BOX))
    loose = sum(bool((part.tail or "").strip()) for part in parts if part.tag not in IMAGES)
    paragraphs = sum(part.tag == "p" for part in parts)
    return (after is None or after.tag in BLOCKS) and paragraphs >= _FEWEST_PARAGRAPHS and not loose


def _is_centered_caption(node: HtmlElement) -> bool:
    """Whether a line that is centered below a centered picture is the only one that is: its caption."""
    if node.tag not in ("p", "div") or not _is_centered(node):
        return False
    above, below = node.getprevious(), node.getnext()
    if above is None or not _is_centered(above) or text_of(above) or next(above.iter("img"), None) is None:
        return False
    is_last = below is None or not _is_centered(below) or text_of(below) is None
    return is_last and len(text_of(node) or "") <= _LONGEST_CENTERED and not holds(node, "img, a")


def _is_centered(node: HtmlElement) -> bool:
    return (node.get("align") or "").lower() == "center" or _CENTERED.search(
        node.get("style") or ""
    ) is not None


def is_photo_box(node: HtmlElement, names: str) -> bool:
    """Whether ``node`` holds a picture and names itself so, or is a table that lays one out."""
    if node.tag != "table" and _PHOTO.search(names) is None:
        return False
    inside = [part.tag for part in islice(node.iter("*"), _LARGEST_BOX + 1)]
    return "img" in inside and len(inside) <= _LARGEST_BOX
