"""A workspace that lives in another process, called as if it were here."""

import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import UserError, WorkspaceError
from core.hosting.frames import (
    Call,
    Cancel,
    Done,
    Failed,
    FrameWriter,
    Opened,
    ProgressPlace,
    Reported,
    TokenPlace,
    read_frame,
)
from core.tasks import CancelToken, Progress, no_progress, tell_slow

_ENDING_SECONDS = 60


class HostLostError(UserError):
    """The workspace's process has ended by itself; what it had acknowledged is stored."""

    exit_code = 3


class RemoteWorkspace:
    """Has the services of `core.workspace.Workspace`; their methods block until answered."""

    def __init__(
        self, folder: Path, analyst: str | None = None, progress: Progress = no_progress
    ) -> None:
        self._calls = _Calls(folder, analyst, progress)
        opened = self._calls.opened()
        self.path = Path(opened.path)
        self.analyst = opened.analyst
        self.created = opened.created

    def __getattr__(self, name: str) -> "_Service":
        """Return a service by its name."""
        if name.startswith("_"):
            raise AttributeError(name)
        return _Service(self._calls, name)

    def close(self) -> None:
        """Let what runs finish, then end the process."""
        self._calls.close()


class _Service:
    """One service; each attribute is a method."""

    def __init__(self, calls: "_Calls", name: str) -> None:
        self._calls = calls
        self._name = name

    def __getattr__(self, name: str) -> Callable[..., object]:
        """Return a method by its name."""
        if name.startswith("_"):
            raise AttributeError(name)

        def method(*arguments: object, **named: object) -> object:
            return self._calls.call(self._name, name, arguments, named)

        return method


class _Calls:
    """The process, the calls that wait for it, and the thread that takes its answers."""

    def __init__(self, folder: Path, analyst: str | None, progress: Progress) -> None:
        self._command = [sys.executable, "-m", "core.hosting.host", str(folder)]
        self._command += [analyst] if analyst else []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._closed = False
        self._start(progress)

    def _start(self, progress: Progress) -> None:
        self._waiting: dict[int, Future[object]] = {0: Future()}
        self._ended = threading.Event()
        self._progress: dict[int, Progress] = {0: progress}
        self._opening = self._waiting[0]
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=flags,
            env=_environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._out = FrameWriter(cast("BinaryIO", self._process.stdin))
        self._reader = threading.Thread(
            target=self._read,
            args=(cast("BinaryIO", self._process.stdout), self._waiting, self._ended),
            name="workspace answers",
            daemon=True,
        )
        self._reader.start()

    def opened(self) -> Opened:
        """Wait until the workspace is open; raises what kept it from opening."""
        try:
            return cast("Opened", self._opening.result())
        except BaseException:
            self.close()
            raise

    def call(
        self, service: str, method: str, arguments: tuple[object, ...], named: dict[str, object]
    ) -> object:
        """Call and wait; raises what the method raises, or `HostLostError`."""
        tell_slow(f"{service}.{method}")
        self._revive()
        out, waiting_calls, ended = self._out, self._waiting, self._ended
        number, waiting = next(self._numbers), Future[object]()
        tokens = [given for given in (*arguments, *named.values()) if _is_token(given)]
        progress = [given for given in (*arguments, *named.values()) if _is_progress(given)]
        if progress:
            self._progress[number] = cast("Progress", progress[0])
        waiting_calls[number] = waiting
        call = Call(
            number,
            service,
            method,
            tuple(_placed(given) for given in arguments),
            {name: _placed(given) for name, given in named.items()},
        )
        try:
            out.write(call)
        except (OSError, ValueError) as error:
            waiting_calls.pop(number, None)
            raise _lost() from error
        if ended.is_set() and waiting_calls.pop(number, None):
            raise _lost()  # it ended before the call was noted: nobody else would tell
        for token in tokens:
            cast("CancelToken", token).when_cancelled(lambda: self._cancel(number))
        try:
            return waiting.result()
        finally:
            self._progress.pop(number, None)

    def _cancel(self, number: int) -> None:
        if number in self._waiting:
            try:
                self._out.write(Cancel(number))
            except (OSError, ValueError):
                return  # it has ended; the call is told so by the reader

    def _revive(self) -> None:
        """Start the process anew where it has ended by itself."""
        with self._lock:
            if self._closed:
                raise WorkspaceError("The workspace is closed.")
            if self._process.poll() is not None:
                self._reader.join()
                with suppress(OSError):  # nobody reads what was left to write
                    self._out.close()
                self._start(no_progress)
                self._opening.result()

    def _read(
        self, stream: BinaryIO, waiting: dict[int, Future[object]], ended: threading.Event
    ) -> None:
        try:
            with stream:
                while (frame := read_frame(stream)) is not None:
                    self._take(frame, waiting)
        finally:
            ended.set()
            while waiting:
                waiting.popitem()[1].set_exception(_lost())

    def _take(self, frame: object, waiting: dict[int, Future[object]]) -> None:
        match frame:
            case Opened():
                waiting.pop(0).set_result(frame)
            case Done(number, value):
                waiting.pop(number).set_result(value)
            case Failed(number, error):
                waiting.pop(number).set_exception(error)
            case Reported(number, done, total, what):
                self._progress.get(number, no_progress)(done, total, what)
            case _:
                raise TypeError(frame)

    def close(self) -> None:
        """Close the pipe, which ends the process once its calls are done."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        with suppress(OSError):  # it has ended already
            self._out.close()
        try:
            self._process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()


def _lost() -> HostLostError:
    return HostLostError(
        "The part of the program that holds the workspace has ended unexpectedly and starts "
        "anew. Nothing that was stored is lost; do the last step again."
    )


def _environment() -> dict[str, str]:
    """Let the process find the program where this one found it."""
    root = str(Path(__file__).resolve().parent.parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _is_token(given: object) -> bool:
    return isinstance(given, CancelToken)


def _is_progress(given: object) -> bool:
    return callable(given) and not isinstance(given, type)


def _placed(given: object) -> object:
    if _is_token(given):
        return TokenPlace()
    return ProgressPlace() if _is_progress(given) else given
