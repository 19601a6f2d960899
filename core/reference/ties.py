"""The ties of a record on its page: sentences where few, lists and tables where many."""

from collections import defaultdict
from collections.abc import Sequence

from core.domain.keys import Kind
from core.domain.text import PassageKind
from core.reference.english import capitalised
from core.reference.index import End, PackIndex
from core.reference.naming import kind_of
from core.reference.sections import OTHER, SECTIONS, Group, Section
from core.reference.sentences import Subject, caveats, details_of, sentences
from core.reference.tie_tables import write_many
from core.reference.writing import Piece, TextWriter

FEW = 4  # ties that a sentence holds with their details; more stand in a list or table
_KIND_HEADINGS = {
    Kind.INITIATIVE: "initiatives",
    Kind.PARTICIPANT: "organisations",
    Kind.EVENT: "events",
    Kind.INSTRUMENT: "texts",
    Kind.NORM: "norms",
}


def sections_of(index: PackIndex, key: str) -> list[tuple[Section, dict[Group, list[End]]]]:
    """Return the sections of a page that have ties, but for those that a table there states."""
    covered = index.covered(key)
    groups: dict[Group, list[End]] = defaultdict(list)
    for end in index.ends(key):
        if end.outgoing or (end.record, end.relation.predicate) not in covered:
            groups[end.predicate.name, end.outgoing].append(end)
    found = [
        (section, {g: _take(index, groups, g, section.among) for g in section.groups})
        for section in SECTIONS.get(type(index.shape(key)), ())
    ]
    found = [(section, {g: ends for g, ends in taken.items() if ends}) for section, taken in found]
    groups = {group: ends for group, ends in groups.items() if ends}
    rest = Section(OTHER, tuple(groups))
    return [(s, g) for s, g in [*found, (rest, dict(groups))] if g]


def _take(
    index: PackIndex, groups: dict[Group, list[End]], group: Group, among: Kind | None
) -> list[End]:
    """Take the ties of a group out of it: all, or those that lead to records of one kind."""
    ends = groups.pop(group, [])
    if among is None:
        return ends
    groups[group] = [end for end in ends if kind_of(index, end) is not among]
    return [end for end in ends if kind_of(index, end) is among]


def write_groups(
    writer: TextWriter,
    index: PackIndex,
    subject: Subject,
    groups: dict[Group, list[End]],
    *,
    begun: bool = False,
    alone: bool = False,
) -> None:
    """Write the groups of one section: what fits in sentences as a paragraph, then the rest.

    ``begun`` tells that the section has named its subject before, ``alone`` that its heading says
    what a list below it is.
    """
    short: list[list[End]] = []
    large: list[tuple[str, list[End]]] = []
    for ends in groups.values():
        parts = _parted(index, ends)
        for kind, part in parts:
            if is_sentence(index, part):
                short.append(part)
            else:
                heading = kind if len(parts) > 1 else ""
                large.append((_heading(heading, part[0], alone=len(groups) == 1), part))
    write_sentences(writer, index, subject, short, begun=begun)
    for heading, ends in large:
        if short or begun or len(large) > 1 or not alone:
            writer.heading(heading, level=3)
        write_many(writer, index, ends)


def write_sentences(
    writer: TextWriter,
    index: PackIndex,
    subject: Subject,
    groups: Sequence[Sequence[End]],
    *,
    begun: bool = False,
) -> None:
    """Write a paragraph of a sentence for each group, and the caveats below it."""
    pieces: list[Piece] = []
    for sentence in sentences(index, subject, groups, begun=begun):
        pieces += [" "] * bool(pieces) + sentence
    if pieces:
        writer.add(PassageKind.PARAGRAPH, *pieces)
    for note in dict.fromkeys(note for ends in groups for note in caveats(index, ends)):
        writer.add(PassageKind.CAVEAT, note, label="Caveat")


def _parted(index: PackIndex, ends: list[End]) -> list[tuple[str, list[End]]]:
    """Part a large group by what kinds of record it leads to; each part with its kind."""
    kinds = sorted({kind_of(index, end) for end in ends})
    parts = [(kind, [end for end in ends if kind_of(index, end) is kind]) for kind in kinds]
    if is_sentence(index, ends) or all(is_sentence(index, part) for _, part in parts):
        return [("", ends)]
    return [(_KIND_HEADINGS.get(kind, kind), part) for kind, part in parts]


def _heading(kind: str, end: End, *, alone: bool) -> str:
    """Return the heading of a list or table: what it is, and of what kind where that differs."""
    words = end.predicate.heading(outgoing=end.outgoing)
    if not kind:
        return words
    return capitalised(kind) if alone else f"{words}: {kind}"


def is_sentence(index: PackIndex, ends: Sequence[End]) -> bool:
    """Tell whether ties are few enough, or bare names, so that a sentence can hold them."""
    if len(ends) <= FEW:
        return len(ends) <= 2 or not any(kind_of(index, end) is Kind.EVENT for end in ends)
    return len({end.relation.note for end in ends}) == 1 and all(
        kind_of(index, end) is Kind.PARTICIPANT and not details_of(end) for end in ends
    )
