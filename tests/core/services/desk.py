"""The services that write over one small database, with a clock that the test moves."""

from datetime import UTC, datetime
from pathlib import Path

from core.services.annotations import Annotations
from core.services.codebook import Codebook
from core.services.history import History
from core.storage.migrations import upgrade
from core.storage.repositories.packs import Packs
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record

RECORD = a_record("norm:one", "One", "States should talk to each other 🕊 often.")


class Desk:
    """The services over one small database, with a clock that the test moves."""

    def __init__(self, file: Path) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.database = Database(file, "Ada Analyst", lambda: self.now)
        upgrade(self.database.engine)
        with self.database.write() as work:
            Packs(work.session).sync(a_pack(RECORD), work.now)
            work.commit()
        self.annotations = Annotations(self.database)
        self.codebook = Codebook(self.database)
        self.history = History(self.database)

    def seen(self) -> tuple[object, ...]:
        return self.annotations.find(), self.codebook.tags()
