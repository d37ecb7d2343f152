"""Every post of every engine's board, read from its page, is what its truth claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sampled import BROWSER, PHONE, missing, visit

from newsbot.items import Headline, Timestamp, as_json
from newsbot.korean.text import tidy
from newsbot.pages.article import read_article
from newsbot.pages.engines import engine_of
from newsbot.pages.links import plain_post
from newsbot.pages.listing import read_listing
from newsbot.sampleboard import SampleBoard

BOARDS: dict[str, tuple[dict[str, Any], str]] = {
    "rhymix-xedition": ({"engine": "rhymix"}, BROWSER),
    "rhymix-default": ({"engine": "rhymix", "skin": "default", "seo": False}, BROWSER),
    "rhymix-columns": ({"engine": "rhymix", "columns": ("title", "time", "author", "no")}, BROWSER),
    "rhymix-mobile": ({"engine": "rhymix"}, PHONE),
    "rhymix-simpleGray": ({"engine": "rhymix", "mobile_skin": "simpleGray"}, PHONE),
    "gnuboard": ({"engine": "gnuboard"}, BROWSER),
    "gnuboard-slugs": ({"engine": "gnuboard", "side_view": False, "slug_urls": True}, BROWSER),
    "gnuboard-mobile": ({"engine": "gnuboard"}, PHONE),
    "table": ({"engine": "table"}, BROWSER),
}
UNFLAGGED = ("rhymix-mobile", "rhymix-simpleGray")  # Rhymix's phone skins do not mark what is secret

Walked = tuple[SampleBoard, str, dict[str, Headline], list[Headline]]


@pytest.fixture(scope="module", params=BOARDS)
def walked(request: pytest.FixtureRequest) -> Iterator[Walked]:
    """A board, how it is visited, its rows by post in the listing's order, and its notices."""
    options, agent = BOARDS[request.param]
    with SampleBoard(**options) as board:
        headlines: list[Headline] = []
        address: str | None = board.url
        above = None
        for _ in range(20):
            if address is None:
                break
            listing = read_listing(visit(board, address, agent), above=above)
            headlines += listing.headlines
            address = listing.next_page
            above = next((_moment(row) for row in reversed(listing.headlines) if row.date_listed), above)
        assert address is None, "the listing never ended"
        rows = [headline for headline in headlines if not headline.notice]
        assert len(rows) == len(board.listed)
        yield board, agent, dict(zip(board.listed, rows, strict=True)), [h for h in headlines if h.notice]


def _moment(row: Headline) -> Timestamp:
    assert row.date_listed
    assert row.date_precision
    return Timestamp(value=row.date_listed, precision=row.date_precision, raw=row.date_raw or "")


def test_a_row_says_what_the_board_knows_of_its_post(walked: Walked, request: pytest.FixtureRequest) -> None:
    board, _, rows, notices = walked
    assert {row.title for row in notices} == {board.truth[key]["post"]["title"] for key in board.notices}
    for key, row in rows.items():
        post = board.truth[key]["post"]
        assert row.document_id == key or not row.document_id.isdigit()
        assert row.title == post["title"] or (
            row.title.endswith("…") and post["title"].startswith(row.title[:-1])
        )
        assert (row.poster, row.comments or 0) == (post["poster"], post["comments"])
        assert row.date_listed is not None
        assert row.date_listed.date() == post["posted"].date()
        if not any(name in request.node.callspec.id for name in UNFLAGGED):
            assert ("secret" in row.flags) == post["secret"]


def test_every_article_is_its_truth(walked: Walked) -> None:
    board, agent, rows, _ = walked
    wrong = []
    for key, row in rows.items():
        truth = dict(board.truth[key])
        post = truth.pop("post")
        if post["secret"]:
            continue
        claimed = truth | {"provider": post["poster"], "document_id": key}
        for field, both in missing(_read(board, row, agent), _plain(claimed)).items():
            wrong.append(f"{post['key']}: {field}: claimed and found {both}")
    assert not wrong, "\n".join(wrong)


def test_every_article_is_dated_to_the_minute(walked: Walked) -> None:
    board, agent, rows, _ = walked
    for key, row in list(rows.items())[:5]:
        posted = board.truth[key]["post"]["posted"]
        assert _read(board, row, agent)["date_published"].startswith(f"{posted:%Y-%m-%dT%H:%M}")


def _read(board: SampleBoard, row: Headline, agent: str) -> dict[str, Any]:
    page = visit(board, row.url, agent)
    engine = engine_of(page)
    asked = engine.post(row.url) if engine else plain_post(row.url)
    found = as_json(read_article(page, asked=asked, listed=row))
    found["body"] = [[block["type"], block["text"]] for block in found["body"]]
    # A file that hangs on a post is shown, but no picture of the article.
    found["images"] = [
        i for i in found["images"] if i["caption"] or i["credit_line"] or "/file/" not in i["url"]
    ]
    read: dict[str, Any] = _plain(found)
    return read


def _plain(value: Any) -> Any:
    """White space as one space, an absent text as ``None``."""
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case str():
            return tidy(value) or None
        case _:
            return value
