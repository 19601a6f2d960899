"""What every test of the window shares: nothing may leak, no slow call on the window's thread."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from core import tasks


@pytest.fixture(autouse=True)
def _nothing_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window, a running timer or a busy thread behind."""
    widgets = set(map(id, QApplication.topLevelWidgets()))
    threads = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "the shared pool is still busy"
    left = [
        widget
        for widget in QApplication.topLevelWidgets()
        if id(widget) not in widgets and widget.isVisible()
    ]
    assert not left, f"windows left open: {left}; add them with qtbot.addWidget or close them"
    running = [timer for timer in QApplication.instance().findChildren(QTimer) if timer.isActive()]
    assert not running, f"timers left running: {running}"
    extra = [t for t in threading.enumerate() if t not in threads and not t.daemon and t.is_alive()]
    assert not extra, f"threads left running: {extra}"


@pytest.fixture
def slow_calls() -> Iterator[list[str]]:
    """Names of slow services that were called on the window's thread."""
    seen: list[str] = []
    main = threading.current_thread()

    def watch(name: str) -> None:
        if threading.current_thread() is main:
            seen.append(name)

    end = tasks.watch_slow_calls(watch)
    yield seen
    end()
