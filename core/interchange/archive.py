"""Zips that prove nothing: read within bounds, written with the same bytes each time."""

import io
import zipfile
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from core.interchange.problems import MAX_FILE, refused, too_large

MAX_MEMBERS = 100_000
MAX_MEMBER = 512 * 2**20
MAX_TOTAL = 2048 * 2**20
MAX_RATIO = 250
"""How many times its packed size a member may have, once it is larger than `_SMALL`."""

_SMALL = 2**20
_CHUNK = 2**18
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: no clock in the bytes
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
)


class Archive:
    """The members of an open zip by name; reads count what really comes."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        self._left = MAX_TOTAL
        self._members = self._checked()

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise refused(self._name, f"it holds more than {MAX_MEMBERS:,} files")
        found: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            if member.is_dir():
                continue
            shown = member.filename[:80]
            if not _is_inside(member.filename):
                raise refused(self._name, f"“{shown}” in it leads out of it")
            if member.filename in found:
                raise refused(self._name, f"“{shown}” is in it twice")
            if member.flag_bits & 1:
                raise refused(self._name, f"“{shown}” in it is encrypted")
            found[member.filename] = member
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in their order."""
        return tuple(self._members)

    def find(self, name: str) -> str | None:
        """Return a member's exact name, whatever the case of what is asked for."""
        if name in self._members:
            return name
        wanted = name.casefold()
        return next((have for have in self._members if have.casefold() == wanted), None)

    def read(self, name: str, most: int = MAX_MEMBER) -> bytes:
        """Return a member; raises `FileRefusedError` for a damaged or overlarge one."""
        member = self._members[name]
        most = min(most, self._left)
        if member.file_size > _SMALL:
            most = min(most, max(_SMALL, member.compress_size * MAX_RATIO))
        data = bytearray()
        try:
            with self._archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    data += chunk
                    if len(data) > most:
                        raise refused(self._name, f"“{name[:80]}” in it unpacks to too much")
        except (*_UNREADABLE, OSError) as error:
            raise refused(self._name, f"“{name[:80]}” in it is damaged") from error
        self._left -= len(data)
        return bytes(data)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    unclean = "\\" in name or "\0" in name or (len(name) > 1 and name[1] == ":")
    return bool(name) and not unclean and not path.is_absolute() and ".." not in path.parts


@contextmanager
def open_archive(path: Path) -> Generator[Archive]:
    """Open a zip for reading; raises `FileRefusedError` with what is wrong with it."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise too_large(path.name, MAX_FILE)
        opened = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise refused(path.name, "it is no zip file, or it is cut off or damaged") from error
    except OSError as error:
        raise refused(path.name, error.strerror or str(error)) from error
    with opened as archive:
        yield Archive(path.name, archive)


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of these members in this order, with no clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data, compresslevel=6)
    return out.getvalue()
