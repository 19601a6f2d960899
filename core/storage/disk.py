"""A disk that is full or may not be written: told apart, and said in a sentence."""

import errno
import os
import shutil
from pathlib import Path

from core.errors import WorkspaceError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Numbers of errors of the system that mean that there is no room."""

_UNWRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_LEAST_FREE = 256 * 1024  # bytes; with less, not even the database's log finds room


def is_full(folder: Path) -> bool:
    """Tell whether the disk of a folder has no room for even a small change."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_FREE
    except OSError:
        return False


def may_only_read(file: Path) -> bool:
    """Tell whether a file that is there, or its folder, may not be written by us."""
    return file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def disk_full(folder: Path) -> WorkspaceError:
    """Say that there is no room."""
    return WorkspaceError(
        f"The disk that holds {folder} is full; nothing was changed. Make room and try again."
    )


def unwritable(folder: Path) -> WorkspaceError:
    """Say that a workspace may not be written."""
    return WorkspaceError(
        f"The workspace {folder} can't be written; make the folder and its files writable, or "
        "choose another with --workspace."
    )


def said_of(error: OSError, folder: Path) -> Exception:
    """Return what to tell of an error in a workspace's folder; itself where it is a bug's."""
    if error.errno in FULL:
        return disk_full(folder)
    if error.errno in _UNWRITABLE:
        return unwritable(folder)
    return error
