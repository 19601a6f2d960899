"""Printing the record in front, after a look at its pages."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QPageLayout

from gui.flows.desk import Desk


class PrintFlow(QObject):
    """The preview shows what goes to paper; printing to a file is a printer of its own there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.window.commands.print.triggered.connect(self._on_print)

    @Slot()
    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        from gui.reader.printing import PAGE_MARGINS, PrintedText

        self._desk.window.note.save()
        reader, record = self._desk.window.tabs.reader, self._desk.window.tabs.record
        if reader is None or record is None:
            self._desk.messages.info(self.tr("Open a record first; it is what is printed."))
            return
        printed = PrintedText(record.entry.title, record.text, reader.annotations)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(record.entry.title)
        printer.setPageMargins(PAGE_MARGINS, QPageLayout.Unit.Millimeter)
        dialog = QPrintPreviewDialog(printer, self._desk.window)
        dialog.setObjectName("printPreview")
        dialog.setWindowTitle(self.tr("Print “{title}”").format(title=record.entry.title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.paintRequested.connect(printed.draw)
        dialog.open()
