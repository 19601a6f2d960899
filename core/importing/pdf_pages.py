"""One page of a PDF as lines in reading order."""

from dataclasses import dataclass

from core.importing.pdf_chars import CharReader
from core.importing.pdf_columns import part_columns
from core.importing.pdf_lines import Line, write_lines
from core.importing.pdf_pieces import cut_pieces


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page's lines, how many columns they stand in, and whether there are pictures."""

    lines: list[Line]
    columns: int
    has_pictures: bool


def read_page(reader: CharReader, page: int, number: int, first: int) -> ReadPage:
    """Return a loaded page (its handle); ``first`` is the number of its first column."""
    chars = reader.read(page)
    rulings = reader.rulings(page)
    columns = [column for pieces in cut_pieces(chars) for column in part_columns(pieces, rulings)]
    lines = write_lines(chars, columns, number, first)
    return ReadPage(lines, len(columns), rulings.pictures > 0)
