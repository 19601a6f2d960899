"""JSON of others, read within bounds, and values taken out of it without trust."""

from __future__ import annotations

import html
import json
import re
from typing import Any, cast

from core.interchange.problems import refused

Row = dict[str, Any]

MAX_JSON = 256 * 2**20
_HALF = re.compile("[\ud800-\udfff]")
_BLOCK_END = re.compile(r"(?i)</(?:p|div|li|h[1-6]|blockquote)\s*>|<br\s*/?>")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")


def parse_json(name: str, data: bytes) -> object:
    """Return what a JSON file holds; raises `FileRefusedError`."""
    if len(data) > MAX_JSON:
        raise refused(name, f"it is larger than {MAX_JSON // 2**20} MiB")
    try:
        return cast("object", json.loads(data))
    except RecursionError as error:
        raise refused(name, "its JSON is nested too deep") from error
    except UnicodeDecodeError as error:
        raise refused(name, "it is no UTF-8 text") from error
    except ValueError as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise refused(name, f"it is no well-formed JSON{where}") from error


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
