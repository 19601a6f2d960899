"""The search index on Whoosh 2.7.4, one folder a generation and a pointer to the current one.

The index is disposable: whatever is wrong with it at opening, `open_index` says None and the
caller builds it anew from the database. Searches read a snapshot of the last commit and never
wait for a writer.
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
import logging
import shutil
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from whoosh.index import EmptyIndexError, FileIndex, LockError, create_in
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from core.domain.search import Counts, IndexedNote, IndexedRecord, SearchQuery
from core.search.concordance import places
from core.search.generations import (
    Files,
    has_pointer,
    made,
    new_name,
    point,
    pointed,
    remove_leftovers,
    stamp,
)
from core.search.hits import answer, answering, count
from core.search.port import Answer, IndexBusyError, IndexCounts, Places
from core.search.schema import documents, schema
from core.search.segment import Segment
from core.search.similar import similar
from core.search.snapshot import Part, Snapshot
from core.search.whoosh_patches import apply_patches
from core.tasks import CancelToken, Progress

log = logging.getLogger(__name__)

Item: TypeAlias = IndexedRecord | IndexedNote

_MEMORY_MB = 256  # that a writer may fill before it spills to disk
_MOST_SEGMENTS = 30
_SMALL = 5000  # documents; larger segments are left alone when small ones are merged
_REPORT_EVERY = 50  # items


@dataclass(frozen=True, slots=True)
class _Opened:
    """A generation as last read, with what tells whether it is still the last."""

    folder: Path
    index: FileIndex
    snapshot: Snapshot
    stamp: tuple[int, ...]


class WhooshIndex:
    """`core.search.port.SearchIndex` over a folder."""

    def __init__(self, folder: Path) -> None:
        """Open it; raises anything at all if it is damaged."""
        apply_patches()
        self._folder = folder
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._opened = self._open(None)

    def search(self, query: SearchQuery, cancel: CancelToken) -> Answer:
        """Answer a query; never raises for its text. Raises `CancelledError`."""
        cancel.check()
        return answer(self._current(), query, cancel)

    def count(self, query: SearchQuery, cancel: CancelToken) -> dict[str, Counts]:
        """Count what a query can be narrowed by, in every facet. Raises `CancelledError`."""
        cancel.check()
        return count(self._current(), query, cancel)

    def answering(self, query: SearchQuery, cancel: CancelToken) -> frozenset[str]:
        """Return the keys of all records, and ids of all annotations, that answer."""
        return answering(self._current(), query, cancel)

    def places(self, query: SearchQuery, cancel: CancelToken) -> Places:
        """Return all passages and notes that answer. Raises `CancelledError`."""
        return places(self._current(), query, cancel)

    def similar(
        self, text: str, apart_from: str, query: SearchQuery, cancel: CancelToken
    ) -> Answer:
        """Return what shares the telling words of a text. Raises `CancelledError`."""
        return similar(self._current(), text, apart_from, query, cancel)

    def counts(self) -> IndexCounts:
        """Count the records and notes that can be found."""
        snapshot = self._current()
        notes = {snapshot.notes[n].annotation for n in snapshot.notes if snapshot.live[n]}
        return IndexCounts(len(snapshot.ordinals), len(notes))

    def apply(
        self,
        changed: Iterable[Item],
        gone_records: Iterable[str],
        gone_notes: Iterable[str],
    ) -> None:
        """Replace and remove by key in one commit; raises `IndexBusyError`."""
        latest = {_identity(item): item for item in changed}
        records = {key for part, key in latest if part == "record"} | set(gone_records)
        notes = {key for part, key in latest if part == "note"} | set(gone_notes)
        with self._writing:
            writer = self._writer()
            try:
                snapshot = self._refresh().snapshot
                old = [n for key in sorted(records) for n in snapshot.documents_of_record(key)]
                old += snapshot.documents_of_notes(frozenset(notes))
                for number in old:
                    writer.delete_document(number)
                for item in latest.values():
                    for fields in documents(item):
                        writer.add_document(**fields)
                if len(snapshot.parts) > _MOST_SEGMENTS:
                    writer.commit(mergetype=_merge_small)
                else:
                    writer.commit(merge=False)
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise
            self._refresh()

    def rebuild(self, items: Iterable[Item], progress: Progress, total: int) -> None:
        """Build all anew in another folder and swap it in when complete."""
        with self._writing:
            guard = self._writer()  # what others write meanwhile would be lost: they must wait
            try:
                before = self._opened.folder
                self._build(items, progress, total)
            finally:
                guard.cancel()
            self._refresh()
            shutil.rmtree(before, ignore_errors=True)

    def _build(self, items: Iterable[Item], progress: Progress, total: int) -> None:
        name = new_name()
        index = create_in(made(self._folder / name), schema())
        writer = index.writer(limitmb=_MEMORY_MB)
        try:
            for done, item in enumerate(items):
                for fields in documents(item):
                    writer.add_document(**fields)
                if done % _REPORT_EVERY == 0:
                    progress(done, total, "Building the search index")
        except BaseException:
            writer.cancel()
            index.close()
            shutil.rmtree(self._folder / name, ignore_errors=True)
            raise
        writer.commit(merge=False)
        index.close()
        point(self._folder, name)
        progress(total, total, "Building the search index")

    def close(self) -> None:
        """Let go of the files; call it when no search runs any more."""
        with self._writing, self._opening:
            self._opened.index.close()
            self._opened = _Opened(
                self._opened.folder, self._opened.index, Snapshot((), -1), self._opened.stamp
            )

    def _writer(self) -> SegmentWriter:
        """Take the write lock of the current generation, whichever that is once it is ours."""
        try:
            while True:
                opened = self._refresh()
                writer = opened.index.writer(limitmb=_MEMORY_MB)
                if self._refresh().folder == opened.folder:
                    return writer
                writer.cancel()  # another process swapped in a new one meanwhile
        except LockError:
            raise IndexBusyError(
                "The search index is being brought up to date by another NormAtlas; "
                "nothing needs to be done, it will finish by itself."
            ) from None

    def _current(self) -> Snapshot:
        """Return the last commit's snapshot, of whichever process."""
        opened = self._opened
        if opened.snapshot.generation < 0 or stamp(self._folder, opened.folder) == opened.stamp:
            return opened.snapshot
        if self._writing.locked():  # by this process, which refreshes when it is done
            return opened.snapshot
        try:
            return self._refresh().snapshot
        except (OSError, EmptyIndexError):  # another process commits at this very moment
            log.debug("The index changed while it was read; the next search reads it again")
            return opened.snapshot

    def _refresh(self) -> _Opened:
        with self._opening:
            opened = self._opened
            if stamp(self._folder, opened.folder) != opened.stamp:
                self._opened = opened = self._open(opened)
            return opened

    def _open(self, before: _Opened | None) -> _Opened:
        folder = self._folder / pointed(self._folder)
        seen = stamp(self._folder, folder)
        if before is not None and before.folder == folder:
            if before.index.latest_generation() == before.snapshot.generation:
                return replace(before, stamp=seen)
            known = {part.segment.id: part.segment for part in before.snapshot.parts}
            return _Opened(folder, before.index, _snapshot(before.index, known), seen)
        files = Files(str(folder))
        try:
            index: FileIndex = files.open_index()
            return _Opened(folder, index, _snapshot(index, {}), seen)
        finally:
            files.close_forgotten()


