"""A whole pack as a graph: what each record's page needs to know of the others."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.dates import sort_key, years
from core.domain.keys import Kind
from core.domain.predicates import PREDICATES, Predicate
from core.domain.relations import Relation
from core.domain.text import SpanKind
from core.reference.facts import place_of
from core.reference.reading import Entry, Pack
from core.reference.schema import (
    AnyRecord,
    CountShape,
    Organisation,
    Person,
    RecordShape,
    RelationShape,
    RowShape,
    Source,
    State,
    TableShape,
)

# What a row of a table without a predicate of its own says about its participant.
STATUS_PREDICATES = frozenset({"party-to", "signatory-of", "invited-to", "supports"})


SUMMARY, ROW = "summary", "row"


@dataclass(frozen=True, slots=True)
class Resting:
    """A statement that rests on a source: its kind, its number or words, a tie's other end.

    ``place`` finds it on its page: the label of its passage, or the key of a tie's other end.
    """

    kind: str
    words: str
    verified: bool
    record: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """A relation as met at one of its ends; ``record`` is the other end."""

    relation: Relation
    predicate: Predicate
    record: str
    outgoing: bool


def by_date(counts: Iterable[CountShape]) -> list[CountShape]:
    """Return figures in the order in which a page has them."""
    return sorted(counts, key=lambda count: sort_key(count.as_of))


def date_of(shape: AnyRecord) -> str | None:
    """Return the EDTF date by which a record is listed."""
    if isinstance(shape, State):
        return shape.un_member_since
    if isinstance(shape, Organisation):
        return shape.founded
    return None if isinstance(shape, Person) else shape.date


class PackIndex:
    """Keys resolved, ties from both ends, tables and citations by record."""

    def __init__(self, pack: Pack) -> None:
        self.entries: dict[str, tuple[Kind, Entry]] = {}
        self._names: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for kind, entry in pack.records:
            key = entry.shape.key
            self.entries[key] = (kind, entry)
            self._names[key] = key
            if not isinstance(entry.shape, TableShape):
                self._names |= dict.fromkeys(entry.shape.aliases, key)
        self.outgoing: dict[str, list[Relation]] = defaultdict(list)
        self._incoming: dict[str, list[Relation]] = defaultdict(list)
        self.tables: dict[str, list[TableShape]] = defaultdict(list)
        self.resting: dict[str, dict[str, list[Resting]]] = defaultdict(lambda: defaultdict(list))
        self.suggestions: dict[str, list[str]] = defaultdict(list)
        self.articles = pack.articles
        for _, entry in pack.records:
            self._add_record(entry)
        for entry in pack.tables:
            if isinstance(entry.shape, TableShape):
                self._add_table(entry.shape)

    def key(self, name: str) -> str:
        """Return the key that a key or alias stands for."""
        return self._names[name]

    def optional_key(self, name: str | None) -> str | None:
        """Return the key that a name stands for, None for None."""
        return None if name is None else self._names[name]

    def shape(self, key: str) -> AnyRecord:
        """Return the record of that key (not an alias)."""
        shape = self.entries[key][1].shape
        if isinstance(shape, TableShape):
            raise TypeError(key)
        return shape

    def title(self, key: str) -> str:
        """Return the title of the record of that key."""
        return self.shape(key).title

    def title_order(self, key: str) -> str:
        """Return what a record is sorted by among titles: no accents, no case."""
        folded = self._folded.get(key)
        if folded is None:
            marked = unicodedata.normalize("NFD", self.title(key).casefold())
            folded = "".join(c for c in marked if not unicodedata.combining(c))
            self._folded[key] = folded
        return folded

    def year(self, key: str) -> str | None:
        """Return the year or years of a dated record that is not a participant, in words."""
        date = self.date(key)
        if date is None:
            return None
        first, last = years(date)
        if first == last or last is None or first is None:
            return str(first or last)
        return f"{first}–{last}"

    def ends(self, key: str) -> list[End]:
        """Return all ties of a record, in the order of their groups, then by date and title."""
        ends = [End(r, PREDICATES[r.predicate], r.object, True) for r in self.outgoing[key]]
        ends += [End(r, PREDICATES[r.predicate], r.subject, False) for r in self._incoming[key]]
        return sorted(ends, key=self._order)

    def _order(self, end: End) -> tuple[object, ...]:
        date = end.relation.since or self.date(end.record)
        forward = end.outgoing or end.predicate.symmetric
        title = self.title_order(end.record)
        return end.predicate.order, not forward, sort_key(date), title, end.record

    def date(self, key: str) -> str | None:
        """Return the date of a record that is not a state, body or source, None if it has none."""
        shape = self.shape(key)
        return None if isinstance(shape, State | Organisation | Source) else date_of(shape)

    def _add_record(self, entry: Entry) -> None:
        shape = entry.shape
        if not isinstance(shape, RecordShape):
            return
        key = shape.key
        self._rest(shape.source, key, Resting(SUMMARY, "", shape.verified))
        for number, fact in enumerate(shape.facts, 1):
            what = Resting("fact", str(number), fact.verified, place=place_of(shape, number))
            self._rest(fact.source, key, what)
        figures: list[CountShape] = getattr(shape, "counts", [])
        for number, count in enumerate(by_date(figures), 1):
            what = Resting("figure", str(number), count.verified, place=f"Figure {number}")
            self._rest(count.source, key, what)
        self._rest_article(key)
        for raw in shape.relations:
            relation = self._relation(key, raw)
            self.outgoing[key].append(relation)
            self._incoming[relation.object].append(relation)
            words = PREDICATES[raw.predicate].forward
            self._rest(
                relation.source,
                key,
                Resting("relation", words, relation.verified, relation.object, relation.object),
            )
        for name in shape.see_also:
            self.suggestions[self.key(name)].append(shape.key)

    def _rest_article(self, key: str) -> None:
        article = self.articles.get(key)
        for number, block in enumerate(article.passages if article else (), 1):
            cites = {s.target: bool(s.verified) for s in block.spans if s.kind is SpanKind.CITE}
            for source, verified in cites.items():
                place = f"Article, para. {number}"
                self._rest(source, key, Resting("paragraph", str(number), verified, place=place))

    def _add_table(self, table: TableShape) -> None:
        abouts = [table.about] if table.about else [row.initiative for row in table.rows]
        for about in dict.fromkeys(self.key(name) for name in abouts if name):
            self.tables[about].append(table)
        numbers: Counter[str] = Counter()
        for row in table.rows:
            about = self.optional_key(table.about or row.initiative)
            if about:
                numbers[about] += 1
                verified = table.verified if row.verified is None else row.verified
                place = f"Row {numbers[about]}"
                what = Resting(ROW, f"of “{table.title}”", verified, place=place)
                self._rest(row.source or table.source, about, what)

    def rows(self, table: TableShape, about: str) -> list[RowShape]:
        """Return the rows of a table that belong on the page of ``about``."""
        if table.about is not None:
            return table.rows
        return [row for row in table.rows if self.optional_key(row.initiative) == about]

    def row_notes(self, key: str) -> dict[str, str]:
        """Return, by participant, the caveats of ties that a table on the page states."""
        covered = self.covered(key)
        return {
            relation.subject: relation.note
            for relation in self._incoming[key]
            if relation.note and (relation.subject, relation.predicate) in covered
        }

    def covered(self, key: str) -> set[tuple[str, str]]:
        """Return (participant, predicate) of the ties that a table on the page states already."""
        return {
            (self.key(row.participant), predicate)
            for table in self.tables.get(key, ())
            for predicate in ({table.predicate} if table.predicate else STATUS_PREDICATES)
            for row in self.rows(table, key)
        }

    def _rest(self, source: str | None, record: str, what: Resting) -> None:
        if source is not None:
            self.resting[self.key(source)][record].append(what)

    def _relation(self, subject: str, raw: RelationShape) -> Relation:
        return Relation(
            subject,
            raw.predicate,
            self.key(raw.object),
            raw.since,
            raw.until,
            raw.role,
            raw.locator,
            self.optional_key(raw.source),
            raw.verified,
            raw.note,
        )
