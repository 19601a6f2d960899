"""What goes over the pipe between window and workspace: length-prefixed pickles.

Both ends are one program, started by one user, over a pipe that nobody else can open; nothing
from outside is ever unpickled.
"""

import copyreg
import io
import pickle
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import BinaryIO

from core.domain.annotations import Annotation, Target, TextPositionSelector, TextQuoteSelector
from core.tasks import without_collector

_LENGTH = struct.Struct(">Q")
_MANY = (Annotation, Target, TextPositionSelector, TextQuoteSelector)  # that go over by thousands


@dataclass(frozen=True, slots=True)
class Opened:
    """The workspace is open; ``path`` and the rest are as of `core.workspace.Workspace`."""

    path: str
    analyst: str
    created: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A service's method is to be called; the answer is `Done` or `Failed` of that number."""

    number: int
    service: str
    method: str
    arguments: tuple[object, ...]
    named: dict[str, object]


@dataclass(frozen=True, slots=True)
class Cancel:
    """The call of this number is no longer wanted."""

    number: int


@dataclass(frozen=True, slots=True)
class Done:
    """A call has returned."""

    number: int
    value: object


@dataclass(frozen=True, slots=True)
class Failed:
    """A call, or for number 0 the opening, has raised."""

    number: int
    error: Exception


@dataclass(frozen=True, slots=True)
class Reported:
    """Progress of a call, or for number 0 of the opening."""

    number: int
    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Stands for a `CancelToken` among a call's arguments."""


@dataclass(frozen=True, slots=True)
class ProgressPlace:
    """Stands for a `Progress` among a call's arguments."""


class FrameWriter:
    """Writes frames whole; any thread may."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def write(self, frame: object) -> None:
        """Write one frame. Raises `OSError` or `ValueError` when the other end is gone."""
        data = _pickled(frame)
        with self._lock:
            self._stream.write(_LENGTH.pack(len(data)) + data)
            self._stream.flush()

    def close(self) -> None:
        """Tell the other end that nothing more comes."""
        with self._lock:
            self._stream.close()


def read_frame(stream: BinaryIO) -> object | None:
    """Read the next frame; None when the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    with without_collector():
        return pickle.loads(data) if len(data) == length else None


def _by_fields(kind: type) -> Callable[[object], tuple[type, tuple[object, ...]]]:
    """Return what takes a value apart for pickling, to be made anew by calling its class.

    That halves the time: by itself a frozen value with slots is set field by field in Python.
    """
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


_DISPATCH = copyreg.dispatch_table | {kind: _by_fields(kind) for kind in _MANY}


def _pickled(frame: object) -> bytes:
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _DISPATCH
    with without_collector():
        pickler.dump(frame)
    return out.getvalue()
