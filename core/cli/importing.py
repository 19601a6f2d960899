"""``import``: files and folders into documents."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from core.cli import output, shapes
from core.cli.options import AsJson
from core.cli.session import session_of
from core.domain.imports import ImportOptions, ImportResult, ImportStatus
from core.errors import UserError
from core.workspace import Workspace

_IN_PART = 1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import")(import_files)


def import_files(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH…", help="Files, or folders with all that is below them."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TITLE", help="The title of the one file.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="A tag for each document; made if missing. Repeatable."),
    ] = None,
    edition_of: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            help="The one file is a newer edition of this document: annotations re-anchor.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read, and say what would be; write nothing.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with imports that were cut short.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Add documents. One result a file; ends with 1 if some were refused."""
    workspace = session_of(context).workspace
    options = ImportOptions(title, tuple(tag or ()), edition_of)
    teller = _Teller(as_json=as_json)
    if dry_run:
        workspace.importing.preview(paths or (), options, told=teller.tell)
    else:
        for run in _runs(workspace, paths or [], options, resume=resume):
            _work(workspace, run, teller)
    teller.sum_up()
    return _IN_PART if teller.counts[ImportStatus.REFUSED] else 0


def _runs(
    workspace: Workspace, paths: list[str], options: ImportOptions, *, resume: bool
) -> list[str]:
    if resume and not paths:
        return [run.id for run in workspace.importing.unfinished()]
    if resume:
        raise UserError("Give paths to import, or --resume to go on with what was cut short.")
    return [workspace.importing.start(paths, options)]


def _work(workspace: Workspace, run: str, teller: _Teller) -> None:
    with output.progress_bar() as progress:
        workspace.importing.work(run, progress, told=teller.tell)


class _Teller:
    """Prints each result as it comes, and counts."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.counts: Counter[ImportStatus] = Counter()

    def tell(self, result: ImportResult) -> None:
        """Print one result."""
        self.counts[result.status] += 1
        if self._as_json:
            output.write_json_line(shapes.import_shape(result))
        else:
            output.write_line_at_once(_line(result))

    def sum_up(self) -> None:
        """Say on standard error how it went, where there were many."""
        if self.counts.total() > 1 and not self._as_json:
            said = ", ".join(f"{n:,} {status.value}" for status, n in self.counts.items())
            output.note(f"{self.counts.total():,} files: {said}.")


def _line(result: ImportResult) -> str:
    cells = (result.status.value, result.path, result.record or "", result.reason or "")
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip()
