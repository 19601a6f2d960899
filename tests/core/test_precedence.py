"""Work gives way to a search as long as it lasts, but never for ever."""

import threading

from core.precedence import Precedence


def test_work_waits_for_who_goes_first() -> None:
    precedence, order, began = Precedence(), list[str](), threading.Event()

    def work() -> None:
        began.set()
        precedence.give_way()
        order.append("work")

    with precedence.first():
        worker = threading.Thread(target=work)
        worker.start()
        began.wait()
        order.append("search")
    worker.join()
    assert sorted(order) == ["search", "work"]
    precedence.give_way()  # nobody goes first: it returns at once


def test_work_gets_on_while_searches_never_end() -> None:
    precedence = Precedence()
    with precedence.first(), precedence.first():
        for _ in range(3):
            precedence.give_way()


def test_many_go_first_until_the_last_has_ended() -> None:
    precedence, waited = Precedence(), threading.Event()

    def work() -> None:
        for _ in range(1000):
            precedence.give_way()
        waited.set()

    with precedence.first():
        with precedence.first():
            pass
        worker = threading.Thread(target=work)
        worker.start()
        assert not waited.wait(0.2), "it did not give way"
    worker.join()
    assert waited.is_set()
