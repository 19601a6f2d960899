"""A colleague's file comes in through the window: shown first, settled, one step, undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from core.domain.annotations import TextPositionSelector, TextQuoteSelector
from core.domain.interchange import Project, ProjectAnnotation, ProjectSource, ProjectTag
from core.domain.merging import MergeStatus, Rule
from core.domain.table_merging import TableField
from core.interchange import bundle
from core.interchange.identity import derive, guid_of_record
from gui.dialogs.merging import MergeDialog
from gui.dialogs.table_mapping import TableMappingDialog
from gui.models.merge_items import Column

LATER = datetime.now(UTC) + timedelta(days=1)


def aside(call):
    """Call a slow service beside the window's thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def drop(window, *paths):
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, dragged, left, none)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, dragged, left, none))


def planned(qtbot, window) -> MergeDialog:
    qtbot.waitUntil(lambda: window.findChild(MergeDialog, "mergeDialog") is not None)
    dialog = window.findChild(MergeDialog, "mergeDialog")
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=10_000)
    return dialog


@pytest.fixture
def norm():
    return "norm:gge-13f-no-ci-damage"


@pytest.fixture
def own(start, norm):
    """A passage that was marked here."""
    annotate = start.workspace.annotations.annotate
    return aside(lambda: annotate(norm, 0, 6, (), "Mine, <b>as it is</b>"))[0]


@pytest.fixture
def file(tmp_path, norm, own):
    """The same passage with a colleague's note, a new one, and one that is nowhere."""
    tag = ProjectTag(derive("t"), "Hotlines", color="#336699", definition="Lines that are hot")
    here = ProjectSource(guid_of_record(norm), "A norm", norm, reference=True)
    page = ProjectSource(derive("p"), "A page", address="https://example.org/a")
    quote, place = own.target.quote, own.target.position
    passages = (
        ProjectAnnotation(
            own.id, here.id, place, quote, note="Hers", analyst="Carla", modified=LATER
        ),
        ProjectAnnotation(
            derive("n"),
            here.id,
            TextPositionSelector(7, 10),
            None,
            own.target.text_sha256,
            (tag.id,),
        ),
        ProjectAnnotation(derive("b"), page.id, None, TextQuoteSelector("words", "", "")),
    )
    path = tmp_path / "carla.zip"
    path.write_bytes(bundle.render(Project("x", "", (), (tag,), (here, page), passages)))
    return path


def statuses(dialog):
    return [dialog.items.item(row).status for row in range(dialog.items.rowCount())]


def notes(start):
    find = start.workspace.annotations.find
    return sorted(a.note for a in aside(find))


def test_a_dropped_file_is_shown_settled_merged_and_undone(qtbot, start, window, file):
    drop(window, file)
    dialog = planned(qtbot, window)
    QAbstractItemModelTester(
        dialog.items, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog
    )
    assert statuses(dialog) == [
        MergeStatus.CONFLICTING,
        MergeStatus.UNANCHORED,
        MergeStatus.NEW,
        MergeStatus.NEW,
    ]
    assert notes(start) == ["Mine, <b>as it is</b>"]  # nothing is written yet
    shown = dialog.details.page.toPlainText()
    assert "Hers" in shown
    assert "<b>as it is</b>" in shown
    dialog.rule.setCurrentIndex(dialog.rule.findData(Rule.NEWER))
    dialog.rule.activated.emit(dialog.rule.currentIndex())
    assert dialog.items.index(0, Column.REMARK).data() == "Take the newer one"
    qtbot.mouseClick(dialog.details.buttons[Rule.BOTH], Qt.MouseButton.LeftButton)
    assert dialog.items.index(0, Column.REMARK).data() == "Keep both"
    dialog.only.setCurrentIndex(2)
    dialog.only.activated.emit(2)
    assert statuses(dialog) == [MergeStatus.UNANCHORED]
    qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    assert notes(start) == ["", "", "Hers", "Mine, <b>as it is</b>"]
    qtbot.waitUntil(lambda: "carla.zip" in window.commands.undo.text(), timeout=10_000)
    window.commands.undo.trigger()
    qtbot.waitUntil(lambda: "carla.zip" in window.commands.redo.text(), timeout=10_000)
    assert notes(start) == ["Mine, <b>as it is</b>"]


def test_what_can_not_be_read_is_said_in_the_dialog(qtbot, start, window, tmp_path):
    bad = tmp_path / "broken.qdpx"
    bad.write_bytes(b"PK\x03\x04 and no more")
    window.commands.merge.trigger()
    dialog = window.findChild(MergeDialog, "mergeDialog")
    assert dialog.isVisible()
    assert "drop it here" in dialog.sentence.text()
    dialog.take(str(bad))
    qtbot.waitUntil(lambda: "damaged" in dialog.sentence.text(), timeout=10_000)
    assert not dialog.merge.isEnabled()
    assert not dialog.bar.isVisible()
    dialog.reject()


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "odd.csv"
    rows = "Beleg;Wo;Schlagworte\nDo not damage critical;{0};A, B\nnot there;{0};\n"
    path.write_bytes(rows.format("Do not damage critical infrastructure").encode("cp1252"))
    return path


def test_a_table_is_mapped_and_then_shown_like_any_other_file(qtbot, start, window, table):
    window.commands.merge.trigger()
    qtbot.waitUntil(lambda: window.findChild(MergeDialog, "mergeDialog") is not None)
    dialog = window.findChild(MergeDialog, "mergeDialog")
    assert dialog.columns.isHidden()
    dialog.take(str(table))
    qtbot.waitUntil(lambda: dialog.findChild(TableMappingDialog) is not None, timeout=10_000)
    asked = dialog.findChild(TableMappingDialog)
    assert [box.currentData() for box in asked.fields] == [None] * 3
    assert (asked.delimiter.currentData(), asked.ok.isEnabled()) == (";", False)
    for at, field in enumerate((TableField.TITLE, TableField.TITLE, TableField.TAGS)):
        choose(asked.fields[at], field)
    assert asked.fields[0].currentData() is None  # another column says it now
    assert not asked.ok.isEnabled()
    choose(asked.fields[0], TableField.QUOTATION)
    asked.record.setText("no key")
    assert not asked.ok.isEnabled()
    asked.record.clear()
    asked.separator.setCurrentIndex(asked.separator.findData(","))
    assert asked.missing.isHidden()
    asked.ok.click()
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=10_000)
    assert dialog._plan.count(MergeStatus.NEW) >= 2
    dialog.columns.click()
    again = dialog.findChildren(TableMappingDialog)[-1]
    assert again.fields[0].currentData() == TableField.QUOTATION
    again.reject()
    with qtbot.waitSignal(dialog.done_with, timeout=10_000):
        dialog.merge.click()
    found = aside(start.workspace.annotations.find)
    assert {(a.target.quote.exact, a.tags) for a in found} == {
        ("Do not damage critical", ("A", "B")),
        ("not there", ()),
    }


def choose(box, field):
    box.setCurrentIndex(box.findData(field))
    box.activated.emit(box.currentIndex())
