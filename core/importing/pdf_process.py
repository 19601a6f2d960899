"""The process that knows PDFium: reads one PDF, or draws one page, and writes one answer.

It runs with caps on memory and processor time, may write no file, and knows nothing of the
workspace. What it writes is checked by the door (`core.importing.pdf`).
"""

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from core.importing.limits import MOST_PASSAGES, Refused, too_much_text
from core.importing.pdf_answer import Answer, Asked, Drawn
from core.importing.pdf_engine import DAMAGED, Engine, OpenedPdf

if TYPE_CHECKING:
    from core.importing.pdf_lines import Line

_MOST_LINES = 10 * MOST_PASSAGES
_NO_TEXT = "it has no text layer: its pages are pictures; run text recognition over it first"
_MEMORY = "reading it needs more memory than it may take; split it"
_INFORMATION = {"title": "Title", "author": "Author"}
_LONGEST = 2_000
_MOST_SILENT = 10_000


def limit_process(memory: int, seconds: int) -> None:
    """Cap this process: bytes of address space, seconds of processor, no files, no cores."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # NumPy takes memory for each
    if sys.platform == "win32":
        return
    import resource

    caps = [
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ]
    if sys.platform != "darwin":  # macOS counts shared libraries and refuses
        caps.append((resource.RLIMIT_AS, memory))
    for what, most in caps:
        _, hard = resource.getrlimit(what)
        cap = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (cap, cap))


def answer(asked: Asked) -> bytes:
    """Return what a process hands back; it is limited from here on."""
    limit_process(asked.memory, asked.seconds)
    found: Answer | Drawn
    path = os.fsdecode(asked.path)
    try:
        found = read(path) if asked.page is None else _draw(path, asked)
    except Refused as refusal:
        found = Answer(refusal=refusal.reason)
    except MemoryError:
        found = Answer(refusal=_MEMORY)
    except Exception as error:  # noqa: BLE001 - at whatever the file holds
        found = Answer(refusal=f"{DAMAGED} ({type(error).__name__})")
    return msgspec.msgpack.encode(found)


@cache
def engine() -> Engine:
    """Return PDFium, loaded once."""
    return Engine()


def main() -> int:
    """Answer what comes through the standard input."""
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Asked)
    sys.stdout.buffer.write(answer(asked))
    return 0


def _draw(path: str, asked: Asked) -> Drawn:
    from core.importing.pdf_drawing import draw

    return draw(OpenedPdf(engine(), path), asked.page or 0, asked.width, asked.passage)


def read(path: str) -> Answer:
    """Return what a document says of itself, and its passages."""
    from core.importing.pdf_document import compose_document

    document = OpenedPdf(engine(), path)
    lines, pictures = _lines(document)
    if not any(letter.isalnum() for line in lines for letter in line.text):
        raise Refused(_NO_TEXT if pictures else "its pages are blank")
    labels = [document.label(page) for page in range(document.pages)]
    text = compose_document(lines, labels, list(document.outline()))
    if not any(labels):
        labels = [text.printed.get(page, "") for page in range(document.pages)]
    return Answer(
        passages=text.passages,
        pages=[label or str(page + 1) for page, label in enumerate(labels)],
        silent=sorted(pictures - {line.page for line in lines})[:_MOST_SILENT],
        said=_said(document),
    )


def _said(document: OpenedPdf) -> dict[str, str]:
    said = {name: document.said(tag)[:_LONGEST] for name, tag in _INFORMATION.items()}
    made = document.said("CreationDate").removeprefix("D:")  # "D:20150722101500+02'00'"
    if made[:8].isdigit():
        said["date"] = f"{made[:4]}-{made[4:6]}-{made[6:8]}"
    return said | {"language": document.language()[:_LONGEST]}


def _lines(document: OpenedPdf) -> tuple[list["Line"], set[int]]:
    """Return the lines of all pages in reading order, and the pages with pictures."""
    from core.importing.pdf_chars import CharReader
    from core.importing.pdf_pages import read_page

    pdfium, reader = document.engine, CharReader(document)
    lines: list[Line] = []
    pictures: set[int] = set()
    column = 0
    for number in range(document.pages):
        page = int(pdfium.FPDF_LoadPage(document.handle, number))
        if not page:
            continue
        read = read_page(reader, page, number, column)
        pdfium.FPDF_ClosePage(page)
        if read.has_pictures:
            pictures.add(number)
        lines += read.lines
        column += read.columns
        if len(lines) > _MOST_LINES:
            raise too_much_text()
    return lines, pictures


if __name__ == "__main__":
    sys.exit(main())
