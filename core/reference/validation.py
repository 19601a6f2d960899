"""What a well-formed pack must also keep to: keys that resolve, dates, predicates, sources."""

from collections.abc import Iterator
from pathlib import Path

from core.domain import dates
from core.domain.keys import RECORD_KINDS, Kind
from core.domain.predicates import PREDICATES
from core.errors import UserError
from core.reference.articles import read_articles
from core.reference.problems import Problem
from core.reference.reading import Entry, Pack, read_pack
from core.reference.schema import (
    AnyRecord,
    Initiative,
    Instrument,
    RecordShape,
    RelationShape,
    RowShape,
    Source,
    TableShape,
)
from core.reference.synonyms import check_synonyms
from core.tasks import Progress, no_progress

Path_ = tuple[str | int, ...]


def validate_pack(folder: Path, progress: Progress = no_progress) -> tuple[Problem, ...]:
    """Return everything that is wrong with a pack, by file and line; nothing if it is sound."""
    return check_pack(read_pack(folder, progress))


def check_pack(pack: Pack) -> tuple[Problem, ...]:
    """Return the problems of a pack that was read.

    References are only followed once every record has its shape: one misshapen record would
    otherwise be reported again by all that name it.
    """
    if pack.problems:
        return tuple(sorted(pack.problems))
    names, problems = names_of(pack)
    pack.articles, found = read_articles(pack.folder, names)
    problems += found
    check = _Check(names)
    for _, entry in pack.records:
        problems += check.record(entry)
    for entry in pack.tables:
        problems += check.table(entry)
    problems += check_synonyms(pack.synonyms)
    return tuple(sorted(problems))


def names_of(pack: Pack) -> tuple[dict[str, str], list[Problem]]:
    """Map keys and aliases to keys, and tell which are taken twice or of the wrong kind."""
    problems: list[Problem] = []
    names: dict[str, str] = {}
    entries = [*((kind.value, entry) for kind, entry in pack.records)]
    entries += [("table", entry) for entry in pack.tables]
    for kind, entry in entries:
        key = entry.shape.key
        if key.partition(":")[0] != kind:
            problems.append(entry.problem(f"the key must begin with “{kind}:”", "key"))
        if key in names:
            problems.append(entry.problem("another record has this key already", "key"))
        names[key] = key
    for _, entry in entries:
        if isinstance(entry.shape, TableShape):
            continue
        for alias in entry.shape.aliases:
            if alias in names:
                owner = names[alias]
                problems.append(
                    entry.problem(f"the alias “{alias}” is taken by {owner}", "aliases")
                )
            else:
                names[alias] = entry.shape.key
    return names, problems


def check_entry(names: dict[str, str], entry: Entry) -> tuple[Problem, ...]:
    """Return what is wrong with one record among the keys and aliases ``names``."""
    return tuple(_Check(names).record(entry))


