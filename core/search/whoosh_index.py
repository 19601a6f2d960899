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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from whoosh.index import EmptyIndexError, FileIndex, LockError, create_in

from core.domain.query_parts import Completions, SearchField
from core.domain.search import Counts, IndexedNote, IndexedRecord, NothingFound, SearchQuery
from core.search.building import Builder
from core.search.columns import Columns, Source, merged
from core.search.commits import UNFINISHED, Commit
from core.search.completion import complete, fields_of
from core.search.concordance import places
from core.search.generations import (
    Files,
    OtherVersionError,
    has_pointer,
    is_complete,
    made,
    new_name,
    point,
    pointed,
    remove_leftovers,
    stamp,
)
from core.search.hits import answer, answering, count
from core.search.loosening import why_nothing
from core.search.merging import Merger
from core.search.port import (
    Answer,
    Change,
    IndexBusyError,
    IndexCounts,
    IndexDamagedError,
    Places,
)
from core.search.schema import schema
from core.search.segment import Segment, open_segment
from core.search.segment_file import SegmentFile, write_segment
from core.search.similar import resembling, similar
from core.search.snapshot import Part, Snapshot
from core.search.thesaurus import Thesaurus
from core.search.whoosh_patches import apply_patches
from core.tasks import CancelToken, Progress, without_collector

log = logging.getLogger(__name__)

Item: TypeAlias = IndexedRecord | IndexedNote

_REPORT_EVERY = 50  # items
_MOST_OCCURRENCES = 8_000_000  # of words that a build holds in memory, about 300 MB
_BUILDING = "Building the search index"


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
        self._thesaurus = Thesaurus(())
        with without_collector():
            self._opened = self._open(None)
        self._verified: set[str] = set()  # segments whose checksums were right

    def search(self, query: SearchQuery, cancel: CancelToken) -> Answer:
        """Answer a query; never raises for its text. Raises `CancelledError`."""
        cancel.check()
        return answer(self._current(), query, cancel)

    def use_synonyms(self, groups: Sequence[Sequence[str]]) -> None:
        """Let these words and names stand for each other from the next search on."""
        self._thesaurus = Thesaurus(groups)

    def fields(self) -> tuple[SearchField, ...]:
        """Return the fields of the query language with the values that they have here."""
        return fields_of(self._current())

    def complete(self, text: str, cursor: int, limit: int) -> Completions:
        """Return what may be typed at a place of a query."""
        return complete(self._current(), text, cursor, limit)

    def why_nothing(self, query: SearchQuery, cancel: CancelToken) -> NothingFound:
        """Tell why nothing answers, and what to loosen. Raises `CancelledError`."""
        return why_nothing(self._current(), query, cancel)

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

    def resembling(
        self, text: str, apart_from: str, query: SearchQuery, cancel: CancelToken
    ) -> frozenset[str]:
        """Return the keys of all records, and ids of all annotations, that `similar` finds."""
        return resembling(self._current(), text, apart_from, query, cancel)

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
        self.update(lambda: Change(tuple(changed), set(gone_records), set(gone_notes)))

    def update(self, read: Callable[[], Change]) -> None:
        """Replace and remove what ``read`` gives, which is called with the lock held."""
        with self._writing, self._commit() as commit:
            snapshot = self._refresh().snapshot
            if snapshot.missing:  # the numbers of documents would be wrong
                raise IndexDamagedError(f"{snapshot.missing} segments can't be read")
            change = read()
            latest = {_identity(item): item for item in change.changed}
            records = {key for part, key in latest if part == "record"}
            notes = {key for part, key in latest if part == "note"}
            old = [
                number
                for key in sorted(records.union(change.gone_records))
                for number in snapshot.documents_of_record(key)
            ]
            gone = frozenset(notes.union(change.gone_notes))
            commit.delete(old + snapshot.documents_of_notes(gone))
            builder = Builder()
            for item in latest.values():
                builder.add(item)
            if builder.size:
                commit.add(builder.columns())
            commit.finish()
            self._refresh()

    def is_complete(self) -> bool:
        """Tell whether it was ever built to the end, and all of it can be read."""
        return self._current().missing == 0 and is_complete(self._folder)

    def verify(self) -> bool:
        """Compare the checksums that were not compared yet; False if one is wrong."""
        snapshot = self._current()
        for segment in (part.segment for part in snapshot.parts):
            if segment.id not in self._verified:
                if segment.file is not None and not segment.file.verify():
                    return False
                self._verified.add(segment.id)
        return snapshot.missing == 0

    def tidy(self) -> bool:
        """Merge small segments; call it when nothing else is to be done.

        Searches and writes go on meanwhile; only putting the result in place takes the lock.
        Returns whether there was anything to merge.
        """
        opened = self._refresh()
        merger = Merger(opened.folder, opened.snapshot.parts)
        if not merger.write():
            return False
        try:
            with self._writing, self._commit() as commit:
                if commit.folder == opened.folder and merger.put_in_place(commit):
                    commit.finish()
                    self._refresh()
        except IndexBusyError:
            log.debug("Another process writes; the merge is left for another time")
        finally:
            merger.clean_up()
        return True

    def rebuild(self, items: Iterable[Item], progress: Progress, total: int) -> None:
        """Build all anew in another folder and swap it in when complete."""
        with self._writing:
            with self._commit():  # what others write meanwhile would be lost: they must wait
                before = self._opened.folder
                self._build(items, progress, total)
            self._refresh()
            shutil.rmtree(before, ignore_errors=True)

    def _build(self, items: Iterable[Item], progress: Progress, total: int) -> None:
        name = new_name()
        folder = self._folder / name
        index = create_in(made(folder), schema())
        index.storage = Files(str(folder))
        try:
            runs: list[Path] = []
            builder = Builder()
            for done, item in enumerate(items):
                builder.add(item)
                if done % _REPORT_EVERY == 0:
                    progress(done, total, _BUILDING)
                if builder.occurrences > _MOST_OCCURRENCES:
                    runs.append(folder / f"{UNFINISHED}{len(runs)}")
                    write_segment(runs[-1], builder.columns())
                    builder = Builder()
            with Commit(index) as commit:
                commit.add(_together(runs, builder))
                commit.finish()
            progress(total, total, _BUILDING)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        point(self._folder, name, complete=True)

    def close(self) -> None:
        """Let go of the files; call it when no search runs any more."""
        with self._writing, self._opening:
            self._opened.index.close()
            self._opened = _Opened(
                self._opened.folder, self._opened.index, Snapshot((), -1), self._opened.stamp
            )

    def _commit(self) -> Commit:
        """Take the write lock of the current generation, whichever that is once it is ours."""
        try:
            while True:
                opened = self._refresh()
                commit = Commit(opened.index)
                try:
                    if self._refresh().folder == opened.folder:
                        return commit
                except BaseException:
                    commit.release()
                    raise
                commit.release()  # another process swapped in a new one meanwhile
        except LockError:
            raise IndexBusyError(
                "The search index is being brought up to date by another NormAtlas; "
                "nothing needs to be done, it will finish by itself."
            ) from None

    def _current(self) -> Snapshot:
        """Return the last commit's snapshot, of whichever process, with the synonyms in use."""
        snapshot = self._newest()
        snapshot.synonyms = (self._thesaurus,)
        return snapshot

    def _newest(self) -> Snapshot:
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
                with without_collector():
                    self._opened = opened = self._open(opened)
            return opened

    def _open(self, before: _Opened | None) -> _Opened:
        folder = self._folder / pointed(self._folder)
        seen = stamp(self._folder, folder)
        if before is not None and before.folder == folder:
            if before.index.latest_generation() == before.snapshot.generation:
                return replace(before, stamp=seen)
            known = {part.segment.id: part.segment for part in before.snapshot.parts}
            return _Opened(folder, before.index, _snapshot(before.index, known).prepare(), seen)
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
    except OtherVersionError as difference:
        log.info("The search index in %s will be rebuilt: %s", folder, difference)
        return None
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
    point(folder, name, complete=False)
    return WhooshIndex(folder)


