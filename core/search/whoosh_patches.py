"""Two corrections of Whoosh 2.7.4, which is frozen; applied once, before an index is opened.

1. ``AndMaybeMatcher.skip_to`` leaves its optional side behind the required one. It is reached
   while Whoosh prunes ``a AND (b OR c)`` with a limit, and the top hits are then wrong.
2. ``BufferFile`` copies the memory-mapped part of a segment into memory each time a reader is
   opened. Here it reads the map in place: opening after a commit takes a millisecond however
   large the index is.
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

from whoosh.filedb import structfile
from whoosh.matching import binary, mcore

_PEEK = 96  # bytes; pickle asks for a small look ahead


class MappedBytes:
    """A read-only file over a memory view, without a copy."""

    __slots__ = ("_at", "_view")

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move as files do and return the new place."""
        self._at = offset + (0, self._at, len(self._view))[whence]
        return self._at

    def tell(self) -> int:
        """Return the place in bytes."""
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """Read ``size`` bytes, or all that is left."""
        end = len(self._view) if size is None or size < 0 else self._at + size
        data = self._view[self._at : end].tobytes()
        self._at += len(data)
        return data

    def peek(self, size: int = 0) -> bytes:
        """Look ahead without moving."""
        return self._view[self._at : self._at + max(size, _PEEK)].tobytes()

    def readinto(self, buffer: memoryview | bytearray) -> int:
        """Fill ``buffer`` and return how many bytes there were."""
        data = self._view[self._at : self._at + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def readline(self, size: int = -1) -> bytes:
        """Read to the end of a line; unpickling text formats asks for it."""
        rest = self._view[self._at :].tobytes()
        line = rest[: rest.find(b"\n") + 1] or rest
        self._at += len(line)
        return line

    def close(self) -> None:
        """Let go of the view."""
        self._view = memoryview(b"")
        self._at = 0


def _skip_to(matcher: binary.AndMaybeMatcher, target: int) -> bool:
    if not matcher.a.is_active():
        raise mcore.ReadTooFar
    moved = matcher.a.skip_to(target)
    behind = matcher.a.is_active() and matcher.b.is_active() and matcher.b.id() < matcher.a.id()
    return (behind and matcher.b.skip_to(matcher.a.id())) or moved


_copying_init: Any = structfile.BufferFile.__init__


def _mapped_init(
    file: structfile.BufferFile,
    buf: bytes | memoryview,
    name: str | None = None,
    onclose: Callable[[structfile.StructFile], None] | None = None,
) -> None:
    _copying_init(file, b"" if isinstance(buf, memoryview) else buf, name, onclose)
    if isinstance(buf, memoryview):
        file._buf = buf  # noqa: SLF001  (the class we mend)
        file.file = cast("BytesIO", MappedBytes(buf))


def apply_patches() -> None:
    """Mend Whoosh in this process; doing it again changes nothing."""
    setattr(binary.AndMaybeMatcher, "skip_to", _skip_to)  # noqa: B010  (checked as a write)
    setattr(structfile.BufferFile, "__init__", _mapped_init)  # noqa: B010
