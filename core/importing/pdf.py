"""The door for PDF: has a file read in a process of its own and checks what comes back."""

import math
import os
import sys
from dataclasses import replace
from pathlib import Path

import msgspec

from core.domain.documents import ReadDocument
from core.domain.text import PassageKind, SpanKind, Text
from core.importing.child import Deadline, run
from core.importing.composing import Composer, Mark, Words
from core.importing.limits import MEGABYTE, MOST_TREE_BYTES, SECONDS, Refused
from core.importing.metadata import described
from core.importing.pdf_answer import Answer, Asked, Found
from core.importing.pdf_engine import DAMAGED
from core.importing.waiting import ProcessEndedError, WaitingProcesses
from core.tasks import CancelToken

MEMORY = 1000 * MEGABYTE  # of address space
FORKS = sys.platform == "linux"  # elsewhere a process that has loaded libraries can't fork safely
_MOST_FILES = 500  # of one process
_PROCESSES = WaitingProcesses("core.importing.pdf_host", _MOST_FILES)
_ABORTED = "it is damaged, or reading it needs more memory than it may take"
_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_LABEL = 40
_NAMED_PAGES = 10
_ROWS = (PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW)


def read_pdf(path: Path, cancel: CancelToken, deadline: Deadline | None = None) -> ReadDocument:
    """Return what a PDF says, each passage with the label of the page that it begins on.

    Raises `Refused` for what can't be read within the limits, `CancelledError`.
    """
    deadline = deadline or Deadline(SECONDS)
    asked = Asked(os.fsencode(path))
    answer = _decoded(ask_process(asked, MOST_TREE_BYTES, deadline, cancel))
    if answer.refusal:
        raise Refused(answer.refusal)
    text = _text(answer)
    said = {name: (value,) for name, value in answer.said.items()}
    labels = tuple(label[:_LONGEST_LABEL] for label in answer.pages)
    return ReadDocument(text, described(said), "pdf", _remarks(answer), labels)


def ask_process(asked: Asked, most: int, deadline: Deadline, cancel: CancelToken) -> bytes:
    """Have the process that knows PDFium answer, with at most ``most`` bytes.

    PDFium aborts where it gets no memory, and at worst crashes: both are the file's doing, and
    end as `Refused`.
    """
    asked.memory, asked.seconds = MEMORY, math.ceil(deadline.left) + 1
    frame = msgspec.msgpack.encode(asked)
    if FORKS:
        try:
            return _PROCESSES.ask(frame, most, deadline, cancel)
        except ProcessEndedError as error:
            raise Refused(_ABORTED) from error
    command = [sys.executable, "-m", "core.importing.pdf_process"]
    ended = run(command, frame, most=most, deadline=deadline, cancel=cancel, program=_ROOT)
    if ended.status:
        raise Refused(_ABORTED)
    return ended.output


def _decoded(output: bytes) -> Answer:
    try:
        return msgspec.msgpack.decode(output, type=Answer)
    except msgspec.DecodeError as error:
        raise Refused(DAMAGED) from error


def _text(answer: Answer) -> Text:
    """Return the passages as one text; a kind or page that there is not is the file's damage."""
    composer = Composer()
    pages: list[str] = []
    try:
        for found in answer.passages:
            _add(composer, found)
            page = answer.pages[found.page][:_LONGEST_LABEL]
            pages += [page] * (composer.count - len(pages))
    except (ValueError, IndexError) as error:
        raise Refused(DAMAGED) from error
    text = composer.finish()
    passages = (replace(p, page=page) for p, page in zip(text.passages, pages, strict=True))
    return replace(text, passages=tuple(passages))


def _add(composer: Composer, found: Found) -> None:
    kind = PassageKind(found.kind)
    if kind in _ROWS:
        composer.add_row(kind, [Words(cell) for cell in found.text.split("\t")])
        return
    marks = tuple(Mark(start, end, SpanKind.NOTE, note) for start, end, note in found.marks)
    level = min(max(found.level, 0), 6)
    composer.add(kind, Words(found.text, marks), level=level, label=found.label)


def _remarks(answer: Answer) -> tuple[str, ...]:
    """Say which pages are pictures without text."""
    silent = [answer.pages[page] for page in answer.silent if 0 <= page < len(answer.pages)]
    if not silent:
        return ()
    if len(silent) == 1:
        return (f"Page {silent[0]} is a picture without text and was left out.",)
    others = " and others" if len(silent) > _NAMED_PAGES else ""
    named = ", ".join(silent[:_NAMED_PAGES]) + others
    return (f"{len(silent):,} pages are pictures without text and were left out: {named}.",)
