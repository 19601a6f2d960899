"""What annotations can be handed on as."""

from dataclasses import dataclass
from pathlib import Path

PROJECT_FORMATS = ("qdpx", "qdc", "bundle")
"""Whole projects that other tools, or `merge`, read back in."""

DOCUMENT_FORMATS = ("docx", "odt", "pdf")
"""Finished documents, laid out as a `Briefing` says."""

LAYOUT_FORMATS = (*DOCUMENT_FORMATS, "markdown")
"""Those that a layout of the analyst's own can write."""

REFERENCE_FORMATS = ("bibtex", "ris", "csljson")
"""The cited works alone."""

FORMATS = (
    "markdown",
    "html",
    *DOCUMENT_FORMATS,
    "csv",
    "xlsx",
    "json",
    "jsonld",
    *REFERENCE_FORMATS,
    *PROJECT_FORMATS,
)

BINARY_FORMATS = frozenset({*DOCUMENT_FORMATS, *PROJECT_FORMATS, "xlsx"})
"""Those that are bytes, not text in UTF-8."""


@dataclass(frozen=True, slots=True)
class Beside:
    """How much stands beside annotations that only a project takes along."""

    notes_on_records: int = 0
    notes_on_tags: int = 0
    notes_alone: int = 0
    definitions: int = 0  # tags whose meaning is told
    documents: int = 0  # of the analyst's own that they stand on


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and where. ``remarks`` say what the format left out, a sentence each."""

    path: Path
    annotations: int
    remarks: tuple[str, ...] = ()  # what the format can't hold, a sentence each


@dataclass(frozen=True, slots=True)
class Made:
    """An export before it is written."""

    data: bytes
    annotations: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """How an export begins: HTML or plain text of its first ``shown`` annotations of ``total``."""

    text: str
    is_html: bool
    shown: int
    total: int
    remarks: tuple[str, ...] = ()
