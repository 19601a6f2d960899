"""Full-text search over records and notes, and the index kept true to the database."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.domain.concordance import ConcordancePage, ContextSort
from core.domain.finding import Span
from core.domain.query_parts import Completions, FieldValue, SearchField
from core.domain.search import (
    FacetCounts,
    IndexState,
    Likeness,
    NothingFound,
    SearchPage,
    SearchQuery,
    SimilarTo,
)
from core.errors import UserError
from core.exporting.concordance import render_csv
from core.precedence import SEARCHES
from core.search.fields import RECORD_FIELDS
from core.search.port import IndexCounts, SearchIndex
from core.search.snippet import Marker
from core.services.answers import page_of
from core.services.concordance import MOST_LINES, Gathering
from core.services.export import write_whole
from core.services.finding import MOST_FOUND
from core.services.indexing import IndexKeeper
from core.services.reference import find_record
from core.storage.repositories.index_feed import IndexFeed
from core.storage.repositories.notes import NoteStore
from core.storage.repositories.records import Records
from core.storage.repositories.synonyms import Stamp, Synonyms
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, Progress, no_progress, slow


class Search:
    """Search, and what keeps its index up to date; safe to use from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._keeper = IndexKeeper(database, folder)
        self._synonyms: tuple[SearchIndex, Stamp] | None = None  # those in use, and where
        self._gathering: tuple[SearchQuery, Gathering] | None = None  # of the last concordance

    @slow
    def search(self, query: SearchQuery, cancel: CancelToken | None = None) -> SearchPage:
        """Answer a query, best first, one hit a record.

        Raises:
            UserError: for an empty query that narrows nothing; any other text is answered.
            CancelledError: when ``cancel`` says so.
        """
        if query.like is not None:
            return self._similar(query.like, query, cancel or CancelToken())
        if not query.text.strip():
            raise UserError("The query is empty; type the words to look for.")
        began = time.perf_counter()
        cancel = cancel or CancelToken()
        index = self._ready(cancel)  # waits for its repair, which is to go on meanwhile
        with SEARCHES.first():
            page = self._answer(index, query, cancel)
        return replace(page, seconds=time.perf_counter() - began)

    def _answer(self, index: SearchIndex, query: SearchQuery, cancel: CancelToken) -> SearchPage:
        answer = index.search(query, cancel)
        cancel.check()
        with self._database.read() as session:
            page = page_of(session, query.text, answer)
        return page if page.total else _explained(page, index.why_nothing(query, cancel))

    @slow
    def why_nothing(self, query: SearchQuery, cancel: CancelToken | None = None) -> NothingFound:
        """Tell why a query finds nothing, and which looser ones find how much.

        Raises `CancelledError` when ``cancel`` says so.
        """
        return self._ready().why_nothing(query, cancel or CancelToken())

    @slow
    def facets(self, query: SearchQuery, cancel: CancelToken | None = None) -> FacetCounts:
        """Count what a query's answer can be narrowed by; ``CancelledError`` as `search`."""
        cancel = cancel or CancelToken()
        if query.like is None:
            counts = self._ready().count(query, cancel)
        else:
            like, asked = self.likeness(query.like), replace(query, facets=True, limit=0)
            answer = self._ready().similar(like.quotation, like.record, asked, cancel)
            counts = answer.facets
        cancel.check()
        keys = [*counts.get("record", ()), *counts.get("participant", ())]
        return FacetCounts(counts, self._titles(keys))

    @slow
    def concordance(
        self,
        query: SearchQuery,
        sort: ContextSort = ContextSort.PLACE,
        *,
        offset: int = 0,
        limit: int = 200,
        cancel: CancelToken | None = None,
    ) -> ConcordancePage:
        """Return occurrences of what a query finds, in their context, from ``offset`` on.

        Texts are read as far as needed: by place only to the end of the page, else all. A page
        from 0 on looks anew, a later one goes on in what was looked up then.

        Raises:
            UserError: for an empty query.
            CancelledError: when ``cancel`` says so.
        """
        if not query.text.strip():
            raise UserError("The query is empty; type the words to look for.")
        cancel = cancel or CancelToken()
        began = time.perf_counter()
        key = replace(query, offset=0, limit=0, facets=False)
        last, gathering = self._gathering or (None, None)
        if gathering is None or last != key or offset == 0:
            places = self._ready().places(query, cancel)
            gathering = Gathering(self._database, places)
            self._gathering = (key, gathering)
        lines = gathering.lines(sort, offset + limit, cancel)[offset:]
        return ConcordancePage(
            query=query.text,
            offset=offset,
            lines=tuple(lines),
            total=gathering.total,
            passages=gathering.places.total,
            seconds=time.perf_counter() - began,
            cut=gathering.cut,
            hint=gathering.places.hint,
        )

    @slow
    def fields(self) -> tuple[SearchField, ...]:
        """Return the fields of the query language, with the values that they have here."""
        return tuple(
            replace(field, values=self._titled(field.name, field.values))
            for field in self._keeper.ready(CancelToken()).fields()
        )

    @slow
    def complete(self, text: str, cursor: int, limit: int = 12) -> Completions:
        """Return what may be typed where the cursor stands in a query, likeliest first."""
        found = self._keeper.ready(CancelToken()).complete(text, cursor, limit)
        keys = [item.record for item in found.items if item.record]
        if not keys:
            return found
        titles = self._titles(keys)
        items = (replace(i, label=titles.get(i.record or "", i.label)) for i in found.items)
        return replace(found, items=tuple(items))

    @slow
    def occurrences(
        self,
        query: str,
        content: str,
        terms: Sequence[str] = (),
        cancel: CancelToken | None = None,
    ) -> tuple[Span, ...]:
        """Return where in a record's text stands what a query looks for, phrases as a whole.

        Without a query ``terms`` are looked for, folded word forms as in `SearchPage.terms`.
        """
        from core.search.expansion import FUNCTION_WORDS  # NumPy stays unimported

        marker = Marker(frozenset(terms))
        if query.strip():
            asked = SearchQuery(query, limit=1)
            marker = self._ready().search(asked, cancel or CancelToken()).marker
        words = marker.words - FUNCTION_WORDS
        if words or marker.phrases:  # "the" of "the States" is nothing to go to
            marker = Marker(words, marker.phrases)
        return tuple(marker.spans(content)[:MOST_FOUND])

    def _titled(self, name: str, values: tuple[FieldValue, ...]) -> tuple[FieldValue, ...]:
        """Show records by their title, and have them typed by their slug."""
        if name not in RECORD_FIELDS:
            return values
        titles = self._titles([value.label for value in values])
        return tuple(
            replace(value, value=value.label.partition(":")[2], label=titles[value.label])
            for value in values
            if value.label in titles
        )

    def _titles(self, keys: Sequence[str]) -> dict[str, str]:
        with self._database.read() as session:
            notes = NoteStore(session).pages(keys)
            return Records(session).titles(keys) | {key: page[0] for key, page in notes.items()}

    def export_concordance(
        self, query: SearchQuery, sort: ContextSort, path: Path, cancel: CancelToken | None = None
    ) -> int:
        """Write all lines to a CSV file, whole or not at all; returns how many.

        Raises `UserError` for an empty query or a place that can't be written.
        """
        page = self.concordance(query, sort, limit=MOST_LINES, cancel=cancel)
        write_whole(path, render_csv(page.lines))
        return len(page.lines)

    @slow
    def similar(
        self,
        record: str,
        start: int,
        end: int,
        query: SearchQuery | None = None,
        cancel: CancelToken | None = None,
    ) -> SearchPage:
        """Return passages of other records that share the telling words of a passage.

        ``query`` narrows, orders and pages; its text is not asked for.

        Raises:
            NotFoundError: for an unknown record.
            UserError: for a passage outside the text, or without any telling word.
            CancelledError: when ``cancel`` says so.
        """
        like = Likeness(record, start, end)
        return self._similar(like, query or SearchQuery(""), cancel or CancelToken())

    def _similar(self, like: Likeness, query: SearchQuery, cancel: CancelToken) -> SearchPage:
        began = time.perf_counter()
        likeness = self.likeness(like)
        answer = self._ready().similar(likeness.quotation, likeness.record, query, cancel)
        if not answer.terms:
            raise UserError(
                "This passage has no words that other passages share; select a longer one."
            )
        cancel.check()
        with self._database.read() as session:
            page = page_of(session, "", answer)
        likeness = replace(likeness, words=answer.terms)
        return replace(page, similar_to=likeness, seconds=time.perf_counter() - began)

    def likeness(self, like: Likeness) -> SimilarTo:
        """Return the passage whose like is asked for, as its record has it now.

        Raises:
            NotFoundError: for an unknown record, where the passage was not quoted.
            UserError: for a place outside the text.
        """
        with self._database.read() as session:
            records, note = Records(session), NoteStore(session).of_key(like.record)
            if note is None and like.quotation and records.resolve(like.record) is None:
                return SimilarTo(like.record, like.record, like.start, like.end, like.quotation)
            if note is not None:
                key, title, content = note.key, note.heading, note.text
            else:
                found = find_record(records, like.record)
                entry, (content, _) = records.entry(found), records.content(found)
                key, title = entry.key, entry.title
        start, end = _place_of(like, content)
        if like.quotation:
            return SimilarTo(key, title, start, end, like.quotation)
        if not 0 <= start < end <= len(content):
            raise UserError(f"{key} has no passage from {start} to {end}; select one in it.")
        return SimilarTo(key, title, start, end, content[start:end])

    def answering(self, query: SearchQuery, cancel: CancelToken | None = None) -> frozenset[str]:
        """Return the keys of all records, and ids of all annotations, that answer."""
        cancel = cancel or CancelToken()
        if query.like is None:
            return self._ready().answering(query, cancel)
        likeness = self.likeness(query.like)
        return self._ready().resembling(likeness.quotation, likeness.record, query, cancel)

    @slow
    def catch_up(self, progress: Progress = no_progress) -> int:
        """Bring the index up to date; returns how much was taken up.

        What another process's writer holds up stays queued for it or for the next call.
        """
        return self._keeper.catch_up(progress)

    def waiting(self) -> int:
        """Return how much the index still owes the database."""
        with self._database.read() as session:
            return IndexFeed(session).waiting()

    @slow
    def state(self) -> IndexState:
        """Return how the index stands: current, waiting, being built or repaired."""
        return self._keeper.state()

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Build the index anew from the database, and swap it in when it is complete."""
        self._keeper.rebuild(progress)

    @slow
    def tidy(self) -> bool:
        """Check the index and merge what is small; for idle moments. True if it did something."""
        return self._keeper.tidy()

    def counts(self) -> tuple[IndexCounts, tuple[int, int]]:
        """Return what the index holds, and (records, annotations) as the database has them."""
        return self._keeper.counts()

    def close(self) -> None:
        """Close the index."""
        self._keeper.close()

    def _ready(self, cancel: CancelToken | None = None) -> SearchIndex:
        """Return the index with the synonyms as they are now."""
        index = self._keeper.ready(cancel or CancelToken())
        with self._database.read() as session:
            synonyms = Synonyms(session)
            now = (index, synonyms.stamp())
            if self._synonyms != now:
                index.use_synonyms([group.forms for group in synonyms.groups()])
                self._synonyms = now
        return index


def _place_of(like: Likeness, content: str) -> tuple[int, int]:
    """Return where a passage stands: where it was, or where its quotation first is by now."""
    if not like.quotation or content[like.start : like.end] == like.quotation:
        return like.start, like.end
    start = content.find(like.quotation)
    return (start, start + len(like.quotation)) if start >= 0 else (like.start, like.end)


def _explained(page: SearchPage, nothing: NothingFound) -> SearchPage:
    """Say why a page is empty, and with which looser words it would not be."""
    hint = page.hint if page.suggestion else nothing.hint
    loosened = [
        (one.query.text, one.count) for one in nothing.loosened if one.query.text != page.query
    ]
    return replace(page, hint=hint, loosened=tuple(loosened))
