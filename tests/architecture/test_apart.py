"""Core works with neither Qt nor a network, proven in processes of their own."""

import json
import os
import subprocess
import sys

NO_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qtpy"}:
            raise ImportError(f"{name} is not installed here")

sys.meta_path.insert(0, NoQt())
"""

NO_NETWORK = """
import sys

def forbid(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}:
        raise RuntimeError(f"{event} {arguments}")

sys.addaudithook(forbid)
"""

IMPORT_ALL = """
import importlib, pkgutil
import core

def fail(name):
    raise

for module in pkgutil.walk_packages(core.__path__, "core.", onerror=fail):
    # Run by Alembic or by `python -m`, never imported.
    if not module.name.endswith(("migrations.env", "__main__")) and ".versions" not in module.name:
        importlib.import_module(module.name)
"""

COMMANDS = """
import contextlib, io, json, sys
from core.cli import run

for arguments in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run(arguments)
    assert code == 0, (arguments, code)
    json.loads(out.getvalue())
"""


def python(root, program, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_core_imports_without_qt(root):
    done = python(root, NO_QT + IMPORT_ALL)
    assert done.returncode == 0, done.stderr


def test_commands_work_without_qt_or_network(root, workspace_folder, tmp_path):
    record = "norm:gge-13f-no-ci-damage"
    runs = [
        ("list", "--json"),
        ("show", record, "--json"),
        ("search", "critical infrastructure", "--json"),
        ("tags", "add", "CBM/Hotlines", "--json"),
        ("annotate", record, "--start", "0", "--end", "6", "--tag", "CBM/Hotlines", "--json"),
        ("annotations", "--json"),
        ("export", "--format", "html", "--output", str(tmp_path / "out.html"), "--json"),
        ("check", "--json"),
        ("pack", "validate", str(root / "resources" / "reference"), "--json"),
    ]
    done = python(
        root,
        NO_QT + NO_NETWORK + COMMANDS,
        json.dumps(runs),
        NORMATLAS_WORKSPACE=str(workspace_folder),
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_search_starts_without_what_it_does_not_need(root, workspace_folder):
    heavy = "print([m for m in ('rich', 'jsonschema', 'gui', 'PySide6') if m in sys.modules])"
    program = f"import sys\nfrom core.cli import run\nrun(sys.argv[1:])\n{heavy}"
    done = python(
        root,
        program,
        *("search", "sovereignty", "--json"),
        NORMATLAS_WORKSPACE=str(workspace_folder),
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
