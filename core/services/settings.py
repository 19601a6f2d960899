"""What the analyst has set: read whole, changed one by one."""

from core.domain.changes import Changes
from core.domain.settings import Settings, SettingValue, settings_from
from core.errors import UserError
from core.storage.repositories.settings import SettingStore
from core.storage.unit_of_work import Database

_DEFAULTS = Settings()


class SettingsService:
    """The settings of the workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> Settings:
        """Return the settings as they are now."""
        with self._database.read() as session:
            return settings_from(SettingStore(session).values())

    def change(self, name: str, value: SettingValue) -> Changes:
        """Set one; raises `UserError` for a name that there is not or a value that can't be."""
        default = getattr(_DEFAULTS, name, None)
        if name not in Settings.__dataclass_fields__ or type(value) is not type(default):
            raise UserError(
                f"“{name}” can't be set to “{value}”; the settings are "
                f"{', '.join(Settings.__dataclass_fields__)}."
            )
        with self._database.write() as work:
            store = SettingStore(work.session)
            if value == default:
                store.drop(name)
            else:
                store.put(name, value)
            work.commit()
        return Changes(settings=frozenset({name}))
