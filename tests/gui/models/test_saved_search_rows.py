"""The list of saved searches."""

from dataclasses import replace

from PySide6.QtCore import Qt

from core.domain.saved_searches import SavedSearch
from core.domain.search import SearchQuery
from gui.models.saved_searches import COUNT, NAME, SavedSearchModel, SavedSearchRole

ONE = SavedSearch("1", "One", SearchQuery("one"), 14, 2)
TWO = SavedSearch("2", "Two", SearchQuery("two"))


def test_it_keeps_to_the_rules(qtmodeltester, qtbot) -> None:
    model = SavedSearchModel()
    qtmodeltester.check(model)
    model.show((ONE, TWO))
    model.show((ONE, replace(TWO, total=1, new=0)))
    model.show((TWO,))
    model.show(())


def test_names_counts_and_what_is_new(qtbot) -> None:
    model = SavedSearchModel()
    model.show((ONE, TWO))
    assert model.index(0, NAME).data() == "One"
    assert model.index(0, COUNT).data() == "2 new · 14"
    assert model.index(1, COUNT).data() == "…"
    assert model.index(0, NAME).data(Qt.ItemDataRole.FontRole).weight() > 400
    assert model.index(1, NAME).data(Qt.ItemDataRole.FontRole) is None
    assert model.index(1, NAME).data(SavedSearchRole.SEARCH) == TWO
    assert model.row_of("2") == 1


def test_only_names_are_edited_and_only_to_others(qtbot) -> None:
    model = SavedSearchModel()
    model.show((ONE,))
    assert model.index(0, NAME).flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.index(0, COUNT).flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, NAME), " One ")
    with qtbot.waitSignal(model.rename_requested) as asked:
        assert model.setData(model.index(0, NAME), "First")
    assert asked.args == ["1", "First"]
