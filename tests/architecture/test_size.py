"""The size budget: files that fit in the head, functions that fit on a screen."""

import ast

import pytest

from tests.architecture.conftest import ROOT, sources

LONGEST_FILE = 450
LONGEST_FUNCTION = 50
MOST_METHODS_OF_MAIN_WINDOW = 25
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

FILES = sources("core", "gui", "resources")

# A version of the schema is one list of tables, written once and never changed.
FROZEN = ROOT / "core" / "storage" / "migrations" / "versions"


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*FILES, *sources("tests")], ids=name)
def test_files_are_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name(path)} has {lines} lines"


@pytest.mark.parametrize("path", [path for path in FILES if path.parent != FROZEN], ids=name)
def test_functions_are_short(path):
    long = [
        f"{node.name} ({length})"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, f"{name(path)}: {', '.join(long)}"


def test_the_main_window_is_small():
    tree = ast.parse((ROOT / "gui" / "main_window.py").read_text(encoding="utf-8"))
    windows = [n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name == "MainWindow"]
    assert len(windows) == 1
    methods = [n.name for n in windows[0].body if isinstance(n, ast.FunctionDef)]
    assert len(methods) <= MOST_METHODS_OF_MAIN_WINDOW, methods


def test_no_module_is_named_for_nothing():
    assert not [name(path) for path in FILES if path.stem in BANNED_NAMES]


def test_every_folder_says_its_job():
    folders = {path.parent for path in FILES}
    silent = [
        str(folder.relative_to(ROOT))
        for folder in sorted(folders - {FROZEN})  # found by path: no package
        if not (folder / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert not silent
