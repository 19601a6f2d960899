"""Presets of exports: kept by name, changed by saving again, undone as any other step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.briefings import Briefing, Grouping
from core.errors import NotFoundError, UserError
from core.services.presets import ExportPresets
from core.storage.repositories.presets import Presets
from tests.core.services.desk import Desk

BY_TAG = Briefing(Grouping.TAG, "apa", annex=False, layout="/layouts/mine.j2")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "normatlas.db")
    yield made
    made.database.close()


def test_a_preset_comes_back_as_it_was_saved(desk):
    presets = ExportPresets(desk.database)
    saved, changes = presets.save("  For the\n minister", "docx", BY_TAG)
    assert (saved.name, saved.format, saved.briefing) == ("For the minister", "docx", BY_TAG)
    assert changes.presets == {saved.id}
    assert presets.presets() == (saved,)
    assert presets.named("for the  MINISTER") == saved


def test_saving_under_a_name_again_changes_that_preset(desk):
    presets = ExportPresets(desk.database)
    first, _ = presets.save("Weekly", "docx", BY_TAG)
    again, _ = presets.save("weekly", "pdf", Briefing())
    assert again.id == first.id
    assert presets.presets() == (again,)
    desk.history.undo()
    assert presets.presets() == (first,)


def test_renaming_and_deleting_are_steps_that_are_undone(desk):
    presets, history = ExportPresets(desk.database), desk.history
    weekly, _ = presets.save("Weekly", "docx", BY_TAG)
    presets.save("Daily", "pdf", Briefing())
    presets.rename(weekly.id, "Monthly")
    assert [preset.name for preset in presets.presets()] == ["Daily", "Monthly"]
    with pytest.raises(UserError, match="already"):
        presets.rename(weekly.id, "DAILY")
    presets.delete(weekly.id)
    assert [preset.name for preset in presets.presets()] == ["Daily"]
    history.undo()
    history.undo()
    assert [preset.name for preset in presets.presets()] == ["Daily", "Weekly"]


def test_what_is_wrong_is_said(desk):
    presets = ExportPresets(desk.database)
    with pytest.raises(UserError, match="none is saved"):
        presets.named("Weekly")
    with pytest.raises(UserError, match="no format"):
        presets.save("Weekly", "papyrus", Briefing())
    with pytest.raises(UserError, match="needs a name"):
        presets.save(" ", "docx", Briefing())
    saved, _ = presets.save("Weekly", "docx", Briefing())
    with pytest.raises(UserError, match="“Weekly”"):
        presets.named("Monthly")
    presets.delete(saved.id)
    with pytest.raises(NotFoundError, match="undo"):
        presets.delete(saved.id)


def test_what_a_newer_version_saved_is_left_out_of_what_this_one_offers(desk):
    presets = ExportPresets(desk.database)
    saved, _ = presets.save("Weekly", "docx", BY_TAG)
    with desk.database.write() as work:
        row = Presets(work.session).row(saved.id)
        assert row is not None
        row.briefing = {"group": "continent", "colours": True, "annex": False}
        work.commit("As a newer version would")
    assert presets.named("Weekly").briefing == Briefing(annex=False)
    with desk.database.write() as work:
        row = Presets(work.session).row(saved.id)
        assert row is not None
        row.format = "hologram"
        work.commit("As a newer version would")
    assert presets.presets() == ()
