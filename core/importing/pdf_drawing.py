"""Draws one page of a PDF, and finds where a passage stands on it; runs in the child process."""

import ctypes
import math

from core.importing.limits import Refused
from core.importing.pdf_answer import Drawn
from core.importing.pdf_chars import CharReader
from core.importing.pdf_engine import DAMAGED, OpenedPdf
from core.importing.pdf_headings import letters_of
from core.importing.pdf_lines import Line
from core.importing.pdf_pages import read_page

MOST_PIXELS = 24_000_000
_ANNOTATIONS = 0x01
_RED_FIRST = 0x10
_WITH_ALPHA = 4  # PDFium's number of a format: four bytes a pixel
_WHITE = 0xFFFFFFFF
_ABOVE, _BELOW = 0.82, 0.22  # of the size of type: how far a line reaches from its base line
_MOST_LINES = 600
_FEWEST_LETTERS = 12  # that have to be found, unless a passage has fewer


def draw(document: OpenedPdf, number: int, width: int, passage: str) -> Drawn:
    """Return page ``number`` (from 0), ``width`` pixels wide or less where it is very long."""
    engine = document.engine
    if not 0 <= number < document.pages:
        raise Refused(f"it has {document.pages:,} pages only")
    page = int(engine.FPDF_LoadPage(document.handle, number))
    if not page:
        raise Refused(DAMAGED)
    size = _size(engine.FPDF_GetPageWidthF(page), engine.FPDF_GetPageHeightF(page), width)
    lines = read_page(CharReader(document), page, number, 0).lines if passage else []
    marks = [_place(document, page, size, line, *part) for line, part in find(lines, passage)]
    return Drawn(*size, _pixels(document, page, size), marks)


def _size(width: float, height: float, wanted: int) -> tuple[int, int]:
    """Return a picture's width and height, within bounds whatever the page says."""
    if not (width > 0 and height > 0 and math.isfinite(width * height)):
        raise Refused("the page has no size")
    across = max(1.0, min(float(wanted), math.sqrt(MOST_PIXELS * width / height)))
    return int(across), int(max(1.0, min(across * height / width, MOST_PIXELS / across)))


def _pixels(document: OpenedPdf, page: int, size: tuple[int, int]) -> bytes:
    engine, (width, height) = document.engine, size
    pixels = ctypes.create_string_buffer(4 * width * height)
    bitmap = engine.FPDFBitmap_CreateEx(
        width, height, _WITH_ALPHA, ctypes.addressof(pixels), 4 * width
    )
    if not bitmap:
        raise MemoryError
    engine.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
    flags = _ANNOTATIONS | _RED_FIRST
    engine.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    engine.FPDFBitmap_Destroy(bitmap)
    return pixels.raw


def find(lines: list[Line], passage: str) -> list[tuple[Line, tuple[float, float]]]:
    """Return the lines that hold a passage, each with the part of its length that does.

    Compared by letters and digits alone; running heads and notes may stand in between, and of a
    passage over several pages only a part is there.
    """
    wanted = letters_of(passage)
    lines = lines[:_MOST_LINES]
    written = [letters_of(line.text) for line in lines]
    best: list[tuple[int, int, int]] = []
    for start in range(len(lines)):
        chain = _chain(written, start, wanted)
        if _length(chain) > _length(best):
            best = chain
    if _length(best) < min(_FEWEST_LETTERS, len(wanted)):
        return []
    return [(lines[k], _share(lines[k], start, end, len(written[k]))) for k, start, end in best]


def _chain(written: list[str], start: int, wanted: str) -> list[tuple[int, int, int]]:
    """Return which letters of which lines hold the passage, if it is met at line ``start``."""
    first = written[start]
    if not first or not wanted:
        return []
    if wanted in first:
        at = first.index(wanted)
        return [(start, at, at + len(wanted))]
    at = wanted.find(first)
    if at >= 0:
        chain, reached = [(start, 0, len(first))], at + len(first)
    else:
        reached = next((n for n in range(len(first), 0, -1) if first.endswith(wanted[:n])), 0)
        chain = [(start, len(first) - reached, len(first))] if reached else []
    for k in range(start + 1, len(written) if chain else 0):
        if written[k] and wanted.startswith(written[k], reached):
            chain.append((k, 0, len(written[k])))
            reached += len(written[k])
        elif reached < len(wanted) and written[k].startswith(wanted[reached:]):
            return [*chain, (k, 0, len(wanted) - reached)]
    return chain


def _length(chain: list[tuple[int, int, int]]) -> int:
    return sum(end - start for _, start, end in chain)


def _share(line: Line, start: int, end: int, length: int) -> tuple[float, float]:
    share = (start / length, end / length)
    return (1 - share[1], 1 - share[0]) if line.rtl else share


def _place(
    document: OpenedPdf, page: int, size: tuple[int, int], line: Line, start: float, end: float
) -> tuple[float, float, float, float]:
    """Return a part of a line as a rectangle in pixels: left, top, width, height."""
    length = line.right - line.left
    corners = [
        _turned(line.left + length * share, line.base + line.size * reach, line.turn)
        for share, reach in ((start, -_BELOW), (end, _ABOVE))
    ]
    at = [_on_picture(document, page, size, x, y) for x, y in corners]
    left, right = sorted(x for x, _ in at)
    top, bottom = sorted(y for _, y in at)
    return left, top, right - left, bottom - top


def _turned(along: float, across: float, turn: int) -> tuple[float, float]:
    """Return a place on the page from one in a line's own direction (quarter turns)."""
    return (
        (along, across),
        (-across, along),
        (-along, -across),
        (across, -along),
    )[turn]


def _on_picture(
    document: OpenedPdf, page: int, size: tuple[int, int], x: float, y: float
) -> tuple[float, float]:
    """Return where a place on the page comes to stand in the picture."""
    fine = 16  # PDFium answers in whole pixels; ask for a picture that is larger
    place = (ctypes.c_int * 2)()
    at = ctypes.addressof(place)
    width, height = size[0] * fine, size[1] * fine
    document.engine.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, at, at + 4)
    return (
        min(max(place[0] / fine, 0.0), float(size[0])),
        min(max(place[1] / fine, 0.0), float(size[1])),
    )
