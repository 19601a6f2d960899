"""Symbols of documents and dates, in the other ways in which they are written."""

import re
from collections.abc import Sequence

from core.search.nodes import Best, InTitle, Near, Node, Phrase, Word

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBERS = {name: n for n, name in enumerate(_MONTHS, 1)} | {
    name[:3]: n for n, name in enumerate(_MONTHS, 1)
}
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_SERIES = ("cets", "ets")  # the Council of Europe's treaties, before and after 2004
_OTHER, _WRITTEN = 0.8, 0.9
_OWN = 2.0  # a record of that date above texts that name it


def day_word(year: int, month: int, day: int | None = None) -> str:
    """Return the word by which the index knows a day or month; nobody types it."""
    return f"@{year:04}-{month:02}" + (f"-{day:02}" if day else "")


def date_at(words: Sequence[str]) -> tuple[int, Node] | None:
    """Read a date that words begin with; returns how many it takes, and what it means."""
    for length in (3, 2):
        found = _date(tuple(words[:length])) if len(words) >= length else None
        if found is not None:
            return length, found
    return None


def _date(words: tuple[str, ...]) -> Node | None:
    match words:
        case (day, month, year) if _is_day(day) and month in _NUMBERS and _YEAR.match(year):
            return _day(int(year), _NUMBERS[month], int(day))
        case (month, day, year) if _is_day(day) and month in _NUMBERS and _YEAR.match(year):
            return _day(int(year), _NUMBERS[month], int(day))
        case (year, month, day) if _YEAR.match(year) and _is_month(month) and _is_day(day):
            return _day(int(year), int(month), int(day))
        case (month, year) if month in _NUMBERS and _YEAR.match(year):
            return _month(int(year), _NUMBERS[month])
        case _:
            return None


def _is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def _is_month(word: str) -> bool:
    return word.isdecimal() and len(word) == 2 and 1 <= int(word) <= 12


def _day(year: int, month: int, day: int) -> Node:
    name, number, of = _MONTHS[month - 1], str(day), str(year)
    return Best(
        (
            (Phrase((number, name, of)), 1.0),
            (InTitle(Word(day_word(year, month, day))), _OWN),
            (Phrase((name, number, of)), _WRITTEN),
            (Phrase((of, f"{month:02}", f"{day:02}")), _WRITTEN),
            (Near((number, name, of), 3), _OTHER),  # 1–2 November 2011
        )
    )


def _month(year: int, month: int) -> Node:
    name, of = _MONTHS[month - 1], str(year)
    return Best(
        (
            (Phrase((name, of)), 1.0),
            (InTitle(Word(day_word(year, month))), _OWN),
            (Near((name, of), 2), _OTHER),
        )
    )


def series_at(words: Sequence[str]) -> tuple[int, Node] | None:
    """Read ``CETS 185``, ``ETS No. 185``: the series was renamed, the numbers went on."""
    if not words or words[0] not in _SERIES:
        return None
    rest = 2 if words[1:2] == ["no"] else 1
    if len(words) <= rest or not words[rest].isdecimal():
        return None
    number = words[rest]
    typed = tuple(words[: rest + 1])
    others = [(one, *no, number) for one in _SERIES for no in ((), ("no",))]
    ways = [(Phrase(typed), 1.0), *((Phrase(w), _WRITTEN) for w in others if w != typed)]
    return rest + 1, Best(tuple(ways))


def symbol(words: tuple[str, ...]) -> Node:
    """Return what a symbol in one piece means: as typed, and as it is cited for short."""
    ways: list[tuple[Node, float]] = [(Phrase(words), 1.0)]
    if "res" in words[:-2] and words[-1].isdecimal() and words[-2].isdecimal():
        ways.append((Phrase(words[-2:]), _OTHER))  # A/RES/70/237: resolution 70/237
    if "dec" in words[:-1] and words[-1].isdecimal():
        number = words[words.index("dec") + 1 :]
        ways += [(Phrase((*said, *number)), _OTHER) for said in (("decision",), ("decision", "no"))]
    return Best(tuple(ways)) if len(ways) > 1 else Phrase(words)
