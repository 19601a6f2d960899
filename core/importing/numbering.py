"""The numbers that passages begin with, and how they stand in one another."""

import re
from dataclasses import dataclass

from core.importing.numerals import roman

_MARKER = re.compile(
    r"(?:(?P<dotted>\d{1,4}(?:\.\d{1,3}){1,4})\.?"
    r"|(?P<number>\d{1,4})[.)]"
    r"|\((?P<bracketed>\d{1,3})\)"
    r"|\(?(?P<letters>[a-z]{1,2}|[ivxlc]{1,7})\)"
    r"|(?P<lettered>[a-z])\."
    r"|\((?P<capital>[A-Z])\)"
    r"|(?P<bare>\d{1,3}))(?=\s+\S|(?<=[.)])[「『《\u3400-\u9fff])"  # Chinese needs no space
)
_ROMANS = {roman(number): number for number in range(1, 60)}
_LARGEST = 2500
_LARGEST_STEP = 60
_LARGEST_FIRST = 1000  # a year is no paragraph


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a passage. ``style`` tells which count it belongs to."""

    style: str  # "dotted", "number", "bracketed", "letter", "roman", "capital", "bare"
    token: str


def marker_of(words: str) -> Marker | None:
    """Return the number that a passage begins with; "(i)" may be a letter or a Roman one."""
    match = _MARKER.match(words)
    if match is None or match.lastgroup is None:
        return None
    token = match[match.lastgroup]
    style = {"letters": "letter", "lettered": "letter"}.get(match.lastgroup, match.lastgroup)
    if style == "letter" and len(token) > 1 and token not in _ROMANS and token[0] != token[1]:
        return None  # a word in brackets
    if style == "bare" and not words[match.end() :].lstrip()[:1].isupper():
        return None
    if style == "number" and int(token) > _LARGEST:
        return None  # a year
    return Marker(style, token)


@dataclass(frozen=True, slots=True)
class Step:
    """One number on the way down to a passage; ``level`` of the list it stands in."""

    style: str
    token: str
    level: int


def placed(path: list[Step], marker: Marker, level: int) -> list[Step] | None:
    """Return the way down to what ``marker`` begins, from the one before; None if it can't be.

    A count that is open goes on; one that is not begins within what is open.
    """
    style = _style_of(path, marker)
    kept = [step for step in path if not (level and step.level > level)]
    for at, step in enumerate(kept):
        if step.style == style and (not level or not step.level or step.level == level):
            kept = kept[:at]
            break
    if style == "number":  # stands in no letter of its own level
        kept = [step for step in kept if step.level < level or step.style == "dotted"]
    if style == "number" and not kept and not _follows(path, marker.token):
        return None
    return [*kept, Step(style, marker.token, level)]


def _follows(path: list[Step], token: str) -> bool:
    """Tell whether a number may come after the one before: years and quantities do not."""
    before = int(path[0].token) if path and path[0].style == "number" else 0
    if not path:
        return int(token) < _LARGEST_FIRST
    return int(token) == 1 or -1 < int(token) - before <= _LARGEST_STEP


def _style_of(path: list[Step], marker: Marker) -> str:
    if marker.style != "letter":
        return "number" if marker.style == "bare" else marker.style
    if marker.token not in _ROMANS:
        return "letter"
    open_letter = next((s.token for s in reversed(path) if s.style == "letter"), None)
    is_next = open_letter is not None and _comes_next(open_letter, marker.token)
    open_roman = next((s.token for s in reversed(path) if s.style == "roman"), None)
    goes_on = open_roman is not None and _ROMANS[marker.token] == _ROMANS[open_roman] + 1
    if goes_on and not (is_next and path[-1].style == "letter"):
        return "roman"
    if is_next or (marker.token != "i" and len(marker.token) == 1):
        return "letter"
    return "roman"


def _comes_next(before: str, token: str) -> bool:
    return len(before) == len(token) == 1 and ord(token) == ord(before) + 1
