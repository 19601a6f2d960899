"""A record's canonical text: passages joined by one newline, offsets in code points."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

PassageNumber = int


class PassageKind(StrEnum):
    """What a passage is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTATION = "quotation"
    FIELD = "field"  # "label<TAB>value"
    TABLE_HEAD = "table-head"  # column names, TAB between
    TABLE_ROW = "table-row"  # cells, TAB between
    CAVEAT = "caveat"
    REFERENCE = "reference"  # an entry of the page's list of sources
    NUMBERED_ITEM = "numbered-item"  # a list item; its words begin with its number, then a space
    NOTE = "note"  # a footnote; its first passage begins with its mark, "[3]"
    VERBATIM = "verbatim"  # one line of code or of preformatted words
    LINE = "line"  # one line of a verse, an address, a list of names
    TERM = "term"  # what the indented passages after it define
    CAPTION = "caption"  # what stood under a picture or over a table


class SpanKind(StrEnum):
    """What a stretch of characters inside a text is."""

    LINK = "link"  # target: a record key or an http(s) address
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CITE = "cite"  # the statement that rests on ``target`` (a source key, or None)
    NOTE = "note"  # a footnote's mark, in the text and before the note; target: its number
    CODE = "code"
    UNDERLINE = "underline"
    STRIKEOUT = "strikeout"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``start <= i < end`` of the record's canonical text with a meaning.

    For ``LINK``: ``locator`` is which statement of the target the link leads to: the label of its
    passage, or the key of the record that it ties to; None for the target as a whole.
    For ``CITE``: ``target`` is the source's key or None (no source), ``verified`` whether the
    statement was read in it, ``locator`` where in it ("para. 13(f)").
    """

    start: int
    end: int
    kind: SpanKind
    target: str | None = None
    verified: bool | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph-like piece; ``text[start:end]`` of the canonical text.

    ``n`` counts from 0 in document order. ``level`` is 1 to 6 for headings, the depth for list
    items and for what else stands inside a list, else 0. ``label`` is how one cites it
    ("Fact 3", "para. 13 (f)", "Article 35 (1)").
    """

    n: PassageNumber
    kind: PassageKind
    level: int
    start: int
    end: int
    label: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """The canonical text of a record; ``content`` is NFC, passages joined by ``\\n``."""

    content: str
    passages: tuple[Passage, ...]
    spans: tuple[Span, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of the content's UTF-8 bytes, in hex."""
        return hash_text(self.content)

    def passage_at(self, offset: int) -> Passage:
        """Return the passage that holds ``offset`` (a newline belongs to the one before it)."""
        starts = [p.start for p in self.passages]
        return self.passages[max(0, bisect_right(starts, offset) - 1)]


def hash_text(content: str) -> str:
    """Return the SHA-256 of a canonical text's UTF-8 bytes, in hex."""
    import hashlib  # 4 MB with it, and the window never hashes

    return hashlib.sha256(content.encode()).hexdigest()
