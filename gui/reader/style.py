"""How a page looks: the reading font, its column, and the few colours that it needs."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette

COLUMN_CHARACTERS = 72
DEFAULT_SCALE, SMALLEST_SCALE, LARGEST_SCALE = 1.0, 0.5, 4.0
LARGER_POINTS = 3.0  # than the interface: a text is read for hours
_SAMPLE = "the security of and in the use of information and communications technologies"


@dataclass(frozen=True)
class ReadingStyle:
    """Font and colours of a page; ``column`` is its width in pixels."""

    font: QFont
    text: QColor
    muted: QColor
    faded: QColor
    link: QColor
    faded_link: QColor
    shade: QColor
    column: float
    unit: float  # the height of a line, what distances are measured by

    @staticmethod
    def of(palette: QPalette, font: QFont, scale: float, room: float) -> "ReadingStyle":
        """Derive a style from the window's palette and font at ``scale``, within ``room``."""
        reading = QFont(font)
        reading.setPointSizeF((font.pointSizeF() + LARGER_POINTS) * scale)
        metrics = QFontMetricsF(reading)
        character = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        base, text = palette.base().color(), palette.text().color()
        return ReadingStyle(
            font=reading,
            text=text,
            muted=blend(text, base, 0.66),
            faded=blend(text, base, 0.5),
            link=palette.link().color(),
            faded_link=blend(palette.link().color(), base, 0.6),
            shade=blend(text, base, 0.05),
            column=max(character * 24, min(character * COLUMN_CHARACTERS, room)),
            unit=metrics.lineSpacing(),
        )


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """Return the colour of ``over`` painted on ``under`` with opacity ``share``."""
    rest = 1 - share
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * rest,
        over.greenF() * share + under.greenF() * rest,
        over.blueF() * share + under.blueF() * rest,
    )
