"""The library as it was last listed, so that it can be browsed before the workspace is open.

It is a copy for the first second only: at every start the workspace says what has changed.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from core.domain.keys import RECORD_KINDS, Kind
from core.domain.records import RecordEntry

FILE = "window-library.json"
_NAMES = [field.name for field in fields(RecordEntry)]
_LISTS = ("themes", "names")


class KeptLibrary:
    """The library's entries by kind, with the fingerprint of their `Listing` (None for none).

    A kind's entries are made when they are first asked for: the first painting shows one kind.
    """

    def __init__(
        self,
        entries: Iterable[RecordEntry] = (),
        fingerprint: str | None = None,
        rows: Mapping[Kind, list[list[object]]] | None = None,
    ) -> None:
        self.fingerprint = fingerprint
        self._rows = dict(rows or {})
        self._entries: dict[Kind, list[RecordEntry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.kind, []).append(entry)

    def count(self, kind: Kind) -> int:
        """Return how many entries there are of a kind."""
        return len(self._rows.get(kind) or self._entries.get(kind, ()))

    def of(self, kind: Kind) -> list[RecordEntry]:
        """Return the entries of a kind, by title."""
        rows = self._rows.pop(kind, None)
        if rows is not None:
            self._entries[kind] = [_entry(row) for row in rows]
        return self._entries.get(kind, [])

    @property
    def entries(self) -> tuple[RecordEntry, ...]:
        """All entries, by kind in the library's order, then by title."""
        return tuple(entry for kind in RECORD_KINDS for entry in self.of(kind))


def load_library(folder: Path) -> KeptLibrary:
    """Return the library kept in a workspace's folder; an empty one when it can't be read."""
    try:
        kept = json.loads((folder / FILE).read_bytes())
        if kept["names"] != _NAMES:
            return KeptLibrary()  # of another version
        rows = {Kind(kind): rows for kind, rows in kept["kinds"].items()}
        for kind_rows in rows.values():
            _check(kind_rows)
        return KeptLibrary(fingerprint=str(kept["fingerprint"]), rows=rows)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return KeptLibrary()


def save_library(folder: Path, library: KeptLibrary) -> None:
    """Keep the library for the next start. Raises `OSError`."""
    rows = {
        kind.value: [[getattr(entry, name) for name in _NAMES] for entry in library.of(kind)]
        for kind in RECORD_KINDS
    }
    kept = {"names": _NAMES, "fingerprint": library.fingerprint, "kinds": rows}
    content = json.dumps(kept, ensure_ascii=False).encode()
    file = folder / FILE
    new = file.with_name(f"{FILE}.{os.getpid()}.new")
    new.write_bytes(content)
    new.replace(file)


def _check(rows: list[list[object]]) -> None:
    """Raise `ValueError` unless each row has what an entry is made of."""
    lists = [_NAMES.index(name) for name in _LISTS]
    for row in rows:
        if len(row) != len(_NAMES) or not all(isinstance(row[n], list) for n in lists):
            raise ValueError


def _entry(row: list[object]) -> RecordEntry:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"] = Kind(str(values["kind"]))
    for name in _LISTS:
        values[name] = tuple(values[name])  # type: ignore[arg-type]
    return RecordEntry(**values)  # type: ignore[arg-type]
