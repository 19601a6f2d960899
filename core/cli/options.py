"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="The record, norm:due-diligence.")]

OfRecord = Annotated[
    str | None, typer.Option("--record", metavar="KEY", help="Only those on this record.")
]
OfTag = Annotated[
    str | None, typer.Option("--tag", metavar="PATH", help="Only those with this tag or one below.")
]
OfAnalyst = Annotated[
    str | None, typer.Option("--analyst", metavar="NAME", help="Only those of this analyst.")
]
InState = Annotated[
    list[str] | None,
    typer.Option(
        "--state", metavar="STATE", help="Only anchored, moved or orphaned ones; commas join."
    ),
]
WithText = Annotated[
    str | None,
    typer.Option("--text", metavar="WORDS", help="Only those whose passage or note has all these."),
]
OnKind = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only those on records of this kind; commas join."),
]
InCollection = Annotated[
    str | None,
    typer.Option("--collection", metavar="NAME", help="Only those on documents of a collection."),
]
MadeFrom = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Only those made then or later, 2026-03-14."),
]
MadeTo = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Only those made until the end of then."),
]
ExactTag = Annotated[
    bool, typer.Option("--exact-tag", help="--tag alone, without the tags below it.")
]
