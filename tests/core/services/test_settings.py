"""Settings are kept per workspace, typed, with defaults for what can't be understood."""

import pytest

from core.domain.settings import Settings, settings_from
from core.errors import UserError
from core.services.settings import SettingsService
from core.storage.migrations import upgrade
from core.storage.unit_of_work import Database


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "normatlas.db", "Ada Analyst")
    upgrade(made.engine)
    yield made
    made.close()


def test_what_is_set_is_there_for_whoever_asks_next(database):
    assert SettingsService(database).current() == Settings()
    changes = SettingsService(database).change("citation_style", "apa")
    assert changes.settings == {"citation_style"}
    assert SettingsService(database).current() == Settings(citation_style="apa")
    SettingsService(database).change("citation_style", "oscola")
    assert SettingsService(database).current() == Settings()


def test_a_setting_is_no_step_to_undo(database):
    assert SettingsService(database).change("citation_style", "apa").step is None


@pytest.mark.parametrize(("name", "value"), [("colour", "red"), ("citation_style", True)])
def test_what_can_not_be_set_is_refused(database, name, value):
    with pytest.raises(UserError, match="can't be set"):
        SettingsService(database).change(name, value)


def test_values_of_another_version_are_left_aside():
    assert settings_from({"citation_style": 3, "later": "x"}) == Settings()
