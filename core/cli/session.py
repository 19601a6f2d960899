"""What one run of the program knows: its options, and the workspace once a command needs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from core.cli.output import progress_bar
from core.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.workspace import Workspace


class Session:
    """The global options and the workspace, opened when first asked for."""

    def __init__(
        self, open_window: Callable[[Path | None, str | None, str | None], int] | None
    ) -> None:
        self._open_window = open_window
        self._path: Path | None = None
        self._analyst: str | None = None
        self._workspace: Workspace | None = None

    def configure(self, workspace: str | None, analyst: str | None) -> None:
        """Take over the global options; raises `UserError` for an address of a server."""
        if workspace and "://" in workspace:
            raise UserError(
                f"“{workspace}” is the address of a server; this version keeps its data in a "
                "folder. Give one: --workspace DIR."
            )
        self._path = Path(workspace) if workspace else None
        self._analyst = analyst or None

    @property
    def workspace(self) -> Workspace:
        """The workspace; made and filled at first use. Raises `WorkspaceError`."""
        if self._workspace is None:
            from core.workspace import open_workspace

            with progress_bar() as progress:
                self._workspace = open_workspace(
                    self._path, analyst=self._analyst, progress=progress
                )
        return self._workspace

    def open_window(self, key: str | None) -> int:
        """Show the window; raises `UserError` where it is not installed."""
        if self._open_window is None:
            raise UserError(
                "The window is not installed here. These work without it: list, show, search, "
                "annotate, annotations, tags, export, check, pack."
            )
        return self._open_window(self._path, self._analyst, key)

    def close(self) -> None:
        """Close the workspace if it was opened."""
        if self._workspace is not None:
            self._workspace.close()


def session_of(context: typer.Context) -> Session:
    """Return the session that a command runs in."""
    return cast("Session", context.obj)
