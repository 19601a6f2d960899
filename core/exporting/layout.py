"""Documents in a layout of the analyst's own: a Jinja2 template that writes Markdown."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from core.domain.dates import MONTHS
from core.errors import UserError
from core.exporting.briefing import Finished, notes_as_blocks
from core.exporting.grouping import Quoted
from core.exporting.markdown import escape
from core.exporting.pandoc import Ast, document_json, run_pandoc, tree_of
from core.exporting.runs import Run, is_safe, to_pandoc

_ROOT = Path(__file__).resolve().parents[2]
_LARGEST = 1_000_000  # bytes of a layout
_SECONDS = 10
_GRACE = 5  # seconds for the process to start, beside the layout's own time
_PLAIN: list[Any] = ["", [], []]  # attributes of pandoc's tree: none
_READ = "commonmark-raw_html+pipe_tables+footnotes+fenced_divs+bracketed_spans+attributes+strikeout"


def read_layout(path: Path) -> str:
    """Return a layout's text; raises `UserError` for what is none."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise UserError(
            f"The layout {path} can't be read ({error.strerror}); choose another, or none."
        ) from error
    if len(content) > _LARGEST:
        raise UserError(f"{path} is larger than 1 MB, which no layout is.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no text in UTF-8, which a layout is.") from error


def fill(layout: str, finished: Finished, name: str) -> str:
    """Return what a layout writes of a document, as Markdown; ``name`` is the layout's in errors.

    It runs in a process of its own, bounded in time, memory and reach. Raises `UserError` with the
    line that is wrong, or when it takes too long.
    """
    asked = {"layout": layout, "values": values_of(finished), "seconds": _SECONDS}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "core.exporting.layout_process"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_SECONDS + _GRACE,
            check=False,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise _endless(name) from error
    if done.returncode:
        raise _endless(name)
    answer = json.loads(done.stdout)
    if "text" in answer:
        return str(answer["text"])
    line = f"line {answer['line']}: " if answer["line"] else ""
    raise UserError(f"The layout {name} can't be used: {line}{answer['reason']}.")


def values_of(finished: Finished) -> dict[str, Any]:
    """Return what a layout can name, as ``resources/export/layouts/README.md`` lists it."""
    report = finished.report
    notes = _notes(finished.notes)
    citations = iter(finished.citations)
    number = iter(range(1, len(finished.citations) + 1))
    return {
        "title": report.heading,
        "subtitle": report.subtitle,
        "date": f"{report.made.day} {MONTHS[report.made.month - 1]} {report.made.year}",
        "footnotes": finished.footnotes,
        "groups": [
            {
                "title": group.title,
                "about": group.about,
                "passages": [
                    _passage(quoted, next(citations), next(number), notes, finished)
                    for quoted in group.quoted
                ],
            }
            for group in finished.groups
        ],
        "annex": [
            {
                "title": table.title,
                "rows": [{"standing": row.words, "names": list(row.names)} for row in table.rows],
                "sources": list(table.sources),
                "has_unverified": table.unverified,
            }
            for table in finished.annex
        ],
        "bibliography": [as_markdown(work) for work in finished.works],
    }


def tree(markdown: str) -> bytes:
    """Return what a layout wrote as a document of pandoc's tree, without pictures or raw parts."""
    meta, blocks = tree_of(run_pandoc(["-f", _READ, "-t", "json"], markdown.encode()))
    meta.setdefault("lang", {"t": "MetaString", "c": "en"})
    return document_json(map(_tame, blocks), meta)


def as_markdown(runs: Iterable[Run]) -> str:
    """Return words of several looks as Markdown."""
    return "".join(map(_run, runs))


def _passage(
    quoted: Quoted,
    citation: Sequence[Run],
    number: int,
    notes: Mapping[str, str],
    finished: Finished,
) -> dict[str, Any]:
    entry, section = quoted.entry, quoted.section
    note = entry.annotation
    return {
        "number": number,
        "heading": quoted.heading,
        "record": section.record,
        "kind": section.kind,
        "record_title": section.title,
        "record_date": section.date or "",
        "label": note.label or "",
        "quotation": note.target.quote.exact,
        "paragraphs": list(entry.paragraphs),
        "citation": as_markdown(citation),
        "note": notes.get(note.id, ""),
        "tags": list(note.tags) if finished.details else [],
        "analyst": note.analyst,
        "written": entry.written if finished.details else "",
        "link": entry.link,
        "caveat": entry.caveat or "",
    }


def _notes(notes: Mapping[str, str]) -> dict[str, str]:
    """Return notes as Markdown in which nothing is left open that would swallow what follows."""
    made = notes_as_blocks(notes)
    if not made:
        return {}
    border = f"border {secrets.token_hex(8)}"
    blocks: list[Ast] = []
    for note in made.values():
        blocks += [{"t": "Para", "c": to_pandoc([Run(border)])}, *note]
    arguments = ["-f", "json", "-t", _READ, "--wrap=none"]
    text = run_pandoc(arguments, document_json(blocks)).decode()
    written = (part.strip("\n") for part in text.split(border)[1:])
    return dict(zip(made, written, strict=True))


def _run(run: Run) -> str:
    words = run.text.strip(" ")
    if not words:
        return run.text
    before, after = run.text.split(words, 1)  # marks stand close to what they mark
    words = escape(words).replace("{", "\\{")
    for mark, wanted in (("*", run.emphasis), ("**", run.strong)):
        words = f"{mark}{words}{mark}" if wanted else words
    words = f"[{words}](<{run.target}>)" if is_safe(run.target) else words
    return f"{before}{words}{after}"


def _tame(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of pandoc's tree with pictures as their words and unsafe links as theirs."""
    if isinstance(node, list):
        return [_tame(part) for part in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    tree = cast("Ast", node)
    kind, content = tree.get("t"), cast("Any", tree.get("c"))
    if kind == "Image" or (kind == "Link" and not _may_lead(content[2][0])):
        return {"t": "Span", "c": [_PLAIN, _tame(content[1])]}
    if kind == "RawInline":
        return {"t": "Str", "c": content[1]}
    if kind == "RawBlock":
        return {"t": "CodeBlock", "c": [_PLAIN, content[1]]}
    return {name: _tame(part) for name, part in tree.items()}


def _may_lead(target: str) -> bool:
    return target.startswith("#") or is_safe(target)


def _endless(name: str) -> UserError:
    return UserError(
        f"The layout {name} had not ended after {_SECONDS} seconds, or took more memory than it "
        "may; look for a loop that goes on and on."
    )


def _environment() -> dict[str, str]:
    kept = ("SYSTEMROOT", "PATH", "TEMP", "TMP", "LD_LIBRARY_PATH")
    given = {name: os.environ[name] for name in kept if name in os.environ}
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return given | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
