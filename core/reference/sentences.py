"""Ties of a record in sentences, each tie resting on its own source."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.dates import in_words, parse, sort_key
from core.domain.keys import Kind
from core.reference.english import (
    join_clauses,
    join_words,
    names_a_state,
    when,
    without_brackets,
)
from core.reference.index import End, PackIndex
from core.reference.naming import kind_of, name_in_sentence
from core.reference.schema import Person, State
from core.reference.sections import INVERTED, agree, verb
from core.reference.writing import Cited, Link, Piece, plain

_CONCLUDED = "concluded"
_OFFICE = "affiliated-with"
_INVITED = "invited-to"
_SEVERAL = re.compile(r";|\d{4}|\band\Z")
_PLAIN = re.compile(r"(?!.*\b(?:of|to|for|at|in)\b)[\w -]+\Z")  # what "of Estonia" can follow
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
    parts = [part for group in _both_ways(groups) for part in _by_tense(index, group)]
    for likes in _alike(index, parts):
        name = subject.again if said or begun else subject.first
        phrase, inverted = phrases(index, likes[0], *likes[1:], plural=subject.plural)
        if inverted:
            said.append([*_capitalised(phrase), "."])
        elif subject.person:
            own.append(phrase)
        else:
            said.append([f"{name} ", *phrase, "."])
    if own:
        said.insert(0, [f"{subject.first} ", *join_clauses(own), "."])
    return [share_mark(pieces) for pieces in said]


def _both_ways(groups: Sequence[Sequence[End]]) -> list[list[End]]:
    """Bring together the ties of a predicate that says the same from both ends."""
    found: dict[tuple[str, bool], list[End]] = {}
    for ends in groups:
        predicate = ends[0].predicate
        found.setdefault((predicate.name, ends[0].outgoing or predicate.symmetric), []).extend(ends)
    return list(found.values())


def _by_tense(index: PackIndex, ends: Sequence[End]) -> list[list[End]]:
    """Part the ties that hold from those that ended, which take another verb."""
    predicate, outgoing = ends[0].predicate.name, ends[0].outgoing
    if verb(predicate, outgoing=outgoing, past=True) == verb(predicate, outgoing=outgoing):
        return [list(ends)]
    past = [end for end in ends if has_ended(index, end)]
    return [part for part in ([e for e in ends if e not in past], past) if part]


def has_ended(index: PackIndex, end: End) -> bool:
    """Tell whether a lasting tie is known to have ended, by itself or with what it was to."""
    relation = end.relation
    if not end.predicate.lasting:
        return False
    if relation.until is not None or (relation.role or "").casefold().startswith("former"):
        return True
    ends = (index.shape(relation.subject), index.shape(relation.object))
    return any(getattr(shape, "status", None) == _CONCLUDED for shape in ends)


def _alike(index: PackIndex, parts: Sequence[list[End]]) -> list[list[list[End]]]:
    """Bring together what leads to the very same records and says no more of them."""
    found: dict[object, list[list[End]]] = {}
    for number, ends in enumerate(parts):
        words = verb(ends[0].predicate.name, outgoing=ends[0].outgoing)
        bare = not any(details_of(end) or end.relation.note for end in ends)
        joins = bare and not words.startswith(INVERTED) and not _is_office(ends[0])
        records = frozenset(end.record for end in ends)
        found.setdefault((records, has_ended(index, ends[0])) if joins else number, []).append(ends)
    return list(found.values())


def phrases(
    index: PackIndex, ends: Sequence[End], *alike: Sequence[End], plural: bool
) -> tuple[list[Piece], bool]:
    """Return "is a member of A (since 2011) and B", or "A and B took part" and that it is so.

    ``alike`` are ties to the same records of other kinds: "was issued by and came out of A".
    """
    first = ends[0]
    if not first.outgoing and kind_of(index, first) is Kind.PARTICIPANT:
        ends = sorted(ends, key=lambda end: index.title_order(end.record))
    if _is_position(first):
        return join_words([[_cite(_position(index, end), end)] for end in ends]), False
    if _is_office(first):
        return join_clauses(_offices(index, ends)), False
    parts: list[list[Piece]] = [
        [_cite([*name_in_sentence(index, end), *_details_after(index, end)], end)] for end in ends
    ]
    for others in alike:
        also = {end.record: end for end in others}
        parts = [_also(part, also[end.record]) for part, end in zip(parts, ends, strict=True)]
    words = _verb_of(index, first)
    for others in alike:
        words = _both(words, _verb_of(index, others[0]))
    if words.startswith(INVERTED):
        words = agree(words.removeprefix(INVERTED), plural=len(ends) > 1)
        return [*join_words(parts), f" {words}"], True
    return [f"{agree(words, plural=plural)} ", *join_words(parts)], False


def _both(words: str, others: str) -> str:
    """Join two verbs: "was hosted by" and "was sponsored by" as "was hosted and sponsored by"."""
    (head, *middle), (other_head, *other_middle) = words.split(), others.split()
    if middle and other_middle and (head, middle[-1]) == (other_head, other_middle[-1]):
        return " ".join([head, *middle[:-1], "and", *other_middle])
    return f"{words} and {others}"


def _verb_of(index: PackIndex, end: End) -> str:
    return verb(end.predicate.name, outgoing=end.outgoing, past=has_ended(index, end))


def _also(part: list[Piece], end: End) -> list[Piece]:
    """Let words rest on another tie's source too, where that is another."""
    (cited,) = part
    ground = (end.relation.source, end.relation.verified)
    same = isinstance(cited, Cited) and (cited.source, cited.verified) == ground
    return part if same else [_cite(part, end)]


