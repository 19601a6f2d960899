"""The form writes the query live and shows what is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.views.query_form import QueryFormView


@pytest.fixture
def form(qtbot: QtBot, window: MainWindow) -> QueryFormView:
    window.commands.advanced.trigger()
    form = window.findChild(QueryFormView, "queryForm")
    qtbot.waitUntil(lambda: form.findChild(QComboBox, "formTheme").count() > 2)
    assert form.isVisible()
    assert window.focusWidget().objectName() == "formAllWords"
    return form


def test_filling_it_in_writes_the_query_and_answers(
    qtbot: QtBot, window: MainWindow, form: QueryFormView
) -> None:
    qtbot.keyClicks(form.findChild(QLineEdit, "formAllWords"), "infrastructure")
    qtbot.keyClicks(form.findChild(QLineEdit, "formNoneOf"), "hospital")
    form.findChild(QCheckBox, "formKindNorm").click()
    qtbot.keyClicks(form.findChild(QLineEdit, "formYearFrom"), "2013")
    theme = form.findChild(QComboBox, "formTheme")
    theme.setCurrentIndex(theme.findText("critical infrastructure"))
    wanted = 'infrastructure -hospital kind:norm theme:"critical infrastructure" year:2013..'
    assert window.field.text() == wanted
    assert form.findChild(QLabel, "formQuery").text() == wanted
    qtbot.waitUntil(lambda: window.searching and window.results.model.rowCount() > 0)
    assert {window.results.model.hit(0).kind} == {"norm"}
    assert form.findChild(QLineEdit, "formAllWords").text() == "infrastructure"


def test_a_record_is_chosen_by_its_title_and_written_by_its_slug(
    qtbot: QtBot, window: MainWindow, form: QueryFormView
) -> None:
    party = form.findChild(QComboBox, "formParty")
    party.setEditText("Japan")
    assert window.field.text() == "party:japan"


def test_typing_a_query_fills_the_form_and_says_what_it_cannot_show(
    qtbot: QtBot, window: MainWindow, form: QueryFormView
) -> None:
    window.field.setText('cyber "due diligence" (a OR b) party:japan year:2015 title:tallinn')
    assert form.findChild(QLineEdit, "formAllWords").text() == "cyber"
    assert form.findChild(QLineEdit, "formPhrase").text() == "due diligence"
    assert form.findChild(QLineEdit, "formAnyOf").text() == "a b"
    assert form.findChild(QComboBox, "formParty").currentText() == "Japan"
    assert form.findChild(QLineEdit, "formYearTo").text() == "2015"
    rest = form.findChild(QLabel, "formRest")
    assert rest.isVisible()
    assert "title:tallinn" in rest.text()
    form.findChild(QCheckBox, "formInNotes").click()
    assert window.field.text().endswith("in:notes title:tallinn")
    form.findChild(QWidget, "formClear").click()
    assert window.field.text() == ""


def test_words_stay_as_typed_while_one_types(
    qtbot: QtBot, window: MainWindow, form: QueryFormView
) -> None:
    line = form.findChild(QLineEdit, "formAllWords")
    qtbot.keyClicks(line, "kind:norm and ")
    assert line.text() == "kind:norm and "
    assert window.field.text() == '"kind norm" and'


def test_all_fields_are_named_and_reached_by_tab(
    qtbot: QtBot, window: MainWindow, form: QueryFormView
) -> None:
    names = []
    widget = window.focusWidget()
    for _ in range(60):
        names.append(widget.objectName() or widget.parentWidget().objectName())
        assert widget.accessibleName() or getattr(widget, "text", str)()
        if names[-1] == "formClear":
            break
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        widget = window.focusWidget()
    wanted = [
        "formAllWords",
        "formPhrase",
        "formAnyOf",
        "formNoneOf",
        "formNear",
        "formWithin",
        "formKindNorm",
        "formTheme",
        "formParticipant",
        "formParty",
        "formStatedIn",
        "formTag",
        "formYearFrom",
        "formYearTo",
        "formVerified",
        "formAnnotated",
        "formInNotes",
        "formClear",
    ]
    assert [name for name in names if name in wanted] == wanted
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert window.field.hasFocus()
    window.commands.advanced.trigger()
    assert form.isVisible()
    window.commands.advanced.trigger()
    assert not form.isVisible()
    assert window.field.hasFocus()
