"""What a run sees on its way, counted in bounded room, as the figures by which its health is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from newsbot.health.damage import is_damaged
from newsbot.items import Article, Headline

KINDS: Final = 12  # of failures, statuses and samples; what comes later is counted under "other"
VALUES: Final = 400  # of which quantiles are made
TEXTS: Final = 5000  # by which repeated ones are seen
AHEAD: Final = timedelta(minutes=10)  # that a clock may be before another's

# "no body" is what is missing; these are what stands there instead (``pages.mistaken``).
_INSTEAD: Final = ("a login page", "a check for robots", "an error page")


class Spread:
    """Quantiles of a stream: every value while they are few, later every second, fourth …"""

    def __init__(self) -> None:
        self._values: list[float] = []
        self._stride, self._seen = 1, 0

    def add(self, value: float) -> None:
        if self._seen % self._stride == 0:
            self._values.append(value)
        self._seen += 1
        if len(self._values) > VALUES:
            self._values, self._stride = self._values[::2], self._stride * 2

    def quantiles(self, digits: int | None = None) -> dict[str, float]:
        """``{"p10", "p50", "p90"}``; empty where there was no value."""
        ordered = sorted(self._values)
        if not ordered:
            return {}
        last = len(ordered) - 1
        return {f"p{part}": round(ordered[round(last * part / 100)], digits) for part in (10, 50, 90)}


class Tally:
    """Counts by name, of so many names at the most."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str) -> None:
        self._counts[name if name in self._counts or len(self._counts) < KINDS else "other"] += 1

    def counts(self) -> dict[str, int]:
        return dict(self._counts.most_common())


class Collector:
    """Takes in a run's rows, articles, failures and responses; ``figures`` says what they came to."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._failures, self._statuses = Tally(), Tally()
        self._letters, self._latency, self._clock = Spread(), Spread(), Spread()
        self._newest: datetime | None = None
        self._texts: dict[str, str] = {}
        self.samples: dict[str, str] = {}  # of what: an address, or a headline's id after "#"

    def rows(self, headlines: Iterable[Headline], now: datetime) -> None:
        """Takes in the rows of one page of the listing."""
        for row in headlines:
            self._counts["rows"] += 1
            self._take_date(row.date_listed, now)
            self._counts["undated_rows"] += row.date_listed is None
            self._counts["future_rows"] += row.date_listed is not None and row.date_listed > now + AHEAD

    def article(self, article: Article, text_hash: str | None, missing: Iterable[str]) -> None:
        """Takes in an article that was read; ``missing``: watched fields that it lacks."""
        self._counts["articles"] += 1
        self._letters.add(sum(len(block.text) for block in article.body))
        for name in missing:
            self._note(f"missing {name}", article.url)
        self._note("damaged", article.url, is_damaged(_text(article)))
        self._note("future", article.url, _is_of_the_future(article))
        self._take_date(article.date_published, article.date_fetched)
        if text_hash is not None:
            first = self._texts.get(text_hash)
            if first is None and len(self._texts) < TEXTS:
                self._texts[text_hash] = article.uri
            self._note("repeated", article.url, first not in (None, article.uri))

    def failure(self, reason: str, detail: str, document_id: str) -> None:
        """Takes in a request that brought no article."""
        name = next((f"{reason}: {each}" for each in _INSTEAD if each in detail), reason)
        self._failures.add(name)
        self._sample(f"failure {name}", f"#{document_id}")

    def response(
        self, url: str, status: int, headers: Mapping[str, str], latency: float | None, now: datetime
    ) -> None:
        """Takes in a response as it was handed on; of its ``headers``, ``date`` and ``age``."""
        self._statuses.add(str(status))
        if status >= 400:
            self._sample(f"status {status}", url)
        if latency is not None:
            self._latency.add(latency)
        if (moment := _server_time(headers)) is not None:
            self._clock.add((moment - now).total_seconds())

    def figures(self, now: datetime) -> dict[str, Any]:
        """JSON values; seconds, letters, counts. ``clock``: the median by which servers are ahead of us."""
        names = ("rows", "undated_rows", "future_rows", "articles", "damaged", "future", "repeated")
        found: dict[str, Any] = {name: self._counts[name] for name in names}
        found["missing"] = {
            name.removeprefix("missing "): n
            for name, n in self._counts.items()
            if name.startswith("missing ")
        }
        found |= {"failures": self._failures.counts(), "statuses": self._statuses.counts()}
        found |= {"letters": self._letters.quantiles(0), "latency": self._latency.quantiles(3)}
        clock = self._clock.quantiles().get("p50")
        found["clock"] = None if clock is None else int(clock)
        found["newest"] = None if self._newest is None else self._newest.isoformat()
        found["newest_age"] = None if self._newest is None else round((now - self._newest).total_seconds())
        return found

    def _take_date(self, moment: datetime | None, now: datetime) -> None:
        if moment is not None and moment <= now + AHEAD:
            self._newest = max(moment, self._newest or moment)

    def _note(self, name: str, url: str, is_so: bool = True) -> None:
        if is_so:
            self._counts[name] += 1
            self._sample(name, url)

    def _sample(self, name: str, place: str) -> None:
        if len(self.samples) < 2 * KINDS:
            self.samples.setdefault(name, place)


def _text(article: Article) -> str:
    return "\n".join((article.headline, *(block.text for block in article.body)))


def _is_of_the_future(article: Article) -> bool:
    published = article.date_published
    return published is not None and published > article.date_fetched + AHEAD


def _server_time(headers: Mapping[str, str]) -> datetime | None:
    """What the server's clock said; None where a cache answered, which says when it was asked first."""
    if "age" in headers or not headers.get("date"):
        return None
    try:
        moment = parsedate_to_datetime(headers["date"])
    except ValueError:
        return None
    return moment if moment.tzinfo else None
