"""The files below what an analyst wants to import."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.tasks import CancelToken

_DEEPEST = 64  # folders within folders


@dataclass(frozen=True, slots=True)
class Found:
    """A path on the way to being imported; ``refusal`` says why it can't be."""

    path: bytes
    given: bool  # named itself, not found in a folder
    refusal: str | None = None


def walk(roots: Sequence[str], workspace: Path, cancel: CancelToken) -> Iterator[Found]:
    """Give every file that ``roots`` name or hold, in order of names.

    Folders are gone through without those that are hidden, the workspace's own, and links; a
    link that leads out of the folder is said, one that stays within leads to what is found
    anyway.
    """
    own = os.path.realpath(os.fsencode(workspace))
    for root in roots:
        path = os.path.abspath(os.fsencode(root))
        if _is_within(os.path.realpath(path), own):
            yield Found(path, True, "It lies in the workspace itself.")
        elif os.path.isdir(path):
            yield from _folder(path, os.path.realpath(path), own, cancel, 0)
        else:
            yield Found(path, True)


def _folder(
    folder: bytes, root: bytes, own: bytes, cancel: CancelToken, depth: int
) -> Iterator[Found]:
    cancel.check()
    if depth > _DEEPEST:
        yield Found(folder, False, f"Folders deeper than {_DEEPEST} are not gone through.")
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, False, f"The folder can't be read ({error.strerror}).")
        return
    for entry in found:
        if entry.name.startswith(b"."):
            continue
        if entry.is_symlink():
            if not _is_within(os.path.realpath(entry.path), root):
                yield Found(entry.path, False, "It is a link; import what it leads to.")
        elif entry.is_dir(follow_symlinks=False):
            if not _is_within(os.path.realpath(entry.path), own):
                yield from _folder(entry.path, root, own, cancel, depth + 1)
        else:
            yield Found(entry.path, False)


def _is_within(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(
        folder.rstrip(os.fsencode(os.sep)) + os.fsencode(os.sep)
    )
