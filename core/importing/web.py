"""Saved web pages, read by processes that stay for the next page."""

import atexit
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from core.importing.child import Deadline, Watch, end, start
from core.importing.limits import Refused
from core.importing.web_process import Answer, Asked, read_frame, write_frame
from core.tasks import CancelToken

_MOST_PAGES = 200  # of one process: what a page leaves behind in it goes with it
_ROOT = Path(__file__).resolve().parents[2]


class _Process:
    """One reading process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "core.importing.web_process"]
        self.process = start(command, errors=subprocess.DEVNULL, program=_ROOT)
        self.pages = 0

    def ask(self, asked: Asked) -> Answer | None:
        """Return the answer; None where the process has ended."""
        self.pages += 1
        with suppress(OSError, ValueError, msgspec.DecodeError):
            write_frame(cast("BinaryIO", self.process.stdin), asked)
            body = read_frame(cast("BinaryIO", self.process.stdout))
            if body is not None:
                return msgspec.msgpack.decode(body, type=Answer)
        return None

    def end(self) -> None:
        """End the process and let go of its pipes."""
        end(self.process)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self.process.wait()


class _Pool:
    """The processes that wait for a page."""

    def __init__(self) -> None:
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        atexit.register(self.close)

    def take(self) -> _Process:
        """Return a process that runs."""
        while True:
            with self._lock:
                process = self._idle.pop() if self._idle else None
            if process is None:
                return _Process()
            if process.process.poll() is None:
                return process
            process.end()

    def give_back(self, process: _Process) -> None:
        """Keep a process for the next page, unless it has read many."""
        if process.pages >= _MOST_PAGES:
            process.end()
            return
        with self._lock:
            self._idle.append(process)

    def close(self) -> None:
        """End all that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()


_POOL = _Pool()


def plain_page(
    html: str, *, archived: bool, deadline: Deadline, cancel: CancelToken
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return a page as plain HTML without what is not its text, and what it says of itself.

    Raises `Refused` where it can't be read within its limits.
    """
    for _ in range(2):  # a process may end for having waited too long just as it is asked
        process = _POOL.take()
        is_first = process.pages == 0
        answer: Answer | None = None
        try:
            with Watch(lambda kept=process: end(kept.process), deadline, cancel) as watch:
                answer = process.ask(Asked(html, archived))
                watch.check()
        finally:
            if answer is None:
                process.end()
        if answer is not None:
            _POOL.give_back(process)
            return _unpacked(answer)
        if is_first:
            break
    raise Refused("reading it failed; it may be damaged")


def _unpacked(answer: Answer) -> tuple[str, dict[str, tuple[str, ...]]]:
    if answer.refusal:
        raise Refused(answer.refusal)
    return answer.html, {name: tuple(values) for name, values in answer.said.items()}
