"""What no line of the program may do."""

import ast
import re

from tests.architecture.conftest import ROOT, sources, tree_of

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


def offenders(paths, found):
    """Map each file that has what it must not have to what that is."""
    return {name(path): wrong for path in paths if (wrong := found(path))}


def imported(path):
    """The modules that a file imports, at any depth."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(path):
    """The last names of what a file calls."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_nothing_speaks_to_a_network():
    def banned(path):
        return [m for m in imported(path) if any(f"{m}.".startswith(f"{n}.") for n in NETWORK)]

    assert not offenders(FILES, banned)


def test_struct_types_are_ready_before_threads_decode_them():
    def unready(path):
        bases = [
            getattr(base, "attr", getattr(base, "id", ""))
            for node in tree_of(path).body
            if isinstance(node, ast.ClassDef)
            for base in node.bases
        ]
        return "Struct" in bases and not {"make_ready", "Decoder"} & set(called(path))

    assert not offenders(FILES, unready)


def test_the_window_never_spins_its_own_loop():
    spins = {"processEvents", "setOverrideCursor"}
    assert not offenders(sources("gui"), lambda path: spins & set(called(path)))


def test_core_does_not_import_qt():
    def qt(path):
        return [m for m in imported(path) if re.match(r"PySide6|shiboken6|qtpy|gui", m)]

    assert not offenders(sources("core"), qt)


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

    def left(path):
        return words.findall(path.read_text(encoding="utf-8"))

    assert not offenders([*FILES, *sources("tests")], left)


def test_tests_never_sleep():
    sleeps = {"sleep", "qSleep", "qWait"}
    awake = [p for p in sources("tests") if name(p) not in MAY_SLEEP and p.parent.name != "bench"]
    assert not offenders(awake, lambda path: sleeps & set(called(path)))
