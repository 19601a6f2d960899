"""Whoosh's codec over segment files of arrays, so that Whoosh's own searcher reads them too.

Whoosh keeps the list of segments, deletions, lock and generations; a codec is its way to say how a
segment is laid out. Whoosh 2.7.4 lays postings out as pickled tuples, which take 20 times as long
to write and to read as arrays do. Segments of Whoosh's own codec are read all the same
(`core.search.foreign`).
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from whoosh.codec import base, whoosh3
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from core.search.columns import TEXTS, Columns
from core.search.schema import NOTE, RECORD
from core.search.segment_file import EXTENSION, SegmentFile


class ArrayCodec(base.Codec):
    """Reads segments of arrays; they are written whole, by `segment_file.write_segment`."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTerms":  # noqa: ANN401
        """Open a segment's words and postings."""
        return ArrayTerms(open_file(storage, segment).columns)

    def per_document_reader(self, storage: Any, segment: Any) -> "ArrayDocuments":  # noqa: ANN401
        """Open what a segment says of each document."""
        return ArrayDocuments(open_file(storage, segment).columns, segment)


class ArraySegment(whoosh3.W3Segment):
    """An entry of the list of segments: name, number of documents, deleted ones."""

    should_assemble: Any = staticmethod(lambda: False)  # it is one file already


def open_file(storage: Any, segment: Any) -> SegmentFile:  # noqa: ANN401  (Whoosh's)
    """Open a segment's file."""
    return SegmentFile(Path(storage.folder) / segment.make_filename(EXTENSION))


class _WholeList(ListMatcher):
    """A word's postings, which Whoosh shall not prune: a list has no blocks to skip."""

    def supports_block_quality(self) -> bool:
        """Tell that no block is better than another."""
        return False


class ArrayTerms(base.TermsReader):
    """The words and postings of a segment, as Whoosh asks for them."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def _number(self, field: str, word: bytes) -> int:
        """Return the word's number; raises TermNotFound if this field does not have it."""
        text = word.decode()
        number = bisect_left(self._columns.words, text)
        words, postings = self._columns.words, self._columns.postings.get(field)
        if postings is not None and number < len(words) and words[number] == text:
            begin, end = postings.starts[number : number + 2]
            if begin < end:
                return number
        raise TermNotFound(f"No term {field}:{word!r}")

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        try:
            self._number(*term)
        except TermNotFound:
            return False
        return True

    def indexed_field_names(self) -> list[str]:
        """Return the fields that hold words."""
        return [f for f in TEXTS if len(self._columns.postings[f].documents)]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield each field's words in order."""
        for field in sorted(self.indexed_field_names()):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield a field's words from a place in their order on."""
        starts = self._columns.postings[fieldname].starts
        words = self._columns.words
        for number in range(bisect_left(words, prefix.decode()), len(words)):
            if starts[number] < starts[number + 1]:
                yield fieldname, words[number].encode()

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield each word with its numbers."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[Any]:
        """Yield a field's words from a place on, with their numbers."""
        return ((t, self.term_info(*t)) for t in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return a word's numbers; raises TermNotFound."""
        number = self._number(fieldname, text)
        documents, frequencies = self._columns.postings[fieldname].of(number)
        lengths = self._columns.lengths[fieldname][documents]
        return TermInfo(
            weight=int(frequencies.sum()),
            df=len(documents),
            minlength=byte_to_length(int(lengths.min())),
            maxlength=byte_to_length(int(lengths.max())),
            maxweight=int(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a word stands in all."""
        return self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a word; 0 for none."""
        if (fieldname, text) not in self:
            return 0
        number = self._number(fieldname, text)
        return len(self._columns.postings[fieldname].of(number)[0])

    def matcher(
        self,
        fieldname: str,
        text: bytes,
        format_: Any,  # noqa: ANN401  (Whoosh's)
        scorer: Any = None,  # noqa: ANN401
    ) -> "_WholeList":
        """Return Whoosh's matcher over a word's postings."""
        postings, number = self._columns.postings[fieldname], self._number(fieldname, text)
        documents, frequencies = postings.of(number)
        ends = np.cumsum(frequencies, dtype=np.int64).tolist()
        positions = array("I", postings.positions_of(number).tolist())
        return _WholeList(
            documents.tolist(),
            [float(n) for n in frequencies.tolist()],
            [positions[b:e].tobytes() for b, e in zip([0, *ends], ends, strict=False)],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def close(self) -> None:
        """Leave the file to its last user."""


class ArrayDocuments(base.PerDocumentReader):
    """What a segment says of each document, as Whoosh asks for it."""

    def __init__(self, columns: Columns, segment: ArraySegment) -> None:
        self._columns = columns
        self._segment = segment
        self._facts = {
            document: fact
            for part, facts in ((RECORD, columns.records), (NOTE, columns.notes))
            for document, fact in zip(columns.documents_of(part), facts, strict=True)
        }

    def doc_count(self) -> int:
        """Count the documents that are not deleted."""
        return self._columns.size - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Count all documents."""
        return self._columns.size

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return self._segment.has_deletions()

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Return the deleted documents."""
        return iter(self._segment.deleted_docs())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many words a field of a document has, as Whoosh rounds it."""
        return byte_to_length(int(self._columns.lengths[fieldname][docnum])) or default

    def field_length(self, fieldname: str) -> int:
        """Return how many words a field has in all documents."""
        return self._columns.totals.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        """Return the shortest length."""
        return byte_to_length(int(self._columns.lengths[fieldname].min(initial=255)))

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length."""
        return byte_to_length(int(self._columns.lengths[fieldname].max(initial=0)))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the facts of a record or a note."""
        fact = self._facts.get(docnum)
        return {} if fact is None else {"facts": msgspec.structs.astuple(fact)}
