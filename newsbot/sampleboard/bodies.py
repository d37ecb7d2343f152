"""A written article as the HTML that a board's editor stored.

Boards strip every class from pasted HTML, so a caption differs from a paragraph in nothing but its
text and its neighbour, the image. Some editors store no block element at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from newsbot.sampleboard.articles import WrittenArticle, printed

PartKind = Literal["text", "deck", "image", "caption", "table", "list", "quote", "subhead"]

_TAG_OR_EMAIL = re.compile(r"<[^>]*>|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_STYLED = (
    '<p style="margin:0px 0px 20px;line-height:1.7;"><span style="font-size:16px;'
    "font-family:'Noto Sans KR', sans-serif;color:#333333;\"><span>{}</span></span></p>"
)
_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class _Part:
    kind: PartKind
    html: str  # inline markup, except where the kind is a structure of its own


def body_html(article: WrittenArticle, *, mask_key: int = 0x42) -> str:
    """The stored body of ``article``; ``mask_key`` (0–255) is Cloudflare's key, new for every response."""
    stored = _MARKUPS[article.markup](list(_parts(article)))
    return mask_emails(stored, mask_key) if article.mask_emails else stored


def mask_emails(html: str, key: int) -> str:
    """Every address replaced by Cloudflare's mask, as a link and as a span by turns."""
    tags = ('a href="/cdn-cgi/l/email-protection"', "span")
    count = 0

    def masked(match: re.Match[str]) -> str:
        nonlocal count
        if match[0].startswith("<"):
            return match[0]
        tag = tags[count % 2]
        count += 1
        hexes = bytes([key, *(byte ^ key for byte in match[0].encode())]).hex()
        return f'<{tag} class="__cf_email__" data-cfemail="{hexes}">[email&#160;protected]</{tag.split()[0]}>'

    return _TAG_OR_EMAIL.sub(masked, html)


def plain_text(article: WrittenArticle) -> str:
    """The printed lines as one line of text, which boards put into their description."""
    return " ".join(" ".join(printed(line).split()) for line in article.paragraphs if not _is_image(line))


def _is_image(line: str) -> bool:
    return line.startswith("@image ")


def _parts(article: WrittenArticle) -> Iterator[_Part]:
    captions = tuple(image["caption"] for image in article.truth.get("images", ()) if image.get("caption"))
    decks = frozenset(article.truth.get("deck", ()))
    after_image = False
    for line in article.paragraphs:
        if line.startswith("@"):
            yield _structure(line)
        elif after_image and captions and line.startswith(captions):
            yield _Part("caption", escape(line, quote=False))
        else:
            yield _Part("deck" if line in decks else "text", escape(line, quote=False))
        after_image = _is_image(line)


def _structure(line: str) -> _Part:
    word, _, rest = line[1:].partition(" ") if _is_image(line) else line[1:].partition("\n")
    match word:
        case "image":
            source, _, alt = rest.partition(" | ")
            return _Part("image", f'<img src="{escape(source)}" alt="{escape(alt)}" />')
        case "table":
            return _Part("table", _table(rest))
        case "list":
            items = "".join(f"<li>{escape(item, quote=False)}</li>" for item in rest.split("\n"))
            return _Part("list", f"<ul>{items}</ul>")
        case "quote":
            return _Part("quote", escape(rest, quote=False))
        case "subhead":
            return _Part("subhead", escape(rest, quote=False))
        case _:
            raise ValueError(f"a line of an article opens with an unknown word: @{word}")


def _table(rows: str) -> str:
    cells = (
        (f"<td>{escape(cell, quote=False)}</td>" for cell in row.split(" | ")) for row in rows.split("\n")
    )
    return "<table><tbody>" + "".join(f"<tr>{''.join(row)}</tr>" for row in cells) + "</tbody></table>"


def _block(part: _Part, paragraph: Callable[[str], str]) -> str:
    """A part on its own: structures as they are, text in the editor's ``paragraph``."""
    match part.kind:
        case "table" | "list":
            return part.html
        case "quote":
            return f"<blockquote>{paragraph(part.html)}</blockquote>"
        case "subhead":
            return f"<h3>{part.html}</h3>"
        case "deck":
            return paragraph(f"<strong>{part.html}</strong>")
        case _:
            return paragraph(part.html)


def _in_p(parts: list[_Part]) -> str:
    """Paragraphs parted by empty ones that hold a no-break space."""
    blocks = [_block(part, lambda text: f"<p>{text}</p>") for part in parts]
    return f"\n<p>{_NBSP}</p>\n".join(blocks)


def _in_div(parts: list[_Part]) -> str:
    """Every line a div; the caption in a p beside the image's span, with an empty strong between."""
    out: list[str] = []
    for part in parts:
        if part.kind == "image":
            out.append(f"<div><span>{part.html}</span><strong></strong></div>")
        elif part.kind == "caption":
            out[-1] = out[-1].replace("</div>", f"<p>{part.html}</p></div>")
        else:
            out += [_block(part, lambda text: f"<div>{text}</div>"), "<div><br /></div>"]
    return f"<article>{''.join(out)}</article>"


def _in_br(parts: list[_Part]) -> str:
    """No block element at all: text nodes between line breaks."""
    out: list[str] = []
    for part in parts:
        out.append(_block(part, lambda text: text))
        out.append("<br />\n" if part.kind == "image" else "<br />\n<br />\n")
    return "".join(out[:-1])


def _in_figure(parts: list[_Part]) -> str:
    out: list[str] = []
    for part in parts:
        if part.kind == "image":
            out.append(f"<figure>{part.html}</figure>")
        elif part.kind == "caption":
            out[-1] = out[-1].replace("</figure>", f"<figcaption>{part.html}</figcaption></figure>")
        else:
            out.append(_block(part, lambda text: f"<p>{text}</p>"))
    return "\n".join(out)


def _in_span(parts: list[_Part]) -> str:
    """What a word processor leaves when it is pasted: styles in spans inside spans."""

    return f"\n\n<p>{_NBSP}</p>\n\n".join(_block(part, _STYLED.format) for part in parts)


def _in_table(parts: list[_Part]) -> str:
    """The photo and its caption laid out in a table of one column."""
    out: list[str] = []
    for part in parts:
        if part.kind == "image":
            out.append(f'<table style="width:100%;"><tbody><tr><td>{part.html}</td></tr></tbody></table>')
        elif part.kind == "caption":
            out[-1] = out[-1].replace("</tbody>", f"<tr><td>{part.html}</td></tr></tbody>")
        else:
            out.append(_block(part, lambda text: f"<p>{text}</p>"))
    return "\n".join(out)


_MARKUPS: dict[str, Callable[[list[_Part]], str]] = {
    "p": _in_p, "div": _in_div, "br": _in_br, "figure": _in_figure, "span": _in_span, "table": _in_table,
}  # fmt: skip
