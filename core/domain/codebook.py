"""The codebook: a tree of tags, what they mean, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SEPARATOR = "/"

FAVOURITES = range(1, 10)
"""The number keys that a tag may be put on."""

PALETTE = (
    "#3f7fbf",
    "#d6455d",
    "#2a8f4a",
    "#a6761d",
    "#1f93a8",
    "#b94fa4",
    "#cf6a28",
    "#16917a",
    "#7c8c1f",
    "#8a63d2",
    "#c2557f",
    "#7d7f63",
)
"""Colours that stand at least three to one against light and dark paper (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the codebook. ``path`` is its full name, ``A/B`` for B under A.

    ``id`` is a UUID that stays with the tag through renames and between projects.
    """

    id: str
    path: str
    color: str  # "#rrggbb"
    definition: str = ""
    count: int = 0  # annotations that carry it
    include: str = ""  # when to use it
    exclude: str = ""  # when not to
    example: str = ""
    position: int = 0  # among its siblings; where all have 0 they stand by name
    favourite: int | None = None  # its number key, 1 to 9
    total: int = 0  # annotations that carry it or a tag below it
    created: datetime | None = None
    modified: datetime | None = None

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(SEPARATOR)[2]

    @property
    def parent(self) -> str | None:
        """The path of the tag above, or None."""
        return self.path.rpartition(SEPARATOR)[0] or None

    @property
    def depth(self) -> int:
        """How many tags stand above it."""
        return self.path.count(SEPARATOR)


MEANING = ("definition", "include", "exclude", "example")
"""The fields of a tag that say what it stands for."""


class Deed(StrEnum):
    """What can happen to a tag."""

    CREATED = "created"
    RENAMED = "renamed"
    MOVED = "moved"
    DEFINED = "defined"
    RECOLOURED = "recoloured"
    KEYED = "keyed"  # put on a number key, or taken off it
    MERGED = "merged"  # another tag, ``before``, was merged into it
    DELETED = "deleted"
    PASSAGES = "passages"  # it was put on many passages, or taken off them, in one step


@dataclass(frozen=True, slots=True)
class TagEvent:
    """One thing that happened to a tag. ``before`` and ``after`` are the words of the field."""

    at: datetime
    analyst: str
    deed: Deed
    step: str  # the name of the step that did it
    field: str = ""  # path, color, definition, include, exclude, example
    before: str = ""
    after: str = ""
    undone: bool = False  # the deed was taken back at this moment


@dataclass(frozen=True, slots=True)
class TagPart:
    """What `split` makes of some of a tag's passages: a tag, and the annotations it is put on."""

    path: str
    annotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in a foreign codebook would do, or did; paths as the foreign one has them."""

    new: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()  # here already; empty fields get the foreign words
    conflicting: tuple[str, ...] = ()  # here already with other words or another path
