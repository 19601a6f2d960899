"""``tags``: the codebook."""

from __future__ import annotations

from typing import Annotated

import typer

from core.cli import output, shapes
from core.cli.options import AsJson
from core.cli.session import session_of


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    tags = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    tags.command("list")(list_tags)
    tags.command("add")(add_tag)
    app.add_typer(tags, name="tags", help="The codebook: the tags and what they mean.")


def list_tags(context: typer.Context, as_json: AsJson = False) -> int:
    """List the tags with their number of annotations."""
    found = session_of(context).workspace.codebook.tags()
    if as_json:
        output.write_json({"total": len(found), "tags": [shapes.tag_shape(tag) for tag in found]})
        return 0
    output.write_rows(
        ("tag", "count", "colour", "definition"),
        [(tag.path, str(tag.count), tag.color, tag.definition) for tag in found],
    )
    if not found:
        output.note("No tags yet. 'normatlas tags add \"CBM/Hotlines\"' makes one.")
    return 0


def add_tag(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH", help="Its full name: CBM/Hotlines.")],
    color: Annotated[
        str | None, typer.Option(metavar="#RRGGBB", help="Its colour; one is picked otherwise.")
    ] = None,
    definition: Annotated[str, typer.Option(metavar="TEXT", help="What it stands for.")] = "",
    as_json: AsJson = False,
) -> int:
    """Add a tag, and those above it that are missing."""
    workspace = session_of(context).workspace
    tag, _ = workspace.codebook.add(path, color, definition)
    workspace.search.catch_up()
    if as_json:
        output.write_json(shapes.tag_shape(tag))
    else:
        output.write_text(f"{tag.path}\t{tag.color}")
    return 0
