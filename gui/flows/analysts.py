"""Several analysts: who there is, and whose annotations show in which colours."""

from PySide6.QtCore import QObject, Slot

from core.domain.annotations import Annotation
from core.domain.changes import Changes
from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.flows.desk import Desk
from gui.models.analysts import AnalystLens
from gui.workers import LatestOnly


class AnalystsFlow(QObject):
    """Learns of an analyst when one of their annotations is first seen."""

    def __init__(self, desk: Desk, lens: AnalystLens, reads: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._lens = lens
        self._seen: frozenset[str] = frozenset()
        self._reader = LatestOnly(self)
        commands = desk.window.commands
        commands.by_analyst.toggled.connect(lens.tell_apart)
        desk.window.annotations.analysts.look_through(lens, commands.by_analyst, commands.agreement)
        reads.read.connect(self._on_read)
        desk.events.changed.connect(self._on_changed)

    @Slot(object)
    def _on_read(self, annotations: tuple[Annotation, ...]) -> None:
        seen = frozenset(one.analyst for one in annotations)
        if not seen <= self._seen | {self._desk.workspace.analyst}:
            self._look()

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if changes.annotations and len(self._lens.now.names) > 1:
            self._look()  # an analyst's last annotation may be gone
        if isinstance(initiator, AnnotateController) and changes.annotations:
            self._lens.show(self._desk.workspace.analyst, True)  # what one marks is to be seen

    def _look(self) -> None:
        self._reader.submit(
            lambda _token: self._desk.workspace.agreement.analysts(),
            self._on_analysts,
            self._desk.messages.problem,
        )

    def _on_analysts(self, names: tuple[str, ...]) -> None:
        self._seen = frozenset(names)
        self._lens.know(names)
