"""Which stretches of a record's page are later than a day, or were over on it; its tables then.

The text itself is canonical and stays whole; the reader draws these stretches apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.domain.as_of import AsOf, Standing, of_cell, of_fact, of_row, ties_by_end
from core.domain.keys import Kind
from core.domain.records import Record
from core.domain.tables import Cell, TextTable
from core.domain.text import Passage, PassageKind, Span, SpanKind

_FACT = re.compile(r"Fact (\d+)\Z")
_BRACKET = re.compile(r" \([^()\n]*\)")
_ARTICLE = "Article,"
_STATUS = "status"


@dataclass(frozen=True, slots=True)
class Fade:
    """A stretch ``start <= i < end`` of the canonical text that was later, or over."""

    start: int
    end: int
    standing: Standing


def fades(record: Record, as_of: AsOf | None) -> tuple[Fade, ...]:
    """Return what is to be drawn apart, in the order of the text; nothing without a date.

    Facts go by their year, rows by their dates, sentences and items by the ties to the records
    that they link to. An article is prose, and stays.
    """
    if as_of is None or record.entry.kind is Kind.DOCUMENT:
        return ()
    page = _Page(record, as_of)
    found = (fade for passage in record.text.passages for fade in page.fades_of(passage))
    return tuple(fade for fade in found if not fade.standing.shown)


def table_as_of(table: TextTable, ties: Mapping[str, Standing], as_of: AsOf) -> TextTable:
    """Return a table with the rows that were so, without the dates that were still to come.

    ``ties`` are how the record's ties to others stood, by key. Where a date of a row is left out,
    so is the status that rests on it.
    """
    kept = [row for row in table.rows if _row_standing(table.columns, row, ties, as_of).shown]
    rows = tuple(_row_as_of(table.columns, row, as_of) for row in kept)
    return replace(table, rows=rows)


def _row_standing(
    columns: Sequence[str], row: Sequence[Cell], ties: Mapping[str, Standing], as_of: AsOf
) -> Standing:
    tied = [ties[key] for cell in row if (key := cell.target or "") in ties]
    return of_row(columns, [cell.words for cell in row], tied, as_of)


def _row_as_of(columns: Sequence[str], row: Sequence[Cell], as_of: AsOf) -> tuple[Cell, ...]:
    later = [
        of_cell(column, cell.words, as_of) is Standing.LATER
        for column, cell in zip(columns, row, strict=True)
    ]
    hidden = {_STATUS} if any(later) else set[str]()
    return tuple(
        Cell("", cell.start, cell.end) if is_later or column.casefold() in hidden else cell
        for column, cell, is_later in zip(columns, row, later, strict=True)
    )


class _Page:
    """One record's page, with its ties by the record at their other end."""

    def __init__(self, record: Record, as_of: AsOf) -> None:
        self._record = record
        self._as_of = as_of
        self._ties = ties_by_end(record, as_of)
        self._content = record.text.content
        self._columns: list[str] = []
        spans = sorted(record.text.spans, key=lambda span: span.start)
        self._links = [s for s in spans if s.kind is SpanKind.LINK and s.target in self._ties]
        self._cites = [s for s in spans if s.kind is SpanKind.CITE]

    def fades_of(self, passage: Passage) -> Iterator[Fade]:
        """Yield how the statements of a passage stood; passages are to come in their order."""
        label = passage.label or ""
        if passage.kind is PassageKind.TABLE_HEAD:
            self._columns = self._content[passage.start : passage.end].split("\t")
        elif label.startswith(_ARTICLE):
            return
        elif passage.kind is PassageKind.TABLE_ROW:
            yield self._row(passage)
        elif fact := _FACT.match(label):
            number = int(fact[1]) - 1
            if number < len(self._record.facts):
                found = of_fact(self._record.facts[number].fact, self._as_of)
                yield Fade(passage.start, passage.end, found)
        elif passage.kind is PassageKind.LIST_ITEM and not label:
            if links := self._links_in(passage):
                yield Fade(passage.start, passage.end, self._ties[links[0].target or ""])
        elif passage.kind is PassageKind.PARAGRAPH and not label:
            links = self._links_in(passage)
            yield from (self._stretch(link, links) for link in links)

    def _links_in(self, passage: Passage) -> list[Span]:
        return [s for s in self._links if passage.start <= s.start and s.end <= passage.end]

    def _row(self, passage: Passage) -> Fade:
        cells = self._content[passage.start : passage.end].split("\t")
        ties = [self._ties[link.target or ""] for link in self._links_in(passage)]
        found = of_row(self._columns, cells, ties, self._as_of)
        return Fade(passage.start, passage.end, found)

    def _stretch(self, link: Span, links: list[Span]) -> Fade:
        """Return a link with what is said of it: its statement if it has one of its own, else
        the bracket that follows."""
        found = self._ties[link.target or ""]
        for cite in self._cites:
            around = cite.start <= link.start and link.end <= cite.end
            if around and sum(cite.start <= s.start < cite.end for s in links) == 1:
                return Fade(cite.start, cite.end, found)
        bracket = _BRACKET.match(self._content, link.end)
        return Fade(link.start, bracket.end() if bracket else link.end, found)
