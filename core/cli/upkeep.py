"""``check`` and ``pack``: is everything in order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.cli import output
from core.cli.options import AsJson
from core.cli.session import session_of
from core.errors import UserError

_IN_PART = 1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("check")(check)
    pack = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    # A callback keeps `validate` a subcommand although it is the only one.
    pack.callback()(_pack)
    pack.command("validate")(validate)
    app.add_typer(pack, name="pack", help="Reference packs.")


def _pack() -> None:
    """Reference packs."""


def check(
    context: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be rebuilt: index, anchors.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Verify database, search index and anchors. Ends with 1 if a problem is left."""
    service = session_of(context).workspace.checkup
    with output.progress_bar() as progress:
        report = service.check(repair=repair, progress=progress)
    if as_json:
        problems = [
            {"what": one.what, "where": one.where, "repaired": one.repaired}
            for one in report.problems
        ]
        output.write_json({"ok": report.ok, "problems": problems})
    else:
        for one in report.problems:
            repaired = " (repaired)" if one.repaired else ""
            output.write_text(f"{one.where}: {one.what}{repaired}")
        if not report.problems:
            output.write_text("Everything is in order.")
    return 0 if report.ok else _IN_PART


def validate(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the pack.")],
    as_json: AsJson = False,
) -> int:
    """Check a reference pack: shapes, keys, dates, sources. Ends with 2 if it has problems."""
    from core.reference.validation import validate_pack

    path = Path(folder)
    if not path.is_dir():
        raise UserError(f"{folder} is not a folder; give the one that holds the pack's files.")
    with output.progress_bar() as progress:
        problems = validate_pack(path, progress)
    if as_json:
        shapes = [
            {"file": one.file, "line": one.line, "key": one.key, "what": one.what}
            for one in problems
        ]
        output.write_json({"ok": not problems, "problems": shapes})
    else:
        for one in problems:
            key = f" {one.key}:" if one.key else ""
            output.write_text(f"{one.file}:{one.line}:{key} {one.what}")
        if problems:
            output.note(f"{len(problems)} problems in {folder}.")
        else:
            output.write_text(f"{folder}: the pack is in order.")
    return UserError.exit_code if problems else 0
