"""Paragraphs that a column's or a page's end has parted, put together again."""

from core.importing.pdf_hyphens import needs_joining
from core.importing.pdf_paragraphs import Paragraph, begins_an_item, ends_a_sentence

_TEXT = ("paragraph", "list-item", "numbered-item")


def join_paragraphs(columns: list[list[Paragraph]]) -> list[Paragraph]:
    """Return all paragraphs in order; what goes on in the next column is one paragraph."""
    indented = _indents(columns)
    joined: list[Paragraph] = []
    for column in columns:
        fresh = list(column)
        if joined and fresh and _goes_on(joined[-1], fresh[0], indented):
            joined[-1].lines.extend(fresh.pop(0).lines)
        joined += fresh
    return joined


def _indents(columns: list[list[Paragraph]]) -> bool:
    """Whether paragraphs of this document begin with an indent, mostly."""
    told = [
        paragraph.lines[0].left - paragraph.lines[1].left > 0.8 * paragraph.first.size
        for column in columns
        for paragraph in column
        if paragraph.kind == "paragraph" and len(paragraph.lines) > 1
    ]
    return sum(told) * 2 > len(told)


def _goes_on(before: Paragraph, after: Paragraph, indented: bool) -> bool:
    last, first = before.last, after.first
    if before.kind not in _TEXT or after.kind != "paragraph" or first.page - last.page > 2:
        return False
    if abs(last.size - first.size) > 0.08 * last.size or begins_an_item(first.text):
        return False
    if needs_joining(last.text):
        return True
    ended = ends_a_sentence(last.text)
    if first.text[:1].islower():
        return not ended or (not last.text.endswith((";", ":")) and _is_full(before))
    if not ended:
        return _is_full(before) and last.bold == first.bold
    return indented and _is_full(before) and not _is_indented(after)


def _is_full(paragraph: Paragraph) -> bool:
    """Whether a paragraph's last line reaches (nearly) to its column's edge."""
    last = paragraph.last
    left, right = last.edges
    room = last.left - left if last.rtl else right - last.right
    return room < 4 * last.size


def _is_indented(paragraph: Paragraph) -> bool:
    first = paragraph.first
    others = [line.left for line in paragraph.lines[1:]] or [first.edges[0]]
    return first.left - min(others) > 0.8 * first.size
