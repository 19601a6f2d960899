"""Documents of the analyst: what a reader finds in a file, before it becomes a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain

from core.domain.text import Passage, Text


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What a file says of itself; None or empty where it is silent."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None  # EDTF
    language: str | None = None  # BCP 47: "en", "zh-Hans"
    publisher: str | None = None
    address: str | None = None  # an http(s) URL
    symbol: str | None = None  # A/70/174, CETS 185, MC.DEC/5/16


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One file as read: its canonical text and what it says of itself.

    ``format`` is the reader's word for what the file is ("pdf", "docx", "html"), not its suffix.
    ``remarks`` are short sentences on what was left out ("3 pictures were left out."). ``pages``
    are the page labels in order, empty where the format has none.
    """

    text: Text
    metadata: DocumentMetadata
    format: str
    remarks: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRectangle:
    """A rectangle on a page picture, in pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page: ``pixels`` are rows of RGBA bytes without padding; ``marks`` where the
    passage asked for stands."""

    width: int
    height: int
    pixels: bytes = field(repr=False)
    marks: tuple[PageRectangle, ...] = ()


def pages_of(labels: Sequence[str], passages: Sequence[Passage]) -> tuple[int, ...]:
    """Return the page (from 0) that each passage begins on, by the labels of all pages.

    The same label may come again in a document, so pages are counted forward.
    """
    at = 0
    pages: list[int] = []
    for passage in passages:
        label = passage.page
        if label is not None and (at >= len(labels) or labels[at] != label):
            order = chain(range(at, len(labels)), range(at))
            at = next((n for n in order if labels[n] == label), at)
        pages.append(at)
    return tuple(pages)


class ReadingStatus(StrEnum):
    """How far the analyst is with a document."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """What a document has to do with a record; ``words`` say it ("is the text of")."""

    predicate: str
    record: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class DocumentEdition:
    """A file that a document was read from. ``current`` is the one that is read now."""

    sha256: str
    name: str
    format: str
    size: int  # bytes
    imported: datetime
    path: str  # where it lay
    current: bool
    pages: int = 0
    passages: int = 0
    characters: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """One row of the analyst's documents: all but the text."""

    key: str
    metadata: DocumentMetadata  # its title is never None
    status: ReadingStatus
    edition: DocumentEdition
    collections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    annotations: int = 0
    trashed: datetime | None = None

    @property
    def title(self) -> str:
        """How it is called."""
        return self.metadata.title or self.edition.name


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """A document as it is edited, with what may belong to it."""

    card: DocumentCard
    editions: tuple[DocumentEdition, ...]  # newest first
    links: tuple[DocumentLink, ...]
    suggestions: tuple[DocumentLink, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection by name, with how many documents it holds."""

    name: str
    count: int
