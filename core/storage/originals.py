"""The folder of originals: each file kept under its SHA-256, whole or not at all."""

import errno
import hashlib
import os
import re
import stat
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.storage.disk import FULL
from core.tasks import CancelToken

FOLDER = "originals"
_INCOMING = "incoming"  # files on their way in; what is left there after a crash is swept
LARGEST = 512 * 1024 * 1024  # bytes of a file
_CHUNK = 1024 * 1024
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}\Z")
_NO_FILE = "It is no file but a folder, a device or a pipe."


class DiskFullError(UserError):
    """The disk of the workspace is full."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Incoming:
    """A copy of a file on its way in, with its hash; ``path`` is the copy's."""

    path: Path
    sha256: str
    suffix: str
    size: int


class Originals:
    """Writes and reads the originals of a workspace."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / FOLDER

    def receive(self, source: bytes, *, follow: bool, cancel: CancelToken) -> Incoming:
        """Copy a file in, hashing as it goes; what is read from then on is the copy.

        Args:
            source: the file's path in the bytes of its system.
            follow: whether it may be a link.

        Raises:
            UserError: a sentence on why it can't be taken, without the file's name.
            DiskFullError: there is no room.
        """
        name = os.path.basename(os.fsdecode(source))  # readers name the file in their sentences
        suffix = os.path.splitext(name)[1].lower()
        suffix = suffix if _SUFFIX.match(suffix) else ""
        target = self._folder / _INCOMING / uuid.uuid4().hex / name
        try:
            descriptor = _open(source, follow=follow)
        except OSError as error:
            raise UserError(_why(error)) from error
        try:
            with os.fdopen(descriptor, "rb") as file:
                return self._copy(file.fileno(), target, suffix, cancel)
        except BaseException:
            _remove(target)
            raise

    def _copy(self, source: int, target: Path, suffix: str, cancel: CancelToken) -> Incoming:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise UserError(_NO_FILE)
        digest, size = hashlib.sha256(), 0
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            out = target.open("xb")
        except OSError as error:
            raise _unwritable(error, self._folder) from error
        with out:
            while True:
                cancel.check()
                try:
                    chunk = os.read(source, _CHUNK)
                except OSError as error:
                    raise UserError(_why(error)) from error
                if not chunk:
                    break
                size += len(chunk)
                if size > LARGEST:
                    raise UserError(
                        f"It is larger than {LARGEST // (1024 * 1024)} MB; split it first."
                    )
                digest.update(chunk)
                self._write(out.fileno(), chunk)
        return Incoming(target, digest.hexdigest(), suffix, size)

    def _write(self, descriptor: int, chunk: bytes) -> None:
        try:
            view = memoryview(chunk)
            while view:
                view = view[os.write(descriptor, view) :]
        except OSError as error:
            raise _unwritable(error, self._folder) from error

    def keep_bytes(self, data: bytes, suffix: str) -> Incoming:
        """Keep a file that came inside another one; raises as `receive`."""
        target = self._folder / _INCOMING / uuid.uuid4().hex / "file"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                self._write(out.fileno(), data)
        except OSError as error:
            raise _unwritable(error, self._folder) from error
        incoming = Incoming(
            target,
            hashlib.sha256(data).hexdigest(),
            suffix if _SUFFIX.match(suffix) else "",
            len(data),
        )
        try:
            self.keep(incoming)
        finally:
            self.drop(incoming)
        return incoming

    def drop(self, incoming: Incoming) -> None:
        """Let go of a copy that is not kept."""
        _remove(incoming.path)

    def keep(self, incoming: Incoming) -> None:
        """Give a copy its place, durably; one that is there already stays. Raises as `receive`."""
        place = self.place(incoming.sha256, incoming.suffix)
        try:
            with incoming.path.open("rb+") as file:
                os.fsync(file.fileno())
            place.parent.mkdir(exist_ok=True)
            incoming.path.chmod(0o444)  # whoever opens it from the record must not change it
            incoming.path.replace(place)
            _sync(place.parent)
        except OSError as error:
            raise _unwritable(error, self._folder) from error

    def place(self, sha256: str, suffix: str) -> Path:
        """Return where an original is, or would be."""
        return self._folder / sha256[:2] / f"{sha256}{suffix}"

    def is_sound(self, sha256: str, suffix: str) -> bool | None:
        """Tell whether an original is as it was; None when it is missing or can't be read."""
        digest = hashlib.sha256()
        try:
            with self.place(sha256, suffix).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except OSError:
            return None
        return digest.hexdigest() == sha256

    def all(self) -> Iterator[Path]:
        """Give every original that is kept."""
        yield from self._folder.glob("[0-9a-f][0-9a-f]/*")

    def remove(self, sha256: str, suffix: str) -> None:
        """Remove an original."""
        place = self.place(sha256, suffix)
        with suppress(OSError):
            place.chmod(0o644)  # Windows removes no file that is read-only
        place.unlink(missing_ok=True)
        with suppress(OSError):
            place.parent.rmdir()  # only where it is empty

    def sweep(self) -> None:
        """Remove copies that a crash left on their way in; nobody may be importing."""
        for left in (self._folder / _INCOMING).glob("*/*"):
            _remove(left)


def _remove(copy: Path) -> None:
    with suppress(OSError):  # what is left is swept the next time
        copy.unlink(missing_ok=True)
        copy.parent.rmdir()


def hash_file(path: bytes, *, follow: bool, cancel: CancelToken) -> str:
    """Return the SHA-256 of a file that is to be imported; raises `UserError` as `receive`."""
    digest = hashlib.sha256()
    try:
        with os.fdopen(_open(path, follow=follow), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UserError(_NO_FILE)
            while chunk := file.read(_CHUNK):
                cancel.check()
                digest.update(chunk)
    except OSError as error:
        raise UserError(_why(error)) from error
    return digest.hexdigest()


def _open(path: bytes, *, follow: bool) -> int:
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer would never open
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    return os.open(path if os.name != "nt" else os.fsdecode(path), flags)


def _sync(folder: Path) -> None:
    """Make a renaming durable; not every system has folders that can be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _why(error: OSError) -> str:
    """Say why a file can't be read."""
    return {
        errno.ENOENT: "It is not there (any more).",
        errno.ENOTDIR: "It is not there (any more).",
        errno.EACCES: "It may not be read by you; change its permissions.",
        errno.EPERM: "It may not be read by you; change its permissions.",
        errno.ELOOP: "It is a link; import what it leads to.",
        errno.EISDIR: _NO_FILE,
        errno.ENXIO: _NO_FILE,
    }.get(error.errno or 0, f"It can't be read ({error.strerror}).")


def _unwritable(error: OSError, folder: Path) -> UserError:
    if error.errno in FULL:
        return DiskFullError(
            f"The disk that holds {folder.parent} is full. Make room and import again: it goes on "
            "where it stopped."
        )
    return UserError(
        f"The folder {folder} can't be written ({error.strerror}); change its permissions and "
        "import again."
    )
