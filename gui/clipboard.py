"""What is copied, and how it outlives the program.

The clipboard frees its data after the interpreter has ended, and data that Python made would be
asked for its wrapper then: the process would crash. So the last thing copied is handed over as
plain text of Qt's own before the end.
"""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_OURS = "application/x-normatlas"


def mime_data(text: str, html: str = "") -> QMimeData:
    """Return data for the clipboard; without ``html`` it is plain text alone."""
    data = QMimeData()
    data.setText(text)
    data.setData(_OURS, b"1")
    if html:
        data.setHtml(html)
    return data


def copy(text: str, html: str = "") -> None:
    """Put text onto the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime_data(text, html))


def let_go() -> None:
    """Hand what was copied from here over as plain text; for the program's end."""
    clipboard = QGuiApplication.clipboard()
    data = clipboard.mimeData()
    if data is not None and data.hasFormat(_OURS):
        clipboard.setText(data.text())
