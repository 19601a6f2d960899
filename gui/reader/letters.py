"""Letters on the page: how passages of each kind, and stretches in them, are set."""

from PySide6.QtGui import QFont, QFontDatabase, QTextCharFormat

from core.domain.text import Passage, PassageKind, Span, SpanKind
from gui.reader.style import ReadingStyle

_AT = "#"  # between a key and a locator; no key has one
_HEADING_SIZES = {1: 1.7, 2: 1.28, 3: 1.12}
_SMALL = 0.86  # of the reading font: notes, captions
_MUTED = {PassageKind.CAVEAT, PassageKind.CAPTION, PassageKind.NOTE, PassageKind.TABLE_HEAD}
_STRONG = {PassageKind.HEADING, PassageKind.TABLE_HEAD, PassageKind.TERM}
_SMALLER = {PassageKind.CAPTION, PassageKind.NOTE}


def letters_of(passage: Passage, style: ReadingStyle) -> QTextCharFormat:
    """Return the letters that a passage is set in."""
    letters = QTextCharFormat()
    letters.setForeground(style.muted if passage.kind in _MUTED else style.text)
    size = style.font.pointSizeF()
    if passage.kind in _STRONG:
        letters.setFontWeight(QFont.Weight.DemiBold)
    if passage.kind is PassageKind.HEADING:
        letters.setFontPointSize(_HEADING_SIZES.get(passage.level, 1.0) * size)
    elif passage.kind in _SMALLER:
        letters.setFontPointSize(_SMALL * size)
    elif passage.kind is PassageKind.CAVEAT:
        letters.setFontItalic(True)
    elif passage.kind is PassageKind.VERBATIM:
        _set_code(letters, style)
    return letters


def set_span(
    styled: QTextCharFormat, span: Span, letters: QTextCharFormat, style: ReadingStyle
) -> None:
    """Set a stretch apart from the ``letters`` around it."""
    kind = span.kind
    if kind is SpanKind.EMPHASIS:
        styled.setFontItalic(not letters.fontItalic())
    elif kind is SpanKind.STRONG:
        styled.setFontWeight(QFont.Weight.DemiBold)
    elif kind is SpanKind.UNDERLINE:
        styled.setFontUnderline(True)
    elif kind is SpanKind.STRIKEOUT:
        styled.setFontStrikeOut(True)
    elif kind is SpanKind.CODE:
        _set_code(styled, style)
    elif kind is SpanKind.SUBSCRIPT:
        styled.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    elif kind in (SpanKind.SUPERSCRIPT, SpanKind.NOTE):
        styled.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    elif kind is SpanKind.LINK and span.target:
        styled.setAnchor(True)
        styled.setAnchorHref(href_of(span.target, span.locator))
        styled.setForeground(style.link)


def href_of(target: str, locator: str | None = None) -> str:
    """Return what a link leads to as one string; `target_of` parts it again."""
    return target if locator is None else f"{target}{_AT}{locator}"


def target_of(href: str) -> tuple[str, str | None]:
    """Return target and locator of a link within the workspace."""
    target, at, locator = href.partition(_AT)
    return target, locator if at else None


def _set_code(letters: QTextCharFormat, style: ReadingStyle) -> None:
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    letters.setFontFamilies([fixed.family()])
    letters.setFontPointSize(0.92 * style.font.pointSizeF())
    letters.setFontFixedPitch(True)
