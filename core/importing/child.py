"""Runs a reading process within limits of time and output, and ends it when told to."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import CancelledError
from core.importing.limits import Refused, too_much_output
from core.precedence import SEARCHES
from core.tasks import CancelToken

_CHUNK = 1024 * 1024
_KEPT_COMPLAINTS = 4000  # bytes of what a process says of its trouble
_NICE = 10  # below the window and the search that go on meanwhile
_GLANCE = 0.05  # seconds between looks at the clock and the token


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left: its exit status, its output, and the first of its complaints."""

    status: int
    output: bytes
    complaint: str


class Deadline:
    """The moment by which a file must be read; one for all the processes that read it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; 0 when over."""
        return max(0.0, self._end - time.monotonic())

    def check(self, cancel: CancelToken) -> None:
        """Raise `Refused` when the time is over, `CancelledError` when cancelled."""
        cancel.check()
        SEARCHES.give_way()
        if not self.left:
            raise self.refusal()

    def refusal(self) -> Refused:
        """Return what is said when the time is over."""
        return Refused(f"reading it takes longer than {self.seconds:g} seconds; split it")


def start(
    command: Sequence[str], *, errors: int = subprocess.PIPE, program: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a process of a group of its own, with pipes and hardly an environment.

    ``program`` is where Python finds this one.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=_environment(program),
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _put_after_others(process)
    return process


def _put_after_others(process: subprocess.Popen[bytes]) -> None:
    """Have a reading process come after the window and the search.

    Only processes: a thread that comes later while it has the interpreter's lock delays all.
    """
    if os.name == "posix":
        with suppress(OSError):  # it has ended already
            usual = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, process.pid, min(usual + _NICE, 19))


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all that it started, unless it was seen to end."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


class Watch:
    """Ends a process when its time is over or its work is cancelled; a context manager."""

    def __init__(self, kill: Callable[[], None], deadline: Deadline, cancel: CancelToken) -> None:
        self._kill = kill
        self._deadline = deadline
        self._cancel = cancel
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="reading watch", daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def check(self) -> None:
        """Raise why the process was ended, if it was."""
        if self._cancel.cancelled:
            raise CancelledError
        if not self._deadline.left:
            raise self._deadline.refusal()

    def _look(self) -> None:
        while not self._done.wait(min(_GLANCE, self._deadline.left)):
            if self._cancel.cancelled or not self._deadline.left:
                self._kill()
                return


def run(
    command: Sequence[str],
    given: bytes,
    *,
    most: int,
    deadline: Deadline,
    cancel: CancelToken,
    program: Path | None = None,
) -> Ended:
    """Run a process on ``given`` and return what it wrote, at most ``most`` bytes.

    ``program`` as for `start`. Raises `Refused` when it takes too long or writes more,
    `CancelledError` when cancelled.
    """
    process = start(command, program=program)
    complaints: list[bytes] = []
    feeding = threading.Thread(target=_feed, args=(process.stdin, given), daemon=True)
    listening = threading.Thread(target=_listen, args=(process.stderr, complaints), daemon=True)
    with process:
        try:
            with Watch(lambda: end(process), deadline, cancel) as watch:
                feeding.start()
                listening.start()
                output = _collect(cast("BinaryIO", process.stdout), most)
                status = process.wait()
                watch.check()
        finally:
            end(process)
            process.wait()
            feeding.join()
            listening.join()
    return Ended(status, output, b"".join(complaints).decode("utf-8", "replace"))


def _feed(pipe: BinaryIO, given: bytes) -> None:
    with suppress(OSError, ValueError):  # it ended before it had read all: its status tells
        pipe.write(given)
    with suppress(OSError, ValueError):
        pipe.close()


def _listen(pipe: BinaryIO, complaints: list[bytes]) -> None:
    kept = 0
    with suppress(OSError, ValueError):
        while chunk := pipe.read(4096):
            if kept < _KEPT_COMPLAINTS:
                complaints.append(chunk[: _KEPT_COMPLAINTS - kept])
                kept += len(complaints[-1])


def _collect(pipe: BinaryIO, most: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while chunk := os.read(pipe.fileno(), _CHUNK):
        size += len(chunk)
        if size > most:
            raise too_much_output()
        chunks.append(chunk)
    return b"".join(chunks)


def _environment(program: Path | None) -> dict[str, str]:
    """Return what a process needs to run at all; nothing that points at the user's own files."""
    kept = ("SYSTEMROOT", "PATH", "TEMP", "TMP", "LD_LIBRARY_PATH")
    given = {name: os.environ[name] for name in kept if name in os.environ}
    if program:
        paths = [str(program), *filter(None, [os.environ.get("PYTHONPATH")])]
        given["PYTHONPATH"] = os.pathsep.join(paths)
    return given | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": os.devnull}
