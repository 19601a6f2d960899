"""One item of a merge in full: both sides of a conflict, and how it is settled."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from core.domain.merging import MergeItem, MergeKind, MergeStatus, Rule, Side
from gui.models.wording import marked

_MOST_WORDS = 400  # compared word by word at each step through the list


class MergeDetails(QWidget):
    """What an item says; for a conflict mine beside theirs, and a button for each way out."""

    settled = Signal(str, object)
    """``(item's id, Rule or None)``: this conflict is settled apart from the rule for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: MergeItem | None = None
        self.page = QTextBrowser(self)
        self.page.setObjectName("mergeDetails")
        self.page.setAccessibleName(self.tr("The chosen item in full"))
        self.page.setOpenLinks(False)
        self.page.setTabChangesFocus(True)
        self._settled = QLabel(self)
        self._settled.setProperty("role", "hint")
        self._settled.setWordWrap(True)
        self.buttons: dict[Rule | None, QPushButton] = {
            Rule.MINE: QPushButton(self.tr("Keep &mine"), self),
            Rule.THEIRS: QPushButton(self.tr("Take &theirs"), self),
            Rule.BOTH: QPushButton(self.tr("Keep &both"), self),
            None: QPushButton(self.tr("As the &rule says"), self),
        }
        row = QHBoxLayout()
        for rule, button in self.buttons.items():
            button.setObjectName(f"settle-{rule.value if rule else 'rule'}")
            button.setAutoDefault(False)
            button.setCheckable(True)
            button.clicked.connect(self._on_settled)
            row.addWidget(button)
        row.addWidget(self._settled, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page, 1)
        layout.addLayout(row)
        self.show_item(None, None)

    def show_item(self, item: MergeItem | None, single: Rule | None) -> None:
        """Show an item; ``single`` is what was decided of it alone."""
        self._item = item
        self.page.setHtml(self._html(item))
        conflict = item is not None and item.status is MergeStatus.CONFLICTING
        for rule, button in self.buttons.items():
            fits = rule is not Rule.BOTH or (item is not None and item.kind is not MergeKind.TAG)
            button.setVisible(conflict and fits)
            button.setChecked(rule is single)

    def _html(self, item: MergeItem | None) -> str:
        if item is None:
            return f"<p>{escape(self.tr('Choose a row to see it in full.'))}</p>"
        parts = [f"<p><b>{escape(item.title)}</b></p>"]
        if item.words and item.mine is None:
            parts.append(f"<p>{_text(item.words)}</p>")
        if item.reason:
            parts.append(f"<p><i>{escape(item.reason)}</i></p>")
        if item.mine is not None and item.theirs is not None:
            if item.kind is MergeKind.ANNOTATION and item.words:
                parts.append(f"<p>“{_text(item.words)}”</p>")
            parts.append(self._sides(item.mine, item.theirs))
        return "".join(parts)

    def _sides(self, mine: Side, theirs: Side) -> str:
        heads = (self._head(self.tr("Mine"), mine), self._head(self.tr("Theirs"), theirs))
        rows = ["<tr><th></th>" + "".join(f"<th align='left'>{h}</th>" for h in heads) + "</tr>"]
        other = dict(theirs.fields)
        for name, said in mine.fields:
            here, there = marked(said, other.get(name, ""), _MOST_WORDS)
            cells = (here or self._nothing(), there or self._nothing())
            rows.append(
                f"<tr><td style='white-space: nowrap'>{escape(self._label(name))}</td>"
                f"<td width='45%'>{cells[0]}</td><td width='45%'>{cells[1]}</td></tr>"
            )
        return f"<table width='100%' cellpadding='4'>{''.join(rows)}</table>"

    def _head(self, whose: str, side: Side) -> str:
        said = [whose, side.analyst]
        if side.modified is not None:
            said.append(side.modified.astimezone().strftime("%Y-%m-%d %H:%M"))
        return escape(" · ".join(part for part in said if part))

    def _label(self, name: str) -> str:
        return {
            "Passage": self.tr("Passage"),
            "Place": self.tr("Place"),
            "Tags": self.tr("Tags"),
            "Note": self.tr("Note"),
            "Analyst": self.tr("Analyst"),
            "Tag": self.tr("Tag"),
            "Definition": self.tr("Definition"),
            "Include": self.tr("Use it for"),
            "Exclude": self.tr("Not for"),
            "Example": self.tr("Example"),
        }.get(name, name)

    def _nothing(self) -> str:
        return f"<i>{escape(self.tr('nothing'))}</i>"

    @Slot()
    def _on_settled(self) -> None:
        if self._item is None:
            return
        for rule, button in self.buttons.items():
            if button is self.sender():
                self.settled.emit(self._item.id, rule)


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")
