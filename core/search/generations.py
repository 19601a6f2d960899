"""The index's folder: one folder a generation, and a pointer to the current one."""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)

import json
import os
import shutil
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from core.search.commits import sync_file, sync_folder
from core.search.schema import VERSION

_POINTER = "current.json"
_LEFTOVER_SECONDS = 3600  # unfinished builds older than this are removed


class OtherVersionError(Exception):
    """The index was made with another schema or analysis."""


class Files(FileStorage):
    """A folder of files that closes those which Whoosh leaves open when one is damaged."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._reading: list[StructFile] | None = []  # None once opening is over

    def open_file(self, name: str, **kwargs: Any) -> StructFile:  # noqa: ANN401  (passed on)
        """Open a file to be read."""
        file = super().open_file(name, **kwargs)
        if self._reading is not None:
            self._reading.append(file)
        return file

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a finished file, once its content is on the disk."""
        sync_file(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)

    def close_forgotten(self) -> None:
        """Close what is still open; what is in use was mapped into memory."""
        for file in self._reading or ():
            if not file.is_closed:
                file.close()
        self._reading = None


def has_pointer(folder: Path) -> bool:
    """Whether there is an index at all."""
    return (folder / _POINTER).exists()


def new_name() -> str:
    """Return a name no generation has had."""
    return f"index-{uuid.uuid4().hex[:12]}"


def made(folder: Path) -> str:
    """Make a folder and return its path."""
    folder.mkdir(parents=True)
    return str(folder)


def point(folder: Path, name: str, *, complete: bool) -> None:
    """Make another generation the current one, all at once."""
    fresh = folder / f"{name}.json"
    fresh.write_text(
        json.dumps({"version": VERSION, "folder": name, "complete": complete}), encoding="utf-8"
    )
    sync_file(fresh)
    fresh.replace(folder / _POINTER)
    sync_folder(folder)


def pointed(folder: Path) -> str:
    """Return the name of the current generation; raises `OtherVersionError`."""
    pointer = json.loads((folder / _POINTER).read_text(encoding="utf-8"))
    if pointer["version"] != VERSION:
        raise OtherVersionError(f"index of version {pointer['version']}, this is {VERSION}")
    return str(pointer["folder"])


def is_complete(folder: Path) -> bool:
    """Whether the current generation was built to the end, and is no makeshift."""
    return bool(json.loads((folder / _POINTER).read_text(encoding="utf-8")).get("complete"))


def stamp(folder: Path, generation: Path) -> tuple[int, ...]:
    """Change whenever something was committed; two calls of the file system."""
    try:
        pointer, inside = os.stat(folder / _POINTER), os.stat(generation)
    except FileNotFoundError:  # another process swaps at this moment
        return ()
    return pointer.st_mtime_ns, pointer.st_ino, inside.st_mtime_ns


def remove_leftovers(folder: Path) -> None:
    """Remove generations that a stopped build or another process left behind."""
    current = pointed(folder)
    long_ago = time.time() - _LEFTOVER_SECONDS
    for generation in folder.glob("index-*/"):
        with suppress(FileNotFoundError):  # another process removed it first
            if generation.name != current and generation.stat().st_mtime < long_ago:
                shutil.rmtree(generation, ignore_errors=True)
