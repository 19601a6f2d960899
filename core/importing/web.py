"""Saved web pages, read by processes that stay for the next page."""

import msgspec

from core.importing.child import Deadline
from core.importing.limits import Refused
from core.importing.waiting import ProcessEndedError, WaitingProcesses
from core.importing.web_process import LONGEST_FRAME, Answer, Asked
from core.tasks import CancelToken

_MOST_PAGES = 200  # of one process: what a page leaves behind in it goes with it
_PROCESSES = WaitingProcesses("core.importing.web_process", _MOST_PAGES)
_FAILED = "reading it failed; it may be damaged"


def plain_page(
    html: str, *, archived: bool, deadline: Deadline, cancel: CancelToken
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return a page as plain HTML without what is not its text, and what it says of itself.

    Raises `Refused` where it can't be read within its limits, `CancelledError`.
    """
    asked = msgspec.msgpack.encode(Asked(html, archived))
    try:
        frame = _PROCESSES.ask(asked, LONGEST_FRAME, deadline, cancel)
        answer = msgspec.msgpack.decode(frame, type=Answer)
    except (ProcessEndedError, msgspec.DecodeError) as error:
        raise Refused(_FAILED) from error
    if answer.refusal:
        raise Refused(answer.refusal)
    return answer.html, {name: tuple(values) for name, values in answer.said.items()}
