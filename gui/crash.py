"""What happens with the program's own faults: a report that can be copied, and no lost work."""

import logging
import sys
import threading
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import core

_log = logging.getLogger(__name__)


def report_text(error: BaseException) -> str:
    """Return what a maintainer needs to know about an error."""
    import platform  # not before there is something to report
    import traceback

    head = (
        f"NormAtlas {core.__version__}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, {platform.platform()}\n\n"
    )
    return head + "".join(traceback.format_exception(error))


class CrashDialog(QDialog):
    """Says that it was our fault and offers the report."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A fault in NormAtlas"))
        words = QLabel(
            self.tr(
                "Something went wrong that is not your doing. What was saved is safe; you can go "
                "on working. Please pass on the report below; it stays on this computer unless "
                "you send it."
            )
        )
        words.setWordWrap(True)
        self._report = QPlainTextEdit(report_text(error))
        self._report.setReadOnly(True)
        self._report.setAccessibleName(self.tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("&Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._on_copy_clicked)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(words)
        layout.addWidget(self._report, 1)
        layout.addWidget(buttons)
        self.resize(640, 400)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())


class CrashReporter(QObject):
    """Shows the first fault of several in a dialog; logs them all."""

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QWidget | None = None
        self._open = False
        self._caught.connect(self.report, Qt.ConnectionType.QueuedConnection)

    def set_window(self, window: QWidget) -> None:
        """Show dialogs above this window."""
        self._window = window

    def install(self) -> None:
        """Catch what nobody catches, in every thread."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Show a fault, unless one is being shown."""
        _log.error("fault in the program", exc_info=error)
        if self._open:
            return
        self._open = True
        dialog = CrashDialog(error, self._window)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        self._open = False

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        self._caught.emit(error.with_traceback(trace))

    def _on_uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)
