"""What a file of a million annotations costs before it is refused: time and memory.

The aim: one line within 10 s, and less than 600 MB, in each format. Run:
``python -m tests.bench.bench_million``.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID

from core.errors import UserError
from core.interchange.files import read_project

COUNT = 1_000_000
QDE = "urn:QDA-XML:project:1.0"
TAGUETTE = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT,
  created TEXT, project_id INTEGER, text_direction TEXT, contents TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
  end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
"""


def write_jsonld(file: Path) -> None:
    """Write annotations of one word, as small as they can be."""
    target = {"source": "https://example.org", "selector": {"type": "TextQuoteSelector"}}
    with file.open("w") as out:
        out.write('{"type":"AnnotationCollection","first":{"type":"AnnotationPage","items":[')
        for n in range(COUNT):
            target["selector"] = {"type": "TextQuoteSelector", "exact": str(n)}
            one = {"type": "Annotation", "id": str(UUID(int=n)), "target": target}
            out.write(("," if n else "") + json.dumps(one, separators=(",", ":")))
        out.write("]}}")


def write_hypothesis(file: Path) -> None:
    """Write what Hypothesis would export."""
    with file.open("w") as out:
        for n in range(COUNT):
            selector = [{"type": "TextQuoteSelector", "exact": str(n)}]
            one = {"id": str(n), "uri": "https://example.org", "target": [{"selector": selector}]}
            out.write((",\n" if n else "[") + json.dumps(one, separators=(",", ":")))
        out.write("]")


def write_csv(file: Path) -> None:
    """Write rows of a document, words and a tag."""
    with file.open("w") as out:
        out.write("document,quotation,tags\n")
        out.writelines(f"One,words {n},Tag\n" for n in range(COUNT))


def write_qdpx(file: Path) -> None:
    """Write one text with a million codings."""
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("project.qde", "w") as out,
    ):
        out.write(f'<Project xmlns="{QDE}" name="Million"><Sources>'.encode())
        out.write(f'<TextSource guid="{UUID(int=2)}" name="One">'.encode())
        out.write(f"<PlainTextContent>{'word ' * 1000}</PlainTextContent>".encode())
        for n in range(COUNT):
            out.write(
                f'<PlainTextSelection guid="{UUID(int=n + 10)}" startPosition="{n % 4000}" '
                f'endPosition="{n % 4000 + 5}"/>\n'.encode()
            )
        out.write(b"</TextSource></Sources></Project>")


def write_bundle(file: Path) -> None:
    """Write a bundle whose annotations stand on a source that is named only."""
    source = {"id": str(UUID(int=2)), "title": "One"}
    manifest = {"format": "normatlas-bundle", "version": 1}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("sources.jsonl", json.dumps(source))
        with archive.open("annotations.jsonl", "w") as out:
            for n in range(COUNT):
                one = {"id": str(UUID(int=n)), "source": source["id"], "exact": f"word {n}"}
                out.write(json.dumps(one).encode() + b"\n")


def write_taguette(file: Path) -> None:
    """Write a project of Taguette with a million highlights of one document."""
    made = sqlite3.connect(file)
    made.executescript(TAGUETTE)
    made.execute("INSERT INTO documents VALUES (1, 'One', '', '', '', 1, '', ?)", ("word " * 1000,))
    made.executemany(
        "INSERT INTO highlights VALUES (?, 1, ?, ?, 'word')",
        ((n, n % 4000, n % 4000 + 4) for n in range(1, COUNT + 1)),
    )
    made.commit()
    made.close()


def write_markdown(file: Path) -> None:
    """Write what Zotero makes of a million highlights."""
    with file.open("w") as out:
        for n in range(COUNT):
            out.write(f"“{n}” ([pdf](zotero://open-pdf/library/items/A?annotation=K{n}))\n\n")


def measure(file: Path) -> tuple[str, float, float]:
    """Read a file; returns what was said, seconds of processor time, and peak memory in MB."""
    before = time.process_time()
    try:
        said = f"{len(read_project(file).annotations):,} taken"
    except UserError as error:
        said = str(error)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return said, time.process_time() - before, peak


FILES: dict[str, Callable[[Path], None]] = {
    "jsonld": write_jsonld,
    "json": write_hypothesis,
    "csv": write_csv,
    "qdpx": write_qdpx,
    "zip": write_bundle,
    "sqlite3": write_taguette,
    "md": write_markdown,
}


def main() -> None:
    """Measure each format in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        for ending, write in FILES.items():
            file = Path(place) / f"million.{ending}"
            write(file)
            size = file.stat().st_size / 2**20
            with get_context("spawn").Pool(1) as pool:
                said, seconds, peak = pool.apply(measure, (file,))
            sys.stdout.write(f"{ending} ({size:.0f} MB): {seconds:.1f} s, {peak:.0f} MB: {said}\n")
            file.unlink()


if __name__ == "__main__":
    main()
