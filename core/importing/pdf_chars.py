"""The characters of a PDF page as arrays: code, place, size and face, in reading direction."""

import ctypes
import re
from collections import deque
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from core.importing.limits import too_much_text
from core.importing.pdf_engine import Engine, OpenedPdf

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_Place = tuple[float, float, float, float, float]  # origin, scale, direction of the line

MOST_CHARACTERS = 400_000  # of one page; a densely set broadsheet has 60,000
_STEP = 10  # how many characters apart one asks for the text object they belong to
_LINE_END = re.compile("\r\n")  # as PDFium writes it
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_ITALIC_FLAG = 64
_FIGURES = re.compile(r"[0-9]+")
# Codes of scripts that are written from right to left: first and last.
_RIGHT_TO_LEFT = ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC), (0x10800, 0x10FFF))
_PATH_OBJECT = 2
_IMAGE_OBJECT = 3


@dataclass(frozen=True, slots=True)
class PageChars:
    """A page's characters, in PDFium's order; every array is as long as ``text``.

    ``turn`` is the quarter turn (0 to 3) in which a character stands; ``left``, ``right`` and
    ``base`` are points along and across its own reading direction, ``base`` growing upwards.
    ``ink`` tells what shows: neither spaces nor what PDFium put between words and lines. Letters
    of a word that one text object drew all have the word's ``left`` and ``right``, but on a page
    that ``may_run_left``.
    """

    text: str
    ink: NDArray[np.bool_]
    left: Floats
    right: Floats
    base: Floats
    size: Floats
    bold: NDArray[np.bool_]
    italic: NDArray[np.bool_]
    turn: Ints
    may_run_left: bool = False


