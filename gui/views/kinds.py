"""What the kinds of record are called in the window."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.domain.keys import Kind

_CONTEXT = "kinds"
_PLURALS = {
    Kind.NORM: QT_TRANSLATE_NOOP(_CONTEXT, "Norms"),
    Kind.INITIATIVE: QT_TRANSLATE_NOOP(_CONTEXT, "Initiatives"),
    Kind.PARTICIPANT: QT_TRANSLATE_NOOP(_CONTEXT, "Participants"),
    Kind.INSTRUMENT: QT_TRANSLATE_NOOP(_CONTEXT, "Instruments"),
    Kind.EVENT: QT_TRANSLATE_NOOP(_CONTEXT, "Events"),
    Kind.SOURCE: QT_TRANSLATE_NOOP(_CONTEXT, "Sources"),
    Kind.DOCUMENT: QT_TRANSLATE_NOOP(_CONTEXT, "Documents"),
    Kind.NOTE: QT_TRANSLATE_NOOP(_CONTEXT, "Notes"),
}
_NAMES = {
    Kind.NORM: QT_TRANSLATE_NOOP(_CONTEXT, "norm"),
    Kind.INITIATIVE: QT_TRANSLATE_NOOP(_CONTEXT, "initiative"),
    Kind.PARTICIPANT: QT_TRANSLATE_NOOP(_CONTEXT, "participant"),
    Kind.INSTRUMENT: QT_TRANSLATE_NOOP(_CONTEXT, "instrument"),
    Kind.EVENT: QT_TRANSLATE_NOOP(_CONTEXT, "event"),
    Kind.SOURCE: QT_TRANSLATE_NOOP(_CONTEXT, "source"),
    Kind.DOCUMENT: QT_TRANSLATE_NOOP(_CONTEXT, "document"),
    Kind.NOTE: QT_TRANSLATE_NOOP(_CONTEXT, "note"),
}


def kind_plural(kind: Kind) -> str:
    """Return the heading of a list of records of this kind."""
    return QCoreApplication.translate(_CONTEXT, str(_PLURALS[kind]))


def kind_name(kind: Kind) -> str:
    """Return the word for one record of this kind."""
    return QCoreApplication.translate(_CONTEXT, str(_NAMES[kind]))
