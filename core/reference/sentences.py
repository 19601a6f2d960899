"""Ties of a record in sentences, each tie resting on its own source."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.dates import in_words, parse, sort_key
from core.domain.keys import Kind
from core.reference.english import join_words, names_a_state, takes_article, when, without_brackets
from core.reference.index import End, PackIndex
from core.reference.schema import Organisation, Person, State
from core.reference.sections import INVERTED, agree, verb
from core.reference.writing import Cited, Link, Piece, plain

_PRIVATE = "private"
_OFFICE = "affiliated-with"
_INVITED = "invited-to"
_POSITION = ("published its position", "stated a national legal position")


@dataclass(frozen=True, slots=True)
class Subject:
    """How the page's record is called: at first, then again; its number; whether a person."""

    first: str
    again: str
    plural: bool = False
    person: bool = False


def subject_of(index: PackIndex, key: str) -> Subject:
    """Return what sentences on the page of a record begin with."""
    shape = index.shape(key)
    if isinstance(shape, Person):
        return Subject(shape.title, shape.title, person=True)
    if key.startswith("participant:stakeholder-"):
        return Subject("They", "They", plural=True)
    if isinstance(shape, State):
        return Subject(f"The {shape.title}" if names_a_state(shape.title) else shape.title, "It")
    return Subject("It", "It")


def sentences(
    index: PackIndex, subject: Subject, groups: Sequence[Sequence[End]], *, begun: bool = False
) -> list[list[Piece]]:
    """Return a sentence for each group; those of a person are one, so as not to repeat a name.

    ``begun`` tells that the paragraph has named its subject before.
    """
    said: list[list[Piece]] = []
    own: list[list[Piece]] = []
    for ends in (part for group in groups for part in _by_tense(group)):
        name = subject.again if said or begun else subject.first
        phrase, inverted = phrases(index, ends, plural=subject.plural)
        if inverted:
            said.append([*_capitalised(phrase), "."])
        elif subject.person:
            own.append(phrase)
        else:
            said.append([f"{name} ", *phrase, "."])
    if own:
        said.insert(0, [f"{subject.first} ", *join_words(own), "."])
    return [share_mark(pieces) for pieces in said]


def _by_tense(ends: Sequence[End]) -> list[list[End]]:
    """Part the ties that hold from those that ended, which take another verb."""
    past = [end for end in ends if has_ended(end)]
    return [part for part in ([e for e in ends if e not in past], past) if part]


def has_ended(end: End) -> bool:
    """Tell whether a lasting tie is known to have ended."""
    role = (end.relation.role or "").casefold()
    return end.predicate.lasting and (end.relation.until is not None or role.startswith("former"))


def phrases(index: PackIndex, ends: Sequence[End], *, plural: bool) -> tuple[list[Piece], bool]:
    """Return "is a member of A (since 2011) and B", or "A and B took part" and that it is so."""
    first = ends[0]
    if not first.outgoing and kind_of(index, first) is Kind.PARTICIPANT:
        ends = sorted(ends, key=lambda end: index.title_order(end.record))
    if _is_position(first):
        return join_words([[_cite(_position(index, end), end)] for end in ends]), False
    parts: list[list[Piece]] = [
        [_cite([*name_in_sentence(index, end), *_details_after(index, end)], end)] for end in ends
    ]
    words = verb(first.predicate.name, outgoing=first.outgoing, past=has_ended(first))
    if words.startswith(INVERTED):
        words = agree(words.removeprefix(INVERTED), plural=len(ends) > 1)
        return [*join_words(parts), f" {words}"], True
    return [f"{agree(words, plural=plural)} ", *join_words(parts)], False


def _cite(pieces: Sequence[Piece], end: End) -> Cited:
    return Cited(tuple(pieces), end.relation.source, end.relation.verified)


