"""The rules of ninjs 3.1 (iptc.org/std/ninjs) for the properties that newsbot uses, in words of our own.

Checked beside the published schema when it was written: what passes here passes there.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Rule = dict[str, Any]

TEXT: Rule = {"type": "string", "minLength": 1}
COUNT: Rule = {"type": "integer", "minimum": 0}
URI: Rule = {"type": "string", "format": "uri"}
MOMENT: Rule = {"type": "string", "format": "date-time"}


def one_of(*values: str) -> Rule:
    return {"enum": list(values)}


def closed(*required: str, **properties: Rule) -> Rule:
    """An object with no other property than these."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def many(rule: Rule) -> Rule:
    return {"type": "array", "items": rule}


WORDED = {"role": TEXT, "contentType": TEXT, "value": TEXT}
NAMED = {"name": TEXT, "rel": TEXT, "uri": URI, "literal": TEXT}
CONTACT = closed("value", type=TEXT, role=TEXT, name=TEXT, value=TEXT)
RENDITION = closed("name", name=TEXT, href=URI, contentType=TEXT, title=TEXT)
ITEM: dict[str, Rule] = {
    "standard": closed(name={"const": "ninjs"}, version={"const": "3.1"}, schema=URI),
    "uri": URI,
    "type": one_of("text", "audio", "video", "picture", "graphic", "composite", "component"),
    "representationType": one_of("full", "partial"),
    "version": TEXT,
    "firstCreated": MOMENT,
    "versionCreated": MOMENT,
    "pubStatus": one_of("usable", "withheld", "canceled"),
    "edNote": TEXT,
    "copyrightHolder": TEXT,
    "copyrightNotice": TEXT,
    "usageTerms": TEXT,
    "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
    "headlines": many(closed("value", **WORDED)),
    "descriptions": many(closed("value", **WORDED)),
    "bodies": many(
        closed("value", **WORDED | {"value": {"type": "string"}}, charCount=COUNT, wordCount=COUNT)
    ),
    "by": TEXT,
    "people": many(closed(**NAMED, contactInfo=many(CONTACT))),
    "infoSources": many(closed(name=TEXT, role=TEXT, uri=URI, literal=TEXT, contactInfo=many(CONTACT))),
    "located": TEXT,
    "subjects": many(closed(**NAMED)),
    "genres": many(closed(name=TEXT, uri=TEXT, literal=TEXT)),
    "altIds": many(closed(role=TEXT, value=TEXT)),
    "renditions": many(RENDITION),
}
ASSOCIATION = closed("name", "uri", name=TEXT, rel=TEXT, **ITEM)
RULES = closed("uri", **ITEM, associations=many(ASSOCIATION))


def is_uri(value: object) -> bool:
    allowed = r"(?:[\w.~!$&'()*+,;=:@/?#\[\]-]|%[0-9A-Fa-f]{2})+"
    return re.fullmatch(rf"[a-z][a-z0-9+.-]*:{allowed}", str(value), re.ASCII) is not None


def is_moment(value: object) -> bool:
    return "T" in str(value) and datetime.fromisoformat(str(value)).tzinfo is not None


_formats = FormatChecker(formats=())
_formats.checks("uri")(is_uri)
_formats.checks("date-time", raises=ValueError)(is_moment)


def faults(item: Rule) -> list[str]:
    found = Draft202012Validator(RULES, format_checker=_formats).iter_errors(item)
    return [f"{fault.json_path}: {fault.message}" for fault in found]
