"""The process that reads web pages: one frame in, one out, until its pipe closes or it idles.

Run as ``python -m core.importing.web_process``. It may not use the network, and its memory is
bounded where the system can do that.
"""

import os
import sys
import threading
from contextlib import suppress
from typing import BinaryIO

import msgspec

from core.importing.limits import MEGABYTE, Refused
from core.importing.mhtml import page_of
from core.importing.web_page import read_page

IDLE_SECONDS = 30.0
MEMORY = 1000 * MEGABYTE
LONGEST_FRAME = 128 * MEGABYTE
_SIZE = 4  # bytes before each frame


class Asked(msgspec.Struct):
    """A page to read; ``archived`` where it is MHTML."""

    html: str
    archived: bool = False


class Answer(msgspec.Struct):
    """A page as plain HTML and what it says of itself; or why it is refused."""

    html: str = ""
    said: dict[str, list[str]] = {}
    refusal: str | None = None


def write_frame(pipe: BinaryIO, frame: msgspec.Struct) -> None:
    """Write one frame."""
    body = msgspec.msgpack.encode(frame)
    pipe.write(len(body).to_bytes(_SIZE, "big") + body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes | None:
    """Return one frame's body; None where the pipe ended, or the frame is longer than any is."""
    head = pipe.read(_SIZE)
    size = int.from_bytes(head, "big")
    if len(head) < _SIZE or size > LONGEST_FRAME:
        return None
    body = pipe.read(size)
    return body if len(body) == size else None


def answer(asked: Asked) -> Answer:
    """Read one page."""
    try:
        html, said = asked.html, dict[str, list[str]]()
        if asked.archived:
            html, said = page_of(html)
        plain, of_page = read_page(html)
        return Answer(plain, of_page | said)
    except Refused as refusal:
        return Answer(refusal=refusal.reason)
    except MemoryError:
        return Answer(refusal="reading it needs more memory than it may take; split it")
    except RecursionError:
        return Answer(refusal="its parts are nested too deeply")
    except Exception as error:  # noqa: BLE001 - of a library, at whatever the page holds
        return Answer(refusal=f"it is damaged or no web page ({type(error).__name__})")


def _bound() -> None:
    """Bound the process's memory, and forbid the network."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def forbid(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.system")):
            raise PermissionError(event)

    sys.addaudithook(forbid)


def main() -> int:
    """Answer until nothing is asked any more."""
    _bound()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints
    while True:
        idle = threading.Timer(IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()
        frame = read_frame(sys.stdin.buffer)
        idle.cancel()
        if frame is None:
            return 0
        write_frame(out, answer(msgspec.msgpack.decode(frame, type=Asked)))


if __name__ == "__main__":
    sys.exit(main())
