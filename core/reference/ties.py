"""The ties of a record on its page: a group for each predicate and direction."""

from itertools import groupby

from core.domain.dates import in_words, parse
from core.domain.keys import Kind
from core.domain.text import PassageKind
from core.reference.index import End, PackIndex
from core.reference.writing import Cited, Link, Piece, TextWriter, plain

MANY = 12  # more ties than this that share a role are named in one paragraph


def write_ties(writer: TextWriter, index: PackIndex, key: str) -> None:
    """Write every tie of a record from both directions, but those that a table here states."""
    covered = index.covered(key)
    own = f"{index.title(key)} {index.year(key) or ''}"
    shown = [
        end
        for end in index.ends(key)
        if end.outgoing or (end.record, end.relation.predicate) not in covered
    ]
    for heading, group in groupby(shown, _heading):
        writer.heading(heading)
        _write_group(writer, index, list(group), own)


def _heading(end: End) -> str:
    return end.predicate.heading(outgoing=end.outgoing)


def _write_group(writer: TextWriter, index: PackIndex, ends: list[End], own: str) -> None:
    many: dict[str | None, list[End]] = {}
    for end in ends:
        if not end.outgoing and index.entries[end.record][0] is Kind.PARTICIPANT:
            many.setdefault(end.relation.role, []).append(end)
    crowds = {role: crowd for role, crowd in many.items() if len(crowd) > MANY}
    for role, crowd in crowds.items():
        _write_crowd(writer, index, role, crowd, own)
    for end in ends:
        if end not in crowds.get(end.relation.role, ()):
            writer.item(_cited(index, end, own, with_role=True))


def _write_crowd(
    writer: TextWriter, index: PackIndex, role: str | None, crowd: list[End], own: str
) -> None:
    words = role or "in all"
    pieces: list[Piece] = [f"{words[:1].upper()}{words[1:]} ({len(crowd)}): "]
    by_title = sorted(crowd, key=lambda end: index.title_order(end.record))
    for number, end in enumerate(by_title):
        pieces += [", "] if number else []
        pieces.append(_cited(index, end, own, with_role=False))
    writer.add(PassageKind.PARAGRAPH, *pieces)


def _cited(index: PackIndex, end: End, own: str, *, with_role: bool) -> Cited:
    relation = end.relation
    title = index.title(end.record)
    pieces: list[Piece] = [Link(title, end.record)]
    year = index.year(end.record)
    if year is not None and year.replace("–", "-") not in title:
        pieces.append(f" ({year})")
    details = _details(end, plain(pieces) + own * (not end.outgoing), with_role=with_role)
    if details and with_role:
        pieces.append(f", {', '.join(details)}")
    elif details:
        pieces.append(f" ({', '.join(details)})")
    if relation.note:
        pieces.append(f". Caveat: {relation.note}" if with_role else f" [{relation.note}]")
    return Cited(tuple(pieces), relation.source, relation.verified)


def _details(end: End, named: str, *, with_role: bool) -> list[str]:
    """Return when, as what and where: "since 2011", "ratified", "para. 13(f)".

    A happening's year is left out where ``named`` says it already: the words before, or on
    the page of its object that page's own title and date.
    """
    relation = end.relation
    when = span_in_words(relation.since, relation.until, lasting=end.predicate.lasting)
    if when is not None and when.isdecimal() and when in named:
        when = None
    role = relation.role if with_role else None
    return [part for part in (when, role, relation.locator) if part]


def span_in_words(since: str | None, until: str | None, *, lasting: bool) -> str | None:
    """Say when a tie held: "since 2011", "2011 to 2013", or for a happening its day."""
    if since and until:
        return f"{in_words(since)} to {in_words(until)}"
    if until:
        return f"until {in_words(until)}"
    if since is None:
        return None
    return f"since {in_words(since)}" if lasting and not parse(since).interval else in_words(since)
