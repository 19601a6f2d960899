"""The pack with the analyst's layer over it: one record checked, the pages it touches written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from core.domain.keys import Kind
from core.domain.own_records import FieldProblem
from core.domain.records import CompiledRecord, Origin
from core.reference.articles import article_of
from core.reference.compilation import compile_entry, raw_article
from core.reference.index import PackIndex
from core.reference.reading import RECORD_FILES, Pack, PackInfo, read_entry
from core.reference.schema import TableShape
from core.reference.validation import check_entry
from core.reference.yamlfile import YamlFile
from core.tasks import without_collector

TABLE, ARTICLE = "table", "article"
_SHAPES: dict[str, object] = {kind.value: shape for kind, shape in RECORD_FILES.values()}
_LISTS_OF_KEYS = ("sources", "see_also")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A record, table or article as plain fields; ``kind`` is a record's, "table" or "article".

    ``origin`` tells whose it is; ``pack`` holds the pack's own fields where it is edited.
    """

    kind: str
    raw: dict[str, Any]
    withdrawn: bool = False
    origin: Origin = Origin.REFERENCE
    pack: dict[str, Any] | None = None

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.raw.get("key", ""))


@dataclass(slots=True)
class _Form(YamlFile):
    """Stands for the file of a record that is in none: its lines number the paths asked for."""

    paths: list[tuple[str | int, ...]] = field(default_factory=list[tuple[str | int, ...]])

    def line(self, *path: str | int) -> int:
        """Note a path; returns its number."""
        self.paths.append(path[1:])
        return len(self.paths) - 1


class LayeredPack:
    """All records as they stand now, the analyst's changes included.

    What the analyst or a withdrawn record says of records that are gone is left out: nothing
    that was stored may keep a newer pack from being used.
    """

    def __init__(self, entries: Iterable[RawEntry]) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._pack = _empty_pack()
        self.names = _names(self._entries.values())
        form = _Form("")
        with without_collector():
            for entry in self._entries.values():
                if entry.kind != ARTICLE:
                    self._take(form, entry)

    def _take(self, form: _Form, entry: RawEntry) -> None:
        untouched = entry.origin is Origin.REFERENCE and not entry.withdrawn
        raw = entry.raw if untouched else _resolving(entry.raw, self.names)
        shape = TableShape if entry.kind == TABLE else _SHAPES[entry.kind]
        read = read_entry(self._pack, form, 0, raw, shape)
        if read is None and entry.pack is not None:  # the changes no longer fit the pack's
            read = read_entry(self._pack, form, 0, entry.pack, shape)
        if read is None:
            return
        if entry.kind == TABLE:
            self._pack.tables.append(read)
        else:
            self._pack.records.append((Kind(entry.kind), read))

    def entry(self, key: str) -> RawEntry | None:
        """Return a record by key or alias, or None."""
        return self._entries.get(self.names.get(key, key))

    def existing(self, keys: Iterable[str]) -> set[str]:
        """Return those of ``keys``, or what they are aliases of, that are records."""
        found = {self.names[key] for key in keys if key in self.names}
        return {key for key in found if key.partition(":")[0] not in (TABLE, ARTICLE)}

    def mentioned(self, raw: object) -> set[str]:
        """Return the keys of the records that some fields name."""
        return _mentions(raw, self.names)

    def mentioning(self, key: str) -> set[str]:
        """Return the records that name another in their fields, tables left out."""
        return {
            entry.key
            for entry in self._entries.values()
            if entry.kind not in (TABLE, ARTICLE)
            and entry.key != key
            and key in self.mentioned(entry.raw)
        }

    def neighbours(self, keys: Iterable[str]) -> set[str]:
        """Return the records whose pages may speak of ``keys``, these included."""
        wanted = {self.names.get(key, key) for key in keys}
        found = {key for key in wanted if key in self._entries}
        for entry in self._entries.values():
            mentioned = _mentions(entry.raw, self.names)
            if entry.key in wanted or (entry.kind == TABLE and not wanted.isdisjoint(mentioned)):
                found |= mentioned
            elif entry.kind == ARTICLE and not wanted.isdisjoint(mentioned):
                found.add(str(entry.raw["record"]))
            elif not wanted.isdisjoint(mentioned):
                found.add(entry.key)
        return self.existing(found)

    def compile(self, keys: Iterable[str]) -> list[CompiledRecord]:
        """Write the pages of these records; raises `UserError` where words can't be one text."""
        wanted = set(keys)
        with without_collector():
            self._read_articles(wanted)
            index = PackIndex(self._pack)
            return [
                compile_entry(index, kind, entry)
                for kind, entry in self._pack.records
                if entry.shape.key in wanted
            ]

    def _read_articles(self, wanted: set[str]) -> None:
        """Read the articles that stand on these pages, or that their sources' pages speak of."""
        for entry in self._entries.values():
            if entry.kind == ARTICLE and not wanted.isdisjoint(_mentions(entry.raw, self.names)):
                record = str(entry.raw["record"])
                article = article_of(record, str(entry.raw["text"]), self.names)
                self._pack.articles[record] = article

    def problems(self, entry: RawEntry) -> tuple[FieldProblem, ...]:
        """Return what keeps a record from standing among the others, by field."""
        form = _Form("")
        probe = _empty_pack()
        read = read_entry(probe, form, 0, entry.raw, _SHAPES[entry.kind])
        if read is None:
            return tuple(_field_problem(form, p.line, p.what) for p in probe.problems)
        names = self.names | _names([entry])
        found = [_field_problem(form, p.line, p.what) for p in check_entry(names, read)]
        return tuple(found) + tuple(self._alias_problems(entry))

    def _alias_problems(self, entry: RawEntry) -> Iterator[FieldProblem]:
        if entry.key.partition(":")[0] != entry.kind:
            yield FieldProblem(("key",), f"The key must begin with “{entry.kind}:”.")
        for number, alias in enumerate(_strings(entry.raw.get("aliases"))):
            owner = self.names.get(alias)
            if owner is not None and owner != entry.key:
                yield FieldProblem(("aliases", number), f"“{alias}” is a key of {owner} already.")


