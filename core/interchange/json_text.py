"""JSON of others, read within bounds, and values taken out of it without trust."""

from __future__ import annotations

import html
import json
import re
from typing import Any, cast

from core.interchange.problems import MAX_ANNOTATIONS, refused, too_large, too_many

Row = dict[str, Any]

MAX_JSON = 128 * 2**20
_MOST_LISTS = 4_000_000
_MOST_VALUES = 16_000_000
_HALF = re.compile("[\ud800-\udfff]")
_BLOCK_END = re.compile(r"(?i)</(?:p|div|li|h[1-6]|blockquote)\s*>|<br\s*/?>")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


def parse_json(name: str, data: bytes) -> object:
    """Return what a JSON file of annotations holds; raises `FileRefusedError`.

    A file is given up at the first annotation too many, before all of it is in memory.
    """
    if len(data) > MAX_JSON:
        raise too_large(name, MAX_JSON)
    if data.count(b"[") > _MOST_LISTS or data.count(b",") > _MOST_VALUES:
        raise too_many(name, "values", _MOST_VALUES)
    try:
        return cast("object", json.loads(data, object_hook=_Counted(name)))
    except RecursionError as error:
        raise refused(name, "its JSON is nested too deep") from error
    except UnicodeDecodeError as error:
        raise refused(name, "it is no UTF-8 text") from error
    except ValueError as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise refused(name, f"it is no well-formed JSON{where}") from error


class _Counted:
    """Counts the annotations among the objects that a parser makes, and the objects."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._annotations = self._objects = 0

    def __call__(self, made: Row) -> Row:
        self._objects += 1
        self._annotations += "target" in made
        if self._annotations > MAX_ANNOTATIONS:
            raise too_many(self._name, "annotations", MAX_ANNOTATIONS)
        if self._objects > _MOST_LISTS:
            raise too_many(self._name, "objects", _MOST_LISTS)
        return made


def listed(value: object) -> list[object]:
    """Return a list as it is, None as an empty one, anything else as a list of one."""
    if value is None:
        return []
    return cast("list[object]", value) if isinstance(value, list) else [value]


def row(value: object) -> Row:
    """Return an object, an empty one for anything else."""
    return cast("Row", value) if isinstance(value, dict) else {}


def word(value: object) -> str:
    """Return a string that can be stored, "" for anything else."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else ""


def first_word(value: object) -> str:
    """Return the first string of a value that may be one or a list, or language-tagged."""
    for one in listed(value):
        said = word(one) or word(row(one).get("@value")) or word(row(one).get("value"))
        if said:
            return said
    return ""


def position(value: object) -> int | None:
    """Return a whole number from 0 to what a text can have, else None."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < 2**31 else None


def plain_of_html(said: str) -> str:
    """Return the words of a piece of HTML."""
    lines = _MARKUP.sub("", _BLOCK_END.sub("\n", said))
    return html.unescape(lines).strip()
