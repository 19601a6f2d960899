"""What a state joined and how it voted, in sentences."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from core.domain.dates import in_words
from core.domain.text import PassageKind
from core.reference.english import counted, join_words, times, when
from core.reference.facts import VOTES, absences, resolution_key, roll_calls
from core.reference.index import End, PackIndex
from core.reference.naming import name_in_sentence, year_after
from core.reference.schema import State
from core.reference.sections import Group
from core.reference.sentences import Subject, caveats, share_mark
from core.reference.tie_tables import write_many
from core.reference.ties import write_groups
from core.reference.writing import Cited, Link, Piece, TextWriter

_JOINED = re.compile(r"(ratified|acceded)(?: (\d{1,2} [A-Z][a-z]+ \d{4}))?\Z")
_VOTES = {"yes": "in favour", "no": "against", "abstain": "abstaining"}


def write_treaties(
    writer: TextWriter, index: PackIndex, subject: Subject, groups: dict[Group, list[End]]
) -> None:
    """Write a sentence for each text that a state joined, then what else it signed."""
    parties = groups.get(("party-to", True), [])
    treaties = {end.record for end in parties}
    signed: dict[str, list[End]] = defaultdict(list)
    others: list[End] = []
    for end in groups.get(("signatory-of", True), []):
        if end.record in treaties:
            signed[end.record].append(end)
        else:
            others.append(end)
    pieces: list[Piece] = []
    for number, end in enumerate(parties):
        name = subject.again if number else subject.first
        pieces += [" "] * bool(number) + share_mark(_joined(index, name, end, signed[end.record]))
    if pieces:
        writer.add(PassageKind.PARAGRAPH, *pieces)
    told = [end for party in parties for end in (party, *signed[party.record])]
    for note in caveats(index, told):
        writer.add(PassageKind.CAVEAT, note, label="Caveat")
    rest = {group: ends for group, ends in groups.items() if group[0] not in _TREATY}
    if others:
        rest = {("signatory-of", True): others, **rest}
    if rest:
        write_groups(writer, index, subject, rest, begun=bool(pieces))


_TREATY = {"party-to", "signatory-of"}


def _joined(index: PackIndex, name: str, party: End, signatures: Sequence[End]) -> list[Piece]:
    """Return "It signed X on …, ratified it on … and has been a party since …", each cited."""
    relation = party.relation
    title = _named(index, party)
    role = relation.role or ""
    match = _JOINED.match(role)
    clauses: list[list[Piece]] = []
    for signature in signatures:
        tie = signature.relation
        date = f" {when(tie.since)}" if tie.since else ""
        role_of = f" ({tie.role})" if tie.role else ""
        words = ("signed ", *title, f"{date}{role_of}")
        clauses.append([Cited(words, tie.source, tie.verified)])
    named: list[Piece] = ["it"] if clauses else title
    ending: list[list[Piece]] = []
    if match:
        verb = "ratified " if match[1] == "ratified" else "acceded to "
        ending.append([verb, *named, f" on {match[2]}" if match[2] else ""])
        named = ["it"]
    if relation.since:
        to = [] if clauses or match else [" to ", *named]
        ending.append(["has been a party", *to, f" since {in_words(relation.since)}"])
    elif not match:
        ending.append(["is party to ", *named])
    if role and not match:
        ending[-1].append(f" ({role})")
    if relation.until:
        ending[-1].append(f", until {in_words(relation.until)}")
    if relation.locator:
        ending[-1].append(f" ({relation.locator})")
    if clauses:
        tail: list[Piece] = [*join_words(ending)]
        if len(ending) == 1:
            return [f"{name} ", *clauses[0], " and ", _cite(tail, party), "."]
        return [f"{name} ", *clauses[0], ", ", _cite(tail, party), "."]
    return [_cite([f"{name} ", *join_words(ending), "."], party)]


def _named(index: PackIndex, end: End) -> list[Piece]:
    return [
        *name_in_sentence(index, end),
        *(year_after(index, end.record) if end.relation.since else []),
    ]


def _cite(pieces: Sequence[Piece], end: End) -> Cited:
    return Cited(tuple(pieces), end.relation.source, end.relation.verified)


def write_votes(
    writer: TextWriter, index: PackIndex, subject: Subject, groups: dict[Group, list[End]]
) -> None:
    """Count the votes in a sentence that rests on all of them, then list them."""
    ends = groups.get(("voted", True), [])
    absent = _absent(index, subject, ends)
    if len(ends) > 1:
        writer.add(PassageKind.PARAGRAPH, _count_votes(subject, ends), *absent, label=VOTES)
        write_many(writer, index, ends)
        groups = {group: found for group, found in groups.items() if group != ("voted", True)}
    if groups:
        write_groups(writer, index, subject, groups, begun=len(ends) > 1)
    if len(ends) == 1 and absent:
        writer.add(PassageKind.PARAGRAPH, *absent[1:], label=VOTES)


def _absent(index: PackIndex, subject: Subject, ends: Sequence[End]) -> list[Piece]:
    """Return a sentence, after a space, on the roll calls that the state was absent from."""
    shape = index.shape(ends[0].relation.subject) if ends else None
    fact = roll_calls(shape) if isinstance(shape, State) else None
    if fact is None or not absences(fact):
        return []
    parts: list[list[Piece]] = [
        [_resolution(index, number), f" ({year})"] for number, year in absences(fact)
    ]
    votes = "vote on resolution" if len(parts) == 1 else "votes on resolutions"
    words = (f"{subject.again} was absent from the {votes} ", *join_words(parts), ".")
    return [" ", Cited(words, index.optional_key(fact.source), fact.verified)]


def _resolution(index: PackIndex, number: str) -> Piece:
    key = resolution_key(number)
    return Link(number, key) if key in index.entries else number


def _count_votes(subject: Subject, ends: Sequence[End]) -> Cited:
    votes = Counter(_VOTES.get(end.relation.role or "", end.relation.role or "") for end in ends)
    parts: list[list[Piece]] = [[f"{vote} {times(number)}"] for vote, number in votes.most_common()]
    words = f"{subject.first} voted on {counted(len(ends), 'resolution')} listed here"
    pieces: tuple[Piece, ...] = (f"{words}: ", *join_words(parts), ".")
    if len(votes) == 1:
        pieces = (f"{words}, each time {next(iter(votes))}.",)
    grounds: dict[str | None, bool] = {}
    for end in ends:
        source, verified = end.relation.source, end.relation.verified
        grounds[source] = verified and grounds.get(source, True)
    cited: Piece = ""
    for source, verified in grounds.items():
        cited = Cited(pieces, source, verified)
        pieces = (cited,)
    return cited if isinstance(cited, Cited) else Cited(pieces, None, verified=False)
