"""All annotations to look through: narrowed, grouped, and filters kept by name."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.annotations import AnnotationFilter


class Grouping(StrEnum):
    """What annotations are listed under; without one they follow the records and their texts."""

    NONE = "none"
    RECORD = "record"
    TAG = "tag"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Group:
    """Annotations that stand together: ``key`` is a record's key, a tag's path or an ISO date.

    ``key`` and ``title`` are empty for what carries no tag.
    """

    key: str
    title: str
    count: int
    color: str | None = None  # of a tag, "#rrggbb"


@dataclass(frozen=True, slots=True)
class AnnotationListing:
    """Ids in the order of the list, group after group; under tags one can stand in several."""

    total: int  # annotations that pass
    every: int  # annotations that there are
    ids: tuple[str, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class BrowsingChoices:
    """What a filter can name, each with its number of annotations."""

    records: tuple[Group, ...] = ()  # by title
    analysts: tuple[Group, ...] = ()  # by name
    tags: tuple[Group, ...] = ()  # by path; the count is of the tag alone
    every: int = 0


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter by name. ``total`` counts what passes it now; None while not counted."""

    id: str
    name: str
    wanted: AnnotationFilter
    grouping: Grouping = Grouping.NONE
    total: int | None = None
