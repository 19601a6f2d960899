"""Whether every original is there as it came, and nothing lies about that none needs."""

from collections.abc import Iterator

from core.storage.originals import Originals
from core.storage.repositories.documents import Documents
from core.storage.unit_of_work import Database
from core.tasks import Progress


def check_originals(database: Database, progress: Progress) -> Iterator[tuple[str, str]]:
    """Give what is wrong with an original, and of which document, hashing each."""
    originals = Originals(database.file.parent)
    with database.read() as session:
        kept = Documents(session).all_editions()
    for n, (sha256, suffix, key) in enumerate(kept):
        progress(n, len(kept), "Checking the originals")
        sound = originals.is_sound(sha256, suffix)
        if sound is None:
            yield "its original is missing or can't be read", f"{key}, {sha256}"
        elif not sound:
            yield "its original was altered", f"{key}, {sha256}"


def sweep_originals(database: Database) -> int:
    """Remove what a crash left: files on their way in, originals of no document; returns how
    many. No import may be running."""
    originals = Originals(database.file.parent)
    originals.sweep()
    with database.read() as session:
        needed = {sha256 + suffix for sha256, suffix, _ in Documents(session).all_editions()}
    loose = [path for path in originals.all() if path.name not in needed]
    for path in loose:
        originals.remove(path.name.partition(".")[0], path.suffix)
    return len(loose)
