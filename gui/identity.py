"""Names for what the window begins before it is stored."""

from PySide6.QtCore import QUuid


def new_id() -> str:
    """Return a random UUID as stored ones are written; Qt's, as Python's own takes 2 MB."""
    return QUuid.createUuid().toString(QUuid.StringFormat.WithoutBraces)
