"""Page templates: files in ``templates/`` with ``§name`` where a value goes.

``string.Template`` with its own mark: pages are full of dollars, braces and percents.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Template


def fill(name: str, /, **values: object) -> str:
    """``templates/<name>.html`` with ``values`` put in as they are. Raises KeyError where one is missing."""
    return _sheet(name).substitute(values)


class _Sheet(Template):
    delimiter = "§"


@cache
def _sheet(name: str) -> _Sheet:
    text = files("newsbot.sampleboard").joinpath("templates", f"{name}.html").read_text("utf-8")
    return _Sheet(text.removesuffix("\n"))
