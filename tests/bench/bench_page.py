"""A page of 10,000 annotations: opened, scrolled, tagged, in the whole window.

Run: ``python -m tests.bench.bench_page [--annotations 10000] [--characters 400000]``. Told in
milliseconds, with the time at work in brackets: other work on the machine lengthens the former.
Aims: open 300, a frame 33, a tag painted 16 and durable 50.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.app import Start
    from gui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SAID = "states should not knowingly allow their territory to be used for wrongful acts"
WORDS = SAID.split()
FRAMES = 120
TAGS = 20
CHOICE = 0.4  # seconds from a selection to the tag typed, for one who is quick
REST = 0.7  # seconds between two tags, in which what follows of the first is done


def make(folder: Path, characters: int, number: int) -> str:
    """Fill a workspace with a document of so many annotations; returns its key."""
    from core.services.marking import mark
    from core.storage.repositories.records import Records
    from core.storage.unit_of_work import Database
    from core.workspace import open_workspace

    rng = random.Random(3)
    paper = folder / "paper.txt"
    lines: list[str] = []
    while sum(map(len, lines)) < characters:
        lines.append(" ".join(rng.choices(WORDS, k=rng.randint(30, 140))).capitalize() + ".")
    paper.write_text("\n\n".join(lines), encoding="utf-8")
    workspace = open_workspace(folder / "workspace", analyst="Ada Analyst")
    workspace.importing.work(workspace.importing.start([str(paper)]))
    key = next(e.key for e in workspace.reference.entries() if e.key.startswith("document:"))
    database = workspace.annotations._database  # pyright: ignore[reportPrivateUsage]
    assert isinstance(database, Database)
    with database.write() as work:
        records = Records(work.session)
        place = records.resolve(key)
        assert place is not None
        text = records.text(place)
        for _ in range(number):
            start = rng.randrange(len(text.content) - 200)
            mark(work, place, text, (start, start + rng.randint(10, 180)), "A note")
        work.commit("Mark")
    workspace.close()
    return key


class Clock:
    """Wall and processor time since it was made, in milliseconds."""

    def __init__(self) -> None:
        self._wall, self._busy = time.perf_counter(), time.thread_time()

    @property
    def took(self) -> tuple[float, float]:
        """Return both."""
        wall, busy = time.perf_counter() - self._wall, time.thread_time() - self._busy
        return wall * 1000, busy * 1000


def wait(application: "QApplication", done: Callable[[], object], most: float = 60) -> None:
    """Let the window work until something is so."""
    until = time.perf_counter() + most
    while not done() and time.perf_counter() < until:
        application.processEvents()
        time.sleep(0.0003)
    assert done()


def tell(name: str, found: list[tuple[float, float]]) -> None:
    """Print the median and the most."""
    walls, busy = sorted(wall for wall, _ in found), sorted(work for _, work in found)
    middle = f"median {statistics.median(walls):.1f} ({statistics.median(busy):.1f})"
    sys.stdout.write(f"{name}: {middle}, most {walls[-1]:.1f} ({busy[-1]:.1f}) ms\n")


def measure(application: "QApplication", start: "Start", key: str, number: int) -> None:
    """Open, scroll, tag."""
    window = start.window
    assert window is not None
    window.resize(1280, 800)
    window.show()
    tabs = window.tabs
    opened, marked, settled = (list[tuple[float, float]]() for _ in range(3))
    for _ in range(4):
        clock = Clock()
        tabs.request(key)
        wait(application, lambda: tabs.key == key and tabs.reader is not None)
        reader = tabs.reader
        assert reader is not None
        reader.viewport().repaint()
        opened.append(clock.took)
        wait(application, lambda seen=reader: seen.annotations)
        reader.viewport().repaint()
        marked.append(clock.took)
        wait(application, lambda seen=reader: len(seen.annotations) == number)
        window.repaint()
        settled.append(clock.took)
        if len(opened) < 4:
            tabs.close_current()
            application.processEvents()
    tell("page in sight", opened[1:])
    tell("with the annotations in sight", marked[1:])
    tell("with all annotations", settled[1:])
    reader, bar = tabs.reader, tabs.reader.verticalScrollBar()
    frames: list[tuple[float, float]] = []
    for n in range(FRAMES):
        clock = Clock()
        bar.setValue(bar.value() + (90 if n % 10 else 6000))
        reader.viewport().repaint()
        reader._gutter.repaint()
        frames.append(clock.took)
        application.processEvents()
    tell("a frame while scrolling", frames)
    measure_tagging(application, window, number)


def measure_tagging(application: "QApplication", window: "MainWindow", number: int) -> None:
    """Tag passage after passage: till the palette shows it, till it is stored, till it is seen."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from gui.events import AppEvents

    painted, durable, seen = (list[tuple[float, float]]() for _ in range(3))
    reader = window.tabs.reader
    assert reader is not None
    palette = window.findChild(object, "tagPalette")
    told: list[object] = []
    window.findChild(AppEvents).changed.connect(lambda changes, _by: told.append(changes))
    for n in range(TAGS):
        place = 500 + 40 * n
        reader.goto(place, place + 20)
        reader.select_passage(place, place + 20)
        chosen = time.perf_counter() + CHOICE
        wait(application, lambda until=chosen: time.perf_counter() > until)
        window.commands.tag.trigger()
        QTest.keyClicks(palette.field, "Stability")
        application.processEvents()
        clock = Clock()
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        palette.repaint()
        painted.append(clock.took)
        wait(application, lambda many=n + 1: len(told) == many)
        durable.append(clock.took)  # the write has been acknowledged
        wait(application, lambda many=number + n + 1: len(reader._annotations) == many)
        reader.viewport().repaint()
        seen.append(clock.took)
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        rest = time.perf_counter() + REST
        wait(application, lambda until=rest: time.perf_counter() > until)
    tell("a tag painted", painted)
    tell("a tag stored", durable)
    tell("its highlight painted", seen)


def main() -> None:
    """Measure in one window and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--annotations", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=400_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        key = make(Path(folder), given.characters, given.annotations)

        from PySide6.QtWidgets import QApplication

        from core.tasks import collect_seldom
        from gui.app import Start
        from gui.theme import Themes

        application = QApplication([])
        start = Start(Themes(application), Path(folder) / "workspace", "Ada Analyst", None)
        ready: list[bool] = []
        start.ready.connect(lambda: ready.append(True))
        start.ready.connect(collect_seldom)  # as `gui.app.run` does
        start.begin()
        wait(application, lambda: ready)
        measure(application, start, key, given.annotations)
        assert start.window is not None
        start.window.close()
        start.end()


if __name__ == "__main__":
    main()
