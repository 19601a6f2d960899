"""The size budget: files that fit in the head, functions that fit on a screen."""

import ast

from tests.architecture.conftest import ROOT, sources, tree_of

LONGEST_FILE = 450
LONGEST_FUNCTION = 50
MOST_METHODS_OF_MAIN_WINDOW = 25
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

FILES = sources("core", "gui", "resources")

# A version of the schema is one list of tables, written once and never changed.
FROZEN = ROOT / "core" / "storage" / "migrations" / "versions"


def name(path):
    return str(path.relative_to(ROOT))


def test_files_are_short():
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*FILES, *sources("tests")]
    }
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}


def test_functions_are_short():
    long = [
        f"{name(path)}: {node.name} ({length})"
        for path in FILES
        if path.parent != FROZEN
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


def test_the_main_window_is_small():
    tree = tree_of(ROOT / "gui" / "main_window.py")
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
        or not ast.get_docstring(tree_of(folder / "__init__.py"))
    ]
    assert not silent
