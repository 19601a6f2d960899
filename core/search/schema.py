"""What the index holds: one Whoosh document a record, a passage, a note.

A record's document comes first and those of its passages follow it, so that a passage's record
is the last one before it; a note's document stands alone and names its record.
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
import re
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from struct import Struct
from typing import Any

import msgspec
from whoosh import columns, fields, formats

from core.domain.as_of import earliest
from core.domain.dates import parse
from core.domain.keys import Kind
from core.domain.search import IndexedNote, IndexedPassage, IndexedRecord
from core.search.analysis import words_of
from core.search.symbols import day_word
from core.struct_types import make_ready

VERSION = "10"  # of schema, analysis and weights; another one means: build anew
RECORD, PASSAGE, NOTE = 1, 2, 3
PLACE = Struct("<Biiif")  # part, passage's number, start, end, weight
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")  # the first of an EDTF date
GAP = 100  # positions between two names, so that no phrase runs across

# What a passage's rank is multiplied by. Names of other records, rows of tables and details are
# short, and a short passage ranks high in BM25 although it says little.
_PROSE, _LIST, _HEADING, _ROW, _TIE = 1.0, 0.7, 0.4, 0.25, 0.3
_DOCUMENT_HEADING = 0.8


class Positions(formats.Positions):
    """Positions as plain 32-bit numbers, which NumPy reads as they are."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Return the bytes of one posting."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Return the positions of one posting."""
        return array("I", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how often the word stands there."""
        return len(valuestring) // 4


class Words(fields.FieldType):
    """A field of ready-made words, past Whoosh's token pipeline.

    A value is a list of pieces, each a list of folded words.
    """

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None, scorable=True)

    def index(
        self, value: Sequence[Sequence[str]], **_: object
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        """Yield word, frequency, weight and positions for each different word."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        base = 0
        for piece in value:
            for place, word in enumerate(piece, base):
                places[word].append(place)
            base += len(piece) + GAP
        for word, found in places.items():
            yield word.encode(), len(found), float(len(found)), array("I", found).tobytes()


class RecordFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What filters, facets and hits need of a record."""

    key: str
    kind: str
    names: tuple[str, ...]  # title first; folded, words joined by spaces
    year: int | None
    year_to: int | None
    themes: tuple[str, ...]
    tags: tuple[str, ...]
    participants: tuple[str, ...]
    lead: tuple[int, int, int] | None  # passage shown when only the title answers: n, start, end
    language: str = ""
    day: int = -1  # the first day as yyyymmdd, 00 for what the date leaves open; -1 for none
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()  # as in `IndexedRecord`
    earliest: int = 0  # the first day, as an ordinal, on which it may have existed; 0 for always


class NoteFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What filters and hits need of a note."""

    annotation: str
    record: str
    tags: tuple[str, ...]


def schema() -> fields.Schema:
    """Make the Whoosh schema."""
    return fields.Schema(
        text=Words(),
        title=Words(),
        place=fields.COLUMN(columns.FixedBytesColumn(PLACE.size)),
        facts=fields.STORED(),
    )


def documents(item: IndexedRecord | IndexedNote) -> Iterator[dict[str, Any]]:
    """Yield the Whoosh documents of a record or a note, the record's own first."""
    if isinstance(item, IndexedNote):
        place = PLACE.pack(NOTE, -1, item.start, item.end, _PROSE)
        facts = (item.annotation, item.record, tuple(item.tags))
        said = (item.note, item.quotation, *item.tags, *item.definitions)
        yield {
            "text": [words_of(text) for text in said],
            "place": place,
            "facts": facts,
        }
        return
    names = [words_of(name) for name in dict.fromkeys((item.title, *item.names))]
    yield {
        "title": [*names, *_year(item), *_days(item)],
        "place": PLACE.pack(RECORD, -1, 0, 0, _PROSE),
        "facts": _record_facts(item, names),
    }
    for passage in item.passages:
        words = words_of(passage.text)
        if words and not (passage.heading and words in names):  # the title is there already
            yield {
                "text": [words],
                "place": PLACE.pack(
                    PASSAGE, passage.n, passage.start, passage.end, _weight(passage, item.kind)
                ),
            }


def _year(item: IndexedRecord) -> list[list[str]]:
    """A year is often typed with a name ("london conference 2011"), though no name has it."""
    return [] if item.year is None or item.kind is Kind.PARTICIPANT else [[str(item.year)]]


def _record_facts(item: IndexedRecord, names: Iterable[Sequence[str]]) -> tuple[Any, ...]:
    lead = next((p for p in item.passages if not p.heading), next(iter(item.passages), None))
    return (
        item.key,
        item.kind.value,
        _known_names(item, names),
        item.year,
        item.year_to,
        tuple(item.themes),
        tuple(item.tags),
        tuple(item.participants),
        (lead.n, lead.start, lead.end) if lead else None,
        item.language,
        _day(item),
        tuple((name, tuple(values)) for name, values in item.attributes),
        earliest(item.kind, next(iter(dict(item.attributes).get("type", ())), None), item.date),
    )


def _day(item: IndexedRecord) -> int:
    found = _DAY.search(item.date or "")
    if found is None:
        return -1 if item.year is None else item.year * 10_000
    year, month, day = (int(part or 0) for part in found.groups())
    return year * 10_000 + month * 100 + day


def _known_names(item: IndexedRecord, names: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the folded names; a title counts without what it adds in brackets or after a colon
    too: "GGE report 2015 (A/70/174)"."""
    short = re.sub(r"\s*\([^)]*\)\s*\Z", "", item.title)
    more = (short, short.partition(": ")[0]) if item.kind is not Kind.SOURCE else ()
    found = [*names, *(words_of(name) for name in more)]
    return tuple(dict.fromkeys(" ".join(words) for words in found if words))


def _days(item: IndexedRecord) -> list[list[str]]:
    """Return the words for the days and months of a record's date, each a piece of its own."""
    if item.date is None:
        return []
    date = parse(item.date)
    found: dict[str, None] = {}
    for point in (date.start, date.end):
        if point is not None and point.month is not None:
            found[day_word(point.year, point.month)] = None
            if point.day is not None:
                found[day_word(point.year, point.month, point.day)] = None
    return [[word] for word in found]


def _weight(passage: IndexedPassage, kind: Kind) -> float:
    """Weigh a passage. On the pack's own pages all that says something carries a label."""
    imported = kind is Kind.DOCUMENT
    if passage.heading:
        return _DOCUMENT_HEADING if imported else _HEADING
    if "\t" in passage.text:
        return _ROW
    if passage.label is None and not imported:
        return _TIE
    separators = passage.text.count(",") + passage.text.count(";")
    words = passage.text.count(" ") + 1
    return _LIST if separators > 8 and words < separators * 4 else _PROSE


make_ready(RecordFacts, NoteFacts)
