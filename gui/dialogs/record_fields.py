"""The editors of a record's form: one for each shape of field, each with its problem beneath."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.domain.keys import Kind
from core.domain.own_records import FieldProblem, FormField, Shape
from core.domain.predicates import PREDICATES
from core.domain.records import RecordEntry

_LINES_SHOWN = 4


class Names:
    """What a field that names a record can be completed with: titles with their keys."""

    def __init__(self, entries: Sequence[RecordEntry] = ()) -> None:
        self._entries = entries
        self._models: dict[tuple[Kind, ...], QStringListModel] = {}

    def completer(self, kinds: tuple[Kind, ...], parent: QWidget) -> QCompleter:
        """Return what completes keys of these kinds, by any word of title or key."""
        model = self._models.get(kinds)
        if model is None:
            words = [
                f"{entry.key}  {entry.title}"
                for entry in self._entries
                if not kinds or entry.kind in kinds
            ]
            model = self._models[kinds] = QStringListModel(words)
        return _completer(model, parent)

    def add(self, key: str, title: str) -> None:
        """Offer a record that was made meanwhile too."""
        words = f"{key}  {title}"
        for kinds, model in self._models.items():
            if (not kinds or Kind(key.partition(":")[0]) in kinds) and (
                words not in model.stringList()
            ):
                model.setStringList([*model.stringList(), words])


def _completer(model: QStringListModel, parent: QWidget) -> QCompleter:
    completer = QCompleter(model, parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(12)
    return completer


class FieldEditor(QWidget):
    """One field: its editor, and beneath it what is wrong."""

    edited = Signal()

    def __init__(self, field: FormField, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.editor = self._make(names)
        self.editor.setObjectName(f"field-{field.name}")
        self.editor.setAccessibleName(field.label)
        self._layout.addWidget(self.editor)
        self._problem = QLabel(self, wordWrap=True)
        self._problem.setObjectName("fieldProblem")
        self._problem.hide()
        self._layout.addWidget(self._problem)
        self.setFocusProxy(self.editor)

    def _make(self, names: Names) -> QWidget:
        shape = self.field.shape
        if shape is Shape.FLAG:
            box = QCheckBox(self.field.label, self)
            box.toggled.connect(self._on_edited)
            return box
        if shape in (Shape.TEXT, Shape.LINES, Shape.KEYS):
            return self._make_text(shape)
        line = QLineEdit(self)
        line.textEdited.connect(self._on_edited)
        if shape is Shape.DATE:
            line.setPlaceholderText(self.tr("2015-07-22, 2011/2013, 2015~"))
        completer = None
        if shape is Shape.KEY:
            line.setPlaceholderText(self.tr("Type a few letters of its title or key"))
            completer = names.completer(self.field.kinds, line)
        elif self.field.name == "predicate":
            completer = _completer(QStringListModel(list(PREDICATES), line), line)
        if completer is not None:
            completer.activated.connect(self._on_completed, Qt.ConnectionType.QueuedConnection)
            line.setCompleter(completer)
        return line

    def _make_text(self, shape: Shape) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setTabChangesFocus(True)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * (_LINES_SHOWN + 1))
        if shape is not Shape.TEXT:
            text.setPlaceholderText(self.tr("One a line"))
        text.textChanged.connect(self._on_edited)
        return text

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    @Slot(str)
    def _on_completed(self, words: str) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(words.partition("  ")[0])
        self.edited.emit()

    def value(self) -> object:
        """Return what stands in the field, as a pack file has it."""
        editor, shape = self.editor, self.field.shape
        if isinstance(editor, QCheckBox):
            return editor.isChecked() or None
        if isinstance(editor, QPlainTextEdit):
            words = editor.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
            if shape is Shape.TEXT:
                return words.strip() or None
            return [line.strip() for line in words.splitlines() if line.strip()]
        assert isinstance(editor, QLineEdit)
        words = editor.text().strip()
        if shape is Shape.KEY:
            words = words.partition("  ")[0]
        if shape is Shape.NUMBER and words.lstrip("-").isdecimal() and len(words) < 10:
            return int(words)
        return words or None

    def set_value(self, value: object) -> None:
        """Show a value, without telling of it."""
        self.editor.blockSignals(True)
        if isinstance(self.editor, QCheckBox):
            self.editor.setChecked(bool(value))
        elif isinstance(self.editor, QPlainTextEdit):
            lines = value if isinstance(value, list) else [value or ""]
            self.editor.setPlainText("\n".join(map(str, lines)))
        elif isinstance(self.editor, QLineEdit):
            self.editor.setText("" if value is None else str(value))
            self.editor.setCursorPosition(0)
        self.editor.blockSignals(False)

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Say beneath the field what is wrong with it; nothing where it is sound."""
        words = " ".join(problem.sentence for problem in problems)
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
