"""How the analyst exports, kept by name: a format with its options."""

import uuid

from core.domain.briefings import Briefing
from core.domain.changes import Changes
from core.domain.exports import FORMATS
from core.domain.presets import ExportPreset
from core.errors import NotFoundError, UserError
from core.services.kept_names import clean_name
from core.storage.repositories.presets import Presets, plain_briefing, preset_from
from core.storage.tables import ExportPresetRow
from core.storage.unit_of_work import Database
from core.tasks import slow

_NOUN = "preset"


class ExportPresets:
    """The presets of the workspace; each write is a step that can be undone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @slow
    def presets(self) -> tuple[ExportPreset, ...]:
        """Return the presets by name, without those of formats that this version has not."""
        with self._database.read() as session:
            found = map(preset_from, Presets(session).rows())
            return tuple(preset for preset in found if preset.format in FORMATS)

    @slow
    def named(self, name: str) -> ExportPreset:
        """Return the preset of that name, in whatever case; raises `UserError` without one."""
        presets = self.presets()
        folded = " ".join(name.split()).casefold()
        for preset in presets:
            if preset.name.casefold() == folded:
                return preset
        known = ", ".join(f"“{preset.name}”" for preset in presets)
        there = f"there are {known}" if known else "none is saved; save one in the export dialog"
        raise UserError(f"There is no preset “{name}”; {there}.")

    @slow
    def save(self, name: str, format_name: str, briefing: Briefing) -> tuple[ExportPreset, Changes]:
        """Keep a format and its options; a preset that bears the name is changed to them.

        Raises `UserError` for a bad name or a format that there is not.
        """
        if format_name not in FORMATS:
            raise UserError(f"There is no format “{format_name}”; choose {', '.join(FORMATS)}.")
        cleaned = clean_name(name, _NOUN, ())
        with self._database.write() as work:
            rows = {row.name.casefold(): row for row in Presets(work.session).rows()}
            row = rows.get(cleaned.casefold())
            if row is None:
                row = ExportPresetRow(id=str(uuid.uuid4()), created=work.now)
                work.session.add(row)
            row.name, row.modified = cleaned, work.now
            row.format, row.briefing = format_name, plain_briefing(briefing)
            changes = work.commit(f"Save preset “{cleaned}”")
            return preset_from(row), changes

    @slow
    def rename(self, preset: str, name: str) -> Changes:
        """Give a preset another name; raises `UserError` for a bad or taken one."""
        with self._database.write() as work:
            presets = Presets(work.session)
            row = _found(presets, preset)
            old, others = row.name, [one.name for one in presets.rows() if one.id != row.id]
            row.name, row.modified = clean_name(name, _NOUN, others), work.now
            return work.commit(f"Rename preset “{old}” to “{row.name}”")

    @slow
    def delete(self, preset: str) -> Changes:
        """Delete a preset."""
        with self._database.write() as work:
            row = _found(Presets(work.session), preset)
            name = row.name
            work.session.delete(row)
            return work.commit(f"Delete preset “{name}”")


def _found(presets: Presets, preset: str) -> ExportPresetRow:
    row = presets.row(preset)
    if row is None:
        raise NotFoundError("This preset is not there any more; undo may bring it back.")
    return row
