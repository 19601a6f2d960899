"""The program's door: what needs no display, and what is said when there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from gui.__main__ import _window_arguments
from gui.app import LOCK


def run_without_display(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        env=kept | {"HOME": str(home), "NORMATLAS_WORKSPACE": str(home / "workspace")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are a matter of Linux")
@pytest.mark.parametrize("arguments", [(), ("open",), ("open", "norm:due-diligence")])
def test_without_a_display_one_sentence_names_what_works(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = run_without_display(*arguments, home=tmp_path)
    assert ended.returncode == 3
    assert ended.stdout == ""
    assert len(ended.stderr.strip().splitlines()) == 1
    for command in ("search", "show", "list", "annotate", "export"):
        assert command in ended.stderr


def test_the_door_itself_imports_no_qt() -> None:
    code = "import sys, gui.__main__; sys.exit(any('PySide6' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ([], (None, None, None)),
        (["open"], (None, None, None)),
        (["--workspace", "w", "open", "norm:a"], (Path("w"), None, "norm:a")),
        (["--workspace=w", "--analyst=Ada"], (Path("w"), "Ada", None)),
        (["--help"], None),
        (["open", "--help"], None),
        (["list"], None),
        (["open", "a", "b"], None),
        (["--workspace"], None),
        (["--workspace", "postgresql+psycopg://host/db"], None),
    ],
)
def test_only_plain_calls_for_the_window_are_taken(asked: list[str], wanted: object) -> None:
    assert _window_arguments(asked) == wanted


def run_window(workspace: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gui", "--workspace", str(workspace)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_second_window_on_a_workspace_is_refused(workspace_folder: Path) -> None:
    lock = QLockFile(str(workspace_folder / LOCK))
    assert lock.tryLock(0)
    ended = run_window(workspace_folder)
    lock.unlock()
    assert ended.returncode == 3
    assert "open in another NormAtlas window" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_damaged_workspace_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "normatlas.db").write_bytes(b"this is no database" * 300)
    ended = run_window(folder)
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    assert str(folder) in ended.stderr
    assert (folder / "normatlas.db").read_bytes() == b"this is no database" * 300
