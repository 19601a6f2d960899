"""Passages to choose from."""

from PySide6.QtCore import Qt

from gui.models.passage_choices import LEFT, PassageChoice, PassageChoices

ROWS = [PassageChoice(n, f"words {n}", "before", "after", chosen=n != 1) for n in range(3)]


def test_it_is_a_sound_model_of_ticks(qtmodeltester, qtbot):
    model = PassageChoices()
    model.show(ROWS)
    qtmodeltester.check(model, force_py=True)
    assert model.chosen() == [0, 2]
    with qtbot.waitSignal(model.changed):
        model.setData(model.index(1, LEFT), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen() == [0, 1, 2]
    model.turn([0, 2])
    assert model.chosen() == [1]
