"""The one entry: a file of any known format as a document, or one sentence why not."""

import os
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from core.domain.documents import DocumentMetadata, ReadDocument
from core.errors import UnreadableError
from core.importing import tree
from core.importing.archives import open_archive
from core.importing.child import Deadline
from core.importing.document import map_tree
from core.importing.encodings import decode
from core.importing.labels import label_passages
from core.importing.limits import (
    MEGABYTE,
    MOST_FILE_BYTES,
    MOST_WORDS_BYTES,
    SECONDS,
    Refused,
)
from core.importing.metadata import completed, described, of_parts
from core.importing.office import changes_in, kind_of
from core.importing.pandoc import read_tree
from core.importing.pdf import read_pdf
from core.importing.plain import read_plain
from core.importing.sniffing import binary_kind, text_kind
from core.importing.web import plain_page
from core.tasks import CancelToken, slow

_TITLE_IN_TEXT = {"docx", "latex", "markdown", "rst", "org", "jats", "docbook", "typst"}
_EXTENSIONS = {"markdown": "+east_asian_line_breaks-raw_html-raw_tex", "latex": "", "html": ""}
_RAW_BYTES = re.compile(rb"(?<!\\)\\bin(\d{1,9}) ?")
_WHOLE_NUMBER = re.compile(rb'"c":"(-?\d+)\.0"')


@dataclass(frozen=True, slots=True)
class _Job:
    """One file being read."""

    path: Path
    deadline: Deadline
    cancel: CancelToken

    @property
    def suffix(self) -> str:
        """The file's suffix without its dot."""
        return self.path.suffix.removeprefix(".").lower()

    def check(self) -> None:
        """Raise when the time is over or the work is cancelled."""
        self.deadline.check(self.cancel)


@slow
def read_file(path: Path, *, cancel: CancelToken, seconds: float = SECONDS) -> ReadDocument:
    """Return what a file holds, told by its contents rather than its suffix.

    Raises `UnreadableError` with a sentence that names the file, `CancelledError` when cancelled.
    """
    job = _Job(path, Deadline(seconds), cancel)
    try:
        document = _read(job)
        if not document.text.content:
            raise Refused("there is no text in it")
        document = completed(_labelled(document))
    except RecursionError as error:
        refusal = Refused("its parts are nested too deeply")
        raise _unreadable(path, refusal) from error
    except Refused as refusal:
        raise _unreadable(path, refusal) from refusal
    return document


def _unreadable(path: Path, refusal: Refused) -> UnreadableError:
    return UnreadableError(f"“{shown_name(path)}” was not read: {refusal.reason}.")


def _labelled(document: ReadDocument) -> ReadDocument:
    text = document.text
    return replace(
        document, text=replace(text, passages=label_passages(text.passages, text.content))
    )


def shown_name(path: Path) -> str:
    """Return a file's name for a sentence; what is not UTF-8 in it is replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _read(job: _Job) -> ReadDocument:
    given = _bytes_of(job.path)
    kind = binary_kind(given)
    if kind == "pdf":
        return read_pdf(job.path, job.cancel, job.deadline)
    if kind == "zip":
        return _read_archive(given, job)
    if kind == "rtf":
        return _through_pandoc(_without_binary(given), "rtf", job)
    return _read_text(given, job)


def _bytes_of(path: Path) -> bytes:
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Refused("it is no ordinary file")
            if status.st_size > MOST_FILE_BYTES:
                raise Refused(f"it is larger than {MOST_FILE_BYTES // MEGABYTE} MB")
            given = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        raise Refused(_trouble(error)) from error
    except ValueError as error:  # a NUL in its name
        raise Refused("its name can't be used") from error
    return given


def _without_waiting(name: str, flags: int) -> int:
    """Open a file; a pipe without a writer is not waited for."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there any more"
    if isinstance(error, PermissionError):
        return "its permissions do not let it be read"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return f"the disk does not give it ({error.strerror or error})"


def _without_binary(rtf: bytes) -> bytes:
    """Return RTF without the raw bytes of pictures and objects, which pandoc takes for its text."""
    kept: list[bytes] = []
    at = 0
    while found := _RAW_BYTES.search(rtf, at):
        kept.append(rtf[at : found.start()])
        at = found.end() + int(found[1])
    return b"".join((*kept, rtf[at:]))


def _read_archive(given: bytes, job: _Job) -> ReadDocument:
    archive = open_archive(given, job.check)
    kind = kind_of(archive, job.suffix)
    document = _through_pandoc(archive.packed(), kind, job, of_parts(archive.words))
    return replace(document, remarks=(*changes_in(archive), *document.remarks))


def _read_text(given: bytes, job: _Job) -> ReadDocument:
    if len(given) > MOST_WORDS_BYTES:
        raise Refused(f"it holds more than {MOST_WORDS_BYTES // MEGABYTE} MB of text; split it")
    decoded = decode(given)
    kind = text_kind(decoded.text, job.suffix)
    if kind == "plain":
        document = ReadDocument(read_plain(decoded.text, job.check), DocumentMetadata(), "text")
    elif kind in ("html", "mhtml"):
        document = _read_page(decoded.text, job, archived=kind == "mhtml")
    else:
        document = _through_pandoc(decoded.text.encode("utf-8", "replace"), kind, job)
    return replace(document, remarks=(*decoded.remarks, *document.remarks))


def _read_page(html: str, job: _Job, *, archived: bool) -> ReadDocument:
    plain, said = plain_page(html, archived=archived, deadline=job.deadline, cancel=job.cancel)
    return _through_pandoc(plain.encode("utf-8", "replace"), "html", job, said)


def _through_pandoc(
    given: bytes, kind: str, job: _Job, said: dict[str, tuple[str, ...]] | None = None
) -> ReadDocument:
    """Read what pandoc reads; ``said`` is what the file says of itself elsewhere."""
    form = kind + _EXTENSIONS.get(kind, "")
    answer = read_tree(given, form, deadline=job.deadline, cancel=job.cancel)
    if kind == "xlsx":
        answer = _WHOLE_NUMBER.sub(rb'"c":"\1"', answer)  # pandoc writes 2007 as 2007.0
    mapped = map_tree(tree.decode(answer), job.check, title_in_text=kind in _TITLE_IN_TEXT)
    told = {} if kind == "epub" and said else mapped.said  # pandoc turns an e-book's authors round
    metadata = described(told | (said or {}))
    return ReadDocument(mapped.text, metadata, kind, mapped.remarks)
