"""Settings, read and written through one session."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.tables import SettingRow


class SettingStore:
    """What was set, by name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def values(self) -> dict[str, object]:
        """Return every value that was set."""
        return {row.name: row.value for row in self._session.scalars(select(SettingRow))}

    def put(self, name: str, value: object) -> None:
        """Keep a value."""
        self._session.merge(SettingRow(name=name, value=value))

    def drop(self, name: str) -> None:
        """Go back to the default."""
        row = self._session.get(SettingRow, name)
        if row is not None:
            self._session.delete(row)
