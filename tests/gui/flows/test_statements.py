"""From a source's page to the very passage that rests on it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from core.domain.text import SpanKind

SOURCE = "source:a60-202"


def test_enter_on_what_rests_on_a_source_opens_its_passage(qtbot, window):
    window.tabs.request(SOURCE)
    qtbot.waitUntil(lambda: window.tabs.key == SOURCE)
    page = window.tabs.reader.text
    link = next(s for s in page.spans if s.kind is SpanKind.LINK and s.locator)
    window.tabs.reader.reveal(link.start + 1, link.start + 1)
    window.tabs.reader.moveCursor(QTextCursor.MoveOperation.Right)
    window.tabs.reader.setFocus()
    qtbot.keyClick(window.tabs.reader, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == link.target)
    reader = window.tabs.reader
    rests = [s for s in reader.text.spans if s.kind is SpanKind.CITE and s.target == SOURCE]
    assert reader.caret() in {span.start for span in rests}
    assert reader._backdrop.flash is not None


def test_a_click_and_an_open_record_lead_there_too(qtbot, window):
    window.tabs.request(SOURCE)
    qtbot.waitUntil(lambda: window.tabs.key == SOURCE)
    source = window.tabs.reader
    links = [s for s in source.text.spans if s.kind is SpanKind.LINK and s.locator]
    link = next(s for s in links if " " in s.locator)
    window.tabs.request(link.target)
    qtbot.waitUntil(lambda: window.tabs.key == link.target)
    window.tabs.setCurrentWidget(source)
    source.reveal(link.start, link.end)
    cursor = QTextCursor(source.textCursor())
    point = source.cursorRect(cursor).center()
    qtbot.mouseClick(source.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.waitUntil(lambda: window.tabs.key == link.target)
    reader = window.tabs.reader
    rests = [s for s in reader.text.spans if s.kind is SpanKind.CITE and s.target == SOURCE]
    assert reader.caret() in {span.start for span in rests}
