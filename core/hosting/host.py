"""The workspace's own process: answers the window's calls until the pipe closes.

Run as ``python -m core.hosting.host FOLDER [ANALYST]``; frames come in on standard input and go
out on standard output.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import UserError
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
from core.tasks import CancelToken, Progress, collect_seldom
from core.workspace import Workspace, open_workspace

_THREADS = 12  # as many as the window may have waiting at once; calls beyond wait their turn


class Host:
    """Runs calls on threads and sends back what they return or raise."""

    def __init__(self, workspace: Workspace, out: FrameWriter) -> None:
        self._workspace = workspace
        self._out = out
        self._threads = ThreadPoolExecutor(_THREADS, "service")
        self._tokens: dict[int, CancelToken] = {}

    def serve(self, stream: BinaryIO) -> None:
        """Answer until the window is gone, then finish what runs."""
        while (frame := read_frame(stream)) is not None:
            if isinstance(frame, Call):
                self._tokens[frame.number] = CancelToken()
                self._threads.submit(self._answer, frame)
            elif isinstance(frame, Cancel):
                token = self._tokens.get(frame.number)
                if token is not None:
                    token.cancel()
        self._threads.shutdown()

    def _answer(self, call: Call) -> None:
        token = self._tokens[call.number]
        try:
            service = getattr(self._workspace, call.service)
            method = cast("Callable[..., object]", getattr(service, call.method))
            arguments = [self._filled(call.number, token, given) for given in call.arguments]
            named = {
                name: self._filled(call.number, token, given) for name, given in call.named.items()
            }
            self._send(Done(call.number, method(*arguments, **named)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told
            self._send(Failed(call.number, portable(error)))
        finally:
            del self._tokens[call.number]

    def _filled(self, number: int, token: CancelToken, given: object) -> object:
        if isinstance(given, TokenPlace):
            return token
        if isinstance(given, ProgressPlace):
            return reporter(self._out, number)
        return given

    def _send(self, frame: Done | Failed) -> None:
        try:
            self._out.write(frame)
        except (OSError, ValueError):
            return  # the window is gone; what was written is written


def reporter(out: FrameWriter, number: int) -> Progress:
    """Return a `Progress` that goes to the window."""

    def report(done: int, total: int, what: str) -> None:
        out.write(Reported(number, done, total, what))

    return report


def portable(error: Exception) -> Exception:
    """Return an error that survives the pipe; a bug's carries where it happened as a note."""
    if not isinstance(error, UserError):
        error.add_note("".join(traceback.format_exception(error)))
    error.__traceback__ = None
    error.__cause__ = error.__context__ = None
    if type(error).__module__.partition(".")[0] in {"core", "builtins"}:
        return error
    other = RuntimeError(f"{type(error).__name__}: {error}")  # the window lacks its module
    for note in error.__notes__:
        other.add_note(note)
    return other


def _take_output() -> BinaryIO:
    """Keep standard output for frames alone: whatever prints goes to standard error."""
    frames = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return frames


def main() -> int:
    """Open the workspace and serve it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which ends this
    out = FrameWriter(_take_output())
    analyst = sys.argv[2] if len(sys.argv) > 2 else None
    try:
        workspace = open_workspace(
            Path(sys.argv[1]), analyst=analyst, progress=reporter(out, number=0)
        )
    except Exception as error:  # noqa: BLE001 - the window says what is wrong
        out.write(Failed(0, portable(error)))
        return 1
    try:
        collect_seldom()
        out.write(Opened(str(workspace.path), workspace.analyst, workspace.created))
        Host(workspace, out).serve(sys.stdin.buffer)
    finally:
        workspace.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
