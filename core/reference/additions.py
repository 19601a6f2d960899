"""One analyst's additions as a pack: own records as files of records, edits as ``edits.yaml``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec
import yaml

from core.domain.keys import RECORD_KINDS
from core.reference.files import ARTICLES
from core.reference.layered import LayeredPack, RawEntry
from core.reference.layers import lay_over
from core.reference.packfile import EDITS
from core.reference.problems import Problem
from core.reference.reading import INFO_FILE, RECORD_FILES, TABLE_FILE, Entry, read_pack
from core.reference.schema import Key
from core.reference.yamlfile import YamlFile, read_yaml
from core.struct_types import make_ready


class ChangeShape(msgspec.Struct, forbid_unknown_fields=True):
    """A changed field: what the pack said, what is said instead."""

    base: Any = None
    mine: Any = None


class EditShape(msgspec.Struct, forbid_unknown_fields=True):
    """The changed fields of one record of the reference."""

    key: Key
    changes: dict[str, ChangeShape]


make_ready(EditShape)


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit as read; ``fields`` are the record's with it."""

    key: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Additions:
    """What a file of additions holds."""

    records: tuple[RawEntry, ...]
    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]


def additions_as_files(
    info: dict[str, str],
    records: Iterable[tuple[str, dict[str, Any]]],
    edits: Sequence[tuple[str, dict[str, Any]]],
) -> dict[str, bytes]:
    """Return the files of a pack of additions; ``records`` are kinds with fields."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for kind, raw in records:
        by_kind.setdefault(kind, []).append(raw)
    files = {name: by_kind.get(kind.value, []) for name, (kind, _) in RECORD_FILES.items()}
    rows = [{"key": key, "changes": changes} for key, changes in edits]
    content: dict[str, object] = {INFO_FILE: info, TABLE_FILE: [], EDITS: rows, **files}
    return {name: as_yaml(value) for name, value in content.items()}


def as_yaml(value: object) -> bytes:
    """Return plain values as YAML that `read_yaml` reads back as they were."""
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, encoding=None
    )
    return text.encode()


class _Dumper(yaml.CSafeDumper):
    """Writes every value out: anchors are not read back."""

    def ignore_aliases(self, data: object) -> bool:
        """Repeat what recurs."""
        return True


def read_additions(folder: Path, base: Sequence[RawEntry]) -> Additions:
    """Read and check additions to the records ``base``, which they may name and edit."""
    pack = read_pack(folder)
    problems = list(pack.problems)
    found = [(RawEntry(kind.value, dict(entry.raw)), entry) for kind, entry in pack.records]
    layered = LayeredPack([*base, *(raw for raw, _ in found)])
    seen: set[str] = set()
    for raw, entry in found:
        problems += _record_problems(layered, raw, entry, seen)
    if pack.tables:
        problems.append(Problem(TABLE_FILE, 1, "", "additions hold no tables; leave it empty"))
    if (folder / ARTICLES).exists():
        what = "additions hold no articles; write it in the record's summary and facts"
        problems.append(Problem(ARTICLES, 1, "", what))
    edits: list[Edit] = []
    if (folder / EDITS).exists():
        file = read_yaml(folder / EDITS)
        problems += file.problems
        for number, row in enumerate(_rows(file, problems)):
            edit = _edit(layered, file, number, row, problems)
            edits += [edit] if edit else []
    return Additions(tuple(raw for raw, _ in found), tuple(edits), tuple(sorted(problems)))


def _record_problems(
    layered: LayeredPack, raw: RawEntry, entry: Entry, seen: set[str]
) -> list[Problem]:
    found = [entry.problem(p.sentence, *p.path) for p in layered.problems(raw)]
    if raw.key in seen:
        found.append(entry.problem("another record has this key already", "key"))
    seen.add(raw.key)
    return found


def _rows(file: YamlFile, problems: list[Problem]) -> list[object]:
    if isinstance(file.value, list):
        return cast("list[object]", file.value)  # pyright: ignore[reportUnknownMemberType]
    if not file.problems:
        problems.append(Problem(file.name, 1, "", "must be a list of edits"))
    return []


def _edit(
    layered: LayeredPack, file: YamlFile, number: int, row: object, problems: list[Problem]
) -> Edit | None:
    try:
        shape = msgspec.convert(row, EditShape)
    except msgspec.ValidationError as error:
        problems.append(Problem(file.name, file.line(number), "", str(error)))
        return None
    entry = layered.entry(shape.key)
    if entry is None or entry.kind not in RECORD_KINDS:
        what = f"there is no record “{shape.key}” to edit"
        problems.append(Problem(file.name, file.line(number, "key"), shape.key, what))
        return None
    changes = {n: {"base": c.base, "mine": c.mine} for n, c in shape.changes.items()}
    fields = lay_over(entry.raw, changes)
    fields["key"] = entry.key
    found = layered.problems(RawEntry(entry.kind, fields, pack=entry.raw))
    problems += [
        Problem(file.name, file.line(number, "changes", *p.path[:1]), entry.key, p.sentence)
        for p in found
    ]
    return Edit(entry.key, fields)
