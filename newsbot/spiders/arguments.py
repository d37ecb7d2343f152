"""The arguments of the spider, as `scrapy crawl -a` gives them: all of them text."""

from __future__ import annotations

from datetime import date

from newsbot.errors import ConfigError
from newsbot.spiders.stretch import Goal, read_goal


def is_true(value: str | bool) -> bool:
    return str(value).lower() in ("1", "true", "yes")


def day(value: str | date | None) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value


def goal(text: str | None) -> Goal | None:
    try:
        return read_goal(text) if text else None
    except ValueError:
        raise ConfigError(
            f'a back-fill goes to a day (2020-01-31), to "all", or so many pages deep, not {text!r}'
        ) from None
