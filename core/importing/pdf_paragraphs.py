"""Paragraphs made of lines: by leading, indents, short last lines and the marks of lists."""

import itertools
import re
from dataclasses import dataclass, field
from statistics import median

from core.importing.pdf_lines import Line
from core.importing.units import unit_of

BULLET = re.compile(r"(?:[•‣▪●○◦■□▸➢✓·∙*\uf0b7\uf0a7\uf0d8]|[–—-](?=\s))\s*(?=\S)")
NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zа-я]{1,2}|[ivxl]{1,5}|[A-Z])[.)]|\d{1,2}(?:\.\d{1,3}){1,3}\.?)\s+(?=\S)"
)
_ENDS = re.compile(r"[.!?:;。！？：；؟؛…]['”’»)\]」』]*(?:\[[\d*†‡§, ]+\])*$")
_ENOUGH_STEPS = 8  # from line to line, to tell wide leading from paragraphs of one line
_WIDE_LEADING = 1.45
_HALF_EMPTY = 0.3  # of a column's width: no ragged edge leaves more before a word that goes on


@dataclass(slots=True)
class Paragraph:
    """Lines that read on; ``kind`` as `core.domain.text.PassageKind` writes it."""

    lines: list[Line] = field(default_factory=list[Line])
    kind: str = "paragraph"
    level: int = 0

    @property
    def first(self) -> Line:
        """The line that it begins with."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line that it ends with."""
        return self.lines[-1]


def ends_a_sentence(text: str) -> bool:
    """Whether text ends as a sentence or a clause before a list does."""
    return bool(_ENDS.search(text))


def begins_an_item(text: str) -> bool:
    """Whether text begins with the mark of a list or with a paragraph's number."""
    return bool(BULLET.match(text) or NUMBER.match(text))


@dataclass(slots=True)
class _Block:
    """How the lines of a stretch of a column are set."""

    leading: float
    edge: float  # where a full line ends, counted in reading direction
    begin: float  # and where it begins
    centre: float
    is_turned: bool  # set to the edge where its lines end, ragged where they begin


def _begin(line: Line) -> float:
    return -line.right if line.rtl else line.left


def _end(line: Line) -> float:
    return -line.left if line.rtl else line.right


