"""What a document may have to do with records: told by symbol, title and names."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.documents import DocumentLink, DocumentMetadata
from core.domain.keys import Kind
from core.domain.predicates import PREDICATES
from core.storage.repositories.record_rows import sort_title
from core.storage.tables import DocumentLinkRow, RecordRow

PREDICATE_OF = {
    Kind.INSTRUMENT: "text-of",
    Kind.NORM: "voices",
    Kind.PARTICIPANT: "written-by",
    Kind.INITIATIVE: "belongs-to",
    Kind.EVENT: "belongs-to",
}
"""How a document is tied to a record of each kind that it can be tied to."""

_LIKE = 90  # percent of likeness from which a title is worth suggesting
_MOST = 5
_SHORTEST = 4  # letters of a name that says something
_SYMBOL = re.compile(r"[^0-9a-z]+")


def links_of(session: Session, document: int) -> tuple[DocumentLink, ...]:
    """Return a document's ties, in the order in which pages have them."""
    query = (
        select(DocumentLinkRow.predicate, RecordRow.key, RecordRow.title)
        .join(RecordRow, RecordRow.id == DocumentLinkRow.target_id)
        .where(DocumentLinkRow.document_id == document)
        .order_by(RecordRow.sort_title)
    )
    found = [_link(*row) for row in session.execute(query).tuples()]
    return tuple(sorted(found, key=lambda link: PREDICATES[link.predicate].order))


def suggest_links(
    session: Session, said: DocumentMetadata, present: Iterable[DocumentLink]
) -> tuple[DocumentLink, ...]:
    """Return records that a document may belong to, likeliest first."""
    tied = {link.record for link in present}
    query = select(RecordRow.key, RecordRow.kind, RecordRow.title, RecordRow.names).where(
        RecordRow.kind.in_([kind.value for kind in PREDICATE_OF])
    )
    rows = [row for row in session.execute(query).tuples() if row[0] not in tied]
    scores: dict[int, float] = {}
    symbol = _folded(said.symbol)
    title, authors = sort_title(said.title or ""), {sort_title(name) for name in said.authors}
    names: list[tuple[int, str]] = []
    for n, (_, kind, record_title, other) in enumerate(rows):
        called = [record_title, *other]
        if symbol and any(_folded(name) == symbol for name in called):
            scores[n] = 300.0
        if kind == Kind.PARTICIPANT:
            if any(sort_title(name) in authors for name in called):
                scores[n] = 200.0
        else:
            names += [(n, sort_title(name)) for name in called if len(name) >= _SHORTEST]
    if title:
        choices = [name for _, name in names]
        for name, score, at in process.extract(
            title, choices, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_MOST * 2
        ):
            n = names[at][0]
            scores[n] = max(scores.get(n, 0.0), score + (name == title))
    best = sorted(scores, key=lambda n: -scores[n])[:_MOST]
    return tuple(_link(PREDICATE_OF[Kind(rows[n][1])], rows[n][0], rows[n][2]) for n in best)


def _folded(symbol: str | None) -> str:
    return _SYMBOL.sub("", symbol.casefold()) if symbol else ""


def _link(predicate: str, key: str, title: str) -> DocumentLink:
    return DocumentLink(predicate, key, title, PREDICATES[predicate].forward)
