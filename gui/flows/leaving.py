"""What leads out of the window: exports, and links onto the web."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from core.domain.browsing import SavedFilter
from core.domain.documents import Collection
from core.tasks import CancelToken
from gui.controllers.annotations import AnnotationsController
from gui.controllers.export import ExportController
from gui.controllers.presets import PresetsController
from gui.flows.desk import Desk
from gui.workers import LatestOnly

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.tables import TablesPanel


class ExportFlow(QObject):
    """The export dialog over the window."""

    def __init__(self, desk: Desk, reads: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._named = LatestOnly(self)
        self._presets = PresetsController(desk, self)
        self._export = ExportController(desk.workspace.export, desk.messages, self)
        desk.window.commands.export.triggered.connect(self._on_export_requested)
        desk.window.dock("tablesDock").when_filled(self._on_tables_made)

    def _on_tables_made(self, tables: QWidget) -> None:
        cast("TablesPanel", tables).save_requested.connect(self._export.write_table)

    @Slot()
    def _on_export_requested(self) -> None:
        self._desk.window.note.save()
        view = self._desk.window.annotations.view
        chosen = {view.cards.card(index.row()).target for index in view.selectedIndexes()}

        def read(_token: CancelToken) -> tuple[tuple[SavedFilter, ...], tuple[Collection, ...]]:
            workspace = self._desk.workspace
            return workspace.browsing.filters(), workspace.shelves.collections()

        def done(found: tuple[tuple[SavedFilter, ...], tuple[Collection, ...]]) -> None:
            self._open(frozenset(chosen), *found)

        self._named.submit(read, done, self._desk.messages.problem)

    def _open(
        self,
        chosen: frozenset[str],
        filters: tuple[SavedFilter, ...],
        collections: tuple[Collection, ...],
    ) -> None:
        from gui.dialogs.export import ExportDialog
        from gui.dialogs.export_scope import Scopes

        scopes = Scopes(
            self._desk.window.tabs.record, chosen, self._reads.tags, filters, collections
        )
        ExportDialog(self._export, self._presets, scopes, self._desk.window).open()


class AddressFlow(QObject):
    """Links onto the web: asked about with the address shown, opened in the browser."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.window.tabs.address_requested.connect(self._on_address_requested)

    @Slot(str)
    def _on_address_requested(self, address: str) -> None:
        question = QMessageBox(self._desk.window)
        question.setObjectName("addressQuestion")
        question.setWindowTitle(self.tr("Open in the browser?"))
        question.setText(self.tr("This link leads out of NormAtlas, onto the web:"))
        question.setInformativeText(address)
        opens = question.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        opens.clicked.connect(self._on_agreed)
        question.open()

    @Slot()
    def _on_agreed(self) -> None:
        question = self.sender().window()  # type: ignore[attr-defined]
        if isinstance(question, QMessageBox):
            QDesktopServices.openUrl(QUrl(question.informativeText()))
