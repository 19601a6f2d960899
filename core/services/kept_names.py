"""Names under which an analyst keeps things: searches, filters, presets of exports."""

import unicodedata
from collections.abc import Iterable

from core.errors import UserError

_LONGEST = 120


def clean_name(name: str, noun: str, taken: Iterable[str]) -> str:
    """Return the name in NFC without needless white space.

    Raises `UserError` for one that is empty, unprintable, too long, or that another thing of the
    same ``noun`` ("saved filter") bears in whatever case.
    """
    cleaned = unicodedata.normalize("NFC", " ".join(name.split()))
    if not cleaned or not cleaned.isprintable():
        raise UserError(f"A {noun} needs a name; type a few words.")
    if len(cleaned) > _LONGEST:
        raise UserError(f"The name of a {noun} has at most {_LONGEST} characters; shorten it.")
    if cleaned.casefold() in {other.casefold() for other in taken}:
        raise UserError(f"There is a {noun} “{cleaned}” already; choose another name.")
    return cleaned
