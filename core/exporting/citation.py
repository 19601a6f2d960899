"""Full citations: of a record, and of the sources that a passage of it rests on."""

from collections.abc import Callable
from dataclasses import dataclass

from core.domain.keys import Kind
from core.domain.records import Record
from core.domain.text import SpanKind

PACK = "NormAtlas reference pack"
UNVERIFIED = "not verified in this source"
PARTLY_VERIFIED = "not verified in this source for every statement here"
NO_SOURCE = "No source was read for this"
NO_SOURCE_FOR_PART = "No source was read for a part of this"

FindSource = Callable[[str], Record]
"""Returns the record of a source by its key."""


@dataclass(frozen=True, slots=True)
class Work:
    """One cited work: words, an address apart from them, a remark on how far it bears out."""

    words: str
    url: str | None = None
    remark: str | None = None

    @property
    def text(self) -> str:
        """The work in one line, without a closing full stop."""
        parts = self.words if self.url is None else f"{self.words}, {self.url}"
        return parts if self.remark is None else f"{parts} ({self.remark})"


@dataclass(frozen=True, slots=True)
class Citation:
    """A record's own citation, then the sources behind the passage.

    ``missing`` says that a source is missing, for all or for a part.
    """

    record: Work
    sources: tuple[Work, ...] = ()
    missing: str | None = None

    @property
    def text(self) -> str:
        """The whole citation in one line of plain text."""
        return self.written(lambda work: work.text)

    def written(self, write: Callable[[Work], str]) -> str:
        """Return the whole citation in one line, each work as ``write`` writes it."""
        sentences = [write(self.record)]
        if self.sources:
            word = "Sources" if len(self.sources) > 1 else "Source"
            sentences.append(f"{word}: {'; '.join(write(source) for source in self.sources)}")
        if self.missing:
            sentences.append(self.missing)
        return ". ".join(sentences) + "."


def cite(
    record: Record,
    find_source: FindSource,
    passage: tuple[int, int] | None = None,
    label: str | None = None,
) -> Citation:
    """Return the citation of a passage of ``record``; of the record alone without one.

    ``passage`` is (start, end) in code points of the record's text as it is now.
    """
    work = cite_work(record)
    if label:
        work = Work(f"{work.words}, {label}", work.url, work.remark)
    if record.entry.kind in (Kind.SOURCE, Kind.DOCUMENT):  # they are themselves what is cited
        return Citation(work)
    return _with_sources(work, record, find_source, passage)


def cite_work(record: Record) -> Work:
    """Return the citation of a record itself, in the manner of its kind."""
    fields = {field.name: field.value for field in record.fields}
    title, date = record.entry.title, fields.get("date") or record.entry.date
    if record.entry.kind is Kind.INSTRUMENT:
        formal = fields.get("official_title") or title
        symbol = fields.get("symbol")
        if symbol and symbol not in formal:
            formal = f"{formal} ({symbol})"
        return Work(_joined(fields.get("issuing_body"), formal, fields.get("place"), date))
    if record.entry.kind is Kind.SOURCE:
        return Work(_joined(fields.get("publisher"), title, date), fields.get("url") or None)
    if record.entry.kind is Kind.DOCUMENT:
        symbol = fields.get("symbol")
        named = f"{title} ({symbol})" if symbol and symbol not in title else title
        said = (fields.get("authors"), named, fields.get("publisher"), date)
        return Work(_joined(*said), fields.get("url") or None)
    return Work(f"{title}, {PACK}")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _with_sources(
    work: Work, record: Record, find_source: FindSource, passage: tuple[int, int] | None
) -> Citation:
    cited = _cited(record, passage)
    if not cited:
        cited = {record.source: [record.entry.verified]}
    works: list[Work] = []
    for key, verdicts in cited.items():
        if key is not None:
            source = cite_work(find_source(key))
            works.append(Work(source.words, source.url, _remark(verdicts)))
    missing = (NO_SOURCE_FOR_PART if works else NO_SOURCE) if None in cited else None
    return Citation(work, tuple(works), missing)


def _cited(record: Record, passage: tuple[int, int] | None) -> dict[str | None, list[bool]]:
    """Return the sources that statements in the passage rest on, in order of the text."""
    cited: dict[str | None, list[bool]] = {}
    if passage is None:
        return cited
    start, end = passage
    spans = [
        span
        for span in record.text.spans
        if span.start < end and start < span.end and span.kind is SpanKind.CITE
    ]
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        cited.setdefault(span.target, []).append(bool(span.verified))
    return cited


def _remark(verdicts: list[bool]) -> str | None:
    if all(verdicts):
        return None
    return PARTLY_VERIFIED if any(verdicts) else UNVERIFIED
