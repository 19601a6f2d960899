"""How a finished document is laid out: what an analyst chooses of it."""

from dataclasses import dataclass
from enum import StrEnum


class Grouping(StrEnum):
    """What the headings of a document stand for."""

    RECORD = "record"
    TAG = "tag"
    PARTICIPANT = "participant"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a document holds, and in which order.

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
