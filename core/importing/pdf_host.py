"""The process that waits for PDF files: it has PDFium loaded, and forks for each.

Run as ``python -m core.importing.pdf_host``, where processes can fork. Whatever a file does to
the child that reads it, the next begins from the same clean state, and no start is paid for it.
"""

import gc
import os
import select
import sys
from importlib import import_module
from typing import BinaryIO, NoReturn

import msgspec

from core.importing.frames import read_frame, write_end, write_frame
from core.importing.pdf_answer import Asked
from core.importing.pdf_process import answer, engine

IDLE_SECONDS = 30.0
_LONGEST_FRAME = 1024 * 1024


def load() -> None:
    """Load what reading a file needs, so that children find it."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one that has threads must not fork
    for module in ("pdf_pages", "pdf_document"):
        import_module(f"core.importing.{module}")
    engine()
    gc.collect()
    gc.freeze()


def main() -> int:
    """Answer until nothing is asked any more."""
    load()
    inlet, outlet = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints
    while select.select([inlet], [], [], IDLE_SECONDS)[0]:
        frame = read_frame(inlet, _LONGEST_FRAME)
        if frame is None:
            break
        child = os.fork()
        if child == 0:
            _answer(frame, outlet)
        _, status = os.waitpid(child, 0)
        if status:
            write_end(outlet)
    return 0


def _answer(frame: bytes, outlet: BinaryIO) -> NoReturn:
    """Answer in the child, and leave it without tidying up: it has nothing to put away."""
    status = 1
    try:
        gc.disable()  # it ends soon
        write_frame(outlet, answer(msgspec.msgpack.decode(frame, type=Asked)))
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
