"""Notes of the analyst's in Markdown, and the links in them.

A link is ``[[target]]`` or ``[[target|words to show]]``. A target is a record's key, the key and
the place of a passage (as in its address, without the scheme), ``passage:`` with the id of an
annotation, or ``note:`` with the id of a note.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.domain.addresses import SCHEME, PassageAddress, read_address
from core.domain.keys import Kind
from core.errors import UserError

PASSAGE = "passage"
"""What a target begins with that is an annotation."""

_LINK = re.compile(r"\[\[(?P<target>[^\[\]|\n]{1,400})(?:\|(?P<label>[^\[\]|\n]{0,400}))?\]\]")
_OPEN = re.compile(r"\[\[(?P<typed>[^\[\]|\n]{0,120})\Z")
_MARKUP = re.compile(r"^[#>*+\-\s]+|[*_`]+", re.MULTILINE)
_HEADING = 80  # characters
_AROUND = 70  # characters on each side of a link that are shown with it


@dataclass(frozen=True, slots=True)
class Note:
    """A note that is not a passage's. ``record`` is the key that its record has now, ``tag`` the
    path of its tag; both None for one that stands on its own, or whose record or tag is gone.
    ``title`` is the record's."""

    id: str
    text: str
    record: str | None
    tag: str | None
    title: str
    analyst: str
    created: datetime
    modified: datetime

    @property
    def key(self) -> str:
        """What links and the search know it by."""
        return note_key(self.id)

    @property
    def heading(self) -> str:
        """Its first words."""
        return heading_of(self.text)


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are meant; empty means all. ``tag`` does not take in the tags below it. Each
    word of ``text`` stands in the note, its record's title or its tag."""

    record: str | None = None
    tag: str | None = None
    text: str = ""
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link as it stands in a note, ``text[start:end]``; ``label`` is "" where none is given."""

    target: str
    label: str
    start: int
    end: int

    @property
    def place(self) -> "LinkPlace | None":
        """Where it leads; None for what is no target."""
        return read_target(self.target)


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where a link leads: a record, a passage of one (with an address), an annotation, a note."""

    record: str = ""
    address: PassageAddress | None = None
    annotation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """What a link that is being typed may lead to. ``detail`` tells apart what has one title."""

    target: str
    title: str
    detail: str = ""

    @property
    def link(self) -> str:
        """The link as it is written."""
        label = re.sub(r"[\[\]|\s]+", " ", self.title).strip()
        return f"[[{self.target}|{label}]]" if label else f"[[{self.target}]]"


@dataclass(frozen=True, slots=True)
class Backlink:
    """A note that links to something. ``source`` is an annotation's id, or a note's key;
    ``title`` says where that note stands, ``words`` is what it says around the link."""

    source: str
    record: str | None
    title: str
    words: str
    modified: datetime


def note_key(note: str) -> str:
    """Return the key of a note with this id."""
    return f"{Kind.NOTE}:{note}"


def note_id(key: str) -> str | None:
    """Return the id in a note's key; None for any other text."""
    kind, _, id_ = key.partition(":")
    return id_ if kind == Kind.NOTE and id_ else None


def heading_of(text: str) -> str:
    """Return the first line that says something, without its markup, shortened."""
    for line in text.splitlines():
        if words := plain_words(line):
            return words if len(words) <= _HEADING else words[:_HEADING].rstrip() + "…"
    return ""


def links_in(text: str) -> tuple[NoteLink, ...]:
    """Return the links of a note in their order."""
    return tuple(
        NoteLink(found["target"].strip(), (found["label"] or "").strip(), *found.span())
        for found in _LINK.finditer(text)
    )


def read_target(target: str) -> LinkPlace | None:
    """Return where a target leads; None for what is none."""
    kind, _, rest = target.partition(":")
    if kind == PASSAGE:
        return LinkPlace(annotation=rest) if rest else None
    if kind == Kind.NOTE:
        return LinkPlace(note=rest) if rest else None
    try:
        address = read_address(f"{SCHEME}:{target}")
    except UserError:
        return None
    return LinkPlace(address.record, address if address.digest else None)


def target_of(address: PassageAddress) -> str:
    """Return the target that leads to a passage."""
    return str(address).removeprefix(f"{SCHEME}://")


def link_begun(text: str) -> str | None:
    """Return what is typed of a link that is still open at the text's end; None for no link."""
    found = _OPEN.search(text)
    return None if found is None else found["typed"]


def words_around(text: str, link: NoteLink) -> str:
    """Return what a note says around a link, as it is read."""
    begin, end = max(0, link.start - _AROUND), link.end + _AROUND
    before, after = text[begin : link.start], text[link.end : end]
    before = before if begin == 0 else "…" + (before.partition(" ")[2] or before)
    after = after if end >= len(text) else (after.rpartition(" ")[0] or after) + "…"
    said = f"{before}{link.label or link.target}{after}"
    return plain_words(said)


def plain_words(text: str) -> str:
    """Return what a note says on one line, without its markup, each link by its words."""
    said = _LINK.sub(lambda one: one["label"] or one["target"], text)
    return " ".join(_MARKUP.sub("", said).split())


def as_markdown(text: str, titles: Callable[[NoteLink], str], scheme: str) -> str:
    """Return a note with its links as Markdown's own, ``scheme:target``; what is no target stays
    as it was typed."""

    def written(found: re.Match[str]) -> str:
        link = NoteLink(found["target"].strip(), (found["label"] or "").strip(), *found.span())
        if link.place is None:
            return found[0]
        label = re.sub(r"([\\`*_\[\]<>])", r"\\\1", link.label or titles(link) or link.target)
        return f"[{label}](<{scheme}:{link.target}>)"

    return _LINK.sub(written, text)
