"""Progress and cancelling as plain callables, so that core work can report to any face."""

import gc
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from core.errors import CancelledError

P = ParamSpec("P")
R = TypeVar("R")

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, what)``; ``what`` is a short phrase for the user."""


_ROUNDS = (10_000, 20, 50)  # objects to a young round, those to a middle one, those to a full one


def no_progress(done: int, total: int, what: str) -> None:
    """Report to nobody."""


@contextmanager
def without_collector() -> Generator[None, None, None]:
    """Pause the cycle collector: it would walk all that a large work makes again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def collect_seldom() -> None:
    """Leave out of the collector's rounds what is there, which stays; for a program's process.

    A full round over all that a window holds takes some hundred milliseconds, in which it halts.
    """
    gc.freeze()
    gc.set_threshold(*_ROUNDS)


class CancelToken:
    """Tells running work to stop; thread-safe."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._followers: list[Callable[[], None]] = []

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        with self._lock:
            self._event.set()
            followers, self._followers = self._followers, []
        for follow in followers:
            follow()

    def when_cancelled(self, follow: Callable[[], None]) -> None:
        """Call ``follow`` once when stopping is asked for; at once if it was."""
        with self._lock:
            if not self._event.is_set():
                self._followers.append(follow)
                return
        follow()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `CancelledError` if stopping was asked for."""
        if self._event.is_set():
            raise CancelledError


_watch: list[Callable[[str], None]] = []


def watch_slow_calls(watcher: Callable[[str], None]) -> Callable[[], None]:
    """Have ``watcher(name)`` told of each call of a `slow` function; returns what ends it."""
    _watch.append(watcher)
    return lambda: _watch.remove(watcher)


def tell_slow(name: str) -> None:
    """Tell the watchers that something is called that may take over 16 ms."""
    for watcher in _watch:
        watcher(name)


def slow(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as too slow for the window's thread (over 16 ms)."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        tell_slow(function.__qualname__)
        return function(*args, **kwargs)

    return call
