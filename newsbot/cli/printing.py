"""Articles and listings laid out for a person to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from newsbot.cli.tables import table_of
from newsbot.items import Listing

_FACTS = (
    ("bylines", "byline"),
    ("located", "place"),
    ("source", "source"),
    ("provider", "provider"),
    ("date_published", "published"),
    ("date_modified", "modified"),
    ("section", "section"),
    ("keywords", "keywords"),
    ("headline_marks", "marks"),
    ("story_form", "form"),
    ("series", "series"),
    ("copyright_notice", "copyright"),
    ("usage_terms", "terms"),
    ("corrections", "correction"),
    ("revision", "revision"),
    ("duplicate_of", "same text as"),
    ("removed", "removed by its site"),
    ("withheld", "withheld since"),
    ("uri", "uri"),
    ("canonical_url", "url"),
)
_STYLES = {"subhead": "bold", "quote": "italic", "note": "dim", "speaker": "bold cyan"}


def say(console: Console, line: str) -> None:
    """A sentence, which the screen breaks where it ends: a pipe or a file gets it in one line."""
    console.print(line, soft_wrap=True, highlight=False)


def print_article(console: Console, article: Mapping[str, Any], *, provenance: bool = False) -> None:
    """An article as JSON values, laid out: headline, deck, facts, pictures, body.

    With ``provenance`` each fact says where on the page it came from.
    """
    console.print(Text(article["headline"], style="bold"), soft_wrap=True)
    for line in article.get("deck") or ():
        console.print(Text(line, style="cyan"), soft_wrap=True)
    facts = Table.grid("", Column(overflow="fold"), "", padding=(0, 2))
    for field, label in _FACTS:
        if text := _fact(article.get(field)):
            origin = article.get("provenance", {}).get(field, "") if provenance else ""
            facts.add_row(f"[dim]{label}[/]", escape(text), f"[dim]{origin}[/]")
    console.print(Padding(facts, (1, 0)))
    if provenance and article.get("provenance"):
        told = ", ".join(f"{field} {origin}" for field, origin in article["provenance"].items())
        say(console, f"[dim]where from: {escape(told)}[/]")
    for image in article.get("images") or ():
        caption, credit = image.get("caption") or "", image.get("credit_line") or ""
        words = caption if credit in caption else f"{caption}  {credit}".strip()
        say(console, f"[dim]▣[/] {escape(words or image.get('url') or '')}")
    for block in article["body"]:
        style = _STYLES.get(block["type"], "")
        console.print(Padding(Text(block["text"], style=style), (1, 0, 0, 0)))
    for warning in article.get("warnings") or ():
        say(console, f"\n[yellow]![/] {escape(warning)}")
    for url in article.get("further_pages") or ():
        say(console, f"\n[yellow]goes on at[/] {escape(url)}")


def print_listing(console: Console, listing: Listing) -> None:
    what = f"({listing.engine}, {len(listing.headlines)} headlines)"
    console.print(f"[bold]{escape(listing.url)}[/]  {what}", soft_wrap=True)
    table = table_of("id", "number", "headline", "poster", "date")
    for headline in listing.headlines:
        number = "notice" if headline.notice else headline.number or ""
        count = f" [dim]({headline.comments})[/]" if headline.comments else ""
        table.add_row(
            escape(headline.document_id),
            number,
            escape(headline.title) + count,
            escape(headline.poster or ""),
            escape(headline.date_raw or ""),
        )
    console.print(table)
    unread = [
        headline.date_raw for headline in listing.headlines if headline.date_raw and not headline.date_listed
    ]
    if unread:
        words = f"{len(unread)} dates are not understood, or have more than one meaning: {unread[0]} …"
        say(console, f"[yellow]![/] {escape(words)}")
    for warning in listing.warnings:
        say(console, f"[yellow]![/] {escape(warning)}")
    if listing.next_page:
        say(console, f"[dim]next page:[/] {escape(listing.next_page)}")


def _fact(value: object) -> str:
    if isinstance(value, Mapping):
        parts = (value.get(name) for name in ("name", "role", "agency", "place", "email"))
        return " ".join(str(part) for part in parts if part) or str(value.get("raw") or "")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_fact(part) for part in value)
    return "" if value is None else str(value)
