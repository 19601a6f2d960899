"""What a document's first lines say of it: the day that it bears, a resolution's name."""

import re
from collections.abc import Sequence
from itertools import islice

from core.domain.dates import MONTHS

_FIRST = 30  # passages that may hold it
_LONGEST = 160
_MONTH = "|".join(MONTHS)
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTH}),?\s+\d{{4}}|(?:{_MONTH})\s+\d{{1,2}},?\s+\d{{4}}"
_BEFORE = (
    r"(?:dated?:?|of|distr\.?:?\s*\w+|(?:[\w./() ]{0,30}\b)?resolution(?: \d+ \(\d{4}\))?,? of|"
    r"(?:resolution )?adopted\b.{0,80}\bon|(?-i:[A-Z])[\w.'’ -]{2,40},)\s+"
)
_AFTER = (
    r"(?:\.|\s+\[[^\]]{1,40}\]|\s+original\b.{0,60}|\s+english\b.{0,60}|\s+the\s[\w ]{4,60},?)?"
)
_DATED = re.compile(rf"(?:{_BEFORE})?(?P<day>{_DAY}){_AFTER}", re.IGNORECASE)
_RESOLUTION = re.compile(
    r"(?P<name>resolution \d{1,4} ?\(\d{4}\))(?:,? of\b|\s*\Z|\s+adopted\b)"
    r"|(?P<number>\d{1,4}) ?\((?P<year>\d{4})\)\.? resolution of\b",
    re.IGNORECASE,
)


def own_date(passages: Sequence[str]) -> str | None:
    """Return the day that a line at a document's beginning gives it, as it is written there."""
    for words in islice(passages, _FIRST):
        match = _DATED.fullmatch(words.strip()) if len(words) <= _LONGEST else None
        if match:
            return match["day"]
    return None


def resolution_named(passages: Sequence[str]) -> str | None:
    """Return "Resolution 242 (1967)" where a document begins as that resolution."""
    for words in islice(passages, _FIRST):
        match = _RESOLUTION.match(words.strip()) if len(words) <= _LONGEST else None
        if match:
            name = match["name"] or f"resolution {match['number']} ({match['year']})"
            return " ".join(name.lower().replace("(", " (").split()).capitalize()
    return None
