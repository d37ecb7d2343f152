"""The simulated sites' end of the wire, as a download handler of Scrapy's: no socket, no waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime
from random import Random
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from simulated_clock import CLOCK, DAY, moment
from simulated_faults import Spell, at, site_spells
from simulated_site import Board, Plan, sites

from newsbot.sampleboard.exchange import Answer
from newsbot.sampleboard.faults import Fault

_NOISE = 0.004  # of the requests fail without any reason
_FLAKY = 0.3  # of the requests, in a spell of such


class Wire:
    """What this process sees of the sites. ``served`` hears of each article that was sent whole."""

    def __init__(self, plan: Plan, served: Callable[[str, int, int], None]) -> None:
        self._plan = plan
        self._served = served
        self._boards: dict[str, Board] = {}
        self._spells: dict[str, list[Spell]] = {}
        self._until = plan.days * DAY - plan.calm

    async def answer(self, url: str, user_agent: str, timeout: float) -> Answer:
        parts = urlsplit(url)
        board = self._board(parts.netloc)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        chance = Random(f"{self._plan.seed} {url} {CLOCK.steady:.4f}")
        answer = board.answer(target, user_agent)
        post = board.asked_post(target)
        version = board.versions[post] if post is not None else 0
        spoilt = self._spoil(board, target, answer, chance)
        waits = spoilt.delay or chance.uniform(0.03, 0.4)
        await asyncio.sleep(min(waits, timeout))
        if waits > timeout:
            raise DownloadTimeoutError(f"Getting {url} took longer than {timeout} seconds.")
        _deliver(spoilt)
        if post is not None and spoilt.body == answer.body and board.shows(post, feed=False):
            self._served(parts.netloc, post, version)
        return spoilt

    def _board(self, host: str) -> Board:
        site = sites(self._plan).get(host)
        if site is None:
            raise CannotResolveHostError(host)
        if host not in self._boards:
            self._boards[host], self._spells[host] = Board(site), site_spells(site, self._until)
        self._boards[host].live_until(CLOCK.steady)
        return self._boards[host]

    def _spoil(self, board: Board, target: str, answer: Answer, chance: Random) -> Answer:
        trouble, args = self._trouble(board, target, chance)
        if trouble is None:
            return answer
        if trouble == "refused":
            raise DownloadConnectionRefusedError(f"{board.site.host} refuses")
        fault = Fault(mode=trouble, args=args)
        return fault.spoil(answer, board.engine.database_down, target) if fault.hits(target) else answer

    def _trouble(self, board: Board, target: str, chance: Random) -> tuple[Any, dict[str, Any]]:
        """What is wrong with this answer, if anything: by a spell, or by mere chance."""
        if CLOCK.steady >= self._until:
            return None, {}
        spell = at(self._spells[board.site.host], CLOCK.steady)
        if spell is not None and spell.on == "posts" and board.asked_post(target) is None:
            spell = None
        if spell is not None and spell.what != "flaky":
            return spell.what, dict(spell.args)
        bad_luck = chance.random() < (_FLAKY if spell else _NOISE)
        return chance.choice(("500", "reset", "truncate", "refused")) if bad_luck else None, {}


def _date() -> str:
    """Of a server whose clock is right."""
    return format_datetime(moment(CLOCK.steady).astimezone(UTC), usegmt=True)


def _deliver(answer: Answer) -> None:
    if answer.delivery == "cut":
        raise ResponseDataLossError
    if answer.delivery == "reset":
        raise DownloadFailedError("Connection was closed uncleanly.")


class SimulatedWire(BaseDownloadHandler):
    """Asks ``wire``, which the process sets."""

    lazy = False
    wire: Wire

    async def download_request(self, request: Request) -> Response:
        begun = CLOCK.steady
        timeout = float(request.meta.get("download_timeout", 60))
        agent = (request.headers.get("User-Agent") or b"").decode("latin-1")
        answer = await self.wire.answer(request.url, agent, timeout)
        request.meta["download_latency"] = CLOCK.steady - begun
        headers = Headers({"Content-Type": answer.content_type, "Date": _date()})
        for name, value in answer.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=answer.body)
        return kind(request.url, status=answer.status, headers=headers, body=answer.body)
