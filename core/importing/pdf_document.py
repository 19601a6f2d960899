"""From the lines of all pages to passages: furniture out, notes apart, paragraphs joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from core.importing.pdf_answer import Found
from core.importing.pdf_furniture import find_furniture
from core.importing.pdf_headings import Headings, body_size
from core.importing.pdf_hyphens import Hyphens, needs_joining
from core.importing.pdf_joining import join_paragraphs
from core.importing.pdf_lines import Line, is_unspaced
from core.importing.pdf_notes import NOTE_MARK, build_notes, part_notes
from core.importing.pdf_paragraphs import (
    BULLET,
    NUMBER,
    Paragraph,
    build_paragraphs,
    usual_leading,
)
from core.importing.pdf_tables import confirm_cells


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF reads: passages in order, and the numbers printed on its pages."""

    passages: list[Found]
    printed: dict[int, str]


def compose_document(
    lines: list[Line], labels: list[str], outline: list[tuple[int, str, int]]
) -> PdfText:
    """Return the passages of a document from its lines in reading order."""
    left_out, printed = find_furniture(lines, labels)
    lines = [line for i, line in enumerate(lines) if i not in left_out]
    body = body_size(lines)
    leading = usual_leading([line for line in lines if abs(line.size - body) < 0.6])
    headings = Headings(lines, body, outline)
    hyphens = Hyphens([line.text for line in lines])
    columns: list[list[Paragraph]] = []
    notes: list[tuple[str, Paragraph]] = []
    for _, group in groupby(lines, key=lambda line: line.column):
        text_lines, note_lines = part_notes(list(group), body)
        columns.append(build_paragraphs(confirm_cells(text_lines), leading))
        notes += build_notes(note_lines, leading)
    for column in columns:
        for paragraph in column:
            _classify(paragraph, headings, hyphens)
        _spread_items(column)
    joined = join_paragraphs(columns)
    marks = {(note.first.page, mark) for mark, note in notes}
    body_text = [_found(paragraph, hyphens, marks) for paragraph in joined]
    return PdfText(list(_with_notes(joined, body_text, _merged(notes), hyphens)), printed)


def _classify(paragraph: Paragraph, headings: Headings, hyphens: Hyphens) -> None:
    if paragraph.first.cells:
        paragraph.kind = "table-row"
        return
    text = paragraph_text(paragraph, hyphens)
    level = headings.level(paragraph, text)
    if level:
        paragraph.kind, paragraph.level = "heading", level
    elif BULLET.match(text):
        paragraph.kind, paragraph.level = "list-item", 1
    elif NUMBER.match(text) and _hangs(paragraph):
        paragraph.kind, paragraph.level = "numbered-item", 1


def _spread_items(column: list[Paragraph]) -> None:
    """Make items of short numbered paragraphs beside items that hang."""
    for around in (pairwise(column), pairwise(column[::-1])):
        for item, other in around:
            if (
                item.kind == "numbered-item"
                and other.kind == "paragraph"
                and len(other.lines) == 1
                and abs(item.first.left - other.first.left) < 1.0
                and NUMBER.match(other.first.text)
            ):
                other.kind, other.level = item.kind, item.level


def _hangs(paragraph: Paragraph) -> bool:
    """Whether an item's first line reaches out, or the whole is set in from the column."""
    first = paragraph.first
    if first.left - first.edges[0] > 1.5 * first.size:
        return True
    return len(paragraph.lines) > 1 and paragraph.lines[1].left - first.left > 0.8 * first.size


def paragraph_text(paragraph: Paragraph, hyphens: Hyphens) -> str:
    """Return a paragraph's lines as running text."""
    if paragraph.kind == "table-row" and paragraph.first.cells:
        return "\t".join(paragraph.first.cells)
    text = paragraph.first.text
    for line in paragraph.lines[1:]:
        if needs_joining(text):
            text = hyphens.join(text, line.text)
        elif is_unspaced(text[-1:]) and is_unspaced(line.text[:1]):
            text += line.text
        else:
            text = f"{text} {line.text}"
    return text


def _found(paragraph: Paragraph, hyphens: Hyphens, notes: set[tuple[int, str]]) -> Found:
    text = paragraph_text(paragraph, hyphens)
    pages = {line.page for line in paragraph.lines}
    marks = [
        (found.start(), found.end(), found[1])
        for found in NOTE_MARK.finditer(text)
        if any((page, found[1]) in notes for page in pages)
    ]
    if paragraph.kind == "list-item":
        found = BULLET.match(text)
        cut = found.end() if found else 0
        text = text[cut:]
        marks = [(start - cut, end - cut, mark) for start, end, mark in marks]
    return Found(paragraph.kind, paragraph.level, paragraph.first.page, text, marks)


def _merged(notes: list[tuple[str, Paragraph]]) -> list[tuple[str, Paragraph]]:
    """Put the rest of a note that began on an earlier page to its beginning."""
    merged: list[tuple[str, Paragraph]] = []
    for mark, note in notes:
        if not mark and merged:
            merged[-1][1].lines.extend(note.lines)
        else:
            merged.append((mark, note))
    return merged


def _with_notes(
    paragraphs: list[Paragraph],
    texts: list[Found],
    notes: list[tuple[str, Paragraph]],
    hyphens: Hyphens,
) -> Iterator[Found]:
    """Yield the passages, each note after the one that has its mark, else after its page."""
    places: dict[int, list[Found]] = {}
    for mark, note in notes:
        page = note.first.page
        at = _place(paragraphs, texts, mark, page)
        text = paragraph_text(note, hyphens)
        words = f"[{mark}] {text}" if mark else text
        marks = [(0, len(mark) + 2, mark)] if mark else []
        label = f"note {mark}" if mark else None
        places.setdefault(at, []).append(Found("note", 0, page, words, marks, label))
    yield from places.get(-1, ())
    for at, text in enumerate(texts):
        yield text
        yield from places.get(at, ())


def _place(paragraphs: list[Paragraph], texts: list[Found], mark: str, page: int) -> int:
    last = -1
    for at, paragraph in enumerate(paragraphs):
        if paragraph.first.page > page:
            break
        last = at
        if any(line.page == page for line in paragraph.lines) and any(
            said == mark for _, _, said in texts[at].marks
        ):
            return at
    return last
