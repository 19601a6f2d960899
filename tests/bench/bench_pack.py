"""Validating and compiling the whole pack, the first use of a workspace, and opening its pages.

Run: python tests/bench/bench_pack.py [FOLDER OF A PACK]. Wanted: validate and compile 3 s together,
first use 10 s, any page 50 ms (read and rendered). Where fewer than 130 articles are there, made-up
ones of 500 words stand in for them. Processor time is told beside the clock's, which a busy machine
stretches.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
ARTICLES, WORDS = 130, 500
AGAIN = 40  # the slowest pages, which are opened again


def timed(name: str, work: Callable[[], object]) -> None:
    """Do something and tell how long it took."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    print(
        f"{name:34} {time.perf_counter() - wall:7.2f} s "
        f"({time.process_time() - processor:.2f} s of processor)"
    )


def with_articles(folder: Path, into: Path) -> Path:
    """Copy a pack and give records without an article a made-up one, up to the number wanted."""
    from core.reference.reading import load_pack

    shutil.copytree(folder, into)
    root = into / "articles"
    missing = ARTICLES - sum(1 for _ in root.rglob("*.md"))
    for kind, entry in load_pack(folder).records:
        path = root / kind / f"{entry.shape.key.partition(':')[2]}.md"
        if missing <= 0 or kind == "source":
            break
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made_up(), encoding="utf-8")
        missing -= 1
    return into


def made_up() -> str:
    """Return an article of 500 words in the forms that articles have."""
    sentence = (
        "States were *asked* in several [texts](instrument:gge-2015) to keep the peace among "
        "themselves online and few of them said how [@source:au-annexc, para. 13(a)]. "
    )
    paragraph = sentence * 5 + "\n\n"
    count = WORDS // (len(sentence.split()) * 5)
    return "".join(f"## Part {n}\n\n- {sentence}\n\n{paragraph}" for n in range(count))


def open_pages(folder: Path) -> None:
    """Open every page of a workspace: read the record, render its text."""
    from PySide6.QtWidgets import QApplication

    from core.workspace import open_workspace
    from gui.reader.render import render
    from gui.reader.style import ReadingStyle

    application = QApplication.instance() or QApplication([])
    style = ReadingStyle.of(application.palette(), application.font(), 12, 700)
    workspace = open_workspace(folder)

    def opened(key: str) -> float:
        began = time.perf_counter()
        page = render(workspace.reference.record(key).text, style)
        took = time.perf_counter() - began
        page.document.deleteLater()
        return took * 1000

    keys = [entry.key for entry in workspace.reference.entries()]
    took = {key: opened(key) for key in keys}
    slowest = sorted(keys, key=lambda key: took[key])[-AGAIN:]
    took |= {key: min(opened(key) for _ in range(5)) for key in slowest}  # others run here too
    workspace.close()
    ordered = sorted(took.values())
    print(f"{len(took)} pages: median {statistics.median(ordered):.1f} ms", end=", ")
    print(f"95 % below {ordered[int(len(ordered) * 0.95)]:.1f} ms; the slowest, at their best:")
    for key in sorted(slowest, key=lambda key: took[key])[-5:]:
        print(f"  {took[key]:6.1f} ms {key}")


def main() -> None:
    """Measure all."""
    from core.reference.compilation import compile_pack
    from core.reference.fingerprint import pack_folder
    from core.reference.validation import validate_pack
    from core.services import packs
    from core.workspace import open_workspace

    with tempfile.TemporaryDirectory() as temporary:
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else pack_folder()
        folder = with_articles(source, Path(temporary) / "pack")
        problems = validate_pack(folder)
        if problems:
            sys.exit(str(problems[0]))
        timed("validate", lambda: validate_pack(folder))
        timed("validate and compile", lambda: compile_pack(folder))
        packs.pack_folder = lambda: folder
        workspace = Path(temporary) / "workspace"
        timed("first use: compile, store, index", lambda: open_workspace(workspace).close())
        timed("open again", lambda: open_workspace(workspace).close())
        open_pages(workspace)


if __name__ == "__main__":
    main()
