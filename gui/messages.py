"""One door for what the window has to say to the user."""

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import CancelledError, UserError


class Messages(QObject):
    """Sentences for the user; whoever shows them listens here."""

    said = Signal(str, bool)
    """``(sentence, is_problem)``: show it, without stopping anyone."""
    bug = Signal(object)
    """An exception that is the program's own fault: report it."""

    @Slot(str)
    def info(self, sentence: str) -> None:
        """Say that something was done."""
        self.said.emit(sentence, False)

    @Slot(object)
    def problem(self, error: Exception | str) -> None:
        """Say what went wrong: a `UserError` in its own words, anything else as a bug."""
        if isinstance(error, CancelledError):
            return
        if isinstance(error, str | UserError):
            self.said.emit(str(error), True)
        else:
            self.bug.emit(error)
