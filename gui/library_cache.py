"""The library as it was last listed, so that it can be browsed before the workspace is open.

It is a copy for the first second only: at every start the workspace says what has changed.
"""

import json
import os
from dataclasses import dataclass, fields
from pathlib import Path

from core.domain.keys import Kind
from core.domain.records import RecordEntry

FILE = "window-library.json"
_NAMES = [field.name for field in fields(RecordEntry)]
_LISTS = ("themes", "names")


@dataclass(frozen=True)
class KeptLibrary:
    """Entries with the fingerprint of their `Listing`; None where there are none."""

    entries: tuple[RecordEntry, ...] = ()
    fingerprint: str | None = None


def load_library(folder: Path) -> KeptLibrary:
    """Return the library kept in a workspace's folder; an empty one when it can't be read."""
    try:
        kept = json.loads((folder / FILE).read_bytes())
        if kept["names"] != _NAMES:
            return KeptLibrary()  # of another version
        entries = tuple(_entry(row) for row in kept["entries"])
        return KeptLibrary(entries, str(kept["fingerprint"]))
    except (OSError, ValueError, TypeError, KeyError):
        return KeptLibrary()


def save_library(folder: Path, library: KeptLibrary) -> None:
    """Keep the library for the next start. Raises `OSError`."""
    rows = [[getattr(entry, name) for name in _NAMES] for entry in library.entries]
    kept = {"names": _NAMES, "fingerprint": library.fingerprint, "entries": rows}
    content = json.dumps(kept, ensure_ascii=False).encode()
    file = folder / FILE
    new = file.with_name(f"{FILE}.{os.getpid()}.new")
    new.write_bytes(content)
    new.replace(file)


def _entry(row: list[object]) -> RecordEntry:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"] = Kind(str(values["kind"]))
    for name in _LISTS:
        values[name] = tuple(values[name])  # type: ignore[arg-type]
    return RecordEntry(**values)  # type: ignore[arg-type]
