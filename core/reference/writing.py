"""Writes a canonical text: passages with their spans, NFC, offsets in code points."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from core.errors import UserError

_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
TAB = "\t"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a record's key or a web address; ``locator`` is which statement of it."""

    words: str
    target: str
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """Pieces that rest on ``source`` (None: no source was read)."""

    pieces: tuple["Piece", ...]
    source: str | None
    verified: bool


Piece = str | Link | Cited


def plain(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces without their spans."""
    return "".join(_words(piece) for piece in pieces)


def _words(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    return piece.words if isinstance(piece, Link) else plain(piece.pieces)


def _clean(words: str) -> str:
    if words.isascii() and words.isprintable():
        return words
    return unicodedata.normalize("NFC", TAB.join(_BREAKS.sub(" ", w) for w in words.split(TAB)))


class TextWriter:
    """Collects the passages of one record's page."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._passages: list[Passage] = []
        self._spans: list[Span] = []

    @property
    def cited(self) -> list[str]:
        """The sources that were cited so far, in the order of their marks, each once."""
        cites = [span for span in self._spans if span.kind is SpanKind.CITE and span.target]
        cites.sort(key=lambda span: span.end)
        return list(dict.fromkeys(span.target for span in cites if span.target))

    def add(
        self, kind: PassageKind, *pieces: Piece, level: int = 0, label: str | None = None
    ) -> None:
        """Add one passage; line breaks in its words become spaces."""
        if self._passages:
            self._write("\n")
        start = self._length
        for piece in pieces:
            self._piece(piece)
        number = len(self._passages)
        self._passages.append(Passage(number, kind, level, start, self._length, label))

    def add_marked(
        self,
        kind: PassageKind,
        words: str,
        spans: Sequence[Span],
        *,
        level: int = 0,
        label: str | None = None,
    ) -> None:
        """Add a passage of ready words; ``spans`` count from their start. Words must be NFC."""
        self.add(kind, words, level=level, label=label)
        start = self._passages[-1].start
        for span in spans:
            self._spans.append(replace(span, start=start + span.start, end=start + span.end))

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading."""
        self.add(PassageKind.HEADING, words, level=level)

    def item(self, *pieces: Piece, label: str | None = None) -> None:
        """Add a list item."""
        self.add(PassageKind.LIST_ITEM, *pieces, level=1, label=label)

    def finish(self) -> Text:
        """Return the text; raises `UserError` if a field's first mark joins what precedes it."""
        content = "".join(self._parts)
        if not unicodedata.is_normalized("NFC", content):
            raise UserError(
                f"The words of “{self._passages and content[: self._passages[0].end]}” have a "
                "field that begins with a combining mark; put a letter before it."
            )
        return Text(content, tuple(self._passages), tuple(self._spans))

    def _write(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def _piece(self, piece: Piece) -> None:
        start = self._length
        if isinstance(piece, str):
            self._write(_clean(piece))
        elif isinstance(piece, Link):
            self._write(_clean(piece.words))
            self._span(start, SpanKind.LINK, piece.target, None, piece.locator)
        else:
            for inner in piece.pieces:
                self._piece(inner)
            self._span(start, SpanKind.CITE, piece.source, piece.verified)

    def _span(
        self,
        start: int,
        kind: SpanKind,
        target: str | None,
        verified: bool | None,
        locator: str | None = None,
    ) -> None:
        if start < self._length:
            self._spans.append(Span(start, self._length, kind, target, verified, locator))
