"""Whether LibreOffice opens what we export, whole: every quotation and note is in what it saves.

Run: ``python -m tests.bench.client_libreoffice``, where ``soffice`` (Debian: libreoffice-writer
and libreoffice-calc) is on the path. Word documents, OpenDocument texts, workbooks and tables are
made of marked passages of the reference and of a text in many scripts.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from core.domain.annotations import AnnotationFilter
from core.domain.imports import ImportOptions
from core.workspace import Workspace, open_workspace

SCRIPTS = """# Scripts

Страны мира договорились о нормах ответственного поведения.

يجب على الدول ألا تهاجم البنية التحتية الحيوية عن علم.

各国不应蓄意破坏关键基础设施。 한국은 규범을 지지한다.

=HYPERLINK("https://example.org") and “quoted” words; a tab\tand an emoji 🕊️, e\u0301 and \u00a0.
"""
NOTE = "A note with **force**,\n\n- a list\n- of two; =1+1"
SAVED_AS = {
    "docx": "txt:Text (encoded):UTF8",
    "odt": "txt:Text (encoded):UTF8",
    "xlsx": "csv:Text - txt - csv (StarCalc):44,34,76",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76",
}
MARKED = 120


def fill(workspace: Workspace, folder: Path) -> None:
    """Mark passages of many records and every paragraph of a text in many scripts."""
    text = folder / "scripts.md"
    text.write_text(SCRIPTS, encoding="utf-8")
    run = workspace.importing.start([str(text)], ImportOptions())
    workspace.importing.work(run)
    (result,) = workspace.importing.results(run)
    keys = [entry.key for entry in workspace.reference.entries()]
    chosen = [result.record or "", *keys[:: len(keys) // MARKED]]
    for key in chosen:
        passages = workspace.reference.record(key).text.passages
        for passage in passages if key == result.record else passages[:1]:
            if passage.end > passage.start:
                tags = ["CBM/Hotlines", "Ответ"]
                workspace.annotations.annotate(
                    key, passage.start, passage.end, tags, NOTE, create_tags=True
                )


def opened(path: Path, folder: Path) -> str:
    """Have LibreOffice open a file and save it as text; returns the words, blanks made one."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    made = folder / "out"
    command = ["soffice", profile, "--headless", "--norestore"]
    command += ["--infilter=CSV:44,34,76"] if path.suffix == ".csv" else []
    command += ["--convert-to", SAVED_AS[path.suffix[1:]], "--outdir", str(made), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (found,) = made.iterdir()
    words = " ".join(found.read_text(encoding="utf-8-sig").split())
    found.unlink()
    return words


def main() -> int:
    """Export, have each file opened, and say what is missing."""
    if shutil.which("soffice") is None:
        sys.exit("soffice is not there; install libreoffice-writer and libreoffice-calc.")
    missing = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workspace = open_workspace(folder / "workspace")
        fill(workspace, folder)
        annotations = workspace.annotations.find(AnnotationFilter())
        for name in SAVED_AS:
            path = folder / f"briefing.{name}"
            workspace.export.write(name, path)
            words = opened(path, folder)
            lines = [line for a in annotations for line in a.target.quote.exact.split("\n")]
            wanted = [" ".join(line.split()) for line in lines]
            if name in {"xlsx", "csv"}:
                wanted = [line.replace('"', '""') for line in wanted]
            lost = [line for line in wanted if line and line not in words]
            notes = words.count("A note with")
            missing += len(lost) + (notes < len(annotations))
            sys.stdout.write(
                f"{name}: {len(wanted) - len(lost)} of {len(wanted)} lines quoted, "
                f"{notes} of {len(annotations)} notes\n"
            )
            for line in lost[:5]:
                sys.stdout.write(f"   missing: {line[:150]!r}\n")
        workspace.close()
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
