"""Reads a segment through Whoosh's own reader and matchers, whatever codec wrote it.

Slower than a file of arrays, and it takes the memory of the whole segment, but it reads anything
that Whoosh reads. The next merge turns the segment into a file of arrays.
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from core.search.columns import PLACES, TEXTS, Array, Columns, Postings, narrowed, rounded
from core.search.schema import NOTE, RECORD, NoteFacts, RecordFacts


def read_columns(reader: SegmentReader) -> Columns:
    """Read all of a segment; whatever Whoosh raises of a damaged one goes up."""
    words = sorted({word.decode() for field in TEXTS for word in _lexicon(reader, field)})
    size: int = reader.doc_count_all()
    column: Any = reader.column_reader("place", translate=False)
    places = np.frombuffer(b"".join(column[n] for n in range(size)), PLACES)
    facts = {
        part: [
            reader.stored_fields(n)["facts"]
            for n in np.flatnonzero(places["part"] == part).tolist()
        ]
        for part in (RECORD, NOTE)
    }
    return Columns(
        words=words,
        postings={field: _postings(reader, field, words) for field in TEXTS},
        places=places,
        lengths={field: _lengths(reader, field, size) for field in TEXTS},
        totals={field: int(reader.field_length(field)) for field in TEXTS},
        records=[RecordFacts(*fact) for fact in facts[RECORD]],
        notes=[NoteFacts(*fact) for fact in facts[NOTE]],
    )


def _lexicon(reader: SegmentReader, field: str) -> list[bytes]:
    return list(reader.lexicon(field)) if field in reader.indexed_field_names() else []


def _lengths(reader: SegmentReader, field: str, size: int) -> Array:
    lengths = [reader.doc_field_length(n, field) or 0 for n in range(size)]
    return rounded(np.array(lengths, np.int64))


def _postings(reader: SegmentReader, field: str, words: list[str]) -> Postings:
    held = {word.decode() for word in _lexicon(reader, field)}
    documents: list[int] = []
    frequencies: list[int] = []
    positions: list[int] = []
    starts, position_starts = [0], [0]
    for word in words:
        if word in held:
            matcher: Any = reader.postings(field, word)
            while matcher.is_active():
                found = matcher.value_as("positions")
                documents.append(matcher.id())
                frequencies.append(len(found))
                positions += found
                matcher.next()
        starts.append(len(documents))
        position_starts.append(len(positions))
    return Postings(
        np.array(starts, np.int64),
        np.array(documents, np.uint32),
        narrowed(np.array(frequencies, np.int64)),
        np.array(position_starts, np.int64),
        narrowed(np.array(positions, np.int64)),
    )
