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
    pack.callback()(_pack)
    pack.command("validate")(validate)
    pack.command("build")(build)
    pack.command("load")(load)
    pack.command("save")(save)
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
    folder: Annotated[
        str, typer.Argument(metavar="DIR|FILE", help="The folder of the pack, or its one file.")
    ],
    as_json: AsJson = False,
) -> int:
    """Check a reference pack: shapes, keys, dates, sources. Ends with 2 if it has problems."""
    from core.services import pack_files

    path = Path(folder)
    if not path.exists():
        raise UserError(f"There is no {folder}; give the pack's folder, or its one file.")
    with output.progress_bar() as progress:
        problems = pack_files.validate(path, progress)
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


def build(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the pack.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    as_json: AsJson = False,
) -> int:
    """Compile a reference pack into one file that 'pack load' takes."""
    from core.services import pack_files

    with output.progress_bar() as progress:
        sha256 = pack_files.build(Path(folder), Path(file), progress)
    if as_json:
        output.write_json({"path": file, "sha256": sha256})
    else:
        output.write_text(f"{file}\t{sha256}")
    return 0


def load(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A pack in one file.")],
    as_json: AsJson = False,
) -> int:
    """Take a colleague's additions, or a newer reference, into the workspace."""
    workspace = session_of(context).workspace
    with output.progress_bar() as progress:
        loaded, _ = workspace.pack_files.load(Path(file), progress)
        workspace.search.catch_up()
    if as_json:
        output.write_json(
            {
                "name": loaded.name,
                "version": loaded.version,
                "added": list(loaded.added),
                "edited": list(loaded.edited),
                "updated": loaded.updated,
            }
        )
    else:
        output.write_text(
            f"{loaded.name} {loaded.version}: {len(loaded.added)} added, "
            f"{len(loaded.edited)} changed."
        )
    return 0


def save(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    as_json: AsJson = False,
) -> int:
    """Save your own records and edits as a pack in one file, for a colleague."""
    saved = session_of(context).workspace.pack_files.export_additions(Path(file))
    if as_json:
        output.write_json({"path": saved.path, "added": saved.added, "edited": saved.edited})
    else:
        output.write_text(f"{saved.path}: {saved.added} records, {saved.edited} edits.")
    return 0
