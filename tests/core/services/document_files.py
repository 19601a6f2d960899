"""Files to import, and a reader of plain text that reads them at once."""

from dataclasses import replace
from pathlib import Path

from core.domain.documents import DocumentMetadata, ReadDocument
from core.domain.text import Passage, PassageKind, Text
from core.errors import UserError
from core.tasks import CancelToken


def read_lines(path: Path, cancel: CancelToken) -> ReadDocument:
    """Read one paragraph a line: "# " begins a heading, "symbol: " and "date: " say what they
    say; a file that begins with "!" can't be read."""
    cancel.check()
    content = path.read_bytes().decode("utf-8", "replace")
    if content.startswith("!"):
        raise UserError(f"“{path.name}” was not read: there is no text in it.")
    metadata = DocumentMetadata()
    passages: list[Passage] = []
    lines: list[str] = []
    at = 0
    for line in filter(None, content.splitlines()):
        name, colon, value = line.partition(": ")
        if colon and name in {"symbol", "date", "language", "publisher"}:
            metadata = replace(metadata, **{name: value})
            continue
        words = line.removeprefix("# ")
        kind = PassageKind.HEADING if words != line else PassageKind.PARAGRAPH
        level = 1 if words != line else 0
        passages.append(Passage(len(lines), kind, level, at, at + len(words)))
        lines.append(words)
        at += len(words) + 1
    return ReadDocument(Text("\n".join(lines), tuple(passages)), metadata, "text")


def a_paper(title: str, *paragraphs: str) -> str:
    """The text of a file with a title."""
    return "\n".join([f"# {title}", *paragraphs]) + "\n"


LONG = tuple(
    f"Paragraph {n}: States should co-operate on the {word} of networks, and tell one another of "
    f"incidents that touch the {word} of others."
    for n, word in enumerate(("stability", "security", "openness", "repair", "growth", "peace"))
)
"""Paragraphs that are enough to tell editions by."""
