"""The codebook: a tree of tags."""

from dataclasses import dataclass

SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the codebook. ``path`` is its full name, ``A/B`` for B under A."""

    id: str
    path: str
    color: str  # "#rrggbb"
    definition: str = ""
    count: int = 0  # annotations that carry it

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(SEPARATOR)[2]

    @property
    def parent(self) -> str | None:
        """The path of the tag above, or None."""
        return self.path.rpartition(SEPARATOR)[0] or None
