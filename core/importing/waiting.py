"""Reading processes that stay for the next file: their start is paid for once."""

import atexit
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from core.importing.child import Deadline, Watch, end, start
from core.importing.frames import ENDED, read_body, read_size, write_frame
from core.importing.limits import too_much_output
from core.tasks import CancelToken

_ROOT = Path(__file__).resolve().parents[2]


class ProcessEndedError(Exception):
    """A process ended, or its child did, before there was an answer."""


class _Process:
    """One reading process."""

    def __init__(self, module: str) -> None:
        command = [sys.executable, "-m", module]
        self.process = start(command, errors=subprocess.DEVNULL, program=_ROOT)
        self.asked = 0
        self.is_sound = False  # it has answered and waits for the next file

    def ask(self, frame: bytes, most: int) -> bytes | None:
        """Return the answer; None where the process has ended.

        Raises `Refused` where it is longer than ``most`` bytes, `ProcessEndedError` where a child
        of the process ended without one.
        """
        self.asked += 1
        self.is_sound = False
        with suppress(OSError, ValueError):
            write_frame(cast("BinaryIO", self.process.stdin), frame)
            answers = cast("BinaryIO", self.process.stdout)
            size = read_size(answers)
            if size == ENDED:
                self.is_sound = True
                raise ProcessEndedError
            if size is not None and size > most:
                raise too_much_output()
            body = None if size is None else read_body(answers, size)
            self.is_sound = body is not None
            return body
        return None

    def end(self) -> None:
        """End the process and let go of its pipes."""
        end(self.process)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self.process.wait()


class WaitingProcesses:
    """The processes of a module that wait for a file, each ended after ``most`` files."""

    def __init__(self, module: str, most: int) -> None:
        self._module = module
        self._most = most
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        atexit.register(self.close)

    def ask(self, frame: bytes, most: int, deadline: Deadline, cancel: CancelToken) -> bytes:
        """Have a process answer, with at most ``most`` bytes.

        The process, and what it started, is killed when the time is over or the work cancelled.
        Raises `Refused`, `CancelledError`, `ProcessEndedError`.
        """
        while True:
            process = self._take()
            is_first = process.asked == 0
            try:
                with Watch(lambda kept=process: end(kept.process), deadline, cancel) as watch:
                    try:
                        answer = process.ask(frame, most)
                    finally:
                        watch.check()
            finally:
                self._give_back(process)
            if answer is not None:
                return answer
            if is_first:
                raise ProcessEndedError
            # It had waited too long, and ended just as it was asked.

    def _take(self) -> _Process:
        while True:
            with self._lock:
                process = self._idle.pop() if self._idle else None
            if process is None:
                return _Process(self._module)
            if process.process.poll() is None:
                return process
            process.end()

    def _give_back(self, process: _Process) -> None:
        """Keep a process for the next file, unless it has read many or is in no fit state."""
        if not process.is_sound or process.asked >= self._most:
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
