"""``tags``: the codebook."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import output, shapes
from core.cli.options import AsJson
from core.cli.session import session_of
from core.domain.codebook import MEANING, TagPart
from core.domain.moments import end_of

if TYPE_CHECKING:
    from core.domain.changes import Changes

Path = Annotated[str, typer.Argument(metavar="PATH", help="The tag's full name: CBM/Hotlines.")]
Text = "TEXT"
Color = Annotated[str | None, typer.Option("--color", metavar="#RRGGBB", help="Its colour.")]
Under = Annotated[
    str | None, typer.Option("--under", metavar="PATH", help="The tag it goes below; else the top.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    tags = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    for name, command in (
        ("list", list_tags),
        ("add", add_tag),
        ("rename", rename_tag),
        ("edit", edit_tag),
        ("move", move_tag),
        ("merge", merge_tags),
        ("split", split_tag),
        ("delete", delete_tag),
        ("history", tell_history),
        ("starter", add_starter),
        ("import", import_tags),
        ("export", export_tags),
    ):
        tags.command(name)(command)
    app.add_typer(tags, name="tags", help="The codebook: the tags and what they mean.")


def list_tags(
    context: typer.Context,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="As it stood at the end of 2026, 2026-03 or 2026-03-14."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List the tags with their number of annotations, in the order of the tree."""
    codebook = session_of(context).workspace.codebook
    found = codebook.tags() if as_of is None else codebook.as_of(end_of(as_of))
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
    path: Path,
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


def rename_tag(
    context: typer.Context,
    path: Path,
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new full name.")],
    as_json: AsJson = False,
) -> int:
    """Give a tag another full name; those below it go along."""
    return _tell(context, session_of(context).workspace.codebook.rename(path, new), as_json)


def edit_tag(
    context: typer.Context,
    path: Path,
    definition: Annotated[
        str | None, typer.Option(metavar=Text, help="What it stands for.")
    ] = None,
    include: Annotated[str | None, typer.Option(metavar=Text, help="When to use it.")] = None,
    exclude: Annotated[str | None, typer.Option(metavar=Text, help="When not to.")] = None,
    example: Annotated[str | None, typer.Option(metavar=Text, help="An example.")] = None,
    color: Color = None,
    key: Annotated[
        int | None, typer.Option(metavar="N", help="Its number key, 1 to 9; 0 frees it.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say what a tag means, give it a colour or a number key."""
    codebook = session_of(context).workspace.codebook
    given = zip(MEANING, (definition, include, exclude, example), strict=True)
    fields = {name: words for name, words in given if words is not None}
    changes = codebook.describe(path, fields)
    if color is not None:
        changes |= codebook.recolor(path, color)
    if key is not None:
        changes |= codebook.favour(path, key or None)
    return _tell(context, changes, as_json)


def move_tag(
    context: typer.Context,
    path: Path,
    under: Under = None,
    place: Annotated[
        int | None, typer.Option(metavar="N", help="How many siblings stand before it.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Move a tag below another, or to the top; those below it go along."""
    changes = session_of(context).workspace.codebook.move(path, under, place)
    return _tell(context, changes, as_json)


def merge_tags(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="The tags to merge.")],
    into: Annotated[str, typer.Option("--into", metavar="PATH", help="The tag that stays.")],
    definition: Annotated[
        str | None, typer.Option(metavar=Text, help="What it means from then on.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Merge tags into one; their passages and notes are kept."""
    meaning = {} if definition is None else {"definition": definition}
    changes = session_of(context).workspace.codebook.merge(paths, into, meaning)
    return _tell(context, changes, as_json)


def split_tag(
    context: typer.Context,
    path: Path,
    into: Annotated[str, typer.Option("--into", metavar="PATH", help="The tag that gets them.")],
    annotation: Annotated[
        list[str], typer.Option(metavar="ID", help="An annotation of the tag; repeatable.")
    ],
    keep: Annotated[bool, typer.Option("--keep", help="Leave the tag on them too.")] = False,
    as_json: AsJson = False,
) -> int:
    """Put some passages of a tag on another one instead."""
    parts = [TagPart(into, tuple(annotation))]
    changes = session_of(context).workspace.codebook.split(path, parts, keep=keep)
    return _tell(context, changes, as_json)


def delete_tag(
    context: typer.Context,
    path: Path,
    give_to: Annotated[
        str | None,
        typer.Option("--give-to", metavar="PATH", help="The tag that takes over its passages."),
    ] = None,
    keep_below: Annotated[
        bool, typer.Option("--keep-below", help="Keep the tags below it, one level higher.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Delete a tag and those below it; annotations stay."""
    changes = session_of(context).workspace.codebook.delete(path, give_to, keep_below=keep_below)
    return _tell(context, changes, as_json)


def tell_history(context: typer.Context, path: Path, as_json: AsJson = False) -> int:
    """Tell what happened to a tag, newest first."""
    found = session_of(context).workspace.codebook.history(path)
    if as_json:
        events = [shapes.tag_event_shape(event) for event in found]
        output.write_json({"tag": path, "total": len(found), "events": events})
        return 0
    output.write_rows(
        ("when", "who", "what", "before", "after"),
        [
            (
                shapes.moment_shape(event.at),
                event.analyst,
                f"undone: {event.deed}" if event.undone else event.deed.value,
                event.before,
                event.after,
            )
            for event in found
        ],
    )
    return 0


def add_starter(context: typer.Context, as_json: AsJson = False) -> int:
    """Add a codebook to start with, made from the themes of the reference."""
    return _tell(context, session_of(context).workspace.codebook.start(), as_json)


def import_tags(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV as Taguette has it, QDC, QDPX or a bundle.")
    ],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Let the file's words, colours and names win.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Take in the tags of another codebook; what is here keeps its words unless told otherwise."""
    codebook = session_of(context).workspace.codebook
    return _tell(context, codebook.import_file(FilePath(file), overwrite=overwrite), as_json)


def export_tags(
    context: typer.Context,
    file: Annotated[
        FilePath, typer.Argument(metavar="FILE", help="Its ending chooses: .csv, .json or .qdc.")
    ],
    as_of: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="As it stood at the end of 2026, 2026-03 or 2026-03-14."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Write the codebook to a file, as it is or as it stood at an earlier date."""
    moment = None if as_of is None else end_of(as_of)
    many = session_of(context).workspace.codebook_files.write(file, moment)
    if as_json:
        output.write_json({"path": str(file), "tags": many})
    else:
        output.write_text(f"{file}\t{many} tags")
    return 0


def _tell(context: typer.Context, changes: Changes, as_json: bool) -> int:
    session_of(context).workspace.search.catch_up()
    if as_json:
        output.write_json(
            {
                "step": changes.step,
                "tags": sorted(changes.tags),
                "annotations": len(changes.annotations),
            }
        )
    else:
        output.write_text(changes.step or "")
    return 0
