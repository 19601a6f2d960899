"""Whether Taguette itself takes our codebook: its own reader, names and descriptions compared.

Run: ``python -m tests.bench.client_taguette PYTHON``, where PYTHON is the interpreter of an
environment of its own with ``taguette`` (PyPI) in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from core.domain.cells import harmless
from core.workspace import open_workspace

TAGS = {
    "CBM & more": 'A <b>\n\nof two lines, “quoted” and "plain"',
    "CBM & more/Hotlines 🕊": "=1+1; 'first'",
    "الثقة": "على الدول",
    "各国/Vertrauen, größer": "",
}
READ = """
import json, sys
from taguette import __version__
from taguette.import_codebook import list_tags
from taguette.validate import description, tag_path
with open(sys.argv[1], "rb") as file:
    tags = list_tags(file)
for tag in tags:
    tag_path(tag["path"])
    description(tag["description"])
print(json.dumps([__version__, tags]))
"""


def main() -> int:
    """Write a codebook, have Taguette read it, and say what differs."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder) / "workspace")
        for path, definition in TAGS.items():
            workspace.codebook.add(path, None, definition)
        ours = {tag.path: harmless(tag.definition) for tag in workspace.codebook.tags()}
        file = Path(folder) / "codebook.csv"
        workspace.codebook_files.write(file)
        workspace.close()
        command = [sys.argv[1], "-c", READ, str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            sys.stdout.write(f"Taguette refuses it:\n{done.stderr}")
            return 1
    version, tags = json.loads(done.stdout)
    theirs = {tag["path"]: tag["description"] for tag in tags}
    differ = [path for path in ours | theirs if ours.get(path) != theirs.get(path)]
    sys.stdout.write(
        f"Taguette {version}: {len(theirs)} tags of {len(ours)}, {len(differ)} differ\n"
    )
    for path in differ:
        sys.stdout.write(f"{path!r}: {ours.get(path)!r} became {theirs.get(path)!r}\n")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
