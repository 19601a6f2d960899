"""The door for pictures of pages: has a page drawn in a process of its own."""

import os
from pathlib import Path

import msgspec

from core.domain.documents import PagePicture, PageRectangle
from core.errors import UnreadableError
from core.importing.child import Deadline
from core.importing.limits import MEGABYTE, Refused
from core.importing.pdf import ask_process
from core.importing.pdf_answer import Asked, Drawn
from core.importing.pdf_engine import DAMAGED
from core.tasks import CancelToken, slow

SECONDS = 20.0  # a page
WIDEST = 4_000  # pixels
_MOST_BYTES = 100 * MEGABYTE
_LONGEST_PASSAGE = 20_000  # characters


@slow
def draw_page(
    path: Path, page: int, width: int, passage: str | None, cancel: CancelToken
) -> PagePicture:
    """Return page ``page`` (from 0) of a PDF as a picture ``width`` pixels wide.

    ``passage`` are words on it to mark. A very long page is drawn narrower. Raises
    `UnreadableError` where the page can't be drawn, `CancelledError`.
    """
    words = (passage or "")[:_LONGEST_PASSAGE].encode("utf-8", "replace").decode()
    asked = Asked(os.fsencode(path), page, min(max(width, 1), WIDEST), words)
    try:
        drawn = _decoded(ask_process(asked, _MOST_BYTES, Deadline(SECONDS), cancel))
    except Refused as refusal:
        raise UnreadableError(f"The page can't be shown: {refusal.reason}.") from refusal
    marks = tuple(PageRectangle(*mark) for mark in drawn.marks)
    return PagePicture(drawn.width, drawn.height, drawn.pixels, marks)


def _decoded(output: bytes) -> Drawn:
    try:
        drawn = msgspec.msgpack.decode(output, type=Drawn)
    except msgspec.DecodeError as error:
        raise Refused(DAMAGED) from error
    if drawn.refusal:
        raise Refused(drawn.refusal)
    if len(drawn.pixels) != 4 * drawn.width * drawn.height:
        raise Refused(DAMAGED)
    return drawn
