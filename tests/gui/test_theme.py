"""Both themes can be read: every text on every ground it stands on."""

import pytest
from PySide6.QtGui import QColor

from core.domain.keys import Kind
from gui.theme import DARK, LIGHT, load_theme


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (ink, ground)
        for ink in ("text", "muted", "link")
        for ground in ("window", "surface", "raised")
    ]
    + [("on_selection", "selection"), ("on_mark", "mark"), ("on_accent", "accent")]
    + [("problem", "raised"), ("text", "hover")],
)
def test_contrast_of_text(name: str, ink: str, ground: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.color(ink), theme.color(ground)) >= 4.5


@pytest.mark.parametrize("name", [LIGHT, DARK])
def test_every_kind_has_a_dot_that_is_seen(name: str) -> None:
    theme = load_theme(name)
    for kind in Kind:
        assert contrast(theme.kind(kind), theme.color("surface")) >= 3


@pytest.mark.parametrize("name", [LIGHT, DARK])
def test_the_style_sheet_names_known_roles_only(name: str) -> None:
    assert "$" not in load_theme(name).style_sheet()