def share_mark(pieces: list[Piece]) -> list[Piece]:
    """Let a sentence whose ties all rest on one source carry one mark, at its end."""
    grounds = {(p.source, p.verified) for p in pieces if isinstance(p, Cited)}
    if len(grounds) != 1:
        return pieces
    ((source, verified),) = grounds
    words: list[Piece] = []
    for piece in pieces:
        words += piece.pieces if isinstance(piece, Cited) else (piece,)
    return [Cited(tuple(words), source, verified)]


def _capitalised(pieces: list[Piece]) -> list[Piece]:
    """Return pieces whose first letter, if an article has it, is a capital."""
    first = pieces[0]
    if isinstance(first, Cited) and first.pieces[0] == "the ":
        return [Cited(("The ", *first.pieces[1:]), first.source, first.verified), *pieces[1:]]
    return pieces


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
    return [] if year is None or year.replace("–", "-") in title else [f" ({year})"]


def kind_of(index: PackIndex, end: End) -> Kind:
    """Return the kind of the other end."""
    return index.entries[end.record][0]


def details_of(end: End) -> list[str]:
    """Return as what, where and when: "founding member", "para. 13(f)", "since 2011"."""
    relation = end.relation
    period = span_in_words(relation.since, relation.until, lasting=end.predicate.lasting)
    return [part for part in (relation.role, relation.locator, period) if part]


def _details_after(index: PackIndex, end: End) -> list[Piece]:
    """Return the details as they follow a name in a sentence."""
    relation = end.relation
    period = span_in_words(relation.since, relation.until, lasting=end.predicate.lasting)
    if relation.predicate == _OFFICE and relation.role and end.outgoing:
        title = index.title(end.record)
        role = relation.role.removesuffix(f" of {title}").removesuffix(f" of the {title}")
        return [f" as {role}", *_bracketed(period)]
    if not relation.since or end.predicate.lasting or relation.until:
        return _bracketed(*details_of(end))
    rest = [part for part in (relation.role, relation.locator) if part]
    if relation.predicate == _INVITED:
        rest = []  # its role says only that
    own = index.title(end.record) if end.outgoing else index.year(relation.object) or ""
    told = relation.since.isdecimal() and relation.since in own
    return [*([] if told else [f" {when(relation.since)}"]), *_bracketed(*rest)]


def _bracketed(*parts: str | None) -> list[Piece]:
    words = ", ".join(part for part in parts if part)
    return [f" ({without_brackets(words)})"] if words else []


def _is_position(end: End) -> bool:
    return end.outgoing and (end.relation.role or "").startswith(_POSITION)


def _position(index: PackIndex, end: End) -> list[Piece]:
    """Return "published its position in 2019 (again 2021), in line with the norm “…”"."""
    relation = end.relation
    role, _, again = (relation.role or "").partition(" (")
    date = f" {when(relation.since)}" if relation.since else ""
    until = f" to {in_words(relation.until)}" if relation.until else ""
    more = f" ({again}" if again else ""
    where = f" ({relation.locator})" if relation.locator else ""
    return [
        f"{role}{date}{until}{more}{where}, as the norm ",
        *name_in_sentence(index, end),
        " asks",
    ]


def caveats(index: PackIndex, ends: Sequence[End]) -> list[str]:
    """Return the caveats of ties in a sentence, each with the names that it is about."""
    notes: dict[str, list[str]] = defaultdict(list)
    for end in sorted(ends, key=lambda end: index.title_order(end.record)):
        if end.relation.note:
            notes[end.relation.note].append(index.title(end.record))
    return [
        f"Caveat ({plain(join_words([[name] for name in names]))}): {note}"
        for note, names in notes.items()
    ]


def span_in_words(since: str | None, until: str | None, *, lasting: bool) -> str | None:
    """Say when a tie held: "since 2011", "2011–2013", or for a happening its day."""
    if since and until:
        if "/" in since or "/" in until or sort_key(since) > sort_key(until):
            return f"{in_words(since)} to {in_words(until)}"
        return in_words(f"{since}/{until}")
    if until:
        return f"until {in_words(until)}"
    if since is None:
        return None
    return f"since {in_words(since)}" if lasting and not parse(since).interval else in_words(since)
