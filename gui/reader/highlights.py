"""The placed annotations of one text, in lanes, found by what is visible, and their washes."""

import itertools
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from core.domain.annotations import Annotation
from gui.models.annotations import UNTAGGED
from gui.reader.lines import Lines
from gui.reader.offsets import OffsetMap

MOST_LINES = 3
"""Underlines that have room beneath a line of text."""

_WASH, _MORE, _MOST_WASH = 0.24, 0.04, 0.36  # one annotation, each more, however many
_CURRENT_WASH = 0.40
_DARK = 0.06  # more on a dark page
_HANDLE = 4.0  # radius
_FEW = 200  # that are placed one by one; more of them all at once


@dataclass(frozen=True, slots=True)
class Highlight:
    """An annotation's place in the document (positions) and how it is told from others.

    ``lanes`` is how many are needed where it stands.
    """

    annotation: str
    start: int
    end: int
    lane: int
    lanes: int
    color: QColor


def assign_lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Give each span, in order of start, the first lane that is free where it begins."""
    busy: list[tuple[int, int]] = []  # until where, which lane
    free: list[int] = []
    lanes: list[int] = []
    for start, end in spans:
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        heappush(busy, (end, lane))
        lanes.append(lane)
    return lanes


class Highlights:
    """The placed annotations of one document, in order, found by what is visible.

    They stand in runs, each of which overlaps with none: what comes or goes concerns its run only.
    """

    def __init__(self, annotations: Sequence[Annotation], offsets: OffsetMap) -> None:
        self._offsets = offsets
        self._colors: dict[str | None, QColor] = {}
        self._place_all(annotations)

    def _place_all(self, annotations: Sequence[Annotation]) -> None:
        self._known = {a.id: a for a in annotations}
        self.placed = sorted(filter(_has_place, annotations), key=_order)
        self._made: dict[str, Highlight] = {}
        self._spans: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._furthest: list[int] = []  # how far those up to here reach
        self._lanes: list[int] = []
        self._needed: list[int] = []
        self._lay_out(slice(0, 0), self.placed)
        self.starts_by_color: dict[str, list[int]] = {}
        for one in self.placed:
            self.starts_by_color.setdefault(one.color or UNTAGGED, []).append(one.start)

    def show(self, annotations: Sequence[Annotation]) -> None:
        """Place these instead; where only a few are other objects than before, only those."""
        now = {a.id: a for a in annotations}
        gone = [a for a in self._known.values() if now.get(a.id) is not a]
        come = [a for a in annotations if self._known.get(a.id) is not a]
        if len(gone) + len(come) > _FEW:
            self._place_all(annotations)
            return
        self._known = now
        for one in filter(_has_place, gone):
            self._take_out(one)
        for one in filter(_has_place, come):
            self._put_in(one)

    def _take_out(self, one: Annotation) -> None:
        at = bisect_left(self.placed, _order(one), key=_order)
        while self.placed[at] is not one:
            at += 1
        run = self._run(at, at + 1)
        self._lay_out(run, self.placed[run.start : at] + self.placed[at + 1 : run.stop])
        del self.placed[at]
        self._made.pop(one.id, None)
        starts = self.starts_by_color[one.color or UNTAGGED]
        del starts[bisect_left(starts, one.start)]

    def _put_in(self, one: Annotation) -> None:
        at = bisect_right(self.placed, _order(one), key=_order)
        first = min(at, bisect_right(self._furthest, one.start))
        run = self._run(first, max(at, bisect_left(self._starts, one.end)))
        self._lay_out(run, [*self.placed[run.start : at], one, *self.placed[at : run.stop]])
        self.placed.insert(at, one)
        insort(self.starts_by_color.setdefault(one.color or UNTAGGED, []), one.start)

    def _run(self, first: int, stop: int) -> slice:
        """Return the runs that those from ``first`` to ``stop`` stand in."""
        while 0 < first < len(self._starts) and self._starts[first] < self._furthest[first - 1]:
            first -= 1
        while 0 < stop < len(self._starts) and self._starts[stop] < self._furthest[stop - 1]:
            stop += 1
        return slice(first, stop)

    def _lay_out(self, instead: slice, run: Sequence[Annotation]) -> None:
        """Give those of whole runs their lanes."""
        length = self._offsets.text_length
        spans = [(min(a.start, length), min(a.end, length)) for a in run]
        lanes = assign_lanes(spans)
        self._spans[instead] = spans
        self._starts[instead] = [start for start, _ in spans]
        self._furthest[instead] = itertools.accumulate((end for _, end in spans), max)
        self._lanes[instead] = lanes
        self._needed[instead] = _lanes_needed(spans, lanes)
        for one in run:
            self._made.pop(one.id, None)

    def between(self, first: int, last: int) -> list[Highlight]:
        """Return those that show between two positions of the document, in order."""
        start, end = self._offsets.to_text(first), self._offsets.to_text(last)
        at, stop = bisect_left(self._furthest, start), bisect_left(self._starts, end + 1)
        return [self._highlight(n) for n in range(at, stop) if self._spans[n][1] >= start]

    def at(self, position: int) -> list[Highlight]:
        """Return those that cover a position, the shortest first."""
        covering = [h for h in self.between(position, position) if h.start <= position < h.end]
        return sorted(covering, key=lambda h: h.end - h.start)

    def find(self, annotation: str) -> Highlight | None:
        """Return the one of this annotation, or None where it has no place."""
        numbers = (n for n, placed in enumerate(self.placed) if placed.id == annotation)
        return next((self._highlight(n) for n in numbers), None)

    def annotation(self, highlight: Highlight) -> Annotation:
        """Return what a highlight stands for."""
        return next(a for a in self.placed if a.id == highlight.annotation)

    def _highlight(self, number: int) -> Highlight:
        placed = self.placed[number]
        made = self._made.get(placed.id)
        if made is None:
            first, last = self._offsets.range_to_document(*self._spans[number])
            color = self._colors.setdefault(placed.color, QColor(placed.color or UNTAGGED))
            lanes = (self._lanes[number], self._needed[number])
            made = self._made[placed.id] = Highlight(placed.id, first, last, *lanes, color)
        return made


def _has_place(annotation: Annotation) -> bool:
    return annotation.verdict.state != "orphaned" and annotation.end > annotation.start


def _order(annotation: Annotation) -> tuple[int, int]:
    position = annotation.target.position
    return position.start, -position.end


def _lanes_needed(spans: Sequence[tuple[int, int]], lanes: Sequence[int]) -> list[int]:
    """Return for each span how many lanes the run of overlapping ones takes that it is in."""
    needed: list[int] = []
    run, reach, most = 0, -1, 0
    for (start, end), lane in zip(spans, lanes, strict=True):
        if start >= reach:
            needed += [most] * run
            run, most = 0, 0
        run, reach, most = run + 1, max(reach, end), max(most, lane + 1)
    return needed + [most] * run


def paint_highlights(
    painter: QPainter,
    lines: Lines,
    visible: Sequence[Highlight],
    between: tuple[int, int],
    current: str,
    *,
    is_dark: bool,
) -> None:
    """Paint washes that stay light however many overlap, and an underline per lane."""
    more = _DARK if is_dark else 0.0
    for start, end, covering in _stretches(visible, between):
        wash = _wash(covering, current, more)
        for rect in lines.rects(start, end):
            painter.fillRect(rect, wash)
    for item in visible:
        if item.lane >= MOST_LINES and item.annotation != current:
            continue
        is_current = item.annotation == current
        line = QColor(item.color)
        line.setAlphaF(1.0 if is_current else 0.75)
        thickness = 2.0 if is_current else 1.4
        rise = thickness + min(item.lane, MOST_LINES - 1) * 2.0
        start, end = max(item.start, between[0]), min(item.end, between[1] + 1)
        for rect in lines.rects(start, end):
            area = QRectF(rect.left(), rect.bottom() - rise, rect.width(), thickness)
            painter.fillRect(area, line)


def _stretches(
    visible: Sequence[Highlight], between: tuple[int, int]
) -> list[tuple[int, int, list[Highlight]]]:
    """Cut what is visible where a highlight begins or ends, with those that cover each piece."""
    first, stop = between[0], between[1] + 1
    edges = sorted({min(max(at, first), stop) for item in visible for at in (item.start, item.end)})
    ending: dict[int, list[Highlight]] = {}
    starting: dict[int, list[Highlight]] = {}
    for item in visible:
        starting.setdefault(min(max(item.start, first), stop), []).append(item)
        ending.setdefault(min(max(item.end, first), stop), []).append(item)
    found: list[tuple[int, int, list[Highlight]]] = []
    open_now: dict[str, Highlight] = {}
    for start, end in itertools.pairwise(edges):
        for item in ending.get(start, ()):
            open_now.pop(item.annotation, None)
        for item in starting.get(start, ()):
            if item.end > start:
                open_now[item.annotation] = item
        if open_now:
            found.append((start, end, list(open_now.values())))
    return found


def _wash(covering: Sequence[Highlight], current: str, more: float) -> QColor:
    """Return the current one's colour, else the mean of all, hardly stronger for many."""
    for item in covering:
        if item.annotation == current:
            wash = QColor(item.color)
            wash.setAlphaF(_CURRENT_WASH + more)
            return wash
    many = len(covering)
    red, green, blue = (
        sum(channel(item.color) for item in covering) // many
        for channel in (QColor.red, QColor.green, QColor.blue)
    )
    wash = QColor(red, green, blue)
    wash.setAlphaF(min(_MOST_WASH, _WASH + _MORE * (many - 1)) + more)
    return wash


def paint_handles(painter: QPainter, lines: Lines, item: Highlight) -> None:
    """Paint what the ends of the current annotation are drawn by."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(item.color.darker(140))
    painter.setBrush(item.color)
    for position, is_end in ((item.start, False), (item.end, True)):
        edge = lines.edge(position)
        if edge is not None:
            middle = edge.bottom() if is_end else edge.top()
            painter.drawLine(edge.topLeft(), edge.bottomLeft())
            painter.drawEllipse(QPointF(edge.left(), middle), _HANDLE, _HANDLE)
    painter.restore()


def handle_at(lines: Lines, item: Highlight, point: QPointF) -> str:
    """Return "start" or "end" for a point (document pixels) on one of its handles, else ""."""
    for position, name in ((item.end, "end"), (item.start, "start")):
        edge = lines.edge(position)
        if edge is not None and abs(point.x() - edge.left()) <= _HANDLE + 1:
            knob = edge.bottom() if name == "end" else edge.top()
            if abs(point.y() - knob) <= _HANDLE + 2:
                return name
    return ""
