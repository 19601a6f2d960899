"""Who goes first in one process: what somebody waits for, before what runs on beside it."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_LONGEST: Final = 0.05  # seconds for which work gives way, so that it gets on under any load


class Precedence:
    """Threads share one interpreter: a search beside three that compute takes four times as long.

    What computes for long calls `give_way` often, which costs next to nothing.
    """

    def __init__(self) -> None:
        self._first = 0
        self._changed = threading.Condition()

    @contextmanager
    def first(self) -> Generator[None]:
        """Have what gives way wait while this lasts."""
        with self._changed:
            self._first += 1
        try:
            yield
        finally:
            with self._changed:
                self._first -= 1
                self._changed.notify_all()

    def give_way(self) -> None:
        """Wait a little while somebody goes first."""
        if self._first:
            with self._changed:
                self._changed.wait_for(lambda: not self._first, _LONGEST)


SEARCHES: Final = Precedence()
