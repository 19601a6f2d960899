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
