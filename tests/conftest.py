"""What every test shares: a filled workspace of its own, settings in a temporary place."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from core.workspace import Workspace, open_workspace

# A change is judged by the same examples each time; whoever runs the tests by hand tries new ones
settings.register_profile(
    "normatlas", deadline=None, print_blob=True, derandomize="CI" in os.environ
)
settings.load_profile("normatlas")


def pytest_collection_finish() -> None:
    """Spare every collection of garbage the thousands of tests, which stay to the end."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or leaves anything in the home of whoever runs it."""
    monkeypatch.setenv("NORMATLAS_WORKSPACE", str(tmp_path / "default-workspace"))
    monkeypatch.setenv("NORMATLAS_ANALYST", "Ada Analyst")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace filled with the shipped pack; made once, never written by a test."""
    folder = tmp_path_factory.mktemp("filled") / "workspace"
    open_workspace(folder, analyst="Ada Analyst").close()
    return folder


@pytest.fixture
def workspace_folder(filled_folder: Path, tmp_path: Path) -> Path:
    """A filled workspace for this test alone."""
    folder = tmp_path / "workspace"
    shutil.copytree(filled_folder, folder)
    return folder


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    """An open, filled workspace for this test alone."""
    opened = open_workspace(workspace_folder, analyst="Ada Analyst")
    yield opened
    opened.close()
