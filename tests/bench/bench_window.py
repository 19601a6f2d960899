"""Start and memory of the window against a bare one, typing to painted results, opening a record.

Run: python tests/bench/bench_window.py. Ratios count, not seconds: both are measured in one run,
by turns. "Usable" is when the library's rows are painted; "ready" when records can be opened too.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.app import Start

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
ROUNDS = 3
QUERY = "critical infrastructure protection"
OPENED = ("instrument:unga-73-187", "participant:united-states", "instrument:budapest-convention")


def memory() -> float:
    """Return this process's resident memory in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS:"))
    return float(resident.split()[1]) / 1024


def bare() -> dict[str, float]:
    """Show an empty main window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    QTimer.singleShot(0, application.quit)
    application.exec()
    return {"at": time.time(), "memory": memory()}


def full(folder: Path) -> dict[str, float]:
    """Show the real window and wait for its library, then type a query."""
    from gui.bindings import forgo_features

    forgo_features()
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QTreeView

    from gui.app import Start
    from gui.theme import Themes

    application = QApplication([])
    start = Start(Themes(application), folder, "Ada Analyst", None)
    figures: dict[str, float] = {}

    def look() -> None:
        view = start.window and start.window.findChild(QTreeView, "libraryView")
        if view and view.model().rowCount():
            view.viewport().repaint()
            figures["at"] = time.time()
            watch.stop()

    def type_query() -> None:
        assert start.window is not None
        figures["memory"] = memory()
        window, waits = start.window, []
        window.show()
        model = window.results.model
        painted: list[float] = []
        model.modelReset.connect(
            lambda: (window.results.repaint(), painted.append(time.perf_counter()))
        )
        for letter in QUERY:
            shown = len(painted)
            pressed = time.perf_counter()
            QTest.keyClicks(window.field, letter)
            deadline = pressed + 3
            while (
                len(painted) == shown
                and time.perf_counter() < deadline
                and len(window.field.text().strip()) > 1
                and letter != " "
            ):
                application.processEvents()
                time.sleep(0.0005)  # the searching thread needs its turn
            if len(painted) > shown:
                waits.append((painted[-1] - pressed) * 1000)
        figures["typing"] = statistics.median(waits)
        figures["typing_p95"] = sorted(waits)[int(len(waits) * 0.95) - 1]
        open_records(application, start, figures)
        start.window.tabs.close_current()  # the next start is to find none open
        application.quit()

    def note_ready() -> None:
        figures["ready"] = time.time()
        QTimer.singleShot(2000, type_query)

    start.ready.connect(note_ready)
    watch = QTimer(interval=2)
    watch.timeout.connect(look)
    watch.start()
    start.begin()
    application.exec()
    assert start.window is not None
    start.window.close()
    start.end()
    return figures


def open_records(application: "QApplication", start: "Start", figures: dict[str, float]) -> None:
    """Time the longest records from the wish to the painted page, beside a bare text view."""
    from PySide6.QtWidgets import QTextBrowser

    window = start.window
    assert window is not None
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(5):
        for key in OPENED:
            window.tabs.close_current()
            settled = time.perf_counter() + 0.3  # as between a page and the wish for another
            while time.perf_counter() < settled:
                application.processEvents()
                time.sleep(0.001)
            began = time.perf_counter()
            window.tabs.request(key)
            while window.tabs.key != key or window.tabs.reader is None:
                application.processEvents()
                time.sleep(0.0002)  # the reading thread needs its turn
            window.tabs.reader.viewport().repaint()
            ours.append((time.perf_counter() - began) * 1000)
            content = window.tabs.reader.text.content
            plain = QTextBrowser()
            plain.resize(window.tabs.reader.size())
            began = time.perf_counter()
            plain.setPlainText(content)
            plain.show()
            application.processEvents()
            bare.append((time.perf_counter() - began) * 1000)
            plain.close()
    figures["record"] = statistics.median(ours)
    figures["record_most"] = max(ours)
    figures["record_bare"] = statistics.median(bare)


def run(which: str, folder: Path) -> dict[str, float]:
    """Measure in a process of its own; adds seconds from its launch as ``seconds``."""
    # As installed: compiled modules are kept.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.time()
    ended = subprocess.run(
        [sys.executable, __file__, which, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    figures = json.loads(ended.stdout.strip().splitlines()[-1])
    ready = figures.get("ready", figures["at"])
    return figures | {"seconds": figures["at"] - began, "ready": ready - began}


def main() -> int:
    """Measure by turns and print the ratios."""
    if len(sys.argv) > 1 and sys.argv[1] in {"bare", "full"}:
        print(json.dumps(bare() if sys.argv[1] == "bare" else full(Path(sys.argv[2]))))
        return 0
    from core.workspace import open_workspace

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        open_workspace(folder, analyst="Ada Analyst").close()
        run("full", folder)  # as on any day but the first
        pairs = [(run("bare", folder), run("full", folder)) for _ in range(ROUNDS)]
    starts = [ours["seconds"] / plain["seconds"] for plain, ours in pairs]
    ready = [ours["ready"] / plain["seconds"] for plain, ours in pairs]
    memories = [ours["memory"] / plain["memory"] for plain, ours in pairs]
    print(f"start to usable window, times a bare one: {statistics.median(starts):.2f} (aim 2.5)")
    print(f"start to every record at hand, times a bare one: {statistics.median(ready):.2f}")
    print(f"memory, times a bare one: {statistics.median(memories):.2f} (aim 2)")
    typing = [ours["typing"] for _, ours in pairs]
    late = [ours["typing_p95"] for _, ours in pairs]
    print(
        f"keystroke to painted results, ms: median {statistics.median(typing):.0f}, "
        f"p95 {statistics.median(late):.0f} (the pause in typing included)"
    )
    record = [ours["record"] for _, ours in pairs]
    most = [ours["record_most"] for _, ours in pairs]
    plain = [ours["record"] / ours["record_bare"] for _, ours in pairs]
    print(
        f"opening the longest records, ms: median {statistics.median(record):.0f}, "
        f"most {max(most):.0f} (aim 50); times a bare text view: {statistics.median(plain):.1f}"
    )
    print(json.dumps(pairs[-1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
