"""Whose annotations are seen: analysts shown or hidden, and told apart by colour if wished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.domain.annotations import Annotation
from core.domain.codebook import PALETTE


@dataclass(frozen=True, slots=True)
class Lens:
    """What one sees annotations through; plain, so that any thread may look."""

    names: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    by_analyst: bool = False

    def color_of(self, analyst: str) -> str:
        """Return an analyst's colour; each has their own while there are no more than colours."""
        place = self.names.index(analyst) if analyst in self.names else len(self.names)
        return PALETTE[place % len(PALETTE)]

    def through(self, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        """Return those that show, in the colours that they show in."""
        shown = (one for one in annotations if one.analyst not in self.hidden)
        if not self.by_analyst:
            return tuple(shown)
        colors = {one.analyst: self.color_of(one.analyst) for one in annotations}
        return tuple(replace(one, color=colors[one.analyst]) for one in shown)


class AnalystLens(QObject):
    """The one lens of the window: the page, the lists and the browser look through it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = Lens()

    def know(self, names: Iterable[str]) -> None:
        """Take note of who there is."""
        known = tuple(names)
        if known != self.now.names:
            self._set(replace(self.now, names=known, hidden=self.now.hidden & set(known)))

    def show(self, analyst: str, shown: bool) -> None:
        """Show an analyst's annotations, or hide them."""
        hidden = self.now.hidden - {analyst} if shown else self.now.hidden | {analyst}
        self._set(replace(self.now, hidden=hidden))

    def show_all(self) -> None:
        """Show everyone's."""
        self._set(replace(self.now, hidden=frozenset()))

    def tell_apart(self, by_analyst: bool) -> None:
        """Give each analyst a colour, or each tag its own again."""
        self._set(replace(self.now, by_analyst=by_analyst))

    def _set(self, lens: Lens) -> None:
        if lens != self.now:
            self.now = lens
            self.changed.emit()
