"""Which outlet a page is of: by its host, else by the marks of the system that made it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newsbot.pages.document import Document, site_of
from newsbot.pages.layout import Generation, Outlet
from newsbot.pages.outlets.broadcasters import BROADCASTERS
from newsbot.pages.outlets.business import BUSINESS
from newsbot.pages.outlets.dailies import DAILIES
from newsbot.pages.outlets.online import ONLINE, SYSTEMS
from newsbot.pages.outlets.portals import PORTALS
from newsbot.pages.outlets.wires import WIRES

OUTLETS = (*PORTALS, *WIRES, *DAILIES, *BUSINESS, *BROADCASTERS, *ONLINE, *SYSTEMS)
_BY_HOST = {host: outlet for outlet in OUTLETS for host in outlet.hosts}


def outlet_of(page: Document) -> Outlet | None:
    """The outlet that the page's host belongs to; else the system that it was made with."""
    return outlet_at(page) or next((o for o in SYSTEMS if any(mark in page.text for mark in o.marks)), None)


def outlet_at(page: Document) -> Outlet | None:
    """The outlet that the page's host, or a host above it, belongs to."""
    labels = site_of(page.url).partition(":")[0].split(".")
    for start in range(len(labels) - 1):
        if (outlet := _BY_HOST.get(".".join(labels[start:]))) is not None:
            return outlet
    return None


def generations(outlet: Outlet, page: Document) -> Iterator[Generation]:
    """The outlet's layouts in the order in which they may be ``page``'s: that of its day comes first."""
    day = page.now.date()
    ended = [layout for layout in outlet.generations if layout.until and layout.until < day]
    in_use = [layout for layout in outlet.generations if layout not in ended]
    yield from sorted(in_use, key=lambda layout: layout.until or date.max)
    yield from ended
