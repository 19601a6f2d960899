"""Presets of exports: rows to values and back."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.briefings import Briefing, Grouping, Order
from core.domain.presets import ExportPreset
from core.storage.tables import ExportPresetRow


class Presets:
    """The workspace's presets of exports, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self) -> list[ExportPresetRow]:
        """Return them by name."""
        rows = self._session.scalars(select(ExportPresetRow))
        return sorted(rows, key=lambda row: (row.name.casefold(), row.id))

    def row(self, preset: str) -> ExportPresetRow | None:
        """Return one."""
        return self._session.get(ExportPresetRow, preset)


def preset_from(row: ExportPresetRow) -> ExportPreset:
    """Return the value of a row; what only a newer version knows is left out."""
    known = {field.name for field in fields(Briefing)}
    said = {name: value for name, value in row.briefing.items() if name in known}
    group, order = said.pop("group", None), said.pop("order", None)
    briefing = Briefing(
        Grouping(group) if group in set(Grouping) else Grouping.RECORD,
        order=Order(order) if order in set(Order) else Order.TITLE,
        **said,
    )
    return ExportPreset(row.id, row.name, row.format, briefing)


def plain_briefing(briefing: Briefing) -> dict[str, Any]:
    """Return what differs from a plain briefing as JSON values."""
    usual = asdict(Briefing())
    return {name: value for name, value in asdict(briefing).items() if value != usual[name]}
