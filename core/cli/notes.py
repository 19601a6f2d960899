"""``notes``: notes on records and tags, and free-standing ones."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import output
from core.cli.options import AsJson
from core.cli.session import session_of
from core.domain.notes import NoteFilter, note_id

if TYPE_CHECKING:
    from core.cli.shapes import Shape
    from core.domain.notes import Note

Id = Annotated[str, typer.Argument(metavar="NOTE", help="The note's id, as 'notes list' has it.")]
Words = Annotated[
    str, typer.Argument(metavar="TEXT", help="What it says, in Markdown; - reads standard input.")
]
OnRecord = Annotated[str | None, typer.Option("--record", metavar="KEY", help="On this record.")]
OnTag = Annotated[str | None, typer.Option("--tag", metavar="PATH", help="On this tag.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    notes = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    for name, command in (
        ("list", list_notes),
        ("show", show_note),
        ("add", add_note),
        ("write", write_note),
        ("delete", delete_notes),
        ("links", list_backlinks),
    ):
        notes.command(name)(command)
    app.add_typer(notes, name="notes", help="Notes on records and tags, and free-standing ones.")


def list_notes(
    context: typer.Context,
    record: OnRecord = None,
    tag: OnTag = None,
    text: Annotated[str, typer.Option(metavar="WORDS", help="Which say all these words.")] = "",
    as_json: AsJson = False,
) -> int:
    """List notes, the latest changed first."""
    found = session_of(context).workspace.notes.find(NoteFilter(record, tag, text))
    if as_json:
        output.write_json({"total": len(found), "notes": [_shape(note) for note in found]})
        return 0
    output.write_rows(
        ("note", "on", "says"),
        [(note.id, note.record or note.tag or "", note.heading) for note in found],
    )
    if not found:
        output.note("No notes. 'normatlas notes add TEXT' makes one.")
    return 0


def show_note(context: typer.Context, note: Id, as_json: AsJson = False) -> int:
    """Show what a note says."""
    found = session_of(context).workspace.notes.get(_id(note))
    if as_json:
        output.write_json(_shape(found))
    else:
        output.write_text(found.text)
    return 0


def add_note(
    context: typer.Context,
    text: Words,
    record: OnRecord = None,
    tag: OnTag = None,
    as_json: AsJson = False,
) -> int:
    """Make a note: on a record, on a tag, or free-standing."""
    workspace = session_of(context).workspace
    note, _ = workspace.notes.add(_read(text), record=record, tag=tag)
    workspace.search.catch_up()
    if as_json:
        output.write_json(_shape(note))
    else:
        output.write_text(note.id)
    return 0


def write_note(context: typer.Context, note: Id, text: Words, as_json: AsJson = False) -> int:
    """Have a note say something else."""
    workspace = session_of(context).workspace
    workspace.notes.write(_id(note), _read(text))
    workspace.search.catch_up()
    return show_note(context, note, as_json)


def delete_notes(
    context: typer.Context,
    notes: Annotated[list[str], typer.Argument(metavar="NOTE…", help="Their ids.")],
    as_json: AsJson = False,
) -> int:
    """Delete notes."""
    workspace = session_of(context).workspace
    changes = workspace.notes.delete([_id(note) for note in notes])
    workspace.search.catch_up()
    if as_json:
        output.write_json({"step": changes.step, "notes": sorted(changes.notes)})
    else:
        output.write_text(changes.step or "")
    return 0


def list_backlinks(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="A record's key, or note: and an id.")],
    as_json: AsJson = False,
) -> int:
    """List the notes that link to a record, to a passage of it, or to a note."""
    found = session_of(context).workspace.notes.backlinks(key)
    if as_json:
        shapes = [
            {"source": one.source, "record": one.record, "title": one.title, "words": one.words}
            for one in found
        ]
        output.write_json({"total": len(found), "links": shapes})
        return 0
    rows = [(one.source, one.title, one.words) for one in found]
    output.write_rows(("note", "on", "says"), rows)
    if not rows:
        output.note("No note links here. [[norm:due-diligence]] in a note is such a link.")
    return 0


def _id(note: str) -> str:
    return note_id(note) or note


def _read(text: str) -> str:
    return sys.stdin.read() if text == "-" else text


def _shape(note: Note) -> Shape:
    return {
        "note": note.id,
        "record": note.record,
        "tag": note.tag,
        "title": note.title,
        "text": note.text,
        "analyst": note.analyst,
        "created": note.created.isoformat(),
        "modified": note.modified.isoformat(),
    }
