"""Footnotes of a PDF: small type at the foot of a column, each begun with its mark."""

import re

from core.importing.pdf_lines import Line
from core.importing.pdf_paragraphs import Paragraph, build_paragraphs

_SMALL = 0.93  # of the body's type
_MARK = re.compile(r"(?P<mark>\d{1,3}|[*†‡§]{1,3}|[a-z])(?:[.)]?\s+|(?=[^\w\s.,)]))(?=\S)")
NOTE_MARK = re.compile(r"\[(\d{1,3}|[*†‡§]{1,3}|[a-z])\]")


def part_notes(column: list[Line], body: float) -> tuple[list[Line], list[Line]]:
    """Return a column's lines without its footnotes, and the footnotes' lines."""
    at = len(column)
    while at and column[at - 1].size <= _SMALL * body:
        at -= 1
    # A note begins with a mark; small type above the first mark is no note.
    marked = next((i for i in range(at, len(column)) if mark_of(column[i])), None)
    if marked is None:
        return column, []
    is_whole_column = at == 0
    if is_whole_column and not column[marked].mark:
        return column, []
    if not is_whole_column and marked > at and column[marked - 1].column == column[at].column:
        step = column[at - 1].base - column[at].base
        if step < 1.6 * body and begins_low(column[at]):
            marked = at  # the end of a note that began on the page before
    return column[:marked], column[marked:]


def begins_low(line: Line) -> bool:
    """Whether a line reads as the rest of a sentence."""
    return line.text[:1].islower()


def mark_of(line: Line) -> str:
    """Return the note's mark that a line begins with, or nothing."""
    if line.mark:
        return line.mark
    found = _MARK.match(line.text)
    return found["mark"] if found else ""


def build_notes(lines: list[Line], leading: float) -> list[tuple[str, Paragraph]]:
    """Return notes with their marks; lines before the first mark have an empty one."""
    notes: list[tuple[str, list[Line]]] = []
    for line in lines:
        mark = mark_of(line)
        if notes and not _begins(mark, line, notes[-1][1]):
            notes[-1][1].append(line)
            continue
        if mark and not line.mark:
            line.text = line.text[len(mark) :].lstrip(".) ")
        notes.append((mark, [line]))
    made: list[tuple[str, Paragraph]] = []
    for mark, of_note in notes:
        paragraphs = build_paragraphs(of_note, leading)
        whole = Paragraph([line for part in paragraphs for line in part.lines], "note")
        made.append((mark, whole))
    return made


def _begins(mark: str, line: Line, before: list[Line]) -> bool:
    """Whether a marked line begins a note, not a line that happens to begin with a number."""
    if not mark:
        return False
    first = before[0]
    if line.mark or not mark.isdigit():
        return bool(line.mark) or line.left <= first.left + 1
    return abs(line.left - first.left) < 0.5 * line.size or line.left > before[-1].left
