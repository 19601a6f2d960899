"""A pack's folder read into typed records; problems of shape are told with file and line."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import msgspec

from core.domain.keys import Kind
from core.errors import UserError
from core.reference.articles import Article
from core.reference.fingerprint import fingerprint
from core.reference.problems import Problem, refuse
from core.reference.schema import (
    AnyRecord,
    Event,
    Initiative,
    Instrument,
    Norm,
    PackInfo,
    Participant,
    Source,
    SynonymShape,
    TableShape,
)
from core.reference.yamlfile import YamlFile, read_yaml
from core.tasks import Progress, no_progress, without_collector

RECORD_FILES: dict[str, tuple[Kind, object]] = {
    "norms.yaml": (Kind.NORM, Norm),
    "initiatives.yaml": (Kind.INITIATIVE, Initiative),
    "participants.yaml": (Kind.PARTICIPANT, Participant),
    "instruments.yaml": (Kind.INSTRUMENT, Instrument),
    "events.yaml": (Kind.EVENT, Event),
    "sources.yaml": (Kind.SOURCE, Source),
}
TABLE_FILE = "memberships.yaml"
INFO_FILE = "pack.yaml"
SYNONYM_FILE = "synonyms.yaml"  # a pack may go without

_PATH = re.compile(r" - at `\$(.*)`\Z")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or table of a file: its shape, its raw fields, and where it stands."""

    shape: AnyRecord | TableShape
    raw: dict[str, object]
    file: YamlFile
    number: int

    def problem(self, what: str, *path: str | int) -> Problem:
        """Return a problem of this entry, at the line of the field that ``path`` leads to."""
        return Problem(self.file.name, self.file.line(self.number, *path), self.shape.key, what)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """One group of synonyms, and where it stands."""

    shape: SynonymShape
    file: YamlFile
    number: int

    def problem(self, what: str, *path: str | int) -> Problem:
        """Return a problem of this group, at the line of the form that ``path`` leads to."""
        return Problem(self.file.name, self.file.line(self.number, *path), "", what)


@dataclass(slots=True)
class Pack:
    """A pack as read. ``problems`` are those of shape; entries that have one are left out.

    ``articles`` are read when the pack is checked: they can only be once all keys are known.
    """

    folder: Path
    info: PackInfo
    sha256: str
    records: list[tuple[Kind, Entry]] = field(default_factory=list[tuple[Kind, Entry]])
    tables: list[Entry] = field(default_factory=list[Entry])
    synonyms: list[Synonyms] = field(default_factory=list[Synonyms])
    articles: dict[str, Article] = field(default_factory=dict[str, Article])
    problems: list[Problem] = field(default_factory=list[Problem])


def read_pack(folder: Path, progress: Progress = no_progress) -> Pack:
    """Read every file of a pack, well-formed or not; raises `UserError` if there is no folder."""
    if not folder.is_dir():
        raise UserError(f"There is no reference pack at {folder}; name the folder of its files.")
    names = [INFO_FILE, *RECORD_FILES, TABLE_FILE]
    if (folder / SYNONYM_FILE).exists():
        names.append(SYNONYM_FILE)
    with without_collector():
        pack = Pack(folder, PackInfo(name="?", version="?", description="?"), "")
        for done, name in enumerate(names):
            progress(done, len(names), f"Reading {name}")
            file = read_yaml(folder / name)
            pack.problems += file.problems
            if not file.problems:
                _take(pack, file)
    pack.sha256 = fingerprint(folder)
    return pack


def load_pack(folder: Path) -> Pack:
    """Read a pack; raises `UserError` naming file, line and reason if a shape does not fit."""
    pack = read_pack(folder)
    if pack.problems:
        raise refuse(pack.problems)
    return pack


def _take(pack: Pack, file: YamlFile) -> None:
    if file.name == INFO_FILE:
        try:
            pack.info = msgspec.convert(file.value, PackInfo)
        except msgspec.ValidationError as error:
            pack.problems.append(_misshapen(error, file, (), ""))
        return
    kind, shape = RECORD_FILES.get(file.name, (None, TableShape))
    if file.name == SYNONYM_FILE:
        shape = SynonymShape
    if not isinstance(file.value, list):
        pack.problems.append(Problem(file.name, 1, "", "must be a list of records"))
        return
    rows = cast("list[object]", file.value)  # pyright: ignore[reportUnknownMemberType]
    for number, raw in enumerate(rows):
        found = _converted(pack, file, number, raw, shape)
        if found is None:
            continue
        if isinstance(found, SynonymShape):
            pack.synonyms.append(Synonyms(found, file, number))
            continue
        fields = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
        entry = Entry(found, fields, file, number)
        if kind is None:
            pack.tables.append(entry)
        else:
            pack.records.append((kind, entry))


def read_entry(
    pack: Pack, file: YamlFile, number: int, raw: dict[str, object], shape: object
) -> Entry | None:
    """Read one record or table; one that does not fit its shape is told in ``pack.problems``."""
    found = _converted(pack, file, number, raw, shape)
    return (
        None
        if found is None or isinstance(found, SynonymShape)
        else Entry(found, raw, file, number)
    )


def _converted(
    pack: Pack, file: YamlFile, number: int, raw: object, shape: object
) -> AnyRecord | TableShape | SynonymShape | None:
    try:
        return msgspec.convert(raw, shape)  # pyright: ignore[reportArgumentType, reportUnknownVariableType]
    except msgspec.ValidationError as error:
        fields = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
        pack.problems.append(_misshapen(error, file, (number,), str(fields.get("key") or "")))
        return None


def _misshapen(
    error: msgspec.ValidationError, file: YamlFile, start: tuple[int, ...], key: str
) -> Problem:
    """Turn a shape error, which names the path to the field, into file and line."""
    message = str(error)
    found = _PATH.search(message)
    path: list[str | int] = [*start]
    if found:
        path += [name or int(index) for name, index in _STEP.findall(found[1])]
        message = message[: found.start()]
    field_name = ".".join(str(step) for step in path[len(start) :])
    where = f"{field_name}: " if field_name else ""
    unknown = re.search(r"unknown field `(.+)`", message)
    if unknown:
        path.append(unknown[1])
    return Problem(file.name, file.line(*path), key, where + message)
