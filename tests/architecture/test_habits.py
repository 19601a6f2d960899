"""What no line of the program may do."""

import ast
import re

import pytest

from tests.architecture.conftest import ROOT, sources

NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
}
FILES = sources("core", "gui")

# Kills a writer at moments that must vary, so time itself is what it tests.
MAY_SLEEP = {"tests/core/test_workspace.py"}


def name(path):
    return str(path.relative_to(ROOT))


def imported(path):
    """The modules that a file imports, at any depth."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(path):
    """The last names of what a file calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_speaks_to_a_network(path):
    assert not [
        module
        for module in imported(path)
        if any(module == banned or module.startswith(f"{banned}.") for banned in NETWORK)
    ]


@pytest.mark.parametrize("path", sources("gui"), ids=name)
def test_the_window_never_spins_its_own_loop(path):
    assert not {"processEvents", "setOverrideCursor"} & set(called(path))


@pytest.mark.parametrize("path", sources("core"), ids=name)
def test_core_does_not_import_qt(path):
    assert not [m for m in imported(path) if re.match(r"PySide6|shiboken6|qtpy|gui", m)]


@pytest.mark.parametrize("path", [*FILES, *sources("tests")], ids=name)
def test_nothing_is_left_for_later(path):
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    text = path.read_text(encoding="utf-8")
    assert not [word for word in words if re.search(rf"\b{word}\b", text)]


@pytest.mark.parametrize("path", sources("tests"), ids=name)
def test_tests_never_sleep(path):
    if name(path) not in MAY_SLEEP and path.parent.name != "bench":
        assert not {"sleep", "qSleep", "qWait"} & set(called(path))
