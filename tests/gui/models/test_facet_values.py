"""The values of a facet, ticked and narrowed."""

from PySide6.QtCore import Qt

from gui.models.facet_values import FacetRole, FacetValues

COUNTS = {"b": 5, "a": 3, "c": 1}


def shown(model: FacetValues) -> list[str]:
    return [model.index(row).data(FacetRole.VALUE) for row in range(model.rowCount())]


def test_it_keeps_to_the_rules(qtmodeltester, qtbot) -> None:
    model = FacetValues()
    qtmodeltester.check(model)
    model.show(COUNTS, (), str.upper)
    model.narrow("b")
    model.toggle(model.index(0))
    model.show({}, ("b",), str.upper)
    model.narrow("")
    model.show({}, (), str.upper)


def test_chosen_values_come_first_and_stay_though_nothing_has_them(qtbot) -> None:
    model = FacetValues()
    model.show(COUNTS, ("c", "gone"), str.upper)
    assert shown(model) == ["c", "gone", "b", "a"]
    assert model.index(1).data(FacetRole.COUNT) == 0
    assert model.index(0).data(Qt.ItemDataRole.DisplayRole) == "C"


def test_ticks_are_told(qtbot) -> None:
    model = FacetValues()
    model.show(COUNTS, (), str)
    with qtbot.waitSignal(model.chosen_changed) as told:
        assert model.setData(model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert told.args == [("a",)]
    with qtbot.waitSignal(model.chosen_changed) as told:
        model.toggle(model.index(0))
    assert told.args == [("a", "b")]
    with qtbot.waitSignal(model.chosen_changed) as told:
        model.toggle(model.index(1))
    assert told.args == [("b",)]
    assert not model.setData(model.index(0), "x", Qt.ItemDataRole.EditRole)


def test_words_narrow_the_list(qtbot) -> None:
    model = FacetValues()
    model.show({"x": 2, "y": 1}, (), {"x": "Côte d’Ivoire", "y": "Kenya"}.__getitem__)
    model.narrow("cote")
    assert shown(model) == ["x"]
    assert model.size == 2
    assert model.row_of("y") == -1
