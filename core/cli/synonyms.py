"""``synonyms``: words that stand for each other in searches."""

from __future__ import annotations

from typing import Annotated

import typer

from core.cli import output, shapes
from core.cli.options import AsJson
from core.cli.session import session_of

Group = Annotated[str, typer.Argument(metavar="ID", help="The group, as 'synonyms list' names it.")]
Forms = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help="Two or more; quote names of several words.")
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Where they come from.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    synonyms = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    synonyms.command("list")(list_synonyms)
    synonyms.command("add")(add_synonyms)
    synonyms.command("change")(change_synonyms)
    synonyms.command("remove")(remove_synonyms)
    app.add_typer(synonyms, name="synonyms", help="Words that stand for each other in searches.")


def list_synonyms(
    context: typer.Context,
    own: Annotated[bool, typer.Option("--own", help="Only yours.")] = False,
    as_json: AsJson = False,
) -> int:
    """List the groups: yours first, then those of the reference."""
    groups = session_of(context).workspace.synonyms.groups()
    found = [group for group in groups if group.own or not own]
    if as_json:
        shown = [shapes.synonyms_shape(group) for group in found]
        output.write_json({"total": len(found), "synonyms": shown})
        return 0
    output.write_rows(
        ("id", "own", "synonyms", "note"),
        [(g.id, "own" if g.own else "", "; ".join(g.forms), g.note) for g in found],
    )
    if not found:
        output.note("No synonyms of your own yet. 'normatlas synonyms add A B' makes some.")
    return 0


def add_synonyms(
    context: typer.Context, forms: Forms, note: Note = "", as_json: AsJson = False
) -> int:
    """Add a group of your own."""
    group, _ = session_of(context).workspace.synonyms.add(forms, note)
    if as_json:
        output.write_json(shapes.synonyms_shape(group))
    else:
        output.write_text(f"{group.id}\t{'; '.join(group.forms)}")
    return 0


def change_synonyms(context: typer.Context, group: Group, forms: Forms) -> int:
    """Give a group of your own other words."""
    session_of(context).workspace.synonyms.change(group, forms)
    return 0


def remove_synonyms(context: typer.Context, group: Group) -> int:
    """Remove a group of your own."""
    session_of(context).workspace.synonyms.remove(group)
    return 0
