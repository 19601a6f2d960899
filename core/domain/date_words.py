"""Dates and periods in words, read back: what `dates.in_words` and the pages write."""

import re
from dataclasses import dataclass
from functools import lru_cache

from core.domain.dates import MONTHS, parse
from core.errors import UserError

_UNCERTAIN = " (uncertain)"
_ABOUT = "about "
_DASH = re.compile(r"\s*–\s*|\s+to\s+")
_POINT = re.compile(
    rf"(?:(?:(\d{{1,2}})\s+)?({'|'.join(MONTHS)})(?:\s+|\Z))?(\d{{4}})?\Z|(\d{{1,2}})\Z",
    re.IGNORECASE,
)
_LONGEST = 120  # characters; nothing that says only a date is longer
_MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_MARKS: dict[frozenset[str], str] = {
    frozenset[str](): "",
    frozenset("?"): "?",
    frozenset("~"): "~",
    frozenset("?~"): "%",
}
Parts = tuple[str | None, str | None, str | None, str]  # year, month, day, the marks "?" and "~"


@dataclass(frozen=True, slots=True)
class Period:
    """When something began and when it ended, each an EDTF date or None where not said."""

    began: str | None
    ended: str | None = None


@lru_cache(maxsize=4096)
def read_period(words: str) -> Period | None:
    """Read words that say a date or a period and nothing else; None for any others.

    "2 November 2011", "1–2 November 2011", "about 2013", "since 2011", "until 2015",
    "by 2019", "August 2012 – June 2013", "2017 to May 2019".
    """
    words = " ".join(words.split())
    if len(words) > _LONGEST:
        return None
    if words.startswith("since "):
        return _period(_date(words.removeprefix("since ")), None)
    if words.startswith("from ") and words.endswith(" on"):
        return _period(_date(words[5:-3]), None)
    if words.startswith("until "):
        end = _date(words.removeprefix("until "))
        return Period(None, end) if end else None
    if words.startswith("by "):
        end = _date(words.removeprefix("by "))
        return Period(f"../{end}") if end else None
    return _between(words)


def _period(began: str | None, ended: str | None) -> Period | None:
    return Period(began, ended) if began else None


def _between(words: str) -> Period | None:
    dashes = list(_DASH.finditer(words))
    if not dashes:
        return _period(_date(words), None)
    for dash in dashes:
        last = _parts(words[dash.end() :])
        first = _parts(words[: dash.start()])
        if first is None or last is None or last[0] is None:
            continue
        mark = _MARKS[frozenset(first[3] + last[3])]  # words leave open whose mark it is
        began = _edtf((first[0] or last[0], first[1] or _shared(first, last), first[2], mark))
        ended = _edtf((*last[:3], mark))
        if began and ended:
            return Period(began, ended)
    return None


def _shared(first: Parts, last: Parts) -> str | None:
    """Return the month that both ends share, where the first says only its day."""
    return last[1] if first[2] else None


def _date(words: str) -> str | None:
    parts = _parts(words)
    return _edtf((*parts[:3], _MARKS[frozenset(parts[3])])) if parts and parts[0] else None


def _parts(words: str) -> Parts | None:
    is_uncertain, is_about = words.endswith(_UNCERTAIN), words.startswith(_ABOUT)
    bare = words.removesuffix(_UNCERTAIN).removeprefix(_ABOUT).strip()
    match = _POINT.match(bare) if bare else None
    if match is None:
        return None
    mark = "?" * is_uncertain + "~" * is_about
    month = f"{_MONTH_NUMBERS[match[2].casefold()]:02}" if match[2] else None
    day = match[1] or match[4]
    return match[3], month, f"{int(day):02}" if day else None, mark


def _edtf(parts: Parts) -> str | None:
    """Return the date if there is such a day."""
    if parts[2] and not parts[1]:
        return None
    edtf = "-".join(part for part in parts[:3] if part) + parts[3]
    try:
        parse(edtf)
    except UserError:
        return None
    return edtf
