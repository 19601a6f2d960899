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

MOST_CHARACTERS = 400_000  # of one page; a densely set broadsheet has 60,000
_STEP = 6  # how many characters apart one asks for the text object they belong to
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
_ITALIC_FLAG = 64
_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how PDFium writes a hyphen at a line's end
_AFTER_A_WORD = re.compile(r"(?<![\d \u00a0,.])[0-9]{1,3}(?!\d)|(?<=[.,])[0-9]{1,3}(?=\s)")
_PATH_OBJECT = 2
_IMAGE_OBJECT = 3


@dataclass(frozen=True, slots=True)
class PageChars:
    """A page's characters, in PDFium's order; every array is as long as ``text``.

    ``turn`` is the quarter turn (0 to 3) in which a character stands; ``left``, ``right`` and
    ``base`` are points along and across its own reading direction, ``base`` growing upwards.
    ``ink`` tells what shows: neither spaces nor what PDFium put between words and lines.
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
            return _arrange("", np.empty((0, 4), np.float32), [], [], [])
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
        boxes = np.zeros((count, 4), np.float32)
        at = boxes.ctypes.data
        places = range(at, at + 16 * count, 16)
        deque(
            map(engine.FPDFText_GetLooseCharBox, repeat(text_page), range(count), places), maxlen=0
        )
        runs = self._runs(text_page, count)
        places_of = [self._place(text_page, run.start) for run in runs]
        faces = [self._face(run.handle) for run in runs]
        page = _arrange(text, boxes, runs, places_of, faces)
        self._raise_figures(text_page, page)
        return page

    def _raise_figures(self, text_page: int, page: PageChars) -> None:
        """Tell a font's own small raised figures (of notes) by their ink, in place.

        They come with the size and the base line of the text around them.
        """
        engine, box = self._engine, self._box_buffer
        at = ctypes.addressof(box)
        for found in _AFTER_A_WORD.finditer(page.text):
            i = found.start()
            if not page.ink[i] or page.turn[i]:
                continue
            engine.FPDFText_GetCharBox(text_page, i, at, at + 8, at + 16, at + 24)
            bottom, top, size = box[2], box[3], page.size[i]
            if bottom - page.base[i] > 0.2 * size and top - bottom < 0.58 * size:
                page.base[i : found.end()] += 0.35 * size
                page.size[i : found.end()] *= 0.6

    def _text(self, text_page: int, count: int) -> str:
        """Return as many code points as there are characters; lone surrogates stay."""
        engine = self._engine
        buffer = ctypes.create_string_buffer(2 * count + 2)
        engine.FPDFText_GetText(text_page, 0, count, ctypes.addressof(buffer))
        text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) != count or "\0" in text:
            asked = map(engine.FPDFText_GetUnicode, repeat(text_page), range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in asked)
        return text.translate(_HYPHENS) if "\x02" in text or "\ufffe" in text else text

    def _runs(self, text_page: int, count: int) -> list[_Run]:
        """Return runs of characters by text object, asking for each sixth and between unlike."""
        if not count:
            return []
        ask = self._engine.FPDFText_GetTextObject
        marks = [*range(0, count - 1, _STEP), count - 1]
        owners: list[int] = list(map(ask, repeat(text_page), marks))
        runs: list[_Run] = []
        start, owner = 0, owners[0]
        for k in range(1, len(marks)):
            if owners[k] == owner != 0:
                continue  # between two that nothing drew may stand one that is drawn
            for i in range(marks[k - 1] + 1, marks[k] + 1):
                here = owners[k] if i == marks[k] else int(ask(text_page, i))
                if here != owner:
                    runs.append(_Run(start, i, owner))
                    start, owner = i, here
        runs.append(_Run(start, count, owner))
        return runs

    def _place(self, text_page: int, i: int) -> tuple[float, float, float, float, float]:
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


def _arrange(
    text: str,
    boxes: NDArray[np.float32],
    runs: list[_Run],
    places: list[tuple[float, float, float, float, float]],
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
    bases = np.choose(turns, [y, -x, -y, x])
    turn = np.repeat(turns, lengths)
    sides = boxes.astype(np.float64)  # left, top, right, bottom
    left = np.choose(turn, [sides[:, 0], sides[:, 3], -sides[:, 2], -sides[:, 1]])
    right = np.choose(turn, [sides[:, 2], sides[:, 1], -sides[:, 0], -sides[:, 3]])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    blank = (codes <= 0x20) | (codes == 0xA0) | (codes == 0x3000)
    blank |= ((codes >= 0x2000) & (codes <= 0x200F)) | (codes == 0xFEFF) | (codes == 0x7F)
    face = np.array(faces, np.bool_).reshape(-1, 2)
    sizes = np.clip(np.nan_to_num(np.repeat(size, lengths), nan=1.0), 0.5, 2_000.0)
    return PageChars(
        text=text,
        ink=np.asarray(~blank & np.repeat(drawn, lengths)),
        left=np.clip(np.nan_to_num(left), -1e6, 1e6),
        right=np.clip(np.nan_to_num(right), -1e6, 1e6),
        base=np.clip(np.nan_to_num(np.repeat(bases, lengths)), -1e6, 1e6),
        size=sizes,
        bold=np.repeat(face[:, 0], lengths),
        italic=np.repeat(face[:, 1], lengths),
        turn=turn,
    )
