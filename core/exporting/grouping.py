"""A report's annotations under other headings than their records'."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.domain.briefings import Grouping
from core.domain.keys import Kind
from core.domain.records import Record
from core.exporting.report import Entry, Report, Section

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Quoted:
    """An entry as it stands in a document: ``heading`` names it there, if anything."""

    section: Section
    entry: Entry
    heading: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading; ``about`` is a line on what it stands for."""

    title: str
    about: str
    quoted: tuple[Quoted, ...]


def group(report: Report, by: Grouping, find: Callable[[str], Record]) -> tuple[Group, ...]:
    """Return the report's entries grouped; one that belongs to several is in each of them.

    ``find`` returns a record by its key.
    """
    if by is Grouping.RECORD:
        return tuple(_of_record(section) for section in report.sections)
    placed = [(section, entry) for section in report.sections for entry in section.entries]
    groups: dict[tuple[str, str], list[Quoted]] = {}
    if by is Grouping.DATE:
        placed.sort(key=lambda pair: _moment(find(pair[0].record)))
    for section, entry in placed:
        quoted = Quoted(section, entry, _named(section, entry))
        for heading in _headings(section, entry, by, find):
            groups.setdefault(heading, []).append(quoted)
    order = groups if by is Grouping.DATE else sorted(groups)
    return tuple(Group(key[1], "", tuple(groups[key])) for key in order)


def _of_record(section: Section) -> Group:
    about = " · ".join(part for part in (section.kind.capitalize(), section.date) if part)
    quoted = tuple(
        Quoted(section, entry, entry.annotation.label or "") for entry in section.entries
    )
    return Group(section.title, about, quoted)


def _named(section: Section, entry: Entry) -> str:
    label = entry.annotation.label
    return f"{section.title}, {label}" if label else section.title


def _headings(
    section: Section, entry: Entry, by: Grouping, find: Callable[[str], Record]
) -> list[tuple[str, str]]:
    """Return what an entry belongs under, each as (where it sorts, words); without any last."""
    if by is Grouping.TAG:
        tags = [path.replace("/", " › ") for path in entry.annotation.tags]
        return [(tag.casefold(), tag) for tag in tags] or [("\U0010ffff", "Without a tag")]
    if by is Grouping.PARTICIPANT:
        return _participants(section, entry, find)
    year = _YEAR.search(find(section.record).entry.date or "")
    return [(year[0], year[0])] if year else [("\U0010ffff", "Without a date")]


def _participants(
    section: Section, entry: Entry, find: Callable[[str], Record]
) -> list[tuple[str, str]]:
    keys = [section.record, *(link.record for link in entry.annotation.links)]
    prefix = f"{Kind.PARTICIPANT.value}:"
    titles = dict.fromkeys(find(key).entry.title for key in keys if key.startswith(prefix))
    found = [(title.casefold(), title) for title in titles]
    return found or [("\U0010ffff", "Tied to no participant")]


def _moment(record: Record) -> str:
    date = record.entry.date or ""
    found = _YEAR.search(date)
    return date[found.start() :] if found else "9999"