@dataclass(frozen=True, slots=True)
class Rulings:
    """Thin lines drawn on a page, each ``(at, from, to)`` in points, and how many pictures."""

    across: list[tuple[float, float, float]]
    upright: list[tuple[float, float, float]]
    pictures: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters ``start <= i < end`` that one text object drew."""

    start: int
    end: int
    handle: int


class CharReader:
    """Takes the characters of page after page; keeps what it learnt of fonts."""

    def __init__(self, document: OpenedPdf) -> None:
        self._engine: Engine = document.engine
        self._faces: dict[int, tuple[bool, bool]] = {}

    def read(self, page: int) -> PageChars:
        """Return the characters of a loaded page (its handle)."""
        engine = self._engine
        text_page = int(engine.FPDFText_LoadPage(page))
        if not text_page:
            return _arrange("", [], [], [])
        try:
            return self._read(text_page)
        finally:
            engine.FPDFText_ClosePage(text_page)

    def _read(self, text_page: int) -> PageChars:
        engine = self._engine
        count = max(0, int(engine.FPDFText_CountChars(text_page)))
        if count > MOST_CHARACTERS:
            raise too_much_text()
        text = self._text(text_page, count)
        runs = self._runs(text_page, text)
        places = self._places(text_page, runs)
        faces = [self._face(run.handle) for run in runs]
        page = _arrange(text, runs, places, faces)
        self._measure(text_page, page, runs)
        self._raise_figures(text_page, page)
        return page

    def _measure(self, text_page: int, page: PageChars, runs: list[_Run]) -> None:
        """Find how far characters reach along their line, in place.

        Asking costs more than all else, so only the ends of words are asked for: PDFium itself
        writes a space wherever a text object leaves a gap.
        """
        if page.may_run_left:
            page.left[:], page.right[:] = self._reach(
                text_page, np.arange(len(page.text)), page.turn
            )
            return
        starts, ends = page.ink.copy(), page.ink.copy()
        starts[1:] &= ~page.ink[:-1]
        ends[:-1] &= ~page.ink[1:]
        if runs:
            firsts = np.array([run.start for run in runs], np.int64)
            starts[firsts] = page.ink[firsts]
            lasts = np.append(firsts[1:], len(page.text)) - 1
            ends[lasts] = page.ink[lasts]
        first, last = np.flatnonzero(starts), np.flatnonzero(ends)
        if not first.size:
            return
        first_left, first_right = self._reach(text_page, first, page.turn[first])
        last_left, last_right = first_left.copy(), first_right.copy()
        longer = np.flatnonzero(last > first)
        if longer.size:
            of_longer = last[longer]
            reach = self._reach(text_page, of_longer, page.turn[of_longer])
            last_left[longer], last_right[longer] = reach
        lengths = last - first + 1
        shown = np.flatnonzero(page.ink)
        page.left[shown] = np.repeat(np.minimum(first_left, last_left), lengths)
        page.right[shown] = np.repeat(np.maximum(first_right, last_right), lengths)

    def _reach(self, text_page: int, which: Ints, turn: Ints) -> tuple[Floats, Floats]:
        """Return where characters begin and end along their reading direction."""
        boxes = np.zeros((which.size, 4), np.float32)  # left, top, right, bottom
        at = boxes.ctypes.data
        asked = map(
            self._engine.FPDFText_GetLooseCharBox,
            repeat(text_page),
            which.tolist(),
            range(at, at + 16 * which.size, 16),
        )
        deque(asked, maxlen=0)
        sides = np.clip(np.nan_to_num(boxes.astype(np.float64)), -1e6, 1e6)
        if not turn.any():
            return sides[:, 0], sides[:, 2]
        left = np.choose(turn, [sides[:, 0], sides[:, 3], -sides[:, 2], -sides[:, 1]])
        right = np.choose(turn, [sides[:, 2], sides[:, 1], -sides[:, 0], -sides[:, 3]])
        return left, right

    def _raise_figures(self, text_page: int, page: PageChars) -> None:
        """Tell a font's own small raised figures (of notes) by their ink, in place.

        They come with the size and the base line of the text around them.
        """
        engine, box = self._engine, self._box_buffer
        at = ctypes.addressof(box)
        for found in _FIGURES.finditer(page.text):
            i, end = found.span()
            if not _may_be_mark(page.text, i, end) or not page.ink[i] or page.turn[i]:
                continue
            engine.FPDFText_GetCharBox(text_page, i, at, at + 8, at + 16, at + 24)
            bottom, top, size = box[2], box[3], page.size[i]
            if bottom - page.base[i] > 0.2 * size and top - bottom < 0.58 * size:
                page.base[i:end] += 0.35 * size
                page.size[i:end] *= 0.6

    def _text(self, text_page: int, count: int) -> str:
        """Return as many code points as there are characters; lone surrogates stay."""
        engine = self._engine
        buffer = ctypes.create_string_buffer(2 * count + 2)
        engine.FPDFText_GetText(text_page, 0, count, ctypes.addressof(buffer))
        text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) != count or "\0" in text:
            asked = map(engine.FPDFText_GetUnicode, repeat(text_page), range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in asked)
        return text.replace("\x02", "-").replace("\ufffe", "-")  # hyphens at a line's end

    def _runs(self, text_page: int, text: str) -> list[_Run]:
        """Return runs of characters by text object.

        One asks for some and at ends of lines, and between two that are unlike for each.
        """
        count = len(text)
        if not count:
            return []
        ask = self._engine.FPDFText_GetTextObject
        marks = {*range(0, count - 1, _STEP), count - 1}
        for found in _LINE_END.finditer(text):
            end = found.end()
            marks.update((end - 3, end - 2, end - 1, end))
        asked = sorted(mark for mark in marks if 0 <= mark < count)
        owners: list[int] = list(map(ask, repeat(text_page), asked))
        runs: list[_Run] = []
        start, owner = 0, owners[0]
        for k in range(1, len(asked)):
            if owners[k] == owner != 0:
                continue  # between two that nothing drew may stand one that is drawn
            for i in range(asked[k - 1] + 1, asked[k] + 1):
                here = owners[k] if i == asked[k] else int(ask(text_page, i))
                if here != owner:
                    runs.append(_Run(start, i, owner))
                    start, owner = i, here
        runs.append(_Run(start, count, owner))
        return runs

    def _places(self, text_page: int, runs: list[_Run]) -> list[_Place]:
        """Return where runs stand; what PDFium put in stands where the run before it does."""
        places: list[_Place] = []
        for run in runs:
            drawn = run.handle or not places
            places.append(self._place(text_page, run.start) if drawn else places[-1])
        return places

    def _place(self, text_page: int, i: int) -> _Place:
        """Return a character's origin, its scale and the direction that its line runs in."""
        engine, place = self._engine, self._place_buffer
        at = ctypes.addressof(place)
        engine.FPDFText_GetCharOrigin(text_page, i, at, at + 8)
        matrix = self._matrix_buffer
        engine.FPDFText_GetMatrix(text_page, i, ctypes.addressof(matrix))
        a, b, c, d = matrix[0], matrix[1], matrix[2], matrix[3]
        size = float(engine.FPDFText_GetFontSize(text_page, i)) * (c * c + d * d) ** 0.5
        return place[0], place[1], size, a, b

    _box_buffer = (ctypes.c_double * 4)()
    _place_buffer = (ctypes.c_double * 2)()
    _matrix_buffer = (ctypes.c_float * 6)()

    def _face(self, handle: int) -> tuple[bool, bool]:
        """Return whether a text object's font is bold, and italic."""
        engine = self._engine
        font = int(engine.FPDFTextObj_GetFont(handle)) if handle else 0
        if not font:
            return False, False
        known = self._faces.get(font)
        if known is None:
            buffer = ctypes.create_string_buffer(256)
            engine.FPDFFont_GetBaseFontName(font, ctypes.addressof(buffer), 255)
            name = buffer.value.decode("utf-8", "replace")
            heavy = int(engine.FPDFFont_GetWeight(font)) >= _BOLD_WEIGHT
            slanted = bool(int(engine.FPDFFont_GetFlags(font)) & _ITALIC_FLAG)
            known = (
                heavy or bool(_BOLD_NAME.search(name)),
                slanted or bool(_ITALIC_NAME.search(name)),
            )
            self._faces[font] = known
        return known

    def rulings(self, page: int, most: int = 4_000) -> Rulings:
        """Return the thin straight lines of a loaded page and the number of its pictures."""
        engine = self._engine
        across: list[tuple[float, float, float]] = []
        upright: list[tuple[float, float, float]] = []
        pictures = 0
        box = (ctypes.c_float * 4)()
        at = ctypes.addressof(box)
        for i in range(min(int(engine.FPDFPage_CountObjects(page)), most)):
            thing = engine.FPDFPage_GetObject(page, i)
            kind = engine.FPDFPageObj_GetType(thing)
            if kind == _IMAGE_OBJECT:
                pictures += 1
            if kind != _PATH_OBJECT:
                continue
            if not engine.FPDFPageObj_GetBounds(thing, at, at + 4, at + 8, at + 12):
                continue
            left, bottom, right, top = box
            if top - bottom < 3 < right - left:
                across.append(((top + bottom) / 2, left, right))
            elif right - left < 3 < top - bottom:
                upright.append(((left + right) / 2, bottom, top))
        return Rulings(across, upright, pictures)


