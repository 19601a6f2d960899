"""The report: annotations with their records, as a tree that knows no format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.domain.addresses import address_of
from core.domain.annotations import Annotation, Verdict
from core.domain.briefings import Order
from core.domain.dates import MONTHS, sort_key
from core.domain.records import Record
from core.exporting.citation import Citation, FindSource, cite

_CAVEATS = {
    Verdict.CHANGED: "The text has changed since; this passage is to be confirmed.",
    Verdict.LOST: "The text has changed since; this passage is no longer in it.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One annotation with what a reader needs to trust and find it."""

    annotation: Annotation
    citation: Citation
    link: str
    caveat: str | None = None  # when the passage no longer fits the text

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The quotation, one string a passage; blank ones left out."""
        lines = self.annotation.target.quote.exact.split("\n")
        return tuple(line for line in lines if line.strip())

    @property
    def heading(self) -> str:
        """How the passage is named: its label, else where it stands."""
        return self.annotation.label or f"Characters {self.annotation.start}–{self.annotation.end}"

    @property
    def written(self) -> str:
        """Who wrote it and when, in words."""
        note = self.annotation
        made, edited = in_words(note.created), in_words(note.modified)
        return f"{note.analyst}, {made}" + ("" if made == edited else f", edited {edited}")


@dataclass(frozen=True, slots=True)
class Section:
    """A record and its annotations. ``date`` is in words."""

    record: str
    kind: str
    title: str
    date: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Annotations grouped by record, in the order in which they were given."""

    heading: str
    made: datetime
    sections: tuple[Section, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def subtitle(self) -> str:
        """What there is and when it was made, in words."""
        passages, records = len(self.entries), len(self.sections)
        return (
            f"{passages} {'passage' if passages == 1 else 'passages'} in "
            f"{records} {'record' if records == 1 else 'records'}, {in_words(self.made)}"
        )


def build(
    annotations: Sequence[Annotation],
    records: Mapping[str, Record],
    find_source: FindSource,
    *,
    heading: str,
    now: datetime,
) -> Report:
    """Return the report of ``annotations``; ``records`` holds their records by key."""
    groups: dict[str, list[Entry]] = {}
    for annotation in annotations:
        record = records[annotation.target.record]
        groups.setdefault(annotation.target.record, []).append(
            _entry(annotation, record, find_source)
        )
    sections = tuple(_section(records[key], key, entries) for key, entries in groups.items())
    return Report(heading, now, sections)


def in_order(
    annotations: Sequence[Annotation], records: Mapping[str, Record], order: Order
) -> Sequence[Annotation]:
    """Return annotations, given by title of their records and place, in another order."""
    if order is Order.TITLE:
        return annotations
    if order is Order.DATE:
        return sorted(annotations, key=lambda a: sort_key(records[a.target.record].entry.date))
    return sorted(annotations, key=lambda a: (_utc(a.created), a.id), reverse=order is Order.NEWEST)


def beginning(report: Report, number: int) -> Report:
    """Return the first entries of a report as one."""
    sections: list[Section] = []
    for section in report.sections:
        entries = section.entries[: number - sum(len(kept.entries) for kept in sections)]
        if entries:
            sections.append(replace(section, entries=entries))
    return replace(report, sections=tuple(sections))


def cite_annotation(annotation: Annotation, record: Record, find_source: FindSource) -> Citation:
    """Return the citation of an annotated passage.

    A passage that is no longer in its place gets the record's own source: what stands there now
    may rest on other sources.
    """
    in_place = annotation.verdict.state != "orphaned"
    passage = (annotation.start, annotation.end) if in_place else None
    return cite(record, find_source, passage, annotation.label)


def link_to(annotation: Annotation) -> str:
    """Return the address that opens the window at the passage."""
    target = annotation.target
    words = target.quote.exact
    return str(address_of(target.record, annotation.start, annotation.end, words))


def timestamp(moment: datetime) -> str:
    """Return a moment as UTC in ISO 8601 with seconds and ``Z``; naive ones are UTC already."""
    return _utc(moment).isoformat(timespec="seconds").replace("+00:00", "Z")


def in_words(moment: datetime) -> str:
    """Return the day (UTC) in words: 1 November 2011."""
    day = _utc(moment)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _entry(annotation: Annotation, record: Record, find_source: FindSource) -> Entry:
    citation = cite_annotation(annotation, record, find_source)
    return Entry(annotation, citation, link_to(annotation), _CAVEATS.get(annotation.verdict))


def _section(record: Record, key: str, entries: list[Entry]) -> Section:
    dates = (field.value for field in record.fields if field.name == "date")
    date = next(dates, None) or record.entry.date
    return Section(key, record.entry.kind.value, record.entry.title, date, tuple(entries))
