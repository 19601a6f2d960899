"""A record on paper: every word, its highlights, what was noted in the margin."""

import pypdfium2
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from gui.reader.printing import PAGE_MARGINS, PrintedText

NORM = "norm:gge-13f-no-ci-damage"
WAIT = 10_000


@pytest.fixture
def printed(qtbot, window, start):
    long = "word " * 700
    start.workspace.annotations.annotate(NORM, 0, 40, ["CI"], "Mark <this>", create_tags=True)
    start.workspace.annotations.annotate(NORM, 20, 60, [], long + "endmark")
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: window.tabs.key == NORM, timeout=WAIT)
    qtbot.waitUntil(lambda: len(window.tabs.reader.annotations) == 2, timeout=WAIT)
    return PrintedText("A title", window.tabs.record.text, window.tabs.reader.annotations)


def test_text_notes_and_highlights_go_to_paper(printed, window, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageMargins(PAGE_MARGINS, QPageLayout.Unit.Millimeter)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    count = printed.draw(printer)
    made = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    assert len(made) == count
    words = " ".join(page.get_textpage().get_text_range() for page in made)
    assert {"CI", "Mark", "<this>", "endmark", "title"} <= set(words.split())
    # a line's end parts long words, and takes a hyphen there for its own
    together, text = _letters(words), window.tabs.record.text.content
    assert [word for word in text.split() if _letters(word) not in together] == []
    inked = made[0].render(scale=1).to_numpy()[:, :, :3].astype(int)
    washed = (inked.max(axis=2) - inked.min(axis=2) > 20) & (inked.min(axis=2) > 120)
    rows, _ = washed.nonzero()
    assert rows.size > 500, "no highlight is visible"
    assert rows.max() < inked.shape[0] / 3, "a highlight strays from the lines it is on"
    foot = inked[-70:].min(axis=(1, 2))
    assert foot.min() < 150, "neither title nor number is visible at the foot"


def _letters(text):
    return "".join(c for c in text if c.isalnum())


def test_the_window_shows_the_pages_first(printed, qtbot, window):
    window.commands.print.trigger()
    qtbot.waitUntil(lambda: window.findChild(QPrintPreviewDialog) is not None, timeout=WAIT)
    window.findChild(QPrintPreviewDialog).reject()
