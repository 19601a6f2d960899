"""Answers of the index made pages that can be read, with the database's own words."""

from sqlalchemy.orm import Session

from core.domain.keys import Kind
from core.domain.notes import plain_words
from core.domain.search import SearchHit, SearchPage
from core.search.port import Answer, IndexHit
from core.search.snippet import Marker
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.repositories.notes import NoteStore
from core.storage.repositories.records import Records


def page_of(session: Session, query: str, answer: Answer) -> SearchPage:
    """Make the page of an index's answer, with titles and snippets from the database."""
    return SearchPage(
        query=query,
        total=answer.total,
        hits=tuple(_hits(session, answer)),
        seconds=0,
        suggestion=answer.suggestion,
        hint=answer.hint,
        facets=answer.facets,
        terms=answer.terms,
    )


def _hits(session: Session, answer: Answer) -> list[SearchHit]:
    keys = [hit.record for hit in answer.hits]
    pages = Records(session).pages(keys) | NoteStore(session).pages(keys)
    found: list[SearchHit] = []
    for hit in answer.hits:
        if hit.record not in pages:
            continue  # gone since the index saw it; the queue will take it out
        title, summary, content = pages[hit.record]
        text, label = _shown(session, hit, content, summary, answer.marker)
        found.append(
            SearchHit(
                record=hit.record,
                kind=hit.kind,
                title=title,
                passage=hit.passage,
                start=hit.start,
                end=hit.end,
                score=hit.score,
                snippet=answer.marker.snippet(text),
                year=hit.year,
                annotation=hit.annotation,
                label=label,
                more=hit.more,
            )
        )
    return found


def _shown(
    session: Session, hit: IndexHit, content: str, summary: str, marker: Marker
) -> tuple[str, str | None]:
    """Return the text that a snippet is taken from, and the label of its place.

    Of an annotation that is what answered: its note, its quotation, or a tag with its meaning.
    """
    if hit.annotation is not None:
        row = AnnotationStore(session).row(hit.annotation)
        if row is not None:
            tags = (f"{tag.path}: {tag.definition}" for tag in Tags(session).of(hit.annotation))
            said = [text for text in (row.note, row.exact, *tags) if text]
            return next((text for text in said if marker.spans(text)), said[0]), row.label
        note = NoteStore(session).of_key(hit.annotation)
        if note is not None:
            return plain_words(note.text), None
    if hit.kind is Kind.NOTE:
        return plain_words(content[hit.start : hit.end] or content), None
    if hit.passage in (None, 0):
        return summary, None
    return content[hit.start : hit.end].replace("\t", " – "), None