class _Check:
    """Checks one record or table at a time against all names of the pack."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def record(self, entry: Entry) -> Iterator[Problem]:
        shape = entry.shape
        if isinstance(shape, Source):
            yield from self._dates(entry, shape, ("date",))
            if shape.url is not None and not shape.url.startswith(("http://", "https://")):
                yield entry.problem(f"“{shape.url}” is not a web address", "url")
        elif isinstance(shape, RecordShape):
            yield from self._dates(entry, shape, shape.dates)
            yield from self._sourced(entry, shape, ())
            for number, fact in enumerate(shape.facts):
                yield from self._sourced(entry, fact, ("facts", number))
            yield from self._lists(entry, shape)
            yield from self._relations(entry, shape)
            yield from self._extras(entry, shape)

    def table(self, entry: Entry) -> Iterator[Problem]:
        shape = entry.shape
        if not isinstance(shape, TableShape):
            return
        yield from self._dates(entry, shape, ("as_of",))
        yield from self._sourced(entry, shape, ())
        yield from self._lists(entry, shape)
        yield from self._key(entry, shape.about, ("about",))
        if shape.predicate is not None and shape.predicate not in PREDICATES:
            yield entry.problem(f"“{shape.predicate}” is not a predicate", "predicate")
        for number, row in enumerate(shape.rows):
            yield from self._row(entry, shape, row, ("rows", number))

    def _row(
        self, entry: Entry, table: TableShape, row: RowShape, path: Path_
    ) -> Iterator[Problem]:
        yield from self._dates(entry, row, RowShape.dates, path)
        yield from self._key(entry, row.participant, (*path, "participant"))
        yield from self._key(entry, row.initiative, (*path, "initiative"), Kind.INITIATIVE)
        yield from self._key(entry, row.person, (*path, "person"), Kind.PARTICIPANT)
        yield from self._key(entry, row.source, (*path, "source"), Kind.SOURCE)
        if table.about is None and row.initiative is None:
            yield entry.problem("names no initiative, and the table is about none", *path)
        if row.verified and (row.source or table.source) is None:
            yield entry.problem("is verified but names no source", *path)

    def _lists(self, entry: Entry, shape: RecordShape | TableShape) -> Iterator[Problem]:
        lists = {"see_also": shape.see_also}
        if isinstance(shape, TableShape):
            lists["other_sources"] = shape.other_sources
        else:
            lists["sources"] = shape.sources
        for name, keys in lists.items():
            for number, key in enumerate(keys):
                yield from self._key(entry, key, (name, number), Kind.SOURCE)

    def _extras(self, entry: Entry, shape: AnyRecord) -> Iterator[Problem]:
        if isinstance(shape, Instrument):
            for number, count in enumerate(shape.counts):
                yield from self._dates(entry, count, ("as_of",), ("counts", number))
                yield from self._sourced(entry, count, ("counts", number))
        if isinstance(shape, Initiative):
            for number, outcome in enumerate(shape.other_outcomes):
                yield from self._dates(entry, outcome, ("date",), ("other_outcomes", number))

    def _relations(self, entry: Entry, shape: RecordShape) -> Iterator[Problem]:
        met: set[tuple[str, str]] = set()
        for number, relation in enumerate(shape.relations):
            path = ("relations", number)
            tie = (relation.predicate, self._names.get(relation.object, relation.object))
            if tie in met:
                yield entry.problem(f"“{tie[0]} {tie[1]}” stands there twice", *path)
            met.add(tie)
            yield from self._dates(entry, relation, ("since", "until"), path)
            yield from self._sourced(entry, relation, path)
            yield from self._ends(entry, relation, path)

    def _ends(self, entry: Entry, relation: RelationShape, path: Path_) -> Iterator[Problem]:
        predicate = PREDICATES.get(relation.predicate)
        if predicate is None:
            yield entry.problem(f"“{relation.predicate}” is not a predicate", *path, "predicate")
            return
        key = self._names.get(relation.object)
        if key is None:
            yield from self._key(entry, relation.object, (*path, "object"))
            return
        subject, object_ = entry.shape.key.partition(":")[0], key.partition(":")[0]
        if object_ in RECORD_KINDS and predicate.allows(Kind(subject), Kind(object_)):
            return
        yield entry.problem(
            f"“{predicate.name}” can't lead from a record of kind {subject} to one of {object_}",
            *path,
        )

    def _key(
        self, entry: Entry, key: str | None, path: Path_, kind: Kind | None = None
    ) -> Iterator[Problem]:
        if key is None:
            return
        found = self._names.get(key)
        if found is None:
            yield entry.problem(f"there is no record “{key}”", *path)
        elif kind is not None and found.partition(":")[0] != kind:
            yield entry.problem(f"“{key}” must be of kind {kind}", *path)

    def _sourced(
        self,
        entry: Entry,
        shape: object,
        path: Path_,
    ) -> Iterator[Problem]:
        """Check what carries ``source`` and ``verified``."""
        source: str | None = getattr(shape, "source", None)
        yield from self._key(entry, source, (*path, "source"), Kind.SOURCE)
        if source is None and getattr(shape, "verified", False):
            yield entry.problem("is verified but names no source", *path)

    def _dates(
        self, entry: Entry, shape: object, names: tuple[str, ...], path: Path_ = ()
    ) -> Iterator[Problem]:
        for name in names:
            text: str | None = getattr(shape, name)
            if text is None:
                continue
            try:
                dates.parse(text)
            except UserError as error:
                yield entry.problem(f"{name}: {error}", *path, name)
