"""The annex: who is party to the instruments of a document, who signed, and who voted how."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.keys import Kind
from core.domain.predicates import predicate
from core.domain.records import Record
from core.domain.relations import Tie

_PREDICATES = ("party-to", "signatory-of", "invited-to", "voted", "supports", "contests")
UNVERIFIED_MARK = "*"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands how to an instrument: the word for it, and the names."""

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """An instrument with those that stand to it, and the titles of the sources for that."""

    record: str
    title: str
    rows: tuple[Standing, ...]
    sources: tuple[str, ...]

    @property
    def unverified(self) -> bool:
        """Whether a name bears the mark of what was not verified."""
        return any(name.endswith(UNVERIFIED_MARK) for row in self.rows for name in row.names)


def annex_of(records: Iterable[Record]) -> tuple[AnnexTable, ...]:
    """Return a table for each instrument and initiative among the records that anyone joined."""
    tables: list[AnnexTable] = []
    for record in records:
        if record.entry.kind not in (Kind.INSTRUMENT, Kind.INITIATIVE):
            continue
        ties = [
            tie for tie in record.ties if not tie.outgoing and tie.relation.predicate in _PREDICATES
        ]
        if ties:
            sources = dict.fromkeys(tie.source_title for tie in ties if tie.source_title)
            tables.append(
                AnnexTable(record.entry.key, record.entry.title, _rows(ties), tuple(sources))
            )
    return tuple(tables)


def _rows(ties: list[Tie]) -> tuple[Standing, ...]:
    rows: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for tie in ties:
        name = tie.relation.predicate
        words = predicate(name).backward_heading
        if tie.relation.role and name == "voted":
            words = f"{words}: {tie.relation.role}"
        shown = tie.title + _years(tie) + ("" if tie.relation.verified else UNVERIFIED_MARK)
        place = (_PREDICATES.index(name), words)
        rows.setdefault(place, []).append((tie.title.casefold(), shown))
    return tuple(
        Standing(words, tuple(dict.fromkeys(shown for _, shown in sorted(names))))
        for (_, words), names in sorted(rows.items())
    )


def _years(tie: Tie) -> str:
    since, until = (tie.relation.since or "")[:4], (tie.relation.until or "")[:4]
    if tie.relation.predicate == "voted" or not since:
        return ""
    return f" ({since}–{until})" if until else f" ({since})"
