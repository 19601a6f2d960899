"""The table of occurrences."""

from PySide6.QtCore import QModelIndex, Qt

from core.domain.concordance import ConcordanceLine, ConcordancePage
from core.domain.keys import Kind
from gui.models.concordance import HIT, LABEL, LEFT, YEAR, ConcordanceModel, LineRole


def a_line(number: int, left: str = "the words") -> ConcordanceLine:
    return ConcordanceLine(
        "norm:one",
        Kind.NORM,
        "One & all",
        number,
        number + 3,
        left,
        "hit",
        "after\tit",
        2015,
        "§ 1",
    )


def a_page(offset: int, number: int, total: int | None) -> ConcordancePage:
    lines = tuple(a_line(offset + n) for n in range(number))
    return ConcordancePage("hit", offset, lines, total, 9)


def test_it_keeps_to_the_rules(qtmodeltester, qtbot) -> None:
    model = ConcordanceModel()
    qtmodeltester.check(model)
    model.show(a_page(0, 3, None))
    model.append(a_page(3, 2, 5))
    model.show(None)


def test_more_is_asked_for_once_until_all_is_there(qtbot) -> None:
    model = ConcordanceModel()
    model.show(a_page(0, 3, None))
    root = QModelIndex()
    with qtbot.waitSignal(model.more_wanted) as wanted:
        model.fetchMore(root)
    assert wanted.args == [3]
    assert not model.canFetchMore(root)
    model.append(a_page(7, 2, None))  # of an answer that was replaced
    assert model.rowCount() == 3
    model.append(a_page(3, 2, None))
    assert model.canFetchMore(root)
    model.append(a_page(5, 0, 5))
    assert not model.canFetchMore(root)


def test_cells_and_copies(qtbot) -> None:
    model = ConcordanceModel()
    model.show(ConcordancePage("hit", 0, (a_line(0), a_line(5, "<b>")), 2, 1))
    assert model.index(0, LEFT).data() == "the words"
    assert model.index(0, YEAR).data() == "2015"
    assert model.index(0, LABEL).data() == "§ 1"
    assert (
        model.index(0, LEFT).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    )
    assert model.index(1, HIT).data(LineRole.LINE).start == 5
    assert model.as_text([0, 1]) == (
        "the words\thit\tafter it\tOne & all\t2015\t§ 1\n<b>\thit\tafter it\tOne & all\t2015\t§ 1"
    )
    assert "<td>&lt;b&gt;</td><td>hit</td>" in model.as_html([1])
    assert "<td>One &amp; all</td>" in model.as_html([1])
