"""How another record is named in a sentence: its title with article, quotation marks and years."""

from core.domain.dates import parse
from core.domain.keys import Kind
from core.reference.english import names_a_state, takes_article
from core.reference.index import End, PackIndex
from core.reference.schema import Organisation, Person, State
from core.reference.writing import Link, Piece

_PRIVATE = "company"  # the names of companies take no article


def name_in_sentence(index: PackIndex, end: End) -> list[Piece]:
    """Return the other end's title as it stands inside a sentence: with an article, or quoted."""
    key = end.record
    title = index.title(key)
    kind = kind_of(index, end)
    year = [] if end.relation.since else year_after(index, key)
    if kind in (Kind.NORM, Kind.EVENT):
        return ["“", Link(title, key), "”", *year]
    return ["the " if _takes_article(index, key) else "", Link(title, key), *year]


def _takes_article(index: PackIndex, key: str) -> bool:
    shape = index.shape(key)
    if isinstance(shape, State):
        return names_a_state(shape.title)
    if isinstance(shape, Person):
        return False
    if isinstance(shape, Organisation) and shape.category.startswith(_PRIVATE):
        return False
    return takes_article(shape.title)


def year_after(index: PackIndex, key: str) -> list[Piece]:
    """Return " (2011)" for a dated record whose title does not say it."""
    year = index.year(key)
    title = index.title(key)
    if year is None or year.replace("–", "-") in title:
        return []
    return [f" ({_course(index, key, year)})"]


def _course(index: PackIndex, key: str, year: str) -> str:
    """Return the year of a record; of what lasts, so that it can't be read as that of a tie."""
    date = parse(index.date(key) or year)
    if index.entries[key][0] is not Kind.INITIATIVE or not date.interval:
        return year
    if date.end is None:
        return f"begun {year}"
    return f"ran {year}" if "–" in year else year


def kind_of(index: PackIndex, end: End) -> Kind:
    """Return the kind of the other end."""
    return index.entries[end.record][0]
