"""``annotate`` and ``annotations``: the analyst's passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import choices, output, shapes
from core.cli.options import (
    AsJson,
    ExactTag,
    InCollection,
    InState,
    Key,
    MadeFrom,
    MadeTo,
    OfAnalyst,
    OfRecord,
    OfTag,
    OnKind,
    WithText,
)
from core.cli.session import session_of
from core.domain.annotations import Annotation
from core.errors import UserError
from core.exporting.full_json import annotation_as_json

if TYPE_CHECKING:
    from core.workspace import Workspace

_SHOWN = 70  # characters of a quotation in a line


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("annotate")(annotate)
    app.command("annotations")(list_annotations)


def annotate(
    context: typer.Context,
    key: Key,
    quote: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The words to mark, as the text has them.")
    ] = None,
    prefix: Annotated[
        str, typer.Option(metavar="TEXT", help="What stands before them, if they recur.")
    ] = "",
    suffix: Annotated[
        str, typer.Option(metavar="TEXT", help="What stands after them, if they recur.")
    ] = "",
    start: Annotated[
        int | None, typer.Option(metavar="N", help="First character, counted from 0.")
    ] = None,
    end: Annotated[
        int | None, typer.Option(metavar="N", help="One past the last character.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="A tag of the codebook; repeatable.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="A note, in Markdown.")] = "",
    as_json: AsJson = False,
) -> int:
    """Mark a passage of a record, with tags and a note."""
    _check_place(quote, prefix, suffix, start, end)
    workspace = session_of(context).workspace
    tags = tag or []
    if quote is not None:
        made, _ = workspace.annotations.annotate_quote(key, quote, prefix, suffix, tags, note)
    else:
        assert start is not None
        assert end is not None
        made, _ = workspace.annotations.annotate(key, start, end, tags, note)
    workspace.search.catch_up()
    if as_json:
        output.write_json(_shapes(workspace, (made,))[0])
    else:
        output.write_text(f"{made.id}\t{made.target.record}\t{made.start}–{made.end}")
    return 0


def list_annotations(
    context: typer.Context,
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
    as_json: AsJson = False,
) -> int:
    """List annotations, by record and position."""
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
    workspace = session_of(context).workspace
    found = workspace.annotations.find(wanted)
    if as_json:
        output.write_json({"total": len(found), "annotations": _shapes(workspace, found)})
        return 0
    output.write_rows(
        ("id", "record", "tags", "passage", "note", "state"), [_row(one) for one in found]
    )
    if not found:
        output.note("No annotations. 'normatlas annotate KEY --quote TEXT' makes one.")
    return 0


def _check_place(
    quote: str | None, prefix: str, suffix: str, start: int | None, end: int | None
) -> None:
    offsets = start is not None or end is not None
    if quote is not None and offsets:
        raise UserError("Give the passage by --quote or by --start and --end, not by both.")
    if quote is None and (start is None or end is None):
        raise UserError("Say which passage: --quote TEXT, or --start N and --end N.")
    if quote is None and (prefix or suffix):
        raise UserError("--prefix and --suffix go with --quote.")


def _row(annotation: Annotation) -> tuple[str, ...]:
    quotation = annotation.target.quote.exact
    return (
        annotation.id,
        annotation.target.record,
        ", ".join(annotation.tags),
        quotation if len(quotation) <= _SHOWN else quotation[: _SHOWN - 1] + "…",
        annotation.note,
        annotation.verdict.state,
    )


def _shapes(workspace: Workspace, found: tuple[Annotation, ...]) -> list[shapes.Shape]:
    citations = workspace.export.citations(found)
    return [annotation_as_json(one, citations[one.id]) for one in found]
