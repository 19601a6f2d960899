"""Editions of the reference that were loaded: kept whole, so that the loading can be undone."""

import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from core.domain.changes import Changes
from core.domain.own_records import SyncReport
from core.services.packs import sync_in
from core.storage.history import Image
from core.storage.repositories.packs import Packs
from core.storage.tables import PackChangeRow, PackEditionRow
from core.storage.unit_of_work import UnitOfWork


def note_change(work: UnitOfWork, before: str, after: str, file: bytes) -> bool:
    """Keep what an undo of going from one edition to another needs.

    ``file`` is the edition that came, as `pack load` takes it. Returns whether the earlier one is
    at hand: a workspace that an older program filled has lost the files of its reference.
    """
    earlier = work.session.get(PackEditionRow, before)
    if earlier is None:
        shipped = _shipped(before)
        if shipped is None:
            return False
        work.session.add(PackEditionRow(sha256=before, file=shipped))
    work.session.merge(PackEditionRow(sha256=after, file=file))
    work.session.add(PackChangeRow(id=str(uuid.uuid4()), before=before, after=after))
    return True


def turn_edition(work: UnitOfWork, images: Iterable[Image], *, backwards: bool) -> Changes:
    """Bring back the edition that a step left, or with ``backwards`` False the one it brought.

    Where the reference has gone on since, with a newer program, it stays as it is.
    """
    for image in images:
        row = image["after"] or image["before"]
        if image["table"] != PackChangeRow.__tablename__ or row is None:
            continue
        there, wanted = row["before"], row["after"]
        if backwards:
            there, wanted = wanted, there
        current, edition = Packs(work.session).current(), work.session.get(PackEditionRow, wanted)
        if edition is not None and current is not None and current[2] == there:
            return changes_of(_sync(work, edition))
    return Changes()


def changes_of(report: SyncReport) -> Changes:
    """Return what a sync changed."""
    renamed = frozenset(report.renamed) | frozenset(report.renamed.values())
    return Changes(records=report.added | report.changed | report.gone | report.withdrawn | renamed)


def _sync(work: UnitOfWork, edition: PackEditionRow) -> SyncReport:
    from core.reference.compilation import compile_pack
    from core.reference.packfile import unpack

    with tempfile.TemporaryDirectory(prefix="normatlas-pack-") as place:
        file, folder = Path(place) / "edition.zip", Path(place) / "pack"
        file.write_bytes(edition.file)
        unpack(file, folder)
        return sync_in(work, replace(compile_pack(folder), sha256=edition.sha256))


def _shipped(sha256: str) -> bytes | None:
    """Return the shipped pack as a file, if it is the edition of this hash."""
    from core.reference.fingerprint import fingerprint, pack_folder
    from core.reference.packfile import REFERENCE, Manifest, pack_files, write_packfile
    from core.services.packs import shipped

    if fingerprint(pack_folder()) != sha256:
        return None
    with tempfile.TemporaryDirectory(prefix="normatlas-pack-") as place:
        file = Path(place) / "edition.zip"
        name, version = shipped()
        manifest = Manifest(name, version, "The reference as shipped.", REFERENCE, "")
        write_packfile(file, manifest, pack_files(pack_folder()))
        return file.read_bytes()
