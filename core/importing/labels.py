"""Labels that lawyers cite passages by: "Article 35 (1)", "para. 13 (f)", "OP 4", "Principle 7".

Works on the passages alone, whatever reader they come from.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.domain.text import Passage, PassageKind
from core.importing.numbering import Marker, Step, marker_of, placed
from core.importing.resolutions import after_body, is_body, is_operative, is_preambular
from core.importing.units import Rank, Unit, unit_of

_GLANCE = 300  # characters from a passage's start that tell its label
_PASSED_OVER = {
    PassageKind.TABLE_HEAD,
    PassageKind.TABLE_ROW,
    PassageKind.VERBATIM,
    PassageKind.CAPTION,
    PassageKind.NOTE,
    PassageKind.FIELD,
}
_SECTION = re.compile(
    r"(?P<roman>[IVXL]{1,6})\.\s|(?P<capital>[A-Z])\.\s|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s"
)
_WHEREAS = re.compile(r"(?:and )?whereas:?\Z|considérant(?: ce qui suit)?\s*:?\Z", re.IGNORECASE)


def label_passages(passages: Sequence[Passage], content: str) -> tuple[Passage, ...]:
    """Return the passages with the labels that their words give them; given labels stay."""
    labeller = _Labeller()
    labelled: list[Passage] = []
    for passage in passages:
        words = content[passage.start : min(passage.end, passage.start + _GLANCE)]
        label = labeller.label(passage, words.strip())
        is_new = label is not None and passage.label is None
        labelled.append(replace(passage, label=label) if is_new else passage)
    return tuple(labelled)


class _Labeller:
    """Knows where in a document the next passage stands."""

    def __init__(self) -> None:
        self._apart: str | None = None  # "Annex II"
        self._unit: str | None = None  # "Article 35"
        self._unit_level = 0  # of its heading
        self._section: str | None = None  # "IV"
        self._path: list[Step] = []
        self._counted = 0  # the last paragraph's number outside of units
        self._mode: str | None = None  # "PP" or "OP" in a resolution, "recital"
        self._number = 0  # of the last preambular or unnumbered operative paragraph
        self._after_unit = False  # the passage before began a unit

    def label(self, passage: Passage, words: str) -> str | None:
        """Return how one cites a passage, None where nothing tells."""
        if passage.kind in _PASSED_OVER or not words:
            return None
        is_heading = passage.kind is PassageKind.HEADING
        unit = unit_of(words, is_heading=is_heading)
        if unit:
            return self._begin(unit, passage)
        if is_heading:
            return self._heading(passage, words)
        self._after_unit = False
        if is_body(words):
            self._mode, self._number, self._path = "PP", 0, []
            return None
        if _WHEREAS.match(words):
            self._mode = "recital"
            return None
        if (rest := after_body(words)) and (is_preambular(rest) or is_operative(rest)):
            self._mode, self._number, self._path = "PP", 0, []
            words = rest
        return self._paragraph(passage, words)

    def _begin(self, unit: Unit, passage: Passage) -> str | None:
        self._path = []
        self._after_unit = True
        self._mode = None
        if unit.rank is Rank.APART:
            self._apart, self._unit, self._section, self._counted = unit.name, None, None, 0
            return unit.name
        if unit.rank is Rank.DIVISION:
            self._unit = None
            return self._named(unit.name)
        self._unit, self._unit_level = unit.name, passage.level
        marker = marker_of(unit.rest)
        if marker:  # "Article 1. 1. Each State": unit and first paragraph in one
            self._path = placed([], marker, 0) or []
        return self._cited()

    def _named(self, name: str) -> str:
        return f"{self._apart}, {name}" if self._apart else name

    def _heading(self, passage: Passage, words: str) -> str | None:
        """Label a heading by its own number; another ends what was open, but for a unit's title."""
        if self._after_unit:
            self._after_unit = False
            return None
        self._path = []
        if passage.level <= self._unit_level or not self._unit_level:
            self._unit = None
        match = _SECTION.match(words)
        if match is None:
            return None
        if match["capital"] and not (match["roman"] and not self._section):
            part = f"{self._section}.{match['capital']}" if self._section else match["capital"]
            return self._named(f"section {part}")
        if match["roman"]:
            self._section = match["roman"]
        return self._named(f"section {match['roman'] or match['number']}")

    def _paragraph(self, passage: Passage, words: str) -> str | None:
        marker = marker_of(words)
        if marker and marker.style == "bare" and not self._unit:
            marker = None
        if marker is None:
            return self._unnumbered(passage, words)
        if self._mode == "PP" and marker.style == "number":
            self._mode, self._path, self._counted = "OP", [], 0
        path = placed(self._before(marker), marker, passage.level)
        if path is None:
            return None
        self._path = path
        if path[0].style == "number" and not self._unit:
            self._counted = int(path[0].token)
        return self._cited()

    def _before(self, marker: Marker) -> list[Step]:
        """Return the way down to the passage before; a number goes on after a heading."""
        goes_on = not self._path and marker.style == "number" and not self._unit
        return [Step("number", str(self._counted), 0)] if goes_on and self._counted else self._path

    def _unnumbered(self, passage: Passage, words: str) -> str | None:
        if self._mode == "PP":
            return self._of_resolution(words)
        if self._mode == "OP" and not self._path and is_operative(words):
            self._number += 1
            return f"OP {self._number}"
        if passage.level and self._path:
            return self._cited()
        if self._unit and not self._path:
            return self._cited()
        return None

    def _of_resolution(self, words: str) -> str | None:
        if is_operative(words):
            self._mode, self._number, self._path = "OP", 1, []
            return "OP 1"
        if not is_preambular(words):
            return None
        self._number += 1
        self._path = []
        return f"PP {self._number}"

    def _cited(self) -> str | None:
        steps = list(self._path)
        base = self._unit
        if base is None and self._mode == "PP":
            base = f"PP {self._number}"
        elif base is None and self._mode == "recital" and steps and steps[0].style == "bracketed":
            base = f"recital {steps.pop(0).token}"
        elif base is None and steps and steps[0].style in {"number", "dotted", "bracketed"}:
            word = "OP" if self._mode == "OP" else "para."
            base = f"{word} {steps.pop(0).token}"
        inner = "".join(f"({step.token})" for step in steps)
        cited = " ".join(part for part in (base, inner) if part)
        return self._named(cited) if cited else None
