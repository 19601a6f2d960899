"""A document of 1,000 pages in the real window: opening it, scrolling it, and what both cost.

Run as ``python -m tests.bench.bench_reader [PAGES]``. The document is typeset and imported as a
PDF. "First paint" is from the wish to the painted page; a frame is one step of the wheel with the
painting that it asks for. Beside them, a bare text view with the same words.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QTextEdit

    from gui.app import Start

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FRAME = 1000 / 60  # milliseconds
STEPS = 300


def make_book(path: Path, pages: int) -> None:
    """Typeset a book of about so many pages, with headings, notes, lists and tables."""
    from tests.core.importing.typesetting import typeset

    parts = [
        '#set page(width: 148mm, height: 210mm, margin: 20mm, numbering: "1")',
        "#set text(size: 10pt)\n#set par(justify: true)",
    ]
    parts += [
        f"= Chapter {n}\n\n#lorem(150) #footnote[#lorem(20)]\n\n#lorem(160)\n\n== Rules {n}\n\n"
        f"+ #lorem(40)\n+ #lorem(30)\n- #lorem(20)\n- #lorem(25)\n\n#lorem(120)\n\n#lorem(110)"
        f"\n\n#table(columns: 2, [State {n}], [Since], [Estonia], [2007])\n\n#lorem(300)"
        "\n#pagebreak()"
        for n in range(pages // 4)
    ]
    path.write_bytes(typeset("\n\n".join(parts)))


def scrolled(application: "QApplication", view: "QTextEdit") -> list[float]:
    """Return milliseconds of each of many steps down through the whole."""
    bar, frames = view.verticalScrollBar(), list[float]()
    places = [int(bar.maximum() * k / 6) for k in range(6)]
    for place in places:
        bar.setValue(place)
        application.processEvents()
        for step in range(STEPS // 6):
            began = time.perf_counter()
            bar.setValue(place + 60 * (step + 1))
            view.viewport().repaint()
            application.processEvents()
            frames.append(1000 * (time.perf_counter() - began))
    return frames


def measure(application: "QApplication", start: "Start", key: str) -> None:
    """Open and scroll; print."""
    from PySide6.QtWidgets import QTextBrowser

    window = start.window
    assert window is not None
    window.resize(1280, 800)
    window.show()
    opened: list[float] = []
    for _ in range(5):
        window.tabs.close_current()
        settle(application)
        began = time.perf_counter()
        window.tabs.request(key)
        while window.tabs.key != key or window.tabs.reader is None:
            application.processEvents()
            time.sleep(0.0002)  # the reading thread needs its turn
        window.tabs.reader.viewport().repaint()
        opened.append(1000 * (time.perf_counter() - began))
    reader = window.tabs.reader
    assert reader is not None
    assert reader.text is not None
    passages = len(reader.text.passages)
    print(f"{passages:,} passages, {len(reader.text.content):,} characters")
    print(
        f"first paint, ms: median {statistics.median(opened):.0f} (aim 300), most {max(opened):.0f}"
    )
    settle(application)
    report("frame", scrolled(application, reader))
    plain = QTextBrowser()
    plain.resize(reader.size())
    began = time.perf_counter()
    plain.setPlainText(reader.text.content)
    plain.show()
    application.processEvents()
    print(f"a bare view opens in {1000 * (time.perf_counter() - began):.0f} ms")
    report("bare frame", scrolled(application, plain))
    plain.close()


def settle(application: "QApplication") -> None:
    """Let what goes on after the first paint, the layout of what is not seen, end."""
    end = time.perf_counter() + 2
    while time.perf_counter() < end:
        application.processEvents()
        time.sleep(0.005)


def report(what: str, frames: list[float]) -> None:
    """Print how long frames took."""
    late = sum(frame > FRAME for frame in frames) / len(frames)
    ordered = sorted(frames)
    print(
        f"{what}, ms: median {statistics.median(frames):.1f}, p95 {ordered[-len(frames) // 20]:.1f}"
        f", most {ordered[-1]:.1f}; later than a sixtieth of a second: {late:.1%}"
    )


def main() -> int:
    """Import the book and measure it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from core.workspace import open_workspace
    from gui.app import Start
    from gui.theme import Themes

    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as place:
        book = Path(place) / "book.pdf"
        make_book(book, pages)
        folder = Path(place) / "workspace"
        workspace = open_workspace(folder, analyst="Ada Analyst")
        run = workspace.importing.start([str(book)])
        workspace.importing.work(run)
        (result,) = workspace.importing.results(run)
        assert result.record, result.reason
        workspace.close()
        application = QApplication([])
        start = Start(Themes(application), folder, "Ada Analyst", None)

        def run_all() -> None:
            measure(application, start, str(result.record))
            application.quit()

        start.ready.connect(lambda: QTimer.singleShot(2000, run_all))
        start.begin()
        application.exec()
        assert start.window is not None
        start.window.close()
        start.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
