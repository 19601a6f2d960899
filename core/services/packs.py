"""The reference pack: into a new workspace, and into one that an older pack filled."""

from dataclasses import replace

from core.domain.own_records import SyncReport
from core.domain.records import CompiledPack
from core.reference.fingerprint import fingerprint, pack_folder
from core.services.layering import layered_pack, recompose
from core.services.reanchoring import reanchor, texts_beneath
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.documents import Documents
from core.storage.repositories.own_records import OwnRecords
from core.storage.repositories.packs import Packs, Synced
from core.storage.repositories.passage_links import PassageLinkStore
from core.storage.repositories.records import Records
from core.storage.tables import QueueRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import Progress, no_progress, without_collector


def fill(database: Database, progress: Progress = no_progress) -> None:
    """Put the shipped pack into the database, in one transaction; annotations re-anchor."""
    # The YAML and schema packages are needed once a pack: an ordinary start goes without them.
    from core.reference.compilation import compile_pack

    folder = pack_folder()
    pack = compile_pack(folder, progress)
    progress(0, 1, "Storing the reference")
    sync_pack(database, replace(pack, sha256=fingerprint(folder)))
    progress(1, 1, "Storing the reference")


def is_current(database: Database) -> bool:
    """Tell whether the database holds the shipped pack, or a later one that was loaded."""
    with database.read() as session:
        packs = Packs(session)
        current, whole = packs.current(), packs.has_entries()
    if current is None or not whole:
        return False
    if current[2] == fingerprint(pack_folder()):
        return True
    name, version = shipped()
    return current[0] == name and order_of(current[1]) > order_of(version)


def shipped() -> tuple[str, str]:
    """Return name and version of the shipped pack, without reading more of it."""
    import msgspec

    from core.reference.reading import INFO_FILE
    from core.reference.schema import PackInfo
    from core.reference.yamlfile import read_yaml

    info = msgspec.convert(read_yaml(pack_folder() / INFO_FILE).value, PackInfo)
    return info.name, info.version


def order_of(version: str) -> tuple[int, ...]:
    """Return what versions sort by: "2026.11.2" comes after "2026.11"."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def sync_pack(database: Database, pack: CompiledPack) -> SyncReport:
    """Make the reference what a pack says, in one transaction of its own, as `sync_in` does."""
    with without_collector(), database.write() as work:
        report = sync_in(work, pack)
        work.commit()
    return report


def sync_in(work: UnitOfWork, pack: CompiledPack) -> SyncReport:
    """Make the reference what a pack says.

    Changed texts re-anchor their annotations; what the analyst changed stays as they have it;
    records that the pack dropped stay, marked as withdrawn, where something hangs on them.
    """
    packs, own = Packs(work.session), OwnRecords(work.session)
    used = _used(work, packs.leaving(pack))
    texts = texts_beneath(work, packs.ids())
    synced = packs.sync(pack, work.now, used)
    own.rename(synced.renamed)
    work.session.expire_all()
    if own.any():
        recompose(work, layered_keys(own))
    review = _settle(work, packs, synced, texts)
    return SyncReport(
        frozenset(synced.added),
        frozenset(synced.changed),
        frozenset(synced.gone),
        frozenset(synced.withdrawn),
        synced.renamed,
        review,
    )


def layered_keys(own: OwnRecords) -> set[str]:
    """Return the keys of all records that the analyst says something of."""
    keys = own.current_keys()
    return {keys.get(row.id, row.key) for row in own.rows()}


def _used(work: UnitOfWork, leaving: set[str]) -> frozenset[str]:
    """Return those of ``leaving`` on which something of the analyst's hangs."""
    if not leaving:
        return frozenset()
    own, records = OwnRecords(work.session), Records(work.session)
    places = {place: key for key in leaving if (place := records.resolve(key)) is not None}
    held = {row.record_id for row in AnnotationStore(work.session).on_records(list(places))}
    held |= own.annotated_in_history() | {row.id for row in own.rows()}
    held |= Documents(work.session).targets()
    used = {key for place, key in places.items() if place in held}
    used |= leaving & PassageLinkStore(work.session).targets()
    if own.any():
        pack = layered_pack(work.session)
        used |= leaving & pack.mentioned([row.changes for row in own.rows()])
    return frozenset(used)


def _settle(work: UnitOfWork, packs: Packs, synced: Synced, texts: dict[int, str]) -> int:
    """Re-anchor on what changed and queue it for the index; returns how many need review."""
    after = packs.hashes()
    if not synced.hashes:
        return 0
    places = sorted(place for place, sha in after.items() if synced.hashes.get(place) != sha)
    reanchor(work, places, texts)
    keys = set(Records(work.session).keys_of(places))
    keys |= synced.gone | set(synced.renamed) | set(synced.renamed.values())
    work.session.add_all(QueueRow(what="record", key=key) for key in sorted(keys))
    rows = AnnotationStore(work.session).on_records(places)
    return sum(row.verdict in ("changed", "lost") for row in rows)
