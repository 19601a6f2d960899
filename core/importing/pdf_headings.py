"""Headings of a PDF: by its outline, by size and weight of type, by what articles are called."""

import re
from collections import Counter

from core.importing.pdf_lines import Line
from core.importing.pdf_paragraphs import Paragraph

_LARGER = 1.12
_LONGEST = 240
_MOST_LINES = 5
_CALLED = re.compile(
    r"(?:article|chapter|part|section|annex|appendix|título|artículo|capítulo|titre|chapitre|"
    r"annexe|статья|глава|раздел|المادة|الباب|الفصل)\s+(?:\d{1,4}|[ivxlcdm]{1,8}|[a-z])\.?",
    re.IGNORECASE,
)
_CJK_CALLED = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,6}[条條章節节款編编]\s*\S{0,20}")
_LETTERS = re.compile(r"[^\W_]+")


def body_size(lines: list[Line]) -> float:
    """Return the size of type in which most of the text is set."""
    weights = Counter[float]()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 10.0


def letters_of(text: str) -> str:
    """Return a text's letters and digits alone, folded, to compare by."""
    return "".join(_LETTERS.findall(text.casefold()))


class Headings:
    """Knows what the outline calls headings and which sizes of type stand for which level."""

    def __init__(self, lines: list[Line], body: float, outline: list[tuple[int, str, int]]) -> None:
        self._body = body
        self._listed: dict[str, list[tuple[int, int]]] = {}
        for depth, title, page in outline:
            if letters_of(title):
                self._listed.setdefault(letters_of(title), []).append((page, depth))
        sizes = {round(line.size) for line in lines if self._is_large(line)}
        self._levels = {size: n + 1 for n, size in enumerate(sorted(sizes, reverse=True))}
        bold = sum(len(line.text) for line in lines if line.bold)
        self._bold_tells = bold * 3 < sum(len(line.text) for line in lines)
        caps = sum(len(line.text) for line in lines if line.text.isupper())
        self._caps_tell = caps * 5 < sum(len(line.text) for line in lines)

    def level(self, paragraph: Paragraph, text: str) -> int:
        """Return a heading's level from 1 to 6, or 0 for what is none."""
        if len(text) > _LONGEST or len(paragraph.lines) > _MOST_LINES or not _is_worded(text):
            return 0
        return min(self._listed_depth(paragraph, text) or self._typed(paragraph.lines, text), 6)

    def _typed(self, lines: list[Line], text: str) -> int:
        """Return the level that the type of a short paragraph gives it, or 0."""
        if all(self._is_large(line) for line in lines):
            return self._levels.get(round(lines[0].size), 1)
        is_bold = self._bold_tells and all(line.bold for line in lines)
        shouts = self._caps_tell and text.isupper() and len(text) > 4
        is_called = _CALLED.fullmatch(text) or (len(lines) == 1 and _CJK_CALLED.fullmatch(text))
        beneath = len(self._levels) + 1
        return beneath if is_called or ((is_bold or shouts) and _stands_alone(text)) else 0

    def _is_large(self, line: Line) -> bool:
        return line.size > _LARGER * self._body

    def _listed_depth(self, paragraph: Paragraph, text: str) -> int:
        for page, depth in self._listed.get(letters_of(text), ()):
            if page < 0 or abs(page - paragraph.first.page) <= 1:
                return depth
        return 0


def _is_worded(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _stands_alone(text: str) -> bool:
    return not text.endswith((",", ";", ":", "-")) and not (text.endswith(".") and len(text) > 80)
