"""How an analyst exports again and again, kept by name."""

from dataclasses import dataclass

from core.domain.briefings import Briefing


@dataclass(frozen=True, slots=True)
class ExportPreset:
    """A format of `FORMATS` and how its document is laid out; what goes in is chosen anew."""

    id: str
    name: str
    format: str
    briefing: Briefing
