"""Files of a pack read within bounds: ordinary files only, never more bytes than allowed."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_BYTES = 64 * 2**20  # of a YAML file
ARTICLES = "articles"  # the folder
MAX_ARTICLES = 5_000


class RefusedFileError(Exception):
    """Why a file, or a line of it, may not be in a pack."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def read_bounded(path: Path, limit: int) -> bytes:
    """Read an ordinary file of at most ``limit`` bytes; raises `RefusedFileError`.

    Links, pipes and devices are refused unread: they may lead out of the pack or never end.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise RefusedFileError("is not an ordinary file")
        if status.st_size > limit:
            raise RefusedFileError(f"larger than {_size(limit)}")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise RefusedFileError("the file is missing") from None
    except OSError as error:
        raise RefusedFileError(f"can't be read: {error.strerror}") from error
    if len(data) > limit:  # it grew meanwhile
        raise RefusedFileError(f"larger than {_size(limit)}")
    return data


def _size(limit: int) -> str:
    return f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit // 2**10} KiB"


def article_files(folder: Path) -> list[Path]:
    """Return what lies where articles do, sound or not, in order; one too many shows excess."""
    root = folder / ARTICLES
    if not root.is_dir():
        return []
    found: list[Path] = []
    for entry in _listed(root):
        if entry.is_dir(follow_symlinks=False):
            found += [Path(inner.path) for inner in _listed(Path(entry.path))]
        else:
            found.append(Path(entry.path))
        if len(found) > MAX_ARTICLES:
            break
    return sorted(found)[: MAX_ARTICLES + 1]


def _listed(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number > MAX_ARTICLES:
                return
            yield entry
