"""The panel of a document's page as it was printed, the passage at the caret marked on it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.documents import PagePicture

_REDRAW_MS = 150  # while the panel is drawn wider or narrower
_MARK = QColor("#ffe36e")  # under print on paper, which is white in every theme
_ROOM_ABOVE = 0.25  # of the panel's height, above a mark that is brought into view


class PageSheet(QWidget):
    """One page, as wide as the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._picture: PagePicture | None = None

    def show_picture(self, picture: PagePicture) -> None:
        """Paint this picture from now on."""
        self._picture = picture
        self._image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            4 * picture.width,
            QImage.Format.Format_RGBA8888,
        )
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Take so much width, and the height that goes with it."""
        picture = self._picture
        height = round(width * picture.height / picture.width) if picture else 0
        self.setFixedSize(QSize(width, max(1, height)))
        self.update()

    def marks(self) -> list[QRectF]:
        """Return where the passage stands, in this widget's own pixels."""
        if self._picture is None:
            return []
        scale = self.width() / self._picture.width
        return [
            QRectF(m.x * scale, m.y * scale, m.width * scale, m.height * scale)
            for m in self._picture.marks
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and the passage's lines over it."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for place in self.marks():
            painter.fillRect(place.adjusted(-2, 0, 2, 0), _MARK)
        painter.end()


class PageScroll(QScrollArea):
    """Scrolls over one page; PgUp and PgDown at its ends turn it."""

    turned = Signal(int)
    """One page forward (1) or back (-1) is wanted."""
    width_changed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page where scrolling ends."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the page has another width."""
        super().resizeEvent(event)
        self.width_changed.emit()


class PagePanel(QWidget):
    """A page, its label, and the way to the others."""

    picture_wanted = Signal(int, int, str)
    """``(page, pixels of width, words to mark)``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = -1
        self._words = ""
        self._count = 0
        self.sheet = PageSheet()
        self.view = PageScroll()
        self.pages = QComboBox()
        self.previous = self._turner("previousPage", self.tr("Previous page"), -1)
        self.next = self._turner("nextPage", self.tr("Next page"), 1)
        self.message = QLabel()
        self._stack = QStackedWidget()
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._lay_out()
        self.pages.activated.connect(self._on_chosen)
        self.view.turned.connect(self._turn)
        self.view.width_changed.connect(self._on_width_changed)
        self._redraw.timeout.connect(self._ask)
        self.show_pages(())

    def _turner(self, name: str, title: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setArrowType(Qt.ArrowType.LeftArrow if step < 0 else Qt.ArrowType.RightArrow)
        button.setToolTip(title)
        button.setAccessibleName(title)
        button.clicked.connect(lambda: self._turn(step))
        return button

    def _lay_out(self) -> None:
        self.view.setObjectName("pageView")
        self.view.setWidget(self.sheet)
        self.view.setFrameShape(QScrollArea.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setAccessibleDescription(self.tr("PgUp and PgDown turn the page at its ends."))
        self.pages.setObjectName("pageChoice")
        self.pages.setAccessibleName(self.tr("Page"))
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(24)
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.view)
        above = QHBoxLayout()
        above.setContentsMargins(8, 4, 8, 4)
        above.addWidget(self.previous)
        above.addWidget(self.pages, 1)
        above.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self._stack, 1)

    def show_pages(self, labels: Sequence[str]) -> None:
        """List the pages of the document in front; the page itself is shown by `show_page`."""
        self._page, self._words, self._count = -1, "", len(labels)
        self.pages.clear()
        for number, label in enumerate(labels, 1):
            if label == str(number):
                shown = self.tr("Page {0} of {1}").format(number, len(labels))
            else:
                shown = self.tr("Page {0} ({1} of {2})").format(label, number, len(labels))
            self.pages.addItem(shown)
        if not labels:
            self.say(self.tr("Open a document that was imported from PDF to see its pages."))
        self._tell()

    def show_page(self, page: int, words: str) -> None:
        """Show a page (from 0) with these words marked on it."""
        if not 0 <= page < self._count or (page, words) == (self._page, self._words):
            return
        self._page, self._words = page, words
        self._tell()
        self._ask()

    def show_picture(self, picture: PagePicture) -> None:
        """Show what was drawn, the marked passage in view."""
        self._stack.setCurrentWidget(self.view)
        self.sheet.fit(self.view.viewport().width())
        self.sheet.show_picture(picture)
        marks = self.sheet.marks()
        above = marks[0].top() - self.view.viewport().height() * _ROOM_ABOVE if marks else 0
        self.view.verticalScrollBar().setValue(int(max(0, above)))

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a page."""
        self.message.setText(sentence)
        self._stack.setCurrentWidget(self.message)
        self._tell()

    def _tell(self) -> None:
        self.pages.setEnabled(self._count > 0)
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(0 <= self._page < self._count - 1)
        self.pages.setCurrentIndex(self._page)
        self.view.setAccessibleName(self.pages.currentText() or self.tr("Page"))

    @Slot(int)
    def _turn(self, step: int) -> None:
        self.show_page(self._page + step, self._words)

    @Slot(int)
    def _on_chosen(self, page: int) -> None:
        self.show_page(page, self._words)

    @Slot()
    def _on_width_changed(self) -> None:
        self.sheet.fit(self.view.viewport().width())
        if self._page >= 0:
            self._redraw.start()

    @Slot()
    def _ask(self) -> None:
        width = max(self._stack.width() - self.view.verticalScrollBar().sizeHint().width(), 100)
        self.picture_wanted.emit(self._page, round(width * self.devicePixelRatioF()), self._words)

    def sizeHint(self) -> QSize:
        """As wide as the other panels, tall enough for most of a page."""
        return QSize(360, 480)