def _cite(pieces: Sequence[Piece], end: End) -> Cited:
    return Cited(tuple(pieces), end.relation.source, end.relation.verified)


def share_mark(pieces: list[Piece]) -> list[Piece]:
    """Let a sentence whose ties all rest on one source carry one mark, at its end."""
    cited = [piece for piece in pieces if isinstance(piece, Cited)]
    grounds = {(piece.source, piece.verified) for piece in cited}
    nested = any(isinstance(inner, Cited) for piece in cited for inner in piece.pieces)
    if len(grounds) != 1 or nested:
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


def details_of(end: End) -> list[str]:
    """Return as what, where and when: "founding member", "para. 13(f)", "since 2011"."""
    relation = end.relation
    period = span_in_words(relation.since, relation.until, lasting=end.predicate.lasting)
    return [part for part in (relation.role, relation.locator, period) if part]


def _details_after(index: PackIndex, end: End) -> list[Piece]:
    """Return the details as they follow a name in a sentence."""
    relation = end.relation
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


def _is_office(end: End) -> bool:
    return end.outgoing and end.relation.predicate == _OFFICE and bool(end.relation.role)


def _offices(index: PackIndex, ends: Sequence[End]) -> list[list[Piece]]:
    """Return a clause for each office; "is affiliated with A and with B" has the verb once."""
    clauses: list[list[Piece]] = []
    before: Piece = ""
    for end in ends:
        first, *rest = _office(index, end)
        clauses.append([_cite(["with " if first == before else first, *rest], end)])
        before = first
    return clauses


def _office(index: PackIndex, end: End) -> list[Piece]:
    """Return "was President of Estonia (2006–2016)", "is affiliated with X as president".

    Where a tie to a state tells several offices, or years among them, only the state is named: the
    page's first line tells the offices in whole.
    """
    relation = end.relation
    title, role = index.title(end.record), relation.role or ""
    role = role.removesuffix(f" of {title}").removesuffix(f" of the {title}")
    period = span_in_words(relation.since, relation.until, lasting=True)
    past = has_ended(index, end)
    is_state = isinstance(index.shape(end.record), State)
    if is_state and not _SEVERAL.search(role):
        copula = "was" if past else "is"
        if _PLAIN.match(role):
            return [f"{copula} {role} of ", *name_in_sentence(index, end), *_bracketed(period)]
        held = f", {without_brackets(period)}" if period else ""
        return [f"{copula} {role} (", Link(title, end.record), f"{held})"]
    words: list[Piece] = [f"{_verb_of(index, end)} ", *name_in_sentence(index, end)]
    if is_state and role in index.shape(relation.subject).summary:
        return [*words, *_bracketed(period)]
    if "," in role or _SEVERAL.search(role):
        return [*words, *_bracketed(role, period)]
    return [*words, f" as {role}", *_bracketed(period)]


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
