"""What is said of annotations where the mouse rests: their tags, and their notes' beginnings."""

from collections.abc import Sequence
from html import escape

from core.domain.annotations import Annotation
from gui.models.annotations import UNTAGGED, shorten, tie_line

_LONGEST = 300


def described(annotations: Sequence[Annotation], more: str = "") -> str:
    """Return rich text for a tool tip; ``more`` tells of those that are left out."""
    parts = [_one(annotation) for annotation in annotations]
    if more:
        parts.append(f"<i>{escape(more)}</i>")
    return "<hr>".join(parts)


def _one(annotation: Annotation) -> str:
    color = annotation.color or UNTAGGED
    tags = escape("  ·  ".join(annotation.tags)) or escape(
        shorten(annotation.target.quote.exact, 60)
    )
    ties = [f"→ {tie_line(link)}" for link in annotation.links]
    lines = [f'<span style="color:{color}">■</span> <b>{tags}</b>', *map(escape, ties)]
    if annotation.note.strip():
        lines.append(escape(shorten(annotation.note, _LONGEST)))
    return "<br>".join(lines)