def _may_be_mark(text: str, start: int, end: int) -> bool:
    """Whether figures stand as a note's mark does: few, right after a word or its stop."""
    before = text[start - 1 : start]
    if end - start > 3 or before.isdigit() or before in (" ", "\u00a0"):
        return False
    return before not in (",", ".") or text[end : end + 1].isspace()


def _arrange(
    text: str,
    runs: list[_Run],
    places: list[_Place],
    faces: list[tuple[bool, bool]],
) -> PageChars:
    """Spread what is known of runs over their characters, each turned upright."""
    lengths = np.array([run.end - run.start for run in runs], np.int64)
    of_run = np.array(places, np.float64).reshape(-1, 5)
    x, y, size, along, upwards = of_run.T
    turns = np.where(
        np.abs(along) >= np.abs(upwards),
        np.where(along >= 0, 0, 2),
        np.where(upwards >= 0, 1, 3),
    )
    drawn = np.array([run.handle != 0 for run in runs], np.bool_)
    bases = np.clip(np.nan_to_num(np.choose(turns, [y, -x, -y, x])), -1e6, 1e6)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    blank = (codes <= 0x20) | (codes == 0xA0) | (codes == 0x3000)
    blank |= ((codes >= 0x2000) & (codes <= 0x200F)) | (codes == 0xFEFF) | (codes == 0x7F)
    face = np.array(faces, np.bool_).reshape(-1, 2)
    sizes = np.clip(np.nan_to_num(size, nan=1.0), 0.5, 2_000.0)
    return PageChars(
        text=text,
        ink=np.asarray(~blank & np.repeat(drawn, lengths)),
        left=np.zeros(len(text)),
        right=np.zeros(len(text)),
        base=np.repeat(bases, lengths),
        size=np.repeat(sizes, lengths),
        bold=np.repeat(face[:, 0], lengths),
        italic=np.repeat(face[:, 1], lengths),
        turn=np.repeat(turns, lengths),
        may_run_left=_may_run_left(codes),
    )


def _may_run_left(codes: NDArray[np.uint32]) -> bool:
    if not codes.size or codes.max() < _RIGHT_TO_LEFT[0][0]:
        return False
    return any(bool(((codes >= low) & (codes <= high)).any()) for low, high in _RIGHT_TO_LEFT)