def usual_leading(lines: list[Line]) -> float:
    """Return the usual distance of base lines, in sizes of type; 1.2 where there is none."""
    steps = [
        (upper.base - lower.base) / upper.size
        for upper, lower in itertools.pairwise(lines)
        if upper.column == lower.column and abs(upper.size - lower.size) < 0.5
    ]
    close = sorted(step for step in steps if 0.8 < step < 2.6)
    if not close:
        return 1.2
    # Paragraphs may stand apart, so the usual step is towards the narrow end.
    step = close[len(close) // 3]
    return step if len(close) >= _ENOUGH_STEPS else min(step, _WIDE_LEADING)


def build_paragraphs(lines: list[Line], leading: float) -> list[Paragraph]:
    """Return the paragraphs of one column, from top to bottom."""
    if not lines:
        return []
    paragraphs = [Paragraph([lines[0]])]
    for stretch in _stretches(lines, leading):
        block = _measure(stretch, leading)
        if stretch[0] is not lines[0]:
            paragraphs.append(Paragraph([stretch[0]]))
        for line in stretch[1:]:
            if _breaks(paragraphs[-1], line, block):
                paragraphs.append(Paragraph([line]))
            else:
                paragraphs[-1].lines.append(line)
    return paragraphs


def _stretches(lines: list[Line], leading: float) -> list[list[Line]]:
    """Part lines where the type changes or more than the usual leading is between them."""
    stretches = [[lines[0]]]
    for upper, lower in itertools.pairwise(lines):
        size = max(upper.size, lower.size)
        step = upper.base - lower.base
        usual = _local(stretches[-1], leading) * size
        if (
            abs(upper.size - lower.size) > 0.08 * size
            or step > usual + 0.3 * size
            or step < 0
            or bool(upper.cells) != bool(lower.cells)
        ):
            stretches.append([lower])
        else:
            stretches[-1].append(lower)
    return stretches


def _local(stretch: list[Line], leading: float) -> float:
    """Return the leading of a stretch so far, in sizes, if it shows one that is narrower."""
    if len(stretch) < 3:
        return leading
    recent = stretch[-6:]
    steps = [(a.base - b.base) / a.size for a, b in itertools.pairwise(recent)]
    return min(max(median(steps), 0.8), max(leading, 1.0) * 1.6)


def _measure(lines: list[Line], leading: float) -> _Block:
    rtl = lines[0].rtl
    left, right = lines[0].edges
    column_edge = -left if rtl else right
    own = max(_end(line) for line in lines)
    size = lines[0].size
    full = sum(own - _end(line) < 3 * size for line in lines[:-1])
    is_set_in = len(lines) >= 3 and full * 10 >= 6 * (len(lines) - 1)
    hangs_over = 0 < column_edge - own < size  # another's line or mark does, not these lines
    return _Block(
        leading=leading,
        edge=own if is_set_in or hangs_over else column_edge,
        begin=min(_begin(line) for line in lines),
        centre=(left + right) / 2,
        is_turned=lines[0].rtl and _is_turned(lines),
    )


def _is_turned(lines: list[Line]) -> bool:
    """Whether lines are flush where they end, as right-to-left text is that was set to the left."""
    ends = [_end(line) for line in lines]
    begins = [_begin(line) for line in lines]
    size = lines[0].size
    return max(ends) - min(ends) < 0.6 * size and max(begins) - min(begins) > 0.6 * size


def _breaks(paragraph: Paragraph, line: Line, block: _Block) -> bool:
    """Whether a line begins a new paragraph after those that one has so far."""
    last = paragraph.last
    if line.cells and last.cells:
        return True
    hangs_over = last.bold and line.bold and _is_in_the_middle(last, block)
    if (_is_centred(last, block) or hangs_over) and _is_centred(line, block):
        return last.bold != line.bold or last.italic != line.italic
    turns_bold = line.bold and not last.bold and not paragraph.first.bold
    if turns_bold or _begins_a_unit(last, line) or _is_short(last, line, block):
        return True
    step = 0.0 if block.is_turned else _begin(line) - _begin(last)
    indent = 0.8 * line.size
    if begins_an_item(line.text) and (ends_a_sentence(last.text) or abs(step) > indent):
        return not (len(paragraph.lines) == 1 and step < -indent and not _may_end(last.text))
    if len(paragraph.lines) == 1:
        hangs = begins_an_item(paragraph.first.text) or bool(paragraph.first.mark)
        return step > indent and not hangs
    return step > indent or (step < -indent and ends_a_sentence(last.text))


def _begins_a_unit(last: Line, line: Line) -> bool:
    return ends_a_sentence(last.text) and unit_of(line.text, is_heading=False) is not None


def _may_end(text: str) -> bool:
    return ends_a_sentence(text) or text.endswith((",", " and", " or"))


def _is_centred(line: Line, block: _Block) -> bool:
    left, right = line.edges
    margin = min(line.left - left, right - line.right)
    return margin > 1.5 * line.size and _is_in_the_middle(line, block)


def _is_in_the_middle(line: Line, block: _Block) -> bool:
    return abs((line.left + line.right) / 2 - block.centre) < 0.8 * line.size


def _is_short(last: Line, line: Line, block: _Block) -> bool:
    """Whether the next line's first word would have found room at the end of the last line."""
    if last.text.endswith("-"):
        return False
    room = _begin(last) - block.begin if block.is_turned else block.edge - _end(last)
    goes_on = line.text[:1].islower() and not ends_a_sentence(last.text)
    if goes_on and room < _HALF_EMPTY * (last.edges[1] - last.edges[0]):
        return False
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) * len(word) / max(1, len(line.text))
    if len(word) == len(line.text) and len(word) > 12:  # no spaces: one may break anywhere
        return room > 2.0 * last.size
    return room > width + 0.8 * last.size
