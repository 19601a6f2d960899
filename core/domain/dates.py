"""Dates of the pack: the part of EDTF (ISO 8601-2) that it uses, read and put in words."""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from core.errors import UserError

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)\Z")
_OPEN = ".."


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A year, month or day. ``mark`` is EDTF's: "?" uncertain, "~" about, "%" both, "" neither."""

    year: int
    month: int | None = None
    day: int | None = None
    mark: str = ""

    @property
    def uncertain(self) -> bool:
        """Whether the source leaves the date in doubt."""
        return self.mark in {"?", "%"}

    @property
    def approximate(self) -> bool:
        """Whether the date is only near."""
        return self.mark in {"~", "%"}


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A point (``interval`` false: ``end`` is ``start``) or an interval; None is an open end."""

    start: DatePoint | None
    end: DatePoint | None
    interval: bool = False


def _bad(edtf: str) -> UserError:
    return UserError(
        f"“{edtf}” is not a date that can be read; write 2011, 2011-11, 2011-11-02, "
        "2011-11-01/2011-11-02, 2015/.. or ../2019, with ? for uncertain and ~ for about."
    )


def _point(text: str, whole: str) -> DatePoint:
    match = _POINT.match(text)
    if match is None:
        raise _bad(whole)
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    if not year or (month is not None and not 1 <= month <= 12):
        raise _bad(whole)
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise _bad(whole)
    return DatePoint(year, month, day, match[4])


def _first_day(point: DatePoint) -> tuple[int, int, int]:
    return point.year, point.month or 1, point.day or 1


def _last_day(point: DatePoint) -> tuple[int, int, int]:
    return point.year, point.month or 12, point.day or 31


@lru_cache(maxsize=4096)
def parse(edtf: str) -> EdtfDate:
    """Read a date; raises `UserError` for what is not one, or ends before it starts."""
    if "/" not in edtf:
        point = _point(edtf, edtf)
        return EdtfDate(point, point)
    first, _, last = edtf.partition("/")
    start = None if first == _OPEN else _point(first, edtf)
    end = None if last == _OPEN else _point(last, edtf)
    if start is None and end is None:
        raise _bad(edtf)
    if start is not None and end is not None and _first_day(start) > _last_day(end):
        raise UserError(f"“{edtf}” ends before it starts; swap the two dates.")
    return EdtfDate(start, end, interval=True)


def years(edtf: str) -> tuple[int | None, int | None]:
    """Return the first and last year; None where open."""
    date = parse(edtf)
    return date.start and date.start.year, date.end and date.end.year


def sort_key(edtf: str | None) -> tuple[int, int, int]:
    """Order dates by where they start (by where they end if that is open); None comes last."""
    if edtf is None:
        return 10_000, 0, 0
    date = parse(edtf)
    point = date.start or date.end
    return (point.year, point.month or 0, point.day or 0) if point else (10_000, 0, 0)


def _plain(point: DatePoint) -> str:
    words = [str(point.day)] if point.day else []
    words += [MONTHS[point.month - 1]] if point.month else []
    return " ".join([*words, str(point.year)])


def _qualified(words: str, point: DatePoint) -> str:
    before = "about " if point.approximate else ""
    return f"{before}{words}{' (uncertain)' if point.uncertain else ''}"


def _both(start: DatePoint, end: DatePoint) -> str:
    """Put a closed interval in words, saying what both ends share only once."""
    same_form = (start.month is None, start.day is None) == (end.month is None, end.day is None)
    if not same_form or start.year != end.year or start.month is None:
        dash = "–" if start.month is None and end.month is None else " – "
        return f"{_plain(start)}{dash}{_plain(end)}"
    if start.day is None:
        return f"{MONTHS[start.month - 1]}–{_plain(end)}"
    if start.month == end.month:
        return f"{start.day}–{_plain(end)}"
    return f"{start.day} {MONTHS[start.month - 1]} – {_plain(end)}"


@lru_cache(maxsize=4096)
def in_words(edtf: str) -> str:
    """Say a date as one reads it: "1–2 November 2011", "from 2015 on", "about 2013"."""
    date = parse(edtf)
    start, end = date.start, date.end
    if start is None and end is not None:
        return f"by {_qualified(_plain(end), end)}"
    if start is not None and end is None:
        return f"from {_qualified(_plain(start), start)} on"
    if start is None or end is None:
        raise _bad(edtf)
    if not date.interval or start == end:
        return _qualified(_plain(start), start)
    if start.mark == end.mark:
        return _qualified(_both(start, end), start)
    return f"{_qualified(_plain(start), start)} – {_qualified(_plain(end), end)}"
