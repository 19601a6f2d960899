"""The language of queries in examples, each of which can be tried with a click or Enter."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

_QUERY, _MORE = "query", "more"
_WIDTH, _HEIGHT = 62, 24  # average characters, lines


class Example(NamedTuple):
    """A query and what it finds; ``brief`` ones are on the cheat sheet."""

    query: str
    meaning: str
    brief: bool = False


class Section(NamedTuple):
    """Examples of one sort."""

    title: str
    examples: Sequence[Example]


class LanguageGuide(QTextBrowser):
    """Sections of examples; ``brief`` shows those of the cheat sheet alone."""

    query_taken = Signal(str)
    """A query to try."""
    more_wanted = Signal()
    """The whole page instead of the cheat sheet."""
    left = Signal()
    """Esc."""
    lost_focus = Signal()

    def __init__(self, parent: QWidget | None = None, *, brief: bool = False) -> None:
        super().__init__(parent)
        self._brief = brief
        self.setAccessibleName(self.tr("Search language"))
        self.setAccessibleDescription(
            self.tr("Examples of queries. Tab goes from one to the next, Enter tries it.")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(8 if brief else 24)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self._write()

    def sections(self) -> Iterator[Section]:
        """Yield everything that there is to know."""
        yield from self._words()
        yield from self._fields()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.lost_focus.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window's colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._write()

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, wherever it would come from."""

    def _words(self) -> Iterator[Section]:
        yield Section(
            self.tr("Words"),
            (
                Example("critical infrastructure", self.tr("both words, and forms of them"), True),
                Example(
                    '"critical infrastructure"', self.tr("the words side by side, in order"), True
                ),
                Example(
                    '"infrastructure attack"~8', self.tr("no more than eight words apart"), True
                ),
                Example("cyber*", self.tr("all words that begin so"), True),
                Example("behavio?r", self.tr("any one letter in the place of the question mark")),
                Example("soveriegnty~", self.tr("words that are spelt nearly so")),
                Example("13(f)", self.tr("a paragraph as it is printed")),
                Example("A/70/174", self.tr("a document's symbol as it is printed")),
            ),
        )
        yield Section(
            self.tr("And, or, not"),
            (
                Example("ransomware OR extortion", self.tr("either of them"), True),
                Example("sovereignty -territory", self.tr("the first without the second"), True),
                Example("espionage NOT military", self.tr("the same, as a word")),
                Example(
                    "(hospital OR energy) AND attack", self.tr("parentheses group what belongs")
                ),
            ),
        )

    def _fields(self) -> Iterator[Section]:
        yield Section(
            self.tr("Fields: where and what"),
            (
                Example("sovereignty kind:norm", self.tr("norms only"), True),
                Example("cybercrime kind:norm,event", self.tr("norms and events")),
                Example("title:tallinn", self.tr("in the title or another name"), True),
                Example('theme:"critical infrastructure"', self.tr("of this theme"), True),
                Example("hotline year:2011..2015", self.tr("in these years"), True),
                Example("year:2021..", self.tr("from this year on")),
                Example("party:japan", self.tr("what Japan is party to"), True),
                Example("participant:japan", self.tr("what Japan is tied to")),
                Example("stated-in:gge-2015", self.tr("norms that this text states"), True),
                Example("region:asia", self.tr("of this region")),
                Example("verified:no kind:event", self.tr("not yet checked against its source")),
            ),
        )
        yield Section(
            self.tr("Your own work"),
            (
                Example("is:annotated", self.tr("records with annotations of yours"), True),
                Example("tag:CBM", self.tr("with this tag or one below it"), True),
                Example("note:compare", self.tr("a word of your notes")),
                Example("hotline in:notes", self.tr("in your notes alone")),
            ),
        )

    def _write(self) -> None:
        link = self.palette().link().color().name()
        muted = self.palette().placeholderText().color().name()
        pieces: list[str] = []
        if not self._brief:
            pieces.append(f"<h2>{escape(self.tr('Search language'))}</h2><p>{self._preface()}</p>")
        for section in self.sections():
            shown = [one for one in section.examples if one.brief or not self._brief]
            pieces.append(f"<h4>{escape(section.title)}</h4><table cellpadding='3'>")
            pieces += [_row(example, link) for example in shown]
            pieces.append("</table>")
        if self._brief:
            words = escape(self.tr("More on the search language"))
            pieces.append(f"<p><a href='{_MORE}:' style='color:{link}'>{words}</a></p>")
        else:
            pieces.append(f"<p style='color:{muted}'>{self._postscript()}</p>")
        self.setHtml("".join(pieces))

    def _preface(self) -> str:
        return escape(
            self.tr(
                "Type words; what has all of them comes first. Accents and capitals do not "
                "matter, and British and American spelling are the same. AND, OR and NOT are "
                "operators in capitals only. Click an example to try it."
            )
        )

    def _postscript(self) -> str:
        return escape(
            self.tr(
                "Values with spaces stand in quotation marks; a comma between values means any of "
                "them. Ctrl+Space in the search box lists what may be typed. A mistake never "
                "stops a search: the rest still counts, and a hint says what was left out."
            )
        )

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() == _QUERY:
            self.query_taken.emit(QUrl.fromPercentEncoding(url.path().encode()))
        else:
            self.more_wanted.emit()


def _row(example: Example, link: str) -> str:
    address = bytes(QUrl.toPercentEncoding(example.query).data()).decode()
    return (
        f"<tr><td><a href='{_QUERY}:{address}' style='color:{link}'>"
        f"<code>{escape(example.query)}</code></a></td>"
        f"<td>{escape(example.meaning)}</td></tr>"
    )


class CheatSheet(QFrame):
    """The most useful examples, below the box; goes when the keyboard does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.guide = LanguageGuide(brief=True)
        self.setObjectName("cheatSheet")
        self.setAccessibleName(self.tr("Search examples"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.guide)
        self.guide.left.connect(self.hide)
        self.guide.lost_focus.connect(self.hide)
        self.hide()

    def show_below(self, widget: QWidget) -> None:
        """Show the sheet below a widget, right edges in line, and go to it."""
        metrics, window = self.fontMetrics(), self._window
        corner = widget.mapTo(window, QPoint(widget.width(), widget.height() + 2))
        width = min(_WIDTH * metrics.averageCharWidth(), window.width() - 16)
        height = min(_HEIGHT * metrics.lineSpacing(), window.height() - corner.y() - 8)
        self.setGeometry(max(8, corner.x() - width), corner.y(), width, height)
        self.show()
        self.raise_()
        self.guide.setFocus(Qt.FocusReason.PopupFocusReason)
