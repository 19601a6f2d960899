"""Moments that a person names by a date, of the calendar where the program runs."""

import calendar
import re
from datetime import datetime

from core.errors import UserError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def start_of(words: str) -> datetime:
    """Return the first moment of a year, month or day such as 2026, 2026-03, 2026-03-14.

    A full moment in ISO 8601 is taken as it is. Raises `UserError` for anything else.
    """
    return _read(words, last=False)


def end_of(words: str) -> datetime:
    """Return the last moment of a year, month or day such as 2026, 2026-03, 2026-03-14.

    A full moment in ISO 8601 is taken as it is. Raises `UserError` for anything else.
    """
    return _read(words, last=True)


def _read(words: str, *, last: bool) -> datetime:
    given = _DATE.match(words.strip())
    try:
        if given is None:
            moment = datetime.fromisoformat(words.strip())
            return moment if moment.tzinfo is not None else moment.astimezone()
        year, month = int(given[1]), int(given[2] or (12 if last else 1))
        day = int(given[3] or (calendar.monthrange(year, month)[1] if last else 1))
        time = (23, 59, 59, 999_999) if last else (0, 0, 0, 0)
        return datetime(year, month, day, *time).astimezone()
    except (ValueError, OverflowError, calendar.IllegalMonthError) as error:
        raise UserError(
            f"“{words}” is no date; write it like 2026, 2026-03 or 2026-03-14."
        ) from error
