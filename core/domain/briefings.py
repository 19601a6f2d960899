"""How a finished document is laid out: what an analyst chooses of it."""

from dataclasses import dataclass
from enum import StrEnum


class Grouping(StrEnum):
    """What the headings of a document stand for."""

    RECORD = "record"
    TAG = "tag"
    PARTICIPANT = "participant"
    DATE = "date"


class Order(StrEnum):
    """What comes first; passages of one record stand as in its text, or as they were made."""

    TITLE = "title"
    DATE = "date"  # of the record, the earliest first
    OLDEST = "oldest"  # of the annotations
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a document holds, and in which order; ``order`` holds for tables and data too.

    ``style`` is as in `Settings.citation_style`, "" for the one set there; ``reference`` the path
    of a Word or OpenDocument file whose styles are used, ``layout`` that of a Jinja2 template
    which writes the document in Markdown; "" for the program's own.
    """

    group: Grouping = Grouping.RECORD
    style: str = ""
    notes: bool = True
    details: bool = True
    annex: bool = True
    bibliography: bool = True
    reference: str = ""
    layout: str = ""
    order: Order = Order.TITLE
