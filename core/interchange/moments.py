"""Moments as other tools write them."""

from datetime import UTC, datetime


def read_moment(said: object) -> datetime | None:
    """Return a moment in UTC (one without a zone is taken for UTC), None for what is none."""
    if not isinstance(said, str):
        return None
    try:
        moment = datetime.fromisoformat(said.strip())
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # year 1 or 9999 beside a zone
        return None


def write_second(moment: datetime | None) -> str | None:
    """Return a moment in UTC with whole seconds and ``Z``."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_exact(moment: datetime | None) -> str | None:
    """Return a moment in UTC with all that is known of it."""
    return None if moment is None else moment.astimezone(UTC).isoformat()
