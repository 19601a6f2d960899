"""Opens a record by a few letters of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.records import RecordEntry

_KEY = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 34, 18  # lines


class QuickOpen(QDialog):
    """A box and a list; Enter opens the chosen record."""

    typed = Signal(str)
    """What the records are to be called."""
    opened = Signal(str)
    """Key of the record to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("quickOpen")
        self.setAccessibleName(self.tr("Open a record by its name"))
        self.field = QLineEdit()
        self.field.setObjectName("quickOpenField")
        self.field.setPlaceholderText(self.tr("Name of a record, acronym or symbol"))
        self.field.setAccessibleName(self.tr("Name of a record"))
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Records of that name"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._open)
        self._said = QLabel(self.tr("Type the beginning of words of its title or acronym."))
        self._said.setProperty("role", "hint")
        self._said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self._said)
        layout.addWidget(self.list)
        line = self.fontMetrics().lineSpacing()
        room = parent.size() if parent is not None else self.size()
        self.resize(min(line * _WIDTH, room.width() - 32), min(line * _HEIGHT, room.height() - 120))

    @Slot(object)
    def show_entries(self, entries: Sequence[RecordEntry]) -> None:
        """List records, the best chosen."""
        self.list.clear()
        for entry in entries:
            year = f" · {entry.year}" if entry.year else ""
            item = QListWidgetItem(f"{entry.title}   {entry.kind.value}{year}")
            item.setData(_KEY, entry.key)
            item.setToolTip("\n".join((entry.title, *entry.names)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        is_typed = bool(self.field.text().strip())
        self._said.setVisible(not entries)
        if is_typed and not entries:
            self._said.setText(self.tr("No record is called so; a search finds it by its text."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the box work on the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self.typed.emit(text)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            key = str(item.data(_KEY))
            self.accept()
            self.opened.emit(key)
