"""What the process that reads a PDF is asked and hands back, packed by msgspec."""

import msgspec

from core.struct_types import make_ready


class Asked(msgspec.Struct):
    """A file to read, or a page of it (from 0) to draw with words marked; and within what."""

    path: bytes  # as the system has it
    page: int | None = None
    width: int = 0  # pixels
    passage: str = ""
    memory: int = 0  # bytes of address space
    seconds: int = 0  # of processor time


class Found(msgspec.Struct, array_like=True, gc=False):
    """A passage: ``page`` counts from 0, ``kind`` as `core.domain.text.PassageKind` writes it.

    ``marks`` are notes' marks in the text: start, end, the note.
    """

    kind: str
    level: int
    page: int
    text: str
    marks: list[tuple[int, int, str]] = []
    label: str | None = None


class Answer(msgspec.Struct):
    """A document, or why it is refused: the end of a sentence."""

    passages: list[Found] = []
    pages: list[str] = []  # labels
    silent: list[int] = []  # pages with pictures and no text
    said: dict[str, str] = {}
    refusal: str | None = None


class Drawn(msgspec.Struct):
    """A page as rows of RGBA bytes and where a passage stands on it; or why it is refused."""

    width: int = 0
    height: int = 0
    pixels: bytes = b""
    marks: list[tuple[float, float, float, float]] = []  # left, top, width, height in pixels
    refusal: str | None = None


make_ready(Asked, Answer, Drawn)
