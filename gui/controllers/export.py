"""Renders and writes exports, off the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.annotations import AnnotationFilter
from core.domain.briefings import Briefing
from core.domain.exports import FORMATS, Exported, Preview
from core.tasks import CancelToken
from gui.messages import Messages
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.export import Export

_ENDINGS = {"markdown": "md", "bibtex": "bib", "csljson": "csl.json", "bundle": "zip"}


class ExportController(QObject):
    """Previews replace one another; a file once begun is written to its end.

    Both tell by signals, since the dialog that asked may be closed before they are ready.
    """

    previewed = Signal(object)
    """The newest `Preview`."""
    written = Signal(object)
    """What was `Exported`."""
    failed = Signal(object)
    """The error of a preview or of a file."""

    def __init__(self, export: Export, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._export = export
        self._messages = messages
        self._previews = LatestOnly(self)
        self._files = LatestOnly(self)

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats on offer."""
        return FORMATS

    @staticmethod
    def ending(format_name: str) -> str:
        """Return what a file of this format is called at its end, without the dot."""
        return _ENDINGS.get(format_name, format_name)

    def preview(self, format_name: str, wanted: AnnotationFilter, briefing: Briefing) -> None:
        """Show how it begins; an earlier preview that still runs is dropped."""
        work = partial(self._preview, format_name, wanted, briefing)
        self._previews.submit(work, self.previewed.emit, self.failed.emit)

    def write(
        self, format_name: str, path: Path, wanted: AnnotationFilter, briefing: Briefing
    ) -> None:
        """Write a file."""

        def report(exported: Exported) -> None:
            self._messages.info(self.tr("Exported to {path}.").format(path=exported.path))
            self.written.emit(exported)

        work = partial(self._write, format_name, path, wanted, briefing)
        self._files.submit(work, report, self.failed.emit)

    @Slot(object, object, object)
    def write_table(
        self, path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """Write a table as CSV and say where."""

        def report(exported: Exported) -> None:
            self._messages.info(self.tr("Saved to {path}.").format(path=exported.path))

        self._files.submit(
            lambda _token: self._export.write_table(path, columns, rows),
            report,
            self._messages.problem,
        )

    def _preview(
        self, format_name: str, wanted: AnnotationFilter, briefing: Briefing, _token: CancelToken
    ) -> Preview:
        return self._export.preview(format_name, wanted, briefing=briefing)

    def _write(
        self,
        format_name: str,
        path: Path,
        wanted: AnnotationFilter,
        briefing: Briefing,
        _token: CancelToken,
    ) -> Exported:
        return self._export.write(format_name, path, wanted, briefing=briefing)
