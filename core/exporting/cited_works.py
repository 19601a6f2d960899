"""Which works a passage is cited by: its own document, or what the reference's page rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.keys import Kind
from core.domain.records import Record
from core.domain.text import SpanKind
from core.exporting.citation import UNVERIFIED, FindSource
from core.exporting.csl_items import CslItem, item_of, page_item
from core.exporting.locators import locator_of


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A record cited, where in it, and a remark on how far it bears the passage out.

    ``through`` says that the words stand on a page that cites this work, not in it; ``page`` that
    the reference's page on the record is meant, not the record itself.
    """

    record: str
    locator: str | None = None
    remark: str | None = None
    through: bool = False
    page: bool = False

    @property
    def id(self) -> str:
        """What its CSL item is called."""
        return f"page-{self.record}" if self.page else self.record


def works_of(
    record: Record, find: FindSource, passage: tuple[int, int] | None = None
) -> tuple[CitedWork, ...]:
    """Return the works behind a passage (code points), or behind the record without one.

    A document, an instrument and a source are cited themselves, a norm by where it is first
    stated. The words of the reference's own pages are never passed off as those of what they rest
    on: such a passage is cited by its page, and through it by the sources of its statements.
    """
    kind, key = record.entry.kind, record.entry.key
    if kind is Kind.DOCUMENT:
        return (CitedWork(key, _place(record, passage)),)
    if passage is not None:
        return (CitedWork(key, page=True), *_sources(record, find, passage))
    stated = _first_stated(record) if kind is Kind.NORM else None
    is_work = kind in (Kind.INSTRUMENT, Kind.SOURCE)
    return (stated or CitedWork(key, page=not is_work),)


def _place(record: Record, passage: tuple[int, int] | None) -> str | None:
    if passage is None:
        return None
    at = record.text.passage_at(passage[0])
    return locator_of(at.label, at.page)


def _first_stated(record: Record) -> CitedWork | None:
    stated = [
        tie
        for tie in record.ties
        if tie.outgoing and tie.relation.predicate == "stated-in" and tie.relation.locator
    ]
    if not stated:
        return None
    first = min(
        stated,
        key=lambda tie: (
            tie.relation.role != "first stated",
            tie.relation.since or "9999",
            tie.record,
        ),
    )
    return CitedWork(
        first.record,
        locator_of(first.relation.locator),
        None if first.relation.verified else UNVERIFIED,
    )


def _sources(record: Record, find: FindSource, passage: tuple[int, int]) -> tuple[CitedWork, ...]:
    found: dict[tuple[str, str | None], bool] = {}
    start, end = passage
    for span in sorted(record.text.spans, key=lambda s: (s.start, s.end)):
        if span.kind is SpanKind.CITE and span.target and span.start < end and start < span.end:
            place = (span.target, span.locator)
            found[place] = found.get(place, True) and bool(span.verified)
    if not found and record.source:
        found[record.source, None] = record.entry.verified
    return tuple(
        CitedWork(find(source).entry.key, locator, None if verified else UNVERIFIED, through=True)
        for (source, locator), verified in found.items()
    )


def items_of(works: Iterable[CitedWork], find: FindSource) -> list[CslItem]:
    """Return the CSL item of each work, each once, in the order of being cited."""
    distinct = {work.id: work for work in works}
    return [
        page_item(find(work.record)) if work.page else item_of(find(work.record))
        for work in distinct.values()
    ]
