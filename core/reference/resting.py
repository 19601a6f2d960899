"""A source's page: everything that rests on it, by record, with links to record and statement."""

from collections.abc import Iterator, Sequence

from core.domain.keys import Kind
from core.domain.text import PassageKind
from core.reference.english import capitalised, counted, number_word, numbers_alike
from core.reference.index import ROW, SUMMARY, PackIndex, Resting
from core.reference.writing import Link, Piece, TextWriter

_KIND_ORDER = {kind.value: number for number, kind in enumerate(Kind)}
_SHOWN = 3  # statements of one record that are told one by one


def write_resting(writer: TextWriter, index: PackIndex, key: str) -> None:
    """Write what rests on a source, and where it is suggested."""
    writer.heading("What rests on it")
    resting = index.resting.get(key, {})
    if resting:
        writer.add(PassageKind.PARAGRAPH, _total(resting), label="What rests on it")
    else:
        writer.add(PassageKind.PARAGRAPH, "No statement of the pack rests on it.")
    for record in sorted(resting, key=lambda name: _library_order(index, name)):
        pieces: list[Piece] = [Link(index.title(record), record), ": "]
        for number, part in enumerate(_parts(index, record, resting[record])):
            pieces += ["; "] * bool(number) + part
        writer.item(*pieces)
    suggested = dict.fromkeys(index.suggestions.get(key, ()))
    if suggested:
        writer.heading("Suggested as further reading by")
    for record in suggested:
        writer.item(Link(index.title(record), record))


def _library_order(index: PackIndex, key: str) -> tuple[int, str]:
    return _KIND_ORDER[key.partition(":")[0]], index.title_order(key)


def _total(resting: dict[str, list[Resting]]) -> str:
    everything = [one for statements in resting.values() for one in statements]
    verified = sum(one.verified for one in everything)
    if len(everything) == 1:
        return f"One statement rests on it, and was {'verified' if verified else 'not verified'}."
    total, records, number = numbers_alike(len(everything), len(resting), verified)
    every, none = ("both", "neither") if len(everything) == 2 else ("all", "none")
    number = every if verified == len(everything) else number if verified else none
    noun = "record" if len(resting) == 1 else "records"
    said = f"{total} statements on {records} {noun} rest on it, {number} of them verified."
    return capitalised(said)


def _parts(index: PackIndex, record: str, statements: Sequence[Resting]) -> Iterator[list[Piece]]:
    """Yield what rests on it: each kind of statement, told one by one where they are few.

    What is told leads to the statement, a number of them to the first.
    """
    for kind in dict.fromkeys(one.kind for one in statements):
        these = [one for one in statements if one.kind == kind]
        if kind == ROW:
            for words in dict.fromkeys(one.words for one in these):
                rows = [one for one in these if one.words == words]
                yield [_counted(record, rows), f" {words}", _doubt(rows)]
        elif kind == SUMMARY:
            yield [Link("summary", record, "Summary"), _doubt(these)]
        elif len(these) > _SHOWN:
            yield [_counted(record, these), _doubt(these)]
        else:
            for one in these:
                yield [*_told(index, record, one), _doubt([one])]


def _counted(record: str, these: Sequence[Resting]) -> Link:
    return Link(counted(len(these), these[0].kind), record, these[0].place)


def _told(index: PackIndex, record: str, one: Resting) -> Iterator[Piece]:
    if one.record is None:
        yield Link(f"{one.kind} {one.words}", record, one.place)
    else:
        yield Link(one.words, record, one.place)
        yield " "
        yield Link(index.title(one.record), one.record)


def _doubt(statements: Sequence[Resting]) -> str:
    unverified = sum(not one.verified for one in statements)
    if not unverified:
        return ""
    if unverified == len(statements):
        return " (not verified)"
    return f" ({number_word(unverified)} not verified)"
