"""Counts of parties, signatories, votes: side by side where the sources differ."""

from collections import defaultdict

from core.domain.dates import in_words
from core.domain.text import PassageKind
from core.reference.index import PackIndex, by_date
from core.reference.schema import CountShape
from core.reference.writing import TAB, Cited, Piece, TextWriter


def write_figures(writer: TextWriter, index: PackIndex, counts: list[CountShape]) -> None:
    """Write a row for each figure with its own source; say so where they disagree."""
    if not counts:
        return
    writer.heading("Figures")
    numbers: dict[str, set[int]] = defaultdict(set)
    for count in counts:
        numbers[count.unit.casefold()].add(count.count)
    if any(len(different) > 1 for different in numbers.values()):
        words = "The figures differ; each stands with its own source, and none is preferred."
        writer.add(PassageKind.PARAGRAPH, words)
    head = ["Figure", *(["As of"] if any(c.as_of for c in counts) else [])]
    head += ["Caveat"] if any(c.note for c in counts) else []
    writer.add(PassageKind.TABLE_HEAD, TAB.join(head))
    for number, count in enumerate(by_date(counts), 1):
        cells: list[Piece] = [f"{count.count:,} {count.unit}"]
        if "As of" in head:
            cells += [TAB, in_words(count.as_of) if count.as_of else ""]
        if "Caveat" in head:
            cells += [TAB, count.note or ""]
        cited = Cited(tuple(cells), index.optional_key(count.source), count.verified)
        writer.add(PassageKind.TABLE_ROW, cited, label=f"Figure {number}")
