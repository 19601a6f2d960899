"""The index follows writes, and tidies itself when nothing is to be done."""

from core.workspace import Workspace
from gui.controllers.indexing import IndexingController


def test_small_segments_are_merged_once_the_desk_is_idle(qtbot, workspace: Workspace) -> None:
    indexing = IndexingController(workspace.search)
    try:
        for n in range(6):
            workspace.annotations.annotate(
                "norm:gge-13f-no-ci-damage", n, n + 5, note=f"zanzibar{n}"
            )
            with qtbot.waitSignal(indexing.caught_up, timeout=20_000):
                indexing.catch_up()
        indexing._idle.start(0)
        folder = workspace.path / "index"
        qtbot.waitUntil(lambda: len([*folder.glob("index-*/*.arrays")]) == 2, timeout=20_000)
    finally:
        indexing.close()
