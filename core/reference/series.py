"""An event's place in its series: what it belongs to, what came before it there, what after."""

from core.domain.dates import in_words, sort_key
from core.domain.keys import Kind
from core.domain.text import PassageKind
from core.reference.english import join_words, without_brackets
from core.reference.index import End, PackIndex
from core.reference.naming import name_in_sentence
from core.reference.sections import Group
from core.reference.sentences import Subject
from core.reference.ties import write_groups
from core.reference.writing import Cited, Link, Piece, TextWriter

PART_OF: Group = ("part-of", True)


def write_place(
    writer: TextWriter, index: PackIndex, subject: Subject, groups: dict[Group, list[End]]
) -> None:
    """Write a paragraph for each series that an event belongs to, then its other ties."""
    for end in groups.get(PART_OF, []):
        relation = end.relation
        said = Cited(
            (f"{subject.first} is part of ", *name_in_sentence(index, end), "."),
            relation.source,
            relation.verified,
        )
        writer.add(PassageKind.PARAGRAPH, said, *_neighbours(index, end))
        if relation.note:
            writer.add(PassageKind.CAVEAT, f"Caveat: {relation.note}", label="Caveat")
    rest = {group: ends for group, ends in groups.items() if group != PART_OF}
    if rest:
        write_groups(writer, index, subject, rest, begun=True)


def _neighbours(index: PackIndex, own: End) -> list[Piece]:
    """Say which event of the series was the last before this one, and which the next after it."""
    key = own.relation.subject
    date = index.date(key)
    if date is None:
        return []
    series = [
        end
        for end in index.ends(own.record)
        if end.predicate.name == "part-of"
        and not end.outgoing
        and index.entries[end.record][0] is Kind.EVENT
        and index.date(end.record)
    ]
    at = sort_key(date)
    before = [end for end in series if sort_key(index.date(end.record)) < at]
    after = [end for end in series if sort_key(index.date(end.record)) > at]
    parts: list[list[Piece]] = [
        [_neighbour(index, word, end)]
        for word, ends in (("after", before[-1:]), ("before", after[:1]))
        for end in ends
    ]
    return [" In that series it comes ", *join_words(parts), "."] if parts else []


def _neighbour(index: PackIndex, word: str, end: End) -> Piece:
    date = index.date(end.record)
    pieces = (
        f"{word} “",
        Link(index.title(end.record), end.record),
        f"” ({without_brackets(in_words(date))})" if date else "”",
    )
    return Cited(pieces, end.relation.source, end.relation.verified)
