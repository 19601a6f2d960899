"""The process that reads web pages: one frame in, one out, until its pipe closes or it idles.

Run as ``python -m core.importing.web_process``. It may not use the network, and its memory is
bounded where the system can do that.
"""

import os
import sys
import threading
from contextlib import suppress

import msgspec

from core.importing.frames import read_frame, write_frame
from core.importing.limits import MEGABYTE, Refused
from core.importing.mhtml import page_of
from core.importing.web_page import read_page
from core.struct_types import make_ready

IDLE_SECONDS = 30.0
MEMORY = 1000 * MEGABYTE
LONGEST_FRAME = 128 * MEGABYTE


class Asked(msgspec.Struct):
    """A page to read; ``archived`` where it is MHTML."""

    html: str
    archived: bool = False


class Answer(msgspec.Struct):
    """A page as plain HTML and what it says of itself; or why it is refused."""

    html: str = ""
    said: dict[str, list[str]] = {}
    refusal: str | None = None


make_ready(Asked, Answer)


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
        frame = read_frame(sys.stdin.buffer, LONGEST_FRAME)
        idle.cancel()
        if frame is None:
            return 0
        asked = msgspec.msgpack.decode(frame, type=Asked)
        write_frame(out, msgspec.msgpack.encode(answer(asked)))


if __name__ == "__main__":
    sys.exit(main())
