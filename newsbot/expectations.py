"""What is wrong with a value in newsbot.toml, and what was expected of it, in one line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Tables = Mapping[str, type[BaseModel]]  # by the name of a table's first key; "": the whole file


def one_line(errors: Sequence[ErrorDetails], tables: Tables) -> str:
    """The first error, its key, and how many more there are."""
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"] if part != "[key]")
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{where} {expectation(first, tables)}{more}"


def expectation(error: ErrorDetails, tables: Tables) -> str:
    """What was expected, and what is there instead."""
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return f"is not known{_suggestion(error['loc'], tables)}"
        case "value_error":
            expected = str(error["ctx"]["error"])
            if isinstance(error["input"], Mapping):  # what is wrong with a whole table says so itself
                return expected
        case _:
            expected = error["msg"].removeprefix("Input ")
    return f"{expected}, not {_shown(error['input'])}"


def _shown(value: object) -> str:
    return "a table" if isinstance(value, Mapping) else repr(value)


def _suggestion(where: Sequence[int | str], tables: Tables) -> str:
    key = str(where[-1])
    in_table = len(where) > 1
    whole = tables[""].model_fields
    known = list(tables[str(where[0])].model_fields if in_table else whole)
    if in_table and key in whole:
        return ": it belongs at the top of the file, before the first [table]"
    if not in_table and key.isupper():
        return ": Scrapy's settings belong under [settings]"
    near = difflib.get_close_matches(key.lower(), known, n=1)
    return f": did you mean {near[0]}?" if near else f": there are {', '.join(known)}"
