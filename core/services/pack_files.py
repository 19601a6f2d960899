"""Packs in one file: built from a folder, checked, loaded; the analyst's additions saved as one."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.changes import Changes
from core.domain.keys import Kind
from core.domain.own_records import LoadedPack, SavedPack
from core.domain.records import Origin
from core.errors import UserError
from core.services.layering import layered_entries, layered_pack, recompose
from core.services.pack_editions import changes_of, note_change
from core.services.packs import order_of, sync_in
from core.services.records import shorten, write_entry
from core.storage.repositories.own_records import OwnRecords
from core.storage.repositories.packs import Packs
from core.storage.unit_of_work import Database
from core.tasks import Progress, no_progress, slow

if TYPE_CHECKING:
    from core.reference.packfile import Manifest
    from core.reference.problems import Problem


class PackFiles:
    """Packs that come and go as files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @slow
    def export_additions(self, path: Path, name: str | None = None) -> SavedPack:
        """Save the analyst's own records and edits as a pack's file that `load` takes.

        Raises `UserError` when there are none, or the file can't be written.
        """
        from core.reference.additions import additions_as_files
        from core.reference.packfile import ADDITIONS, Manifest, write_packfile

        with self._database.read() as session:
            own = OwnRecords(session)
            mine = [entry for entry in layered_entries(own) if not entry.withdrawn]
            keys = own.current_keys()
            rows = {keys.get(row.id, row.key): row.changes for row in own.rows()}
        records = [(e.kind, e.raw) for e in mine if e.origin is Origin.ANALYST]
        edits = [(e.key, rows[e.key]) for e in mine if e.origin is Origin.EDITED]
        if not records and not edits:
            raise UserError("There is nothing of your own to save yet: add or edit a record first.")
        now = self._database.clock()
        info = {
            "name": name or f"Additions of {self._database.analyst}",
            "version": f"{now:%Y.%m.%d}",
            "description": f"{len(records)} records and {len(edits)} edits.",
        }
        files = additions_as_files(info, records, edits)
        write_packfile(path, Manifest(**info, kind=ADDITIONS, sha256=""), files)
        return SavedPack(str(path), len(records), len(edits))

    @slow
    def load(self, path: Path, progress: Progress = no_progress) -> tuple[LoadedPack, Changes]:
        """Take a pack's file, additions or a newer reference, as one undoable step.

        Raises `UserError` with file, line and reason; the workspace is untouched then.
        """
        from core.reference.packfile import REFERENCE, unpack

        with tempfile.TemporaryDirectory(prefix="normatlas-pack-") as place:
            folder = Path(place)
            progress(0, 2, "Checking the pack")
            manifest = unpack(path, folder)
            progress(1, 2, "Taking the pack")
            with self._database.read() as session:
                current = Packs(session).current()
            if manifest.kind == REFERENCE and current is not None and current[0] == manifest.name:
                return self._update(path, folder, manifest, current)
            return self._add(folder, manifest)

    def _update(
        self, path: Path, folder: Path, manifest: Manifest, current: tuple[str, str, str]
    ) -> tuple[LoadedPack, Changes]:
        from core.reference.compilation import compile_pack

        _, version, before = current
        if order_of(manifest.version) < order_of(version):
            raise UserError(
                f"The reference here is of version {version}, newer than {manifest.version} in "
                "that file; nothing was changed."
            )
        pack = replace(compile_pack(folder), sha256=manifest.sha256)
        step = f"Load {shorten(manifest.name)} {manifest.version}"
        with self._database.write() as work:
            report = sync_in(work, pack)
            can_undo = before != manifest.sha256 and note_change(
                work, before, manifest.sha256, path.read_bytes()
            )
            changes = work.commit(step if can_undo else None)
        loaded = LoadedPack(
            manifest.name,
            manifest.version,
            tuple(sorted(report.added)),
            tuple(sorted(report.changed)),
            updated=True,
        )
        return loaded, changes | changes_of(report)

    def _add(self, folder: Path, manifest: Manifest) -> tuple[LoadedPack, Changes]:
        from core.reference.additions import read_additions
        from core.reference.problems import refuse

        with self._database.write() as work:
            own = OwnRecords(work.session)
            additions = read_additions(folder, layered_entries(own))
            if additions.problems:
                raise refuse(additions.problems)
            pack = layered_pack(work.session)
            keys = [entry.key for entry in additions.records]
            edited = [edit.key for edit in additions.edits]
            before = pack.neighbours([*keys, *edited])
            taken = {
                entry.key
                for entry in additions.records
                if write_entry(work, entry.key, Kind(entry.kind), entry.raw, manifest.name)
            }
            for edit in additions.edits:
                kind = Kind(edit.key.partition(":")[0])
                if write_entry(work, edit.key, kind, edit.fields, manifest.name):
                    taken.add(edit.key)
            touched = recompose(work, taken, before) if taken else frozenset[str]()
            step = f"Load “{shorten(manifest.name)}”"
            changes = work.commit(step)
        added = tuple(key for key in keys if key in taken)
        changed = tuple(key for key in edited if key in taken)
        loaded = LoadedPack(manifest.name, manifest.version, added, changed)
        return loaded, changes | Changes(records=touched | taken, step=step)


def build(folder: Path, path: Path, progress: Progress = no_progress) -> str:
    """Compile a pack's folder into one file; returns the hash over its files.

    Raises `UserError` with file, line and reason where the pack is not in order.
    """
    from core.reference.packfile import REFERENCE, Manifest, pack_files, write_packfile
    from core.reference.problems import refuse
    from core.reference.reading import load_pack
    from core.reference.validation import validate_pack

    problems = validate_pack(folder, progress)
    if problems:
        raise refuse(problems)
    info = load_pack(folder).info
    manifest = Manifest(info.name, info.version, info.description, REFERENCE, "")
    return write_packfile(path, manifest, pack_files(folder)).sha256


def validate(path: Path, progress: Progress = no_progress) -> tuple[Problem, ...]:
    """Return what is wrong with a pack's folder or file; additions are checked against the
    shipped pack. Raises `UserError` for a file that is no pack."""
    from core.reference.additions import read_additions
    from core.reference.fingerprint import pack_folder
    from core.reference.layered import entries_of
    from core.reference.packfile import ADDITIONS, unpack
    from core.reference.reading import load_pack
    from core.reference.validation import validate_pack

    if path.is_dir():
        return validate_pack(path, progress)
    with tempfile.TemporaryDirectory(prefix="normatlas-pack-") as place:
        folder = Path(place)
        if unpack(path, folder).kind == ADDITIONS:
            return read_additions(folder, entries_of(load_pack(pack_folder()))).problems
        return validate_pack(folder, progress)
