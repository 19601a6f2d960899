"""Where a norm is stated: the oldest text known, then those that repeat it."""

from core.domain.text import PassageKind
from core.reference.english import capitalised, counted
from core.reference.index import End, PackIndex
from core.reference.naming import name_in_sentence
from core.reference.sections import Group
from core.reference.sentences import Subject, caveats, phrases
from core.reference.tie_tables import write_many
from core.reference.ties import is_sentence, write_groups
from core.reference.writing import Cited, Piece, TextWriter

STATED_IN: Group = ("stated-in", True)
_FIRST = "first stated"


def write_stated(
    writer: TextWriter, index: PackIndex, subject: Subject, groups: dict[Group, list[End]]
) -> None:
    """Name the oldest text known to state a norm, then the others in a sentence or table."""
    ends = groups.get(STATED_IN, [])
    first = [end for end in ends if end.relation.role == _FIRST]
    if not first:
        write_groups(writer, index, subject, groups)
        return
    pieces: list[Piece] = []
    for end in first:
        relation = end.relation
        words: list[Piece] = ["The oldest text known to state it is "]
        words += name_in_sentence(index, end)
        words.append(f" ({relation.locator})." if relation.locator else ".")
        pieces += [" "] * bool(pieces)
        pieces.append(Cited(tuple(words), relation.source, relation.verified))
    others = [end for end in ends if end not in first]
    if others and is_sentence(index, others):
        phrase, _ = phrases(index, others, plural=False)
        pieces += [" It is also stated in ", *phrase[1:], "."]
    elif others:
        pieces.append(f" {capitalised(counted(len(others), 'other text'))} in the pack state it.")
    writer.add(PassageKind.PARAGRAPH, *pieces)
    told = ends if is_sentence(index, others) else first
    for note in caveats(index, told):
        writer.add(PassageKind.CAVEAT, note, label="Caveat")
    if others and not is_sentence(index, others):
        write_many(writer, index, others)
    rest = {group: found for group, found in groups.items() if group != STATED_IN}
    if rest:
        write_groups(writer, index, subject, rest, begun=True)
