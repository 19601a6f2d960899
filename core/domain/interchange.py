"""A project as tools hand it to each other: analysts, codebook, sources, annotations, notes.

It knows no format and no storage. Ids are UUIDs in lower case without braces; positions count
code points of the source's content; moments are in UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime

from core.domain.annotations import TextPositionSelector, TextQuoteSelector, Verdict
from core.domain.documents import DocumentMetadata
from core.domain.keys import Kind
from core.domain.text import Text


@dataclass(frozen=True, slots=True)
class Person:
    """Who tagged or wrote; told apart by name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ProjectTag:
    """A tag; ``parent`` is the id of the tag above it. An empty ``color`` is none."""

    id: str
    name: str
    parent: str | None = None
    color: str = ""  # "#rrggbb"
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    position: int = 0  # among its siblings; where all have 0 they stand by name
    favourite: int | None = None  # its number key
    created: datetime | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a document came from; ``data`` is None where only its name is known."""

    name: str
    sha256: str
    data: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ProjectSource:
    """What annotations stand on: a record, a document, a page of the web.

    ``key`` is the record's where the file says so. ``text`` is None where the file does not hold
    it. ``reference``: it comes with the program, so that no file needs to carry it. ``is_work``: it
    is one of a list of references, wanted whether or not anything stands on it.
    """

    id: str
    title: str
    key: str | None = None
    text: Text | None = field(default=None, repr=False)
    sha256: str | None = None
    metadata: DocumentMetadata = field(default_factory=DocumentMetadata)
    description: str = ""
    address: str | None = None
    format: str | None = None  # the reader's word: "pdf", "docx"
    original: Original | None = None
    created: datetime | None = None
    tags: tuple[str, ...] = ()  # ids
    reference: bool = False
    is_work: bool = False

    @property
    def is_document(self) -> bool:
        """Whether it is an analyst's document, or a text of another tool."""
        return self.key is None or self.key.startswith(f"{Kind.DOCUMENT.value}:")


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """A tie from an annotation to a record, or to another annotation that stands on it."""

    id: str
    meaning: str
    record: str  # its key
    target: str | None = None  # an annotation's id
    analyst: str = ""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProjectAnnotation:
    """A passage of a source. ``tags`` are ids of tags, in the analyst's order.

    At least one of ``position`` and ``quote`` is there. ``verdict`` and ``score`` are what the
    tool that wrote it knew of the place.
    """

    id: str
    source: str
    position: TextPositionSelector | None = None
    quote: TextQuoteSelector | None = None
    text_sha256: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    analyst: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    verdict: Verdict | None = None
    score: float = 1.0
    links: tuple[ProjectLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """A free-standing note, or one on a whole source or tag (``about``: its id)."""

    id: str
    title: str
    text: str
    about: str | None = None
    analyst: str = ""
    created: datetime | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProjectSet:
    """A named set of tags and sources (ids)."""

    id: str
    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """One project. ``remarks`` say what the reader could not hold, a sentence each."""

    format: str  # "bundle", "qdpx", "jsonld" …: the word of the export formats
    name: str = ""
    people: tuple[Person, ...] = ()
    tags: tuple[ProjectTag, ...] = ()  # a parent comes before its children
    sources: tuple[ProjectSource, ...] = ()
    annotations: tuple[ProjectAnnotation, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    sets: tuple[ProjectSet, ...] = ()
    remarks: tuple[str, ...] = ()
