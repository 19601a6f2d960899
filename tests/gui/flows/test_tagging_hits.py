"""From hit to tag to note to the next hit, with keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.domain.annotations import AnnotationFilter
from gui.views.tag_palette import TagPalette

WAIT = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Keys:
    """A keyboard, and no mouse: each key goes to whatever has the focus."""

    def __init__(self, window, start, qtbot):
        self.window, self.qtbot = window, qtbot
        self.workspace, self.writes = start.workspace, start.writes

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)

    def press(self, key, held=NONE):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def type(self, words):
        QTest.keyClicks(QApplication.focusWidget(), words)

    def next(self, before=None):
        """Wait until the reader stands at a hit, another than before; return where that is."""
        tabs = self.window.tabs
        self.until(lambda: self._place() not in (None, before) and tabs.reader.hasFocus())
        return self._place()

    def _place(self):
        """Return the record and the hit that the reader stands at."""
        reader = self.window.tabs.reader
        if reader is None or reader.hits.current is None:
            return None
        return self.window.tabs.key, reader.hits.spans[reader.hits.current]

    def stored(self):
        self.until(lambda: not self.writes.pending)
        return self.workspace.annotations.find(AnnotationFilter())


@pytest.fixture
def keys(window, start, qtbot):
    return Keys(window, start, qtbot)


def test_hit_tag_note_and_next_hit_without_the_mouse(keys, slow_calls):
    keys.workspace.codebook.add("Harm")
    keys.workspace.codebook.add("Scope")
    for number, path in enumerate(("Harm", "Scope"), start=1):
        keys.workspace.codebook.favour(path, number)
    keys.window.codebook.add_requested.emit("Seen")  # and with it the codebook is read anew
    keys.until(lambda: len(keys.window.codebook.tree.tags()) == 3)
    keys.press(Qt.Key.Key_K, CTRL)
    keys.type("infrastructure")
    keys.until(lambda: keys.window.results.model.rowCount() > 1)
    keys.press(Qt.Key.Key_Return)
    first = keys.next()
    keys.press(Qt.Key.Key_1)  # a favourite, then another, before the first is written
    keys.press(Qt.Key.Key_2)
    keys.press(Qt.Key.Key_F3)
    second = keys.next(first)
    keys.press(Qt.Key.Key_T, CTRL)
    keys.type("See")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab)
    keys.type("Compare [[due dil")
    palette = keys.window.findChild(TagPalette)
    keys.until(lambda: palette.note.offers)
    keys.press(Qt.Key.Key_Escape)  # the choices alone
    assert palette.isVisible()
    assert not palette.note.offers
    keys.type("i")
    keys.until(lambda: palette.note.offers)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_F3)  # which leaves the note, and saves it
    third = keys.next(second)
    keys.press(Qt.Key.Key_1)
    keys.until(lambda: len(keys.stored()) == 3)
    keys.until(lambda: any(one.note for one in keys.stored()))
    found = {one.tags: one for one in keys.stored()}
    for tags, (key, hit) in zip(
        (("Harm", "Scope"), ("Seen",), ("Harm",)), (first, second, third), strict=True
    ):
        marked = found[tags]
        assert marked.target.record == key
        assert marked.start <= hit[0] < hit[1] <= marked.end
        quotation = marked.target.quote.exact
        assert "\n" not in quotation
        assert len(quotation) > hit[1] - hit[0]  # its sentence
    assert found["Seen",].note.startswith("Compare [[norm:due-diligence|")
    slow_calls.clear()  # what is slow here is the test