def open_index(folder: Path) -> WhooshIndex | None:
    """Open the index; None when it is missing, damaged or of another schema: build it anew."""
    if not has_pointer(folder):
        return None
    try:
        index = WhooshIndex(folder)
    except Exception:  # (a torn index fails in any way; it is disposable)
        log.warning(
            "The search index in %s can't be read and will be rebuilt", folder, exc_info=True
        )
        return None
    remove_leftovers(folder)
    return index


def create_index(folder: Path) -> WhooshIndex:
    """Make an empty index, in place of whatever is in the folder."""
    name = new_name()
    create_in(made(folder / name), schema()).close()
    point(folder, name)
    return WhooshIndex(folder)


def _snapshot(index: FileIndex, known: dict[str, Segment]) -> Snapshot:
    toc: Any = index._read_toc()  # noqa: SLF001  (the only list of segments with deletions)
    parts: list[Part] = []
    offset = 0
    for segment in toc.segments:
        read = known.get(segment.segment_id())
        if read is None:
            read = Segment(SegmentReader(index.storage, toc.schema, segment))
        parts.append(Part(read, offset, frozenset(segment.deleted_docs())))
        offset += read.size
    return Snapshot(parts, toc.generation).prepare()


def _identity(item: Item) -> tuple[str, str]:
    if isinstance(item, IndexedNote):
        return "note", item.annotation
    return "record", item.key


def _merge_small(writer: SegmentWriter, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: take the small segments into the new one, in their order."""
    kept: list[Any] = []
    for segment in segments:
        if segment.doc_count_all() > _SMALL:
            kept.append(segment)
            continue
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept
