"""Work off the window's thread: newest read wins, no write is lost, errors arrive."""

import threading

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from core.tasks import CancelToken
from gui.workers import LatestOnly, WriteQueue, close_readers


def test_only_the_newest_read_is_delivered(qtbot: QtBot) -> None:
    reads, seen = LatestOnly(), []
    hold, old_ended = threading.Event(), threading.Event()

    def old(_token: CancelToken) -> str:
        hold.wait(5)
        old_ended.set()
        return "old"

    reads.submit(old, seen.append)
    reads.submit(lambda _token: "new", seen.append)
    qtbot.waitUntil(lambda: seen == ["new"])
    hold.set()
    assert old_ended.wait(5)
    reads.submit(lambda _token: "newest", seen.append)
    qtbot.waitUntil(lambda: seen == ["new", "newest"])
    reads.close()


def test_an_older_read_is_told_to_stop(qtbot: QtBot) -> None:
    reads, tokens = LatestOnly(), []
    begun = threading.Event()

    def old(token: CancelToken) -> None:
        tokens.append(token)
        begun.set()

    reads.submit(old, lambda _none: None)
    assert begun.wait(5)
    reads.submit(lambda _token: None, lambda _none: None)
    assert tokens[0].cancelled
    reads.close()


def test_results_come_on_the_windows_thread(qtbot: QtBot) -> None:
    reads, threads = LatestOnly(), []
    reads.submit(
        lambda _token: QThread.currentThread(),
        lambda worked: threads.extend([worked, QThread.currentThread()]),
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[1] is reads.thread()
    assert threads[0] is not threads[1]
    reads.close()


def test_an_error_goes_to_who_asked_or_to_the_common_door(qtbot: QtBot) -> None:
    reads, failed, unhandled = LatestOnly(), [], []
    reads.unhandled.connect(unhandled.append)

    def fail(_token: CancelToken) -> None:
        raise ValueError("no such thing")

    reads.submit(fail, lambda _none: None, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 1)
    reads.submit(fail, lambda _none: None)
    qtbot.waitUntil(lambda: len(unhandled) == 1)
    assert str(failed[0]) == str(unhandled[0]) == "no such thing"
    reads.close()


def test_writes_are_done_in_order_and_none_is_dropped(qtbot: QtBot) -> None:
    writes, written, told = WriteQueue(), [], []
    for number in range(200):
        writes.submit(lambda number=number: written.append(number), lambda _none: told.append(1))
    writes.drain()
    assert written == list(range(200))
    assert len(told) == 200
    assert writes.pending == 0


def test_a_write_that_fails_does_not_stop_the_next(qtbot: QtBot) -> None:
    writes, failed, done = WriteQueue(), [], []

    def fail() -> None:
        raise OSError("disk full")

    writes.submit(fail, None, failed.append)
    writes.submit(lambda: "kept", done.append)
    with qtbot.waitSignal(writes.idle):
        pass
    assert [str(error) for error in failed] == ["disk full"]
    assert done == ["kept"]


def test_drain_also_waits_for_writes_that_a_write_leads_to(qtbot: QtBot) -> None:
    writes, done = WriteQueue(), []
    writes.submit(lambda: 1, lambda _one: writes.submit(lambda: 2, done.append))
    writes.drain()
    assert done == [2]


def test_closing_leaves_no_thread_busy(qtbot: QtBot) -> None:
    root = QObject()
    reads = LatestOnly(root)
    begun = threading.Event()

    def work(token: CancelToken) -> None:
        begun.set()
        while not token.cancelled:
            threading.Event().wait(0.001)

    reads.submit(work, lambda _none: None)
    assert begun.wait(5)
    close_readers(root)
    assert reads._pool.activeThreadCount() == 0


def test_a_closed_reader_takes_nothing_more(qtbot: QtBot) -> None:
    root = QObject()
    reads, asked = LatestOnly(root), []
    close_readers(root)
    reads.submit(lambda _token: asked.append(1), lambda _none: None)
    assert reads._pool.activeThreadCount() == 0
    assert not asked
