"""Addresses of passages: from the command line, or left by a window started a second time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from core.domain.addresses import is_passage_address, read_address
from core.errors import UserError
from gui.flows.desk import Desk
from gui.inbox import Inbox
from gui.workers import LatestOnly


class PassagesFlow(QObject):
    """Opens the window at the passage that an address names, also when its text has moved."""

    def __init__(self, desk: Desk, wanted: str | None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = LatestOnly(self)
        self._inbox = Inbox(desk.workspace.path, self)
        self._inbox.arrived.connect(self._on_arrived)
        self._inbox.take()
        if wanted is not None and is_passage_address(wanted):
            self._open(wanted)

    @Slot(str)
    def _on_arrived(self, wanted: str) -> None:
        window = self._desk.window
        window.show()
        window.raise_()
        window.activateWindow()
        if is_passage_address(wanted):
            self._open(wanted)
        elif wanted:
            window.tabs.request(wanted)

    def _open(self, address: str) -> None:
        reference = self._desk.workspace.reference

        def show(found: tuple[str, tuple[int, int] | None]) -> None:
            self._show(address, *found)

        self._reads.submit(
            lambda _token: reference.passage_at(address), show, self._desk.messages.problem
        )

    def _show(self, address: str, record: str, place: tuple[int, int] | None) -> None:
        self._desk.window.tabs.request(record, place)
        if place is None and read_address(address).digest:
            self._desk.messages.info(
                self.tr("The passage is no longer in this text; the record is shown instead.")
            )


def record_of(wanted: str | None) -> str | None:
    """Return the record to show first: the key that was given, or the one in an address."""
    if wanted is None or not is_passage_address(wanted):
        return wanted
    try:
        return read_address(wanted).record
    except UserError:  # told when the address is opened
        return None