def _snapshot(index: FileIndex, known: dict[str, Segment]) -> Snapshot:
    """Read the last commit. A segment that can't be read is left out, and counted."""
    toc: Any = index._read_toc()  # noqa: SLF001  (the only list of segments with deletions)
    parts: list[Part] = []
    offset = missing = 0
    for entry in toc.segments:
        read = known.get(entry.segment_id())
        try:
            read = read or open_segment(index.storage, toc.schema, entry)
        except Exception:  # (a damaged one fails in any way; the others can still answer)
            if len(toc.segments) == 1 or index.latest_generation() != toc.generation:
                raise  # nothing is left, or another process merged it away
            log.warning("Segment %s can't be read; it is left out", entry, exc_info=True)
            missing += 1
            continue
        parts.append(Part(read, offset, frozenset(entry.deleted_docs())))
        offset += read.size
    if missing and not parts:
        raise IndexDamagedError("no segment can be read")
    return Snapshot(parts, toc.generation, missing)


def _identity(item: Item) -> tuple[str, str]:
    if isinstance(item, IndexedNote):
        return "note", item.annotation
    return "record", item.key


def _together(runs: list[Path], builder: Builder) -> Columns:
    """Put what was spilled to disk and what is in memory into one segment."""
    if not runs:
        return builder.columns()
    columns = [SegmentFile(run).columns for run in runs]
    if builder.size:
        columns.append(builder.columns())
    return merged([Source(one, np.ones(one.size, bool)) for one in columns])
