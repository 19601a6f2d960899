"""The shipped reference pack: into a new workspace, and into one that an older pack filled."""

from dataclasses import replace

from core.domain.records import CompiledPack
from core.reference.fingerprint import fingerprint, pack_folder
from core.services.annotations import reanchor
from core.storage.repositories.packs import Packs
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.tasks import Progress, no_progress


def fill(database: Database, progress: Progress = no_progress) -> None:
    """Put the shipped pack into the database, in one transaction; annotations re-anchor."""
    # The YAML and schema packages are needed once a pack: an ordinary start goes without them.
    from core.reference.compilation import compile_pack

    folder = pack_folder()
    pack = compile_pack(folder, progress)
    progress(0, 1, "Storing the reference")
    _sync(database, replace(pack, sha256=fingerprint(folder)))
    progress(1, 1, "Storing the reference")


def is_current(database: Database) -> bool:
    """Tell whether the database holds the shipped pack."""
    with database.read() as session:
        current = Packs(session).current()
    return current is not None and current[1] == fingerprint(pack_folder())


def _sync(database: Database, pack: CompiledPack) -> None:
    with database.write() as work:
        changed = Packs(work.session).sync(pack, work.now)
        records = Records(work.session)
        places = [place for key in sorted(changed) if (place := records.resolve(key)) is not None]
        reanchor(work, places)
        work.commit()
