"""``export``: annotations with their passages, notes and citations."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from core.cli import choices, output
from core.cli.options import (
    AsJson,
    ExactTag,
    InCollection,
    InState,
    MadeFrom,
    MadeTo,
    OfAnalyst,
    OfRecord,
    OfTag,
    OnKind,
    WithText,
)
from core.cli.session import session_of
from core.domain.briefings import Briefing, Grouping, Order
from core.domain.exports import BINARY_FORMATS, FORMATS, Exported, Made
from core.errors import UserError

_STANDARD_OUTPUT = "-"
_PARTS = ("notes", "details", "annex", "bibliography")

_WrittenTo = Annotated[
    str, typer.Option("--output", metavar="FILE", help="Where to; - prints the document alone.")
]
_InFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="F", help=", ".join(FORMATS) + "; a preset's own."),
]
_GroupedBy = Annotated[
    Grouping | None, typer.Option("--group", help="What the headings of docx, odt and pdf are.")
]
_InOrder = Annotated[
    Order | None, typer.Option("--order", help="By title or date of the record, or by when made.")
]
_InStyle = Annotated[
    str | None,
    typer.Option("--style", metavar="S", help="oscola, chicago, apa or a CSL file; as set."),
]
_Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="PART", help="notes, details, annex, bibliography; commas join."
    ),
]
_LooksLike = Annotated[
    str | None,
    typer.Option("--reference", metavar="FILE", help="A docx or odt whose styles are used."),
]
_LaidOut = Annotated[
    str | None,
    typer.Option(
        "--layout",
        "--template",
        metavar="FILE",
        help="A Jinja2 template for docx, odt, pdf and markdown.",
    ),
]
_LikeBefore = Annotated[
    str | None,
    typer.Option("--preset", metavar="NAME", help="A format and options kept in the window."),
]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("export")(export)


def export(
    context: typer.Context,
    file: _WrittenTo,
    format_: _InFormat = None,
    preset: _LikeBefore = None,
    record: OfRecord = None,
    tag: OfTag = None,
    analyst: OfAnalyst = None,
    state: InState = None,
    text: WithText = None,
    kind: OnKind = None,
    collection: InCollection = None,
    from_: MadeFrom = None,
    to: MadeTo = None,
    exact_tag: ExactTag = False,
    group: _GroupedBy = None,
    order: _InOrder = None,
    style: _InStyle = None,
    without: _Without = None,
    reference: _LooksLike = None,
    layout: _LaidOut = None,
    as_json: AsJson = False,
) -> int:
    """Write annotations to a file, with notes and citations."""
    chosen = _format(format_, preset)
    wanted = choices.annotation_filter(
        record,
        tag,
        analyst,
        state or [],
        text=text,
        on_kinds=kind or [],
        made=(from_, to),
        exact_tag=exact_tag,
        collection=collection,
    )
    said = {"group": group, "order": order, "style": style}
    said |= {"reference": reference, "layout": layout}
    said = {name: value for name, value in said.items() if value is not None}
    left = choices.split(without or [], _PARTS, "part of a document")
    workspace, briefing = session_of(context).workspace, Briefing()
    if preset is not None:
        kept = workspace.export_presets.named(preset)
        chosen, briefing = chosen or kept.format, kept.briefing
    briefing = replace(briefing, **said, **dict.fromkeys(left, False))
    service = workspace.export
    if file == _STANDARD_OUTPUT:
        return _print(chosen, service.make(chosen, wanted, briefing=briefing))
    return _tell(chosen, service.write(chosen, Path(file), wanted, briefing=briefing), as_json)


def _format(said: str | None, preset: str | None) -> str:
    """Return the format that was said, "" for a preset's own; raises `UserError` for neither."""
    if said is not None:
        (chosen,) = choices.split([said.replace(",", " ")], FORMATS, "format")
        return chosen
    if preset is None:
        raise UserError(f"Say the format with --format: {', '.join(FORMATS)}; or a --preset.")
    return ""


def _tell(format_name: str, written: Exported, as_json: bool) -> int:
    if as_json:
        output.write_json(
            {
                "path": str(written.path),
                "format": format_name,
                "annotations": written.annotations,
                "remarks": list(written.remarks),
            }
        )
    else:
        noun = "annotation" if written.annotations == 1 else "annotations"
        output.write_text(f"{written.path}: {written.annotations} {noun}")
        for remark in written.remarks:
            output.note(remark)
    return 0


def _print(format_name: str, made: Made) -> int:
    if format_name in BINARY_FORMATS and sys.stdout.isatty():
        raise UserError(f"“{format_name}” can't be shown on a terminal; name a file.")
    sys.stdout.buffer.write(made.data)
    sys.stdout.buffer.flush()
    return 0
