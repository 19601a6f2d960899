"""The library as it was last listed, so that it can be browsed before the workspace is open.

It is a copy for the first second only: the workspace's own list replaces it at every start.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from core.domain.keys import Kind
from core.domain.records import RecordEntry

FILE = "window-library.json"
_NAMES = [field.name for field in fields(RecordEntry)]
_LISTS = ("themes", "names")


def load_entries(folder: Path) -> tuple[RecordEntry, ...]:
    """Return the entries kept in a workspace's folder; none when they can't be read."""
    try:
        kept = json.loads((folder / FILE).read_bytes())
        if kept["names"] != _NAMES:
            return ()  # of another version
        return tuple(_entry(row) for row in kept["entries"])
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def save_entries(folder: Path, entries: Iterable[RecordEntry]) -> None:
    """Keep these entries; written only where they differ from those kept. Raises `OSError`."""
    rows = [[getattr(entry, name) for name in _NAMES] for entry in entries]
    content = json.dumps({"names": _NAMES, "entries": rows}, ensure_ascii=False).encode()
    file = folder / FILE
    if file.is_file() and file.read_bytes() == content:
        return
    new = file.with_name(f"{FILE}.{os.getpid()}.new")
    new.write_bytes(content)
    new.replace(file)


def _entry(row: list[object]) -> RecordEntry:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"] = Kind(str(values["kind"]))
    for name in _LISTS:
        values[name] = tuple(values[name])  # type: ignore[arg-type]
    return RecordEntry(**values)  # type: ignore[arg-type]
