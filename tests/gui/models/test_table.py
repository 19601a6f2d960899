"""A table's rows: sorted, narrowed, copied; a model that Qt accepts."""

from PySide6.QtCore import QPersistentModelIndex, Qt

from core.domain.tables import Cell, TextTable
from gui.models.table import TableModel


def a_table(*rows: str) -> TextTable:
    cells = tuple(tuple(Cell(w, 0, len(w)) for w in row.split("|")) for row in rows)
    return TextTable("Votes", ("State", "Vote"), cells)


TABLE = a_table("Fiji|yes", "Mali|", "Côte d’Ivoire|no", "Angola|yes")


def states(model: TableModel) -> list[str]:
    return [row[0] for row in model.words()]


def test_qt_accepts_the_model(qtmodeltester) -> None:
    model = TableModel()
    qtmodeltester.check(model)
    model.show(TABLE)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.narrow("yes")
    qtmodeltester.check(model)


def test_rows_sort_and_come_back_to_the_texts_order(qapp) -> None:
    model = TableModel()
    model.show(TABLE)
    chosen = QPersistentModelIndex(model.index(0, 0))
    model.sort(0)
    assert states(model) == ["Angola", "Côte d’Ivoire", "Fiji", "Mali"]
    assert chosen.data() == "Fiji"
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert states(model)[-1] == "Mali"  # without a vote, last either way
    model.sort(-1)
    assert states(model) == ["Fiji", "Mali", "Côte d’Ivoire", "Angola"]


def test_rows_are_narrowed_without_accents(qapp) -> None:
    model = TableModel()
    model.show(TABLE)
    model.narrow("cote NO")
    assert states(model) == ["Côte d’Ivoire"]
    assert model.table == TABLE


def test_rows_are_copied_as_text_and_table(qapp) -> None:
    model = TableModel()
    model.show(a_table("A & B|yes", "C|no"))
    assert model.as_text([1]) == "State\tVote\nC\tno"
    assert "<td>A &amp; B</td>" in model.as_html([0])
