"""``export``: annotations with their passages, notes and citations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.cli import choices, output
from core.cli.options import AsJson, InState, OfAnalyst, OfRecord, OfTag
from core.cli.session import session_of

_STANDARD_OUTPUT = "-"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("export")(export)


def export(
    context: typer.Context,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="F", help="markdown, html, csv, json, jsonld, qdpx, qdc, bundle."
        ),
    ],
    file: Annotated[
        str,
        typer.Option("--output", metavar="FILE", help="Where to; - prints the document alone."),
    ],
    record: OfRecord = None,
    tag: OfTag = None,
    analyst: OfAnalyst = None,
    state: InState = None,
    as_json: AsJson = False,
) -> int:
    """Write annotations to a file, with notes and citations."""
    from core.domain.exports import FORMATS, PROJECT_FORMATS

    (chosen,) = choices.split([format_.replace(",", " ")], FORMATS, "format")
    wanted = choices.annotation_filter(record, tag, analyst, state or [])
    service = session_of(context).workspace.export
    if file == _STANDARD_OUTPUT and chosen in PROJECT_FORMATS:
        sys.stdout.buffer.write(service.project(chosen, wanted))
        return 0
    if file == _STANDARD_OUTPUT:
        sys.stdout.write(service.render(chosen, wanted))
        return 0
    written = service.write(chosen, Path(file), wanted)
    if as_json:
        output.write_json(
            {
                "path": str(written.path),
                "format": chosen,
                "annotations": written.annotations,
            }
            | ({"remarks": list(written.remarks)} if chosen in PROJECT_FORMATS else {})
        )
    else:
        noun = "annotation" if written.annotations == 1 else "annotations"
        output.write_text(f"{written.path}: {written.annotations} {noun}")
        for remark in written.remarks:
            output.note(remark)
    return 0
