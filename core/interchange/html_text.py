"""A clean piece of HTML as lines of text, with the way from positions in it to theirs.

Made for HTML that a program has written out whole, as Taguette keeps its documents: tags become
line ends or nothing, character references what they stand for. Positions count the UTF-8 bytes of
all text in it, as Taguette's do.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right

from core.domain.text import PassageKind

_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_COMMENT = re.compile(r"<!--.*?-->|<[!?/][^>]*>", re.DOTALL)
_MARKUP = re.compile("<(?=[A-Za-z/!?])")
_NEWLINE = re.compile("\n")
_BLANK = re.compile("[ \t\n\f\r]+")
_LINES = re.compile(
    "(?:address|article|aside|blockquote|br|caption|center|d[dlt]|details|div|fieldset|figcaption|"
    "figure|footer|form|h[1-6r]|header|li|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|"
    r"thead|tr|ul)\Z"
)
_CELLS = frozenset(("td", "th"))
_KINDS = {
    **{f"h{level}": (PassageKind.HEADING, level) for level in range(1, 7)},
    "li": (PassageKind.LIST_ITEM, 1),
    "blockquote": (PassageKind.QUOTATION, 0),
    "pre": (PassageKind.VERBATIM, 0),
    "tr": (PassageKind.TABLE_ROW, 0),
    "figcaption": (PassageKind.CAPTION, 0),
    "caption": (PassageKind.CAPTION, 0),
}

_DEEPEST = 100  # blocks within blocks
_CHUNK = 2048  # characters, so that finding a place in one takes no time

Kind = tuple[PassageKind, int]


class HtmlText:
    """Its ``raw`` text, one line a block, and which place of it a stretch is."""

    def __init__(self, source: str) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._counted = 0
        self._starts: list[int] = []  # in bytes, of each chunk
        self._chunks: list[tuple[bytes, int, bool, bool]] = []  # text, raw start, after blank, pre
        self._open: list[str] = []
        self._kinds: dict[int, Kind] = {}
        self._after_blank = True
        self._read(source)
        self.raw = "".join(self._pieces)

    def _read(self, source: str) -> None:
        at, source = 0, source.lstrip(" \t\n\f\r")  # before the body, a browser drops it
        while at < len(source):
            markup = _MARKUP.search(source, at)
            end = markup.start() if markup else len(source)
            if end > at:
                self._text(html.unescape(source[at:end]))
            if not markup:
                return
            at = self._markup(source, end)

    def _markup(self, source: str, at: int) -> int:
        """Take a tag, pass over a comment; returns where it ends."""
        match = _TAG.match(source, at)
        if match:
            name = match[2].lower()
            self._tag(name, closing=bool(match[1]))
            opens = name == "pre" and not match[1]  # the newline after it is not counted
            return match.end() + (opens and source.startswith("\n", match.end()))
        comment = _COMMENT.match(source, at)
        return comment.end() if comment else len(source)  # cut off within a tag

    def _tag(self, name: str, *, closing: bool) -> None:
        if name in _CELLS and not closing:
            self._put("\t")
        elif _LINES.match(name):
            self._put("\n")
        if name not in _KINDS:
            return
        if not closing:
            if len(self._open) < _DEEPEST:
                self._open.append(name)
        elif name in self._open:
            while self._open.pop() != name:
                pass

    def _put(self, sign: str) -> None:
        if self._pieces and self._pieces[-1] != "\n":
            self._pieces.append(sign)
            self._length += 1
        self._after_blank = True

    def _text(self, said: str) -> None:
        for at in range(0, len(said), _CHUNK):
            self._chunk(said[at : at + _CHUNK])

    def _chunk(self, said: str) -> None:
        verbatim, data = "pre" in self._open, said.encode()
        self._starts.append(self._counted)
        self._chunks.append((data, self._length, self._after_blank, verbatim))
        self._counted += len(data)
        shown = _shown(said, after_blank=self._after_blank, verbatim=verbatim)
        if not shown:
            return
        if self._open:
            kind = _KINDS[self._open[-1]]
            starts = [m.end() for m in _NEWLINE.finditer(shown)] if verbatim else []
            self._kinds |= dict.fromkeys((self._length + at for at in (0, *starts)), kind)
        self._pieces.append(shown)
        self._length += len(shown)
        self._after_blank = shown[-1].isspace() and not verbatim

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where in ``raw`` a stretch lies, None for none, or one that leads outside."""
        if not 0 <= start < end <= self._counted:
            return None
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end) - 1
        return self._point(first, start), self._point(last, end)

    def _point(self, at: int, position: int) -> int:
        data, start, after_blank, verbatim = self._chunks[at]
        before = data[: position - self._starts[at]].decode(errors="ignore")
        return start + len(_shown(before, after_blank=after_blank, verbatim=verbatim))

    def kind_at(self, start: int) -> Kind:
        """Return what the line that starts at a place of ``raw`` is."""
        kinds = (self._kinds[at] for at in (start, start + 1) if at in self._kinds)
        return next(kinds, (PassageKind.PARAGRAPH, 0))


def _shown(said: str, *, after_blank: bool, verbatim: bool) -> str:
    if verbatim:
        return said
    shown = _BLANK.sub(" ", said)
    return shown[1:] if after_blank and shown.startswith(" ") else shown
