"""The form beside the search box, which writes the query for those who prefer one."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.domain.keys import Kind
from core.domain.query_form import NEAR_WORDS, FormReading, QueryForm
from core.domain.query_parts import FieldValue, SearchField
from gui.views.kinds import kind_plural

_FARTHEST = 100


class _Choice(QComboBox):
    """A field for one value, with those that there are to choose from; others may be typed."""

    def __init__(self, name: str, meaning: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(meaning)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(meaning)
        line.setClearButtonEnabled(True)
        self.addItem("", "")

    def offer(self, values: Iterable[FieldValue]) -> None:
        """Offer these values; what is chosen stays."""
        chosen = self.value()
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItem("", "")
        for value in values:
            self.addItem(value.label, value.value.strip('"'))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.show_value(chosen)
        self.blockSignals(was_blocked)

    def value(self) -> str:
        """Return what is chosen or typed, as the query names it."""
        typed = self.currentText().strip()
        at = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(at)) if at > 0 else typed

    def show_value(self, value: str) -> None:
        """Show a value by its name, or as it is."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(value)


class QueryFormView(QScrollArea):
    """Every field of the form; what is changed is told at once."""

    changed = Signal(object, str)
    """``(QueryForm, the rest of the query that the form can't show)``."""
    left = Signal()
    """Esc: back to the search box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest_text = ""
        self._is_showing = False
        self._words = {
            "all_words": self._line("formAllWords", self.tr("All of these words")),
            "phrase": self._line("formPhrase", self.tr("This exact phrase")),
            "any_of": self._line("formAnyOf", self.tr("Any of these words")),
            "none_of": self._line("formNoneOf", self.tr("None of these words")),
            "near": self._line("formNear", self.tr("These words near each other")),
        }
        self._within = QSpinBox()
        self._kinds = {kind: QCheckBox(kind_plural(kind)) for kind in Kind}
        self._values = {
            "theme": _Choice("formTheme", self.tr("Theme")),
            "participant": _Choice("formParticipant", self.tr("Participant")),
            "party": _Choice("formParty", self.tr("Party to a text")),
            "stated_in": _Choice("formStatedIn", self.tr("Stated in")),
            "tag": _Choice("formTag", self.tr("Tag")),
        }
        self._years = (
            self._year("formYearFrom", self.tr("From the year")),
            self._year("formYearTo", self.tr("To the year")),
        )
        self._verified = QComboBox()
        self._annotated = QCheckBox(self.tr("With annotations"))
        self._in_notes = QCheckBox(self.tr("In notes only"))
        self._rest = QLabel()
        self._query = QLabel()
        self._clear = QPushButton(self.tr("Clear the form"))
        self._set_up()
        self._lay_out()
        self._connect()

    # What is shown

    @Slot(object)
    def offer(self, fields: Sequence[SearchField]) -> None:
        """Offer the values that fields of the language have here."""
        by_name = {field.name.replace("-", "_"): field.values for field in fields}
        for name, choice in self._values.items():
            choice.offer(by_name.get(name, ()))

    def show_reading(self, reading: FormReading, text: str) -> None:
        """Show a query as far as the form can, and say what is left out."""
        self._is_showing = True
        form = reading.form
        for name, line in self._words.items():
            if line.text() != getattr(form, name):
                line.setText(getattr(form, name))
        self._within.setValue(form.within)
        for kind, box in self._kinds.items():
            box.setChecked(kind.value in form.kinds)
        for name, choice in self._values.items():
            choice.show_value(getattr(form, name))
        for line, year in zip(self._years, (form.year_from, form.year_to), strict=True):
            line.setText(str(year) if year else "")
        self._verified.setCurrentIndex(max(0, self._verified.findData(form.verified)))
        self._annotated.setChecked(form.annotated)
        self._in_notes.setChecked(form.in_notes)
        self._is_showing = False
        self._rest_text = reading.rest
        self._rest.setVisible(bool(reading.rest))
        self._rest.setText(self.tr("Not shown in the form, and kept: {0}").format(reading.rest))
        self.show_query(text)

    def show_query(self, text: str) -> None:
        """Show the query that the form asks, so that the language can be learnt."""
        self._query.setText(text or self.tr("Nothing is asked for yet."))

    def form(self) -> QueryForm:
        """Return what stands in the fields."""
        first, last = (_year_of(line.text()) for line in self._years)
        return QueryForm(
            **{name: line.text() for name, line in self._words.items()},
            **{name: choice.value() for name, choice in self._values.items()},
            within=self._within.value(),
            kinds=tuple(kind.value for kind, box in self._kinds.items() if box.isChecked()),
            year_from=first,
            year_to=last,
            verified=str(self._verified.currentData()),
            annotated=self._annotated.isChecked(),
            in_notes=self._in_notes.isChecked(),
        )

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        self._words["all_words"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        """Ask for room for some thirty characters."""
        return QSize(34 * self.fontMetrics().averageCharWidth(), 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # How it is made

    def _line(self, name: str, meaning: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(meaning)
        line.setClearButtonEnabled(True)
        return line

    def _year(self, name: str, meaning: str) -> QLineEdit:
        line = self._line(name, meaning)
        line.setPlaceholderText(self.tr("any"))
        line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        line.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,4}"), line))
        return line

    def _set_up(self) -> None:
        self.setObjectName("queryForm")
        self.setAccessibleName(self.tr("Search form"))
        self.setAccessibleDescription(
            self.tr("Fills in the search box as you fill it in. Escape goes back to the box.")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._within.setObjectName("formWithin")
        self._within.setAccessibleName(self.tr("Within so many words"))
        self._within.setRange(1, _FARTHEST)
        self._within.setValue(NEAR_WORDS)
        self._within.setSuffix(self.tr(" words"))
        for kind, box in self._kinds.items():
            box.setObjectName(f"formKind{kind.value.capitalize()}")
        for name, box in (("formAnnotated", self._annotated), ("formInNotes", self._in_notes)):
            box.setObjectName(name)
        self._verified.setObjectName("formVerified")
        self._verified.setAccessibleName(self.tr("Checked against its source"))
        for words, value in (
            (self.tr("any"), ""),
            (self.tr("verified"), "yes"),
            (self.tr("not verified"), "no"),
        ):
            self._verified.addItem(words, value)
        self._clear.setObjectName("formClear")
        self._clear.setAutoDefault(False)
        for label, name in ((self._rest, "formRest"), (self._query, "formQuery")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rest.setProperty("role", "hint")
        self._query.setProperty("role", "code")
        self._query.setAccessibleName(self.tr("The query as the form writes it"))
        self._rest.hide()

    def _lay_out(self) -> None:
        page = QWidget()
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        rows.setVerticalSpacing(4)
        for line in self._words.values():
            rows.addRow(line.accessibleName(), line)
        rows.addRow(self.tr("no farther apart than"), self._within)
        rows.addRow(self.tr("Kind"), self._grid(list(self._kinds.values())))
        for choice in self._values.values():
            rows.addRow(choice.accessibleName(), choice)
        years = QHBoxLayout()
        years.setSpacing(8)
        years.addWidget(self._years[0], 1)
        years.addWidget(QLabel(self.tr("to")))
        years.addWidget(self._years[1], 1)
        rows.addRow(self.tr("Years"), years)
        rows.addRow(self._verified.accessibleName(), self._verified)
        rows.addRow(self._annotated)
        rows.addRow(self._in_notes)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.addWidget(self._query)
        layout.addWidget(self._rest)
        layout.addLayout(rows)
        layout.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setWidget(page)

    def _grid(self, boxes: Sequence[QCheckBox]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for number, box in enumerate(boxes):
            grid.addWidget(box, number // 2, number % 2)
        return grid

    def _connect(self) -> None:
        for line in (*self._words.values(), *self._years):
            line.textChanged.connect(self._on_changed)
        for box in (*self._kinds.values(), self._annotated, self._in_notes):
            box.toggled.connect(self._on_changed)
        self._within.valueChanged.connect(self._on_changed)
        for choice in self._values.values():
            choice.currentTextChanged.connect(self._on_changed)
        self._verified.currentIndexChanged.connect(self._on_changed)
        self._clear.clicked.connect(self._on_clear)

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_showing:
            self.changed.emit(self.form(), self._rest_text)

    @Slot()
    def _on_clear(self) -> None:
        self.show_reading(FormReading(QueryForm()), "")
        self.changed.emit(self.form(), "")
        self.focus_first()


def _year_of(typed: str) -> int:
    """Return a year once it is typed in full, else 0 for none."""
    return int(typed) if len(typed) == 4 else 0
