"""Writes to a Whoosh index: its lock, its list of segments, and seeing both onto the disk.

What a commit names is on the disk before the commit is: the segment's file, then the list, then
the folder's own entries. A process that dies before that leaves the last commit as it was and
files that nothing names; the next commit removes them.
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh.index import TOC, FileIndex, LockError, clean_files

from core.search.codec import ArrayCodec, ArraySegment
from core.search.columns import Array, Columns
from core.search.segment_file import EXTENSION, write_segment

_LEFTOVER_SECONDS = 600  # unfinished files older than this are of a process that died
UNFINISHED = "unfinished-"  # begins the name of a file that no commit knows yet


class Commit:
    """A write in progress, with the index's lock held; leaving without `finish` changes nothing.

    Raises LockError when another writer holds the lock.
    """

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._lock: Any = index.lock("WRITELOCK")
        if not self._lock.acquire(blocking=False):
            raise LockError
        try:
            self._toc: Any = index._read_toc()  # noqa: SLF001  (the only list of segments)
        except BaseException:
            self._lock.release()
            raise
        self._written: list[Path] = []
        self._is_finished = False

    def __enter__(self) -> "Commit":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let go of the lock; what was not finished is undone."""
        if not self._is_finished:
            for file in self._written:
                file.unlink(missing_ok=True)
        self._lock.release()

    @property
    def folder(self) -> Path:
        """Where the index's files are."""
        storage: Any = self._index.storage
        return Path(storage.folder)

    @property
    def segments(self) -> list[Any]:
        """The segments as of the last commit, with what was deleted since."""
        return self._toc.segments

    def delete(self, documents: Sequence[int]) -> None:
        """Mark documents as deleted, by their number in the whole index."""
        ascending = sorted(documents)
        base = at = 0
        for segment in self._toc.segments:
            end = base + segment.doc_count_all()
            while at < len(ascending) and ascending[at] < end:
                segment.delete_document(ascending[at] - base)
                at += 1
            base = end

    def add(self, columns: Columns) -> None:
        """Write a segment and put it at the end of the list."""
        entry = self._entry(columns.size)
        file = self.folder / entry.make_filename(EXTENSION)
        self._written.append(file)
        write_segment(file, columns)
        self._toc.segments.append(entry)

    def replace(self, names: Sequence[str], file: Path, size: int, deleted: Array) -> None:
        """Put a finished file in place of the segments it was merged from.

        It takes the place of the first of them. ``deleted`` are numbers in the new segment.
        """
        entry = self._entry(size)
        for number in deleted.tolist():
            entry.delete_document(number)
        named = file.with_name(entry.make_filename(EXTENSION))
        self._written.append(named)
        file.replace(named)
        kept: list[Any] = []
        for segment in self._toc.segments:
            if segment.segment_id() not in names:
                kept.append(segment)
            elif segment.segment_id() == names[0]:
                kept.append(entry)
        self._toc.segments[:] = kept

    def _entry(self, size: int) -> ArraySegment:
        return ArraySegment(ArrayCodec(), self._index.indexname, doccount=size)

    def finish(self) -> None:
        """Make it the last commit, and remove what it no longer names."""
        storage, name = self._index.storage, self._index.indexname
        sync_folder(self.folder)
        toc = TOC(self._toc.schema, self._toc.segments, self._toc.generation + 1)
        toc.write(storage, name)
        self._is_finished = True
        sync_folder(self.folder)
        clean_files(storage, name, toc.generation, toc.segments)
        long_ago = time.time() - _LEFTOVER_SECONDS
        for file in self.folder.glob(f"{UNFINISHED}*"):
            with suppress(OSError):  # gone already, or open elsewhere on Windows
                if file.stat().st_mtime < long_ago:
                    file.unlink()


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk, where the system can be asked to."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_file(file: Path) -> None:
    """See a file's content onto the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
