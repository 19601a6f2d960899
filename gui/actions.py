"""Every action of the window, with its words and its shortcut."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.theme import DARK, LIGHT


class Actions(QObject):
    """The actions; menus, toolbar and command palette show the same ones."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._make_for_annotations()
        self._make_for_documents()
        self.export = self._make(self.tr("&Export…"), "Ctrl+E")
        self.print = self._make(self.tr("&Print…"), "Ctrl+P")
        self.quit = self._make(self.tr("&Quit"), QKeySequence.StandardKey.Quit)
        if self.quit.shortcut().isEmpty():
            self.quit.setShortcut("Ctrl+Q")
        self.undo = self._make(self.tr("&Undo"), QKeySequence.StandardKey.Undo)
        self.redo = self._make(self.tr("&Redo"), "Ctrl+Shift+Z")
        self.history = self._make(self.tr("&History of steps"), "Ctrl+H")
        self.copy = self._make(self.tr("&Copy"), QKeySequence.StandardKey.Copy)
        self.copy_cited = self._make(self.tr("Copy with c&itation"), "Ctrl+Shift+C")
        self.copy_citation = self._make(self.tr("Copy citation a&lone"), "Ctrl+Alt+C")
        self.settings = self._make(self.tr("Se&ttings…"), "Ctrl+,")
        self.zoom_in = self._make(self.tr("Zoom &in"), "Ctrl++", "Ctrl+=")
        self.zoom_out = self._make(self.tr("Zoom &out"), "Ctrl+-")
        self.zoom_reset = self._make(self.tr("&Actual size"), "Ctrl+0")
        self.library = self._make(self.tr("&Library"), "Ctrl+L")
        self.library.setCheckable(True)
        self.library.setChecked(True)
        self.back = self._make(self.tr("&Back"), "Alt+Left")
        self.forward = self._make(self.tr("&Forward"), "Alt+Right")
        self.search = self._make(self.tr("&Search"), "Ctrl+K")
        self.as_of = self._make(self.tr("&As of a date…"), "Ctrl+Shift+A")
        self.complete = self._make(self.tr("&What may be typed here"), "Ctrl+Space")
        self.open_record = self._make(self.tr("&Open a record by name…"), "Ctrl+O")
        self.advanced = self._make(self.tr("&Advanced search"), "Ctrl+Shift+F")
        self.next_hit = self._make(self.tr("&Next hit"), "F3")
        self.previous_hit = self._make(self.tr("&Previous hit"), "Shift+F3")
        self.context = self._make(self.tr("Keywords in conte&xt"), "Ctrl+Shift+K")
        self.resemble = self._make(self.tr("&More like this passage"), "Ctrl+M")
        self.tag_hits = self._make(self.tr("&Tag all hits…"), "Ctrl+Shift+T")
        self.save_search = self._make(self.tr("&Save this search"), "Ctrl+Shift+S")
        self.find = self._make(self.tr("&Find in this record"), QKeySequence.StandardKey.Find)
        self.new_record = self._make(self.tr("New &record…"), "Ctrl+N")
        self.edit_record = self._make(self.tr("Edit re&cord…"), "Ctrl+Shift+E")
        self.compare_pack = self._make(self.tr("Differences from the &pack…"), "Ctrl+Shift+D")
        self.delete_record = self._make(self.tr("&Delete own record…"))
        self.load_pack = self._make(self.tr("&Load a pack…"), "Ctrl+Shift+O")
        self.save_pack = self._make(self.tr("&Save my additions as a pack…"))
        self.close_tab = self._make(self.tr("&Close tab"), "Ctrl+W")
        self.palette = self._make(self.tr("&Command palette…"), "Ctrl+Shift+P")
        self.shortcuts = self._make(self.tr("&Keyboard shortcuts"), "F1")
        self.language = self._make(self.tr("&Search language"), "Shift+F1")
        self.cheat_sheet = self._make(self.tr("Search &examples"), "Ctrl+F1")
        self.about = self._make(self.tr("&About NormAtlas"), None)
        self.themes = self._theme_actions()

    def _make_for_annotations(self) -> None:
        self.tag = self._make(self.tr("&Tag passage…"), "Ctrl+T")
        self.note = self._make(self.tr("&Note of the annotation"), "Ctrl+Shift+N")
        self.notes = self._make(self.tr("&Show the notes"), "Ctrl+Alt+L")
        self.page_note = self._make(self.tr("&New note on this page"), "Ctrl+Alt+N")
        self.memo = self._make(self.tr("New &memo"), "Ctrl+Alt+M")
        self.browser = self._make(self.tr("All a&nnotations…"), "Ctrl+Shift+B")
        self.by_analyst = self._make(self.tr("Colour by anal&yst"))
        self.by_analyst.setCheckable(True)
        self.agreement = self._make(self.tr("Compare anal&ysts…"), "Ctrl+Shift+Y")
        self.tell = self._make(self.tr("&What is marked here"), "Ctrl+J")
        self.tie = self._make(self.tr("T&ie passage to…"), "Ctrl+Alt+T")
        self.ends = (
            self._make(self.tr("End a word &further"), "Alt+Shift+Right"),
            self._make(self.tr("End a word &back"), "Alt+Shift+Left"),
            self._make(self.tr("Start a word b&efore"), "Alt+Shift+Up"),
            self._make(self.tr("Start a word &later"), "Alt+Shift+Down"),
        )

    def _make_for_documents(self) -> None:
        self.import_files = self._make(self.tr("&Import…"), "Ctrl+I")
        self.merge = self._make(self.tr("Import from a &colleague…"), "Ctrl+Alt+I")
        self.documents = self._make(self.tr("&Documents…"), "Ctrl+Shift+I")
        self.original = self._make(self.tr("Open the &original"), "Ctrl+Alt+O")
        self.trash_document = self._make(self.tr("Move document to the &trash"))

    def _make(self, text: str, *keys: str | QKeySequence.StandardKey | None) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys if key is not None])
        return action

    def _theme_actions(self) -> tuple[QAction, ...]:
        group = QActionGroup(self)
        made: list[QAction] = []
        for text, name in (
            (self.tr("Colours as the &system"), ""),
            (self.tr("&Light colours"), LIGHT),
            (self.tr("&Dark colours"), DARK),
        ):
            action = QAction(text, self, checkable=True)
            action.setData(name)
            action.setChecked(not name)
            group.addAction(action)
            made.append(action)
        return tuple(made)

    def fill(self, bar: QMenuBar, docks: list[QAction]) -> None:
        """Put every action into a menu of ``bar``; ``docks`` show and hide the panels."""
        file = bar.addMenu(self.tr("&File"))
        _fill(file, self.new_record, None, self.import_files, self.merge, None)
        _fill(file, self.documents, self.original, None)
        _fill(file, self.export, self.print, None)
        _fill(file, self.load_pack, self.save_pack)
        _fill(file, None, self.quit)
        edit = bar.addMenu(self.tr("&Edit"))
        _fill(edit, self.undo, self.redo, self.history, None, self.copy, None)
        _fill(edit, self.find, None, self.tag, self.note, self.tell, self.tie)
        _fill(edit, self.browser, self.agreement)
        _fill(edit.addMenu(self.tr("Notes and &memos")), self.page_note, self.memo, self.notes)
        _fill(edit.addMenu(self.tr("Ends of the &annotation")), *self.ends)
        edit.insertActions(self.find, [self.copy_cited, self.copy_citation])
        edit.insertSeparator(self.find)
        _fill(edit, None, self.edit_record, self.compare_pack, self.delete_record)
        _fill(edit, self.trash_document)
        _fill(edit, None, self.settings)
        view = bar.addMenu(self.tr("&View"))
        _fill(view, self.zoom_in, self.zoom_out, self.zoom_reset, None, self.library, *docks)
        _fill(view, self.by_analyst, None, *self.themes)
        go = bar.addMenu(self.tr("&Go"))
        _fill(go, self.back, self.forward, None, self.search, self.next_hit, self.previous_hit)
        _fill(go, None, self.find, self.open_record, self.advanced, self.complete)
        _fill(go, self.as_of)
        _fill(go, None, self.close_tab, None, self.palette)
        self.searches = bar.addMenu(self.tr("&Search"))
        _fill(
            self.searches, self.context, self.resemble, self.tag_hits, None, self.save_search, None
        )
        guide = (self.language, self.cheat_sheet)
        _fill(bar.addMenu(self.tr("&Help")), self.shortcuts, *guide, None, self.about)


def _fill(menu: QMenu, *actions: QAction | None) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
