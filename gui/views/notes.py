"""The panel of notes: those on the page, on a tag or all, what links here, and one to write in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.domain.notes import Backlink, Note, NoteFilter
from gui.models.notes import LINK, backlink_cards, note_cards, place_of
from gui.views.card_view import CardView
from gui.views.note_field import NoteField

_LIST, _FIELD = 190, 310  # shares of the height
_MOST_LETTERS = 26  # of what the note is on
_ASK_AFTER_MS = 150  # since the last key in the filter


@dataclass(frozen=True, slots=True)
class NotePlace:
    """What a new note is to be on: a record, a tag, or neither."""

    record: str | None = None
    tag: str | None = None


class NotesPanel(QWidget):
    """Scope and filter, the list, and the note that is chosen in it; changes are told."""

    wanted = Signal(object)
    """The `NoteFilter` of what is to be listed."""
    new_wanted = Signal(object)
    """The `NotePlace` of a note to be begun."""
    delete_requested = Signal(str)
    link_followed = Signal(str)
    """The note or the annotation that a backlink stands in."""
    place_followed = Signal(object)
    """The `Note` whose record or tag is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record, self._title, self._tag = "", "", ""
        self._notes: tuple[Note, ...] = ()
        self._note: Note | None = None  # that is shown; it need not be listed
        self._place: NotePlace | None = None  # of a note that is begun and not yet stored
        self._place_words = ""
        self._is_listing = False
        self._to_show: tuple[str, tuple[int, int] | None] | None = None  # once it is listed
        self.scope = QComboBox(self)
        self.filter = QLineEdit(self)
        self.new = QPushButton(self)
        self.delete = QPushButton(self.tr("Delete"), self)
        self.view = CardView(
            self.tr(
                "No notes here. Write one on this page, on a tag, or a memo of its own; "
                "[[ links it to records, passages and other notes."
            ),
            self,
        )
        self.field = NoteField(self)
        self._on = QPushButton(self)
        self._timer = QTimer(self, singleShot=True, interval=_ASK_AFTER_MS)
        self._lay_out()
        self._listen()
        self._tell()

    def _lay_out(self) -> None:
        self.setObjectName("notesPanel")
        self.scope.setAccessibleName(self.tr("Which notes are listed"))
        self.scope.addItem(self.tr("This page"), "page")
        self.scope.addItem(self.tr("All notes"), "all")
        self.filter.setPlaceholderText(self.tr("Filter notes"))
        self.filter.setAccessibleName(self.tr("Filter notes"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(self.fontMetrics().averageCharWidth() * 8)
        self.view.setObjectName("notesView")
        self.view.setAccessibleName(self.tr("Notes"))
        self.view.setAccessibleDescription(self.tr("Enter writes in a note, Delete deletes it."))
        self.new.setObjectName("newNote")
        self.delete.setObjectName("deleteNote")
        self.delete.setFlat(True)
        self._on.setFlat(True)
        self._on.setObjectName("noteIsOn")
        self._on.setAccessibleDescription(self.tr("Shows what the note is on."))
        above, head = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(8, 4, 8, 4)
        above.addWidget(self.scope)
        above.addWidget(self.filter, 1)
        above.addWidget(self.new)
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(self._on)
        head.addStretch()
        head.addWidget(self.delete)
        self.field.column.insertLayout(0, head)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.addWidget(self.view)
        self.split.addWidget(self.field)
        self.split.setSizes([_LIST, _FIELD])
        self.split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(above)
        layout.addWidget(self.split, 1)

    def _listen(self) -> None:
        self.scope.currentIndexChanged.connect(self.ask)
        self.filter.textChanged.connect(self._on_typed)
        self._timer.timeout.connect(self.ask)
        self.new.clicked.connect(self._on_new)
        self.delete.clicked.connect(self._on_delete)
        self._on.clicked.connect(self._on_place)
        self.view.followed.connect(self._on_followed)
        self.view.clicked.connect(self._on_clicked)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_delete)

    # What is listed

    @property
    def asked(self) -> NoteFilter | None:
        """What is to be listed; None where no page is open to list the notes of."""
        scope, text = self.scope.currentData(), self.filter.text()
        if scope == "page":
            return NoteFilter(record=self._record, text=text) if self._record else None
        return NoteFilter(tag=self._tag, text=text) if scope == "tag" else NoteFilter(text=text)

    @property
    def linked(self) -> str:
        """The key of the record or the note whose backlinks are shown, "" for none."""
        if self.scope.currentData() == "page":
            return self._record
        return self._note.key if self._note is not None else ""

    def show_record(self, key: str, title: str) -> None:
        """Follow the record in front."""
        if (key, title) != (self._record, self._title):
            self._record, self._title = key, title
            if self.scope.currentData() == "page":
                self.ask()

    def show_tag(self, path: str) -> None:
        """List the notes on a tag."""
        self._tag = path
        at = self.scope.findData("tag")
        words = self.tr("Tag “{tag}”").format(tag=path)
        if at < 0:
            self.scope.addItem(words, "tag")
            at = self.scope.count() - 1
        self.scope.setItemText(at, words)
        self._go_to_scope("tag")

    def show_one(self, note: Note, span: tuple[int, int] | None = None) -> None:
        """List a note among those where it stands, and show it."""
        self._to_show = note.id, span
        self.filter.clear()
        if note.tag:
            self.show_tag(note.tag)
        else:
            self._go_to_scope("page" if note.record and note.record == self._record else "all")

    def _go_to_scope(self, scope: str) -> None:
        at = self.scope.findData(scope)
        if self.scope.currentIndex() == at:
            self.ask()
        else:
            self.scope.setCurrentIndex(at)

    @Slot()
    def ask(self) -> None:
        """Ask for what is to be listed."""
        self._timer.stop()
        self._tell()
        self.wanted.emit(self.asked)

    @Slot(object, object, object)
    def show_notes(
        self, notes: Sequence[Note], links: Sequence[Backlink], shown: Note | None
    ) -> None:
        """List notes, and below them what links here; ``shown`` is what is stored of the note in
        the field, None where it is not stored or gone."""
        self._notes = tuple(notes)
        self._list(links)
        if self._to_show is not None and (found := self._find(self._to_show[0])) is not None:
            (_, span), self._to_show = self._to_show, None
            self._show(found)
            if span is not None:
                self.field.editor.reveal(*span)
        elif shown is not None and shown.id == self.field.shown:
            self._show(shown)
        elif shown is None and self._place is None:
            self._show(None)

    def _list(self, links: Sequence[Backlink]) -> None:
        scope = self.scope.currentData()
        name = self._title if scope == "page" else (self._note.heading if self._note else "")
        heading = self.tr("Linked from ({n}): notes that lead to “{title}”")
        below = backlink_cards(links, heading.format(n=len(links), title=name))
        self._is_listing = True  # the view makes a neighbour current where a row goes
        self.view.show_cards([*note_cards(self._notes, with_places=scope == "all"), *below])
        self._is_listing = False

    def _find(self, id_: str) -> Note | None:
        return next((note for note in self._notes if note.id == id_), None)

    @property
    def note(self) -> Note | None:
        """The note that is shown, where it is stored."""
        return self._note

    def _show(self, note: Note | None) -> None:
        self._note, self._place = note, None
        self.field.show_note(note.id if note else "", note.text if note else "")
        index = self.view.cards.find(note.id) if note else QModelIndex()
        if index != self.view.currentIndex():
            self._is_listing = True
            self.view.setCurrentIndex(index)
            self._is_listing = False
        self._tell()

    # What is begun

    def begin(self, id_: str, place: NotePlace) -> None:
        """Give an empty field for a note that is stored once something is written in it."""
        self._note, self._place = None, place
        self._place_words = self._title if place.record else self.tr("Memo")
        if place.tag:
            self._place_words = self.tr("Tag “{tag}”").format(tag=place.tag)
        self.view.setCurrentIndex(QModelIndex())
        self.field.show_note(id_, "")
        self._tell()
        self.field.toggle.setChecked(False)
        self.field.editor.setFocus()

    @Slot()
    def _on_new(self) -> None:
        scope = self.scope.currentData()
        place = NotePlace()
        if scope == "page" and self._record:
            place = NotePlace(record=self._record)
        elif scope == "tag":
            place = NotePlace(tag=self._tag)
        self.new_wanted.emit(place)

    def _tell(self) -> None:
        scope = self.scope.currentData()
        words = {"page": self.tr("New note on this page"), "tag": self.tr("New note on the tag")}
        is_memo = scope == "all" or (scope == "page" and not self._record)
        self.new.setText(self.tr("New memo") if is_memo else self.tr("New note"))
        meaning = self.tr("New memo, on no page") if is_memo else words[scope]
        self.new.setToolTip(meaning)
        self.new.setAccessibleName(meaning)
        note = self._note
        self.delete.setEnabled(note is not None)
        self._on.setVisible(note is not None or self._place is not None)
        self._on.setEnabled(note is not None and bool(note.record or note.tag))
        words_on = place_of(note) if note is not None else self._place_words
        room = self.fontMetrics().averageCharWidth() * _MOST_LETTERS
        mode = Qt.TextElideMode.ElideRight
        self._on.setText(self.fontMetrics().elidedText(words_on, mode, room))
        self._on.setToolTip(words_on)
        self._on.setAccessibleName(self.tr("Note on: {0}").format(words_on))

    # Wishes

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._timer.start()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._is_listing or not now.isValid():
            return
        note = self._find(self.view.cards.card(now.row()).target)
        if note is not None and note.id != self.field.shown:
            self._show(note)
            if self.scope.currentData() != "page":
                self.ask()  # for what links to this one

    @Slot(str)
    def _on_followed(self, target: str) -> None:
        if target.startswith(LINK):
            self.link_followed.emit(target.removeprefix(LINK))
        else:
            self.field.toggle.setChecked(False)
            self.field.editor.setFocus()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        target = self.view.cards.card(index.row()).target
        if target.startswith(LINK):
            self.link_followed.emit(target.removeprefix(LINK))

    @Slot()
    def _on_delete(self) -> None:
        if self._note is not None:
            self.delete_requested.emit(self._note.id)

    @Slot()
    def _on_place(self) -> None:
        if self._note is not None:
            self.place_followed.emit(self._note)
