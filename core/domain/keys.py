"""Record keys, ``kind:slug``."""

import re
from enum import StrEnum

from core.errors import UserError


class Kind(StrEnum):
    """The kinds of record, in the order in which the library lists them."""

    NORM = "norm"
    INITIATIVE = "initiative"
    PARTICIPANT = "participant"
    INSTRUMENT = "instrument"
    EVENT = "event"
    SOURCE = "source"
    DOCUMENT = "document"
    NOTE = "note"
    """A note of the analyst's that stands on no record: found by the search like the others, but
    no record itself. Its key is ``note:`` and its id."""


RECORD_KINDS = tuple(kind for kind in Kind if kind is not Kind.NOTE)
"""The kinds that the library lists."""

_KEY = re.compile(r"(?P<kind>[a-z]+):(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\Z")


_KINDS = frozenset(kind.value for kind in RECORD_KINDS)


def is_key(text: str) -> bool:
    """Tell whether ``text`` has the form of a record key of a known kind."""
    match = _KEY.match(text)
    return match is not None and match["kind"] in _KINDS


def kind_of(key: str) -> Kind:
    """Return the kind that a record key names; raises `UserError` for anything else."""
    if not is_key(key):
        raise UserError(
            f"“{key}” is not a record key; keys look like norm:due-diligence. "
            "Use 'normatlas list' to see them."
        )
    return Kind(key.partition(":")[0])
