"""What annotations can be handed on as."""

from dataclasses import dataclass
from pathlib import Path

FORMATS = ("markdown", "html", "csv", "json", "jsonld")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where."""

    path: Path
    annotations: int
