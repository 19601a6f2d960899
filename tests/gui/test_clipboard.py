"""What was copied outlives the program, and lets it end in peace."""

import subprocess
import sys

from PySide6.QtGui import QGuiApplication

from gui import clipboard

ENDING = """
from PySide6.QtWidgets import QApplication
from gui import clipboard
application = QApplication([])
clipboard.copy("text", "<b>text</b>")
clipboard.let_go()
"""


def test_text_and_html_are_copied_and_the_text_stays(qapp) -> None:
    clipboard.copy("a\tb", "<table></table>")
    copied = QGuiApplication.clipboard().mimeData()
    assert (copied.text(), copied.html()) == ("a\tb", "<table></table>")
    clipboard.let_go()
    left = QGuiApplication.clipboard().mimeData()
    assert (left.text(), left.hasHtml()) == ("a\tb", False)
    clipboard.let_go()
    assert QGuiApplication.clipboard().text() == "a\tb"


def test_the_program_ends_well_after_copying() -> None:
    done = subprocess.run([sys.executable, "-c", ENDING], check=False)
    assert done.returncode == 0
