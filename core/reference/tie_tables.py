"""Many ties of one kind: a list, or a table with a column for each detail that occurs."""

import re
from collections.abc import Sequence

from core.domain.dates import in_words
from core.domain.keys import Kind
from core.domain.text import PassageKind
from core.reference.index import End, PackIndex
from core.reference.naming import kind_of, year_after
from core.reference.schema import Organisation, Person, State
from core.reference.sentences import details_of, span_in_words
from core.reference.writing import TAB, Cited, Link, Piece, TextWriter

_KIND_NAMES = {
    Kind.NORM: "Norm",
    Kind.INSTRUMENT: "Text",
    Kind.INITIATIVE: "Initiative",
    Kind.PARTICIPANT: "Participant",
    Kind.EVENT: "Event",
}
_WHEN, _WHERE, _CAVEAT = "When", "Where", "Caveat"
_NARROW = 32  # characters below which columns keep their usual order
_ROLES = {"voted": "Vote", "affiliated-with": "Office", "located-in": "Place", "stated-in": "Note"}
_NUMBERS = re.compile(r"\d+|\([a-z]\)")


def write_many(writer: TextWriter, index: PackIndex, ends: Sequence[End]) -> None:
    """Write ties of one predicate and direction; each row or item rests on its own source."""
    if ends[0].predicate.name == "stated-in" and not ends[0].outgoing:
        ends = sorted(ends, key=_place_order)  # as the text has them
    columns = {
        _WHEN: [_when(index, end) for end in ends],
        _ROLES.get(ends[0].predicate.name, "As"): [end.relation.role or "" for end in ends],
        _WHERE: [end.relation.locator or "" for end in ends],
        _CAVEAT: [end.relation.note or "" for end in ends],
    }
    used = {name: cells for name, cells in columns.items() if any(cells)}
    if len(used) > 1 or any(_is_full(cells) for cells in used.values()):
        _write_table(writer, index, ends, used)
    else:
        _write_list(writer, index, ends)


def _place_order(end: End) -> tuple[bool, list[tuple[int, str]]]:
    locator = end.relation.locator or ""
    numbers = _NUMBERS.findall(locator)
    order = [(int(n), "") if n.isdecimal() else (0, n) for n in numbers]
    return not numbers, order


def _is_full(cells: Sequence[str]) -> bool:
    """Tell whether a column is worth its room: half of its cells say something."""
    return 2 * sum(map(bool, cells)) >= len(cells)


def _write_list(writer: TextWriter, index: PackIndex, ends: Sequence[End]) -> None:
    for end in ends:
        relation = end.relation
        pieces: list[Piece] = [
            Link(index.title(end.record), end.record),
            *([] if relation.since else year_after(index, end.record)),
        ]
        details = details_of(end)
        pieces.append(f", {', '.join(details)}" if details else "")
        pieces.append(f". Caveat: {relation.note}" if relation.note else "")
        writer.item(Cited(tuple(pieces), relation.source, relation.verified))


def _write_table(
    writer: TextWriter, index: PackIndex, ends: Sequence[End], used: dict[str, list[str]]
) -> None:
    name = _name_of(index, ends)
    widths = {column: max(map(len, cells)) for column, cells in used.items()}
    widths[name] = max(len(index.title(end.record)) for end in ends)
    middle = [c for c in (_WHERE, *used, name) if c in widths and c not in (_WHEN, _CAVEAT)]
    # The widest last, where a line that is too long for its column goes on below itself.
    middle = sorted(dict.fromkeys(middle), key=lambda column: max(_NARROW, widths[column]))
    head = [_WHEN] * (_WHEN in used) + middle + [_CAVEAT] * (_CAVEAT in used)
    writer.add(PassageKind.TABLE_HEAD, TAB.join(head))
    for number, end in enumerate(ends):
        cells: list[Piece] = []
        for place, column in enumerate(head):
            cells += [TAB] * bool(place)
            if column == name:
                is_event = kind_of(index, end) is Kind.EVENT
                cells.append(Link(index.title(end.record), end.record))
                told = is_event or (_WHEN in used and used[_WHEN][number])
                cells += [] if told else year_after(index, end.record)
            else:
                cells.append(used[column][number])
        relation = end.relation
        writer.add(PassageKind.TABLE_ROW, Cited(tuple(cells), relation.source, relation.verified))


def _name_of(index: PackIndex, ends: Sequence[End]) -> str:
    """Return the head of the column of names."""
    shapes = {type(index.shape(end.record)) for end in ends}
    for shape, name in ((State, "State"), (Person, "Person"), (Organisation, "Organisation")):
        if shapes == {shape}:
            return name
    kinds = {kind_of(index, end) for end in ends}
    return _KIND_NAMES.get(kinds.pop(), "Record") if len(kinds) == 1 else "Record"


def _when(index: PackIndex, end: End) -> str:
    """Say when a tie held; what happens at an event happens on its date."""
    relation = end.relation
    own = relation.object if not end.outgoing else None
    if own is not None and relation.since and relation.since == index.year(own):
        return ""  # the page has its own date
    period = span_in_words(relation.since, relation.until, lasting=end.predicate.lasting)
    if period is None and kind_of(index, end) is Kind.EVENT:
        date = index.date(end.record)
        return in_words(date) if date else ""
    return period or ""