def _empty_pack() -> Pack:
    return Pack(Path(), PackInfo(name="?", version="?", description="?"), sha256="")


def _field_problem(form: _Form, number: int, what: str) -> FieldProblem:
    path = form.paths[number] if number < len(form.paths) else ()
    name, colon, rest = what.partition(": ")
    if colon and path and name.split(".")[-1] == str(path[-1]):
        what = rest  # the form says the field's name beside it
    return FieldProblem(path, _SENTENCES.get(what, what[:1].upper() + what[1:].rstrip(".") + "."))


_SENTENCES = {
    "Expected `str` of length >= 1": "Write something here: it can't be empty.",
    "Expected `int`, got `str`": "Write a whole number.",
    "Expected `int | null`, got `str`": "Write a year, such as 2015.",
    r"Expected `str` matching regex '^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$'": (
        "A key has a kind, a colon, and words of small letters and digits joined by hyphens, "
        "such as source:gge-report-2015."
    ),
}


def _names(entries: Iterable[RawEntry]) -> dict[str, str]:
    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for entry in entries:
        names[entry.key] = entry.key
        aliases |= dict.fromkeys(_strings(entry.raw.get("aliases")), entry.key)
    return aliases | names  # a record's own key goes before another's earlier one


def _strings(value: object) -> list[str]:
    items = cast("list[object]", value) if isinstance(value, list) else []  # pyright: ignore[reportUnknownMemberType]
    return [item for item in items if isinstance(item, str)]


def _mentions(value: object, names: dict[str, str]) -> set[str]:
    """Return the keys of the records that some fields name anywhere."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            key = names.get(item)
            if key is not None:
                found.add(key)
        elif isinstance(item, dict):
            waiting += cast("dict[str, object]", item).values()
        elif isinstance(item, list):
            waiting += cast("list[object]", item)  # pyright: ignore[reportUnknownMemberType]
    return found


def _resolving(raw: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return a record's fields without what names records that there are not."""
    fields = dict(raw)
    if "source" in fields and fields["source"] not in names:
        fields["source"], fields["verified"] = None, False
    for name in _LISTS_OF_KEYS:
        fields[name] = [key for key in _strings(fields.get(name)) if key in names]
    ties: list[dict[str, Any]] = fields.get("relations") or []
    fields["relations"] = [tie for tie in ties if tie.get("object") in names]
    for name in ("facts", "relations", "counts"):
        rows: list[dict[str, Any]] = fields.get(name) or []
        fields[name] = [
            row if row.get("source") in names else {**row, "source": None, "verified": False}
            for row in rows
        ]
    return {name: value for name, value in fields.items() if value not in (None, [])}


def entries_of(pack: Pack) -> list[RawEntry]:
    """Return a pack's records and tables as plain fields, in their order."""
    found = [RawEntry(kind.value, entry.raw) for kind, entry in pack.records]
    found += [RawEntry(TABLE, entry.raw) for entry in pack.tables]
    return found + [RawEntry(ARTICLE, raw_article(a)) for a in pack.articles.values()]
