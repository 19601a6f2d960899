"""What annotations can be handed on as."""

from dataclasses import dataclass
from pathlib import Path

PROJECT_FORMATS = ("qdpx", "qdc", "bundle")
"""Whole projects that other tools, or `merge`, read back in; bytes, not text."""

FORMATS = ("markdown", "html", "csv", "json", "jsonld", *PROJECT_FORMATS)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where."""

    path: Path
    annotations: int
    remarks: tuple[str, ...] = ()  # what the format can't hold, a sentence each
