"""Moments that a person names by a date."""

import calendar
import re
from datetime import UTC, datetime, timedelta

from core.errors import UserError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def start_of(words: str) -> datetime:
    """Return the first moment, in UTC, of a year, month or day such as 2026, 2026-03, 2026-03-14.

    A full moment in ISO 8601 is taken as it is. Raises `UserError` for anything else.
    """
    given = _DATE.match(words.strip())
    if given is None:
        return end_of(words)
    end_of(words)  # refuses what is no date
    return datetime(int(given[1]), int(given[2] or 1), int(given[3] or 1), tzinfo=UTC)


def end_of(words: str) -> datetime:
    """Return the last moment, in UTC, of a year, month or day such as 2026, 2026-03, 2026-03-14.

    A full moment in ISO 8601 is taken as it is. Raises `UserError` for anything else.
    """
    given = _DATE.match(words.strip())
    try:
        if given is None:
            moment = datetime.fromisoformat(words.strip())
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        year, month = int(given[1]), int(given[2] or 12)
        day = int(given[3] or calendar.monthrange(year, month)[1])
        return datetime(year, month, day, tzinfo=UTC) + timedelta(days=1, microseconds=-1)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise UserError(
            f"“{words}” is no date; write it like 2026, 2026-03 or 2026-03-14."
        ) from error
