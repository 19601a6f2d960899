"""Pieces of a PDF page's lines: stretches of characters that stand close on one base line."""

from dataclasses import dataclass, field

import numpy as np

from core.importing.pdf_chars import Floats, Ints, PageChars

_WIDE = 0.9  # a gap of so many times the type's size may part columns or cells
_WORD = 0.2  # and of so many parts words, where no space is written
_RAISED = 0.2  # off the base line by so many times the size: a mark, or another line


@dataclass(slots=True)
class Piece:
    """Characters ``start <= i < end`` of the page on one base line without a wide gap."""

    left: float
    right: float
    base: float
    size: float
    start: int
    end: int
    bold: bool
    italic: bool
    gaps: tuple[int, ...] = ()  # before these characters a space is missing


@dataclass(slots=True)
class Row:
    """Pieces that stand beside one another, from left to right."""

    base: float
    size: float
    pieces: list[Piece] = field(default_factory=list[Piece])

    @property
    def left(self) -> float:
        """The left end of the leftmost piece."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """The right end of what reaches farthest."""
        return max(piece.right for piece in self.pieces)

    def items(self) -> list[tuple[float, float]]:
        """Return the stretches ``(left, right)`` that wide gaps leave."""
        stretches: list[tuple[float, float]] = []
        for piece in self.pieces:
            if stretches and piece.left - stretches[-1][1] < _WIDE * self.size:
                left, right = stretches[-1]
                stretches[-1] = (left, max(right, piece.right))
            else:
                stretches.append((piece.left, piece.right))
        return stretches


def cut_pieces(page: PageChars) -> list[list[Piece]]:
    """Return the page's pieces by the direction they run in, the most used direction first."""
    ink = np.flatnonzero(page.ink)
    if not ink.size:
        return []
    turns = page.turn[ink]
    counts = np.bincount(turns, minlength=4)
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda turn: -int(counts[turn]))
    if len(order) == 1:
        return [_cut(page, ink)]
    return [_cut(page, ink[turns == turn]) for turn in order]


def _cut(page: PageChars, ink: Ints) -> list[Piece]:
    left, right, base = page.left[ink], page.right[ink], page.base[ink]
    size = page.size[ink]
    larger = np.maximum(size[1:], size[:-1])
    apart = np.maximum(left[1:] - right[:-1], left[:-1] - right[1:])
    breaks = (np.abs(base[1:] - base[:-1]) > _RAISED * larger) | (apart > _WIDE * larger)
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.append(starts[1:], ink.size)
    missing = np.flatnonzero(~breaks & (apart > _WORD * larger) & (ink[1:] == ink[:-1] + 1)) + 1
    numbers = zip(
        np.minimum.reduceat(left, starts).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        base[starts].tolist(),
        np.maximum.reduceat(size, starts).tolist(),
        ink[starts].tolist(),
        (ink[ends - 1] + 1).tolist(),
        _mostly(page.bold[ink].astype(np.float64), starts, ends),
        _mostly(page.italic[ink].astype(np.float64), starts, ends),
        strict=True,
    )
    pieces = [Piece(*values) for values in numbers]
    if missing.size:
        places = (np.searchsorted(starts, missing, side="right") - 1).tolist()
        for at, place in zip(ink[missing].tolist(), places, strict=True):
            piece = pieces[int(place)]
            piece.gaps = (*piece.gaps, int(at))
    return pieces


def _mostly(marked: Floats, starts: Ints, ends: Ints) -> list[bool]:
    shares = np.add.reduceat(marked, starts) / (ends - starts)
    return (shares > 0.6).tolist()


def stack_rows(pieces: list[Piece]) -> list[Row]:
    """Return the pieces in rows from top to bottom; a raised mark stands in its word's row."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        row = rows[-1] if rows else None
        if row and row.base - piece.base <= 0.5 * max(row.size, piece.size):
            row.pieces.append(piece)
            if piece.size > row.size * 1.05:
                row.base, row.size = piece.base, piece.size
        else:
            rows.append(Row(piece.base, piece.size, [piece]))
    for row in rows:
        row.pieces.sort(key=lambda piece: piece.left)
    return rows
