"""Lines of text made of the pieces in a row: spaces, raised marks, spaced letters, ligatures."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from core.importing.pdf_chars import PageChars
from core.importing.pdf_columns import Column
from core.importing.pdf_pieces import Piece, Row
from core.importing.pdf_rtl import RIGHT_TO_LEFT, read_right_to_left

_SPACES = re.compile(r"[\s\u200b\ufeff\x00-\x20\x7f]+")
# Ligatures, Arabic presentation forms, Kangxi radicals: shapes of letters, not letters.
_SHAPES = re.compile("[\ufb00-\ufb4f\ufb50-\ufdf1\ufdf4-\ufdfb\ufe70-\ufefc\u2f00-\u2fdf]")
_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_MARK = re.compile(r"[\d*†‡§]{1,4}(?:, ?[\d*†‡§]{1,4})*")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")


@dataclass(slots=True)
class Line:
    """A line of text as it reads, and where it stands in its column (points, upwards)."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    page: int
    edges: tuple[float, float]  # of the column
    column: int  # counts up through the document: a new number, a new column or page
    cells: tuple[str, ...] = ()  # where wide gaps part the line
    cell_lefts: tuple[float, ...] = ()
    mark: str = ""  # the note's mark that the line begins with, if it is raised
    rtl: bool = False
    turn: int = 0  # quarter turns of its direction, as in `PageChars`


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script that puts no spaces between words."""
    return bool(_CJK.match(character)) and not _HANGUL.match(character)


def clean_text(text: str) -> str:
    """Return text with shapes folded to letters, NFC, and single spaces for blanks."""
    if not text.isascii():
        if _SHAPES.search(text):
            text = _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = unicodedata.normalize("NFC", text)
    elif text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(" ", text)


def write_lines(page: PageChars, columns: list[Column], number: int, first: int) -> list[Line]:
    """Return the lines of a page's columns; ``first`` is the number of its first column."""
    lines: list[Line] = []
    for n, column in enumerate(columns):
        edges = (column.left, column.right)
        for row in column.rows:
            line = _write(page, row, number, edges, first + n)
            if line.text:
                lines.append(line)
    return lines


def _write(page: PageChars, row: Row, number: int, edges: tuple[float, float], column: int) -> Line:
    if page.may_run_left and any(
        RIGHT_TO_LEFT.search(page.text, p.start, p.end) for p in row.pieces
    ):
        text, rtl = read_right_to_left(page, row)
        cells, lefts, mark = [clean_text(text).strip()], [row.left], ""
    else:
        rtl = False
        cells, lefts, mark = _left_to_right(page, row)
    main = max(row.pieces, key=lambda piece: piece.end - piece.start)
    faces = [piece for piece in row.pieces if piece.size > 0.8 * row.size]
    return Line(
        text=" ".join(filter(None, cells)),
        left=row.left,
        right=row.right,
        base=row.base,
        size=main.size if main.end - main.start > 3 else row.size,
        bold=all(piece.bold for piece in faces) if faces else main.bold,
        italic=all(piece.italic for piece in faces) if faces else main.italic,
        page=number,
        edges=edges,
        column=column,
        cells=tuple(cells) if len(cells) > 1 else (),
        cell_lefts=tuple(lefts) if len(cells) > 1 else (),
        mark=mark,
        turn=int(page.turn[main.start]),
        rtl=rtl,
    )


def _left_to_right(page: PageChars, row: Row) -> tuple[list[str], list[float], str]:
    """Return a row's cells, where each begins, and the raised mark that it begins with."""
    cells: list[str] = []
    lefts: list[float] = []
    mark = ""
    before: Piece | None = None
    for piece in row.pieces:
        text = _piece_text(page, piece)
        raised = piece.size < 0.85 * row.size and piece.base - row.base > 0.1 * row.size
        is_mark = raised and _MARK.fullmatch(text.strip()) is not None
        if is_mark:
            if before is None:
                mark = text.strip()
                before = piece
                continue
            text = _raise(text.strip(), cells[-1] if cells else "")
        gap = piece.left - before.right if before else 0.0
        if before is None or not cells or (gap >= 0.9 * row.size and not raised):
            cells.append(text)
            lefts.append(piece.left)
        else:
            cells[-1] = _join(page, cells[-1], text, before, piece, is_mark)
        before = piece
    return [clean_text(cell).strip() for cell in cells], lefts, mark


def _join(
    page: PageChars, before_text: str, text: str, before: Piece, piece: Piece, is_mark: bool
) -> str:
    """Put a piece after the one before it, with a space if they stand apart."""
    if before_text.endswith(" ") or text.startswith(" "):
        return before_text + text
    gap = piece.left - before.right
    size = max(before.size, piece.size)
    written = (
        before.end < piece.start <= before.end + 4 and page.text[before.end : piece.start].isspace()
    )
    unspaced = is_unspaced(before_text[-1:]) and is_unspaced(text[:1])
    apart = gap > (0.3 if unspaced else 0.15) * size or (written and not is_mark and not unspaced)
    is_attached = is_mark and gap < 0.3 * size
    return f"{before_text} {text}" if apart and not is_attached else before_text + text


def _raise(mark: str, before: str) -> str:
    """Write a raised number: an exponent after a digit, else the mark of a note."""
    if before[-1:].isdigit() and mark.isdigit():
        return mark.translate(_SUPERSCRIPT)
    return f"[{mark}]"


def _piece_text(page: PageChars, piece: Piece) -> str:
    text = page.text[piece.start : piece.end]
    if piece.gaps:
        text = _with_gaps(page, piece)
    if len(text) > 6 and text[1] == " " and _SPACED.search(text):
        text = _SPACED.sub(lambda found: _close_up(page, piece, found), text)
    return text


def _with_gaps(page: PageChars, piece: Piece) -> str:
    """Put spaces where the piece has gaps without one."""
    parts: list[str] = []
    start = piece.start
    for at in piece.gaps:
        before, after = page.text[at - 1], page.text[at]
        if is_unspaced(before) or is_unspaced(after):
            continue
        parts.append(page.text[start:at])
        start = at
    parts.append(page.text[start : piece.end])
    return " ".join(parts)


def _close_up(page: PageChars, piece: Piece, found: "re.Match[str]") -> str:
    """Return spaced letters as words: a space stays where the gap is much wider than usual."""
    letters = found[0].replace(" ", "")
    ink = np.flatnonzero(page.ink[piece.start : piece.end]) + piece.start
    shown = "".join(page.text[i] for i in ink.tolist())
    at = shown.find(letters)
    if at < 0:
        return found[0]
    ink = ink[at : at + len(letters)]
    gaps = page.left[ink[1:]] - page.right[ink[:-1]]
    usual = float(np.median(gaps))
    wide = (gaps > max(1.6 * usual, usual + 0.1 * piece.size)).tolist()
    words = letters[0]
    for letter, apart in zip(letters[1:], wide, strict=True):
        words += f" {letter}" if apart else letter
    return words
