"""The page of a record: its canonical text, from title to sources."""

import re
from collections.abc import Callable
from dataclasses import replace

from core.domain.dates import in_words
from core.domain.text import PassageKind, Text
from core.reference.details import Detail
from core.reference.facts import place_of
from core.reference.figures import write_figures
from core.reference.index import End, PackIndex
from core.reference.norms import write_stated
from core.reference.resting import write_resting
from core.reference.schema import AnyRecord, Instrument, Norm, Person, RecordShape, Source
from core.reference.sections import OTHER, Group
from core.reference.sentences import Subject, subject_of
from core.reference.series import write_place
from core.reference.states import write_treaties, write_votes
from core.reference.tables import write_tables
from core.reference.ties import sections_of, write_groups
from core.reference.writing import TAB, Cited, Link, Piece, TextWriter

Composer = Callable[[TextWriter, PackIndex, Subject, dict[Group, list[End]]], None]


_COMPOSED: dict[str, Composer] = {
    "Treaties and declarations": write_treaties,
    "Votes in the General Assembly": write_votes,
    "Where it belongs": write_place,
    "Where it is stated": write_stated,
}


def write_page(index: PackIndex, shape: AnyRecord, fields: list[Detail]) -> Text:
    """Write the page of one record: what it is, its article, facts, ties, tables, details, sources.

    A source's page says instead what rests on it.
    """
    writer = TextWriter()
    writer.heading(shape.title, level=1)
    _write_summary(writer, index, shape)
    if isinstance(shape, Source):
        _write_details(writer, fields)
        write_resting(writer, index, shape.key)
        return writer.finish()
    _write_article(writer, index, shape.key)
    _write_facts(writer, index, shape)
    subject = subject_of(index, shape.key)
    for section, groups in sections_of(index, shape.key):
        writer.heading(section.heading)
        composer = _COMPOSED.get(section.heading)
        if composer:
            composer(writer, index, subject, groups)
        else:
            alone = len(section.groups) == 1 and section.heading != OTHER
            write_groups(writer, index, subject, groups, alone=alone)
    if isinstance(shape, Instrument):
        write_figures(writer, index, shape.counts)
    write_tables(writer, index, shape.key)
    _write_details(writer, [detail for detail in fields if not _is_told(shape, detail)])
    _write_references(writer, index, shape)
    return writer.finish()


def _is_told(shape: AnyRecord, detail: Detail) -> bool:
    """Tell whether the page says a detail elsewhere: figures by themselves, an office at first."""
    if detail.name == "office":
        return isinstance(shape, Person) and detail.words in shape.summary
    return detail.name == "counts"


def _write_details(writer: TextWriter, fields: list[Detail]) -> None:
    if fields:
        writer.heading("Details")
    for detail in fields:
        writer.add(PassageKind.FIELD, detail.label, TAB, *detail.value, label=detail.label)


def _write_summary(writer: TextWriter, index: PackIndex, shape: AnyRecord) -> None:
    if isinstance(shape, Source):
        if shape.summary.rstrip(".") != _published(shape):  # which its details say
            writer.add(PassageKind.PARAGRAPH, shape.summary, label="Summary")
        return
    source = index.optional_key(shape.source)
    if isinstance(shape, Norm):  # its source vouches for the statement
        statement = Cited((shape.statement,), source, shape.verified)
        if shape.summary.startswith(shape.statement):  # as most do; a page says it once
            rest = shape.summary.removeprefix(shape.statement)
            writer.add(PassageKind.PARAGRAPH, statement, rest, label="Statement")
        else:
            writer.add(PassageKind.QUOTATION, statement, label="Statement")
            writer.add(PassageKind.PARAGRAPH, shape.summary, label="Summary")
    else:
        summary = Cited((shape.summary,), source, shape.verified)
        writer.add(PassageKind.PARAGRAPH, summary, label="Summary")
    if shape.note:
        writer.add(PassageKind.CAVEAT, f"Caveat: {shape.note}", label="Caveat")


def _write_article(writer: TextWriter, index: PackIndex, key: str) -> None:
    """Write the article of a record; its paragraphs and items are numbered, to be cited by."""
    article = index.articles.get(key)
    number = 0
    for block in article.blocks if article else ():
        label = None
        if block.kind is not PassageKind.HEADING:
            number += 1
            label = f"Article, para. {number}"
        spans = [replace(span, target=index.optional_key(span.target)) for span in block.spans]
        writer.add_marked(block.kind, block.words, spans, level=block.level, label=label)


def _write_facts(writer: TextWriter, index: PackIndex, shape: RecordShape) -> None:
    """List the facts, but for those that the summary or the date says in the same words."""
    places = [place_of(shape, number) for number in range(1, len(shape.facts) + 1)]
    listed = [number for number, place in enumerate(places, 1) if place == f"Fact {number}"]
    if listed:
        writer.heading("Facts")
    for number in listed:
        fact = shape.facts[number - 1]
        cited = Cited((fact.text,), index.optional_key(fact.source), fact.verified)
        pieces: list[Piece] = [cited]
        if fact.year is not None and not re.search(rf"\b{fact.year}\b", fact.text):
            pieces.append(f" ({fact.year})")
        writer.item(*pieces, label=f"Fact {number}")


def _write_references(writer: TextWriter, index: PackIndex, shape: RecordShape) -> None:
    """List the sources in the order of being cited first, then those that nothing cites."""
    keys = writer.cited + [index.key(name) for name in shape.sources]
    tables = index.tables.get(shape.key, ())
    keys += [index.key(name) for table in tables for name in table.other_sources]
    keys = list(dict.fromkeys(keys))
    _write_reference_list(writer, index, "Sources", keys)
    more = [index.key(name) for name in shape.see_also]
    more += [index.key(name) for table in tables for name in table.see_also]
    see_also = [key for key in dict.fromkeys(more) if key not in keys]
    _write_reference_list(writer, index, "See also", see_also)


def _write_reference_list(
    writer: TextWriter, index: PackIndex, heading: str, keys: list[str]
) -> None:
    if keys:
        writer.heading(heading)
    for number, key in enumerate(keys, 1):
        label = f"Source {number}" if heading == "Sources" else None
        writer.add(PassageKind.REFERENCE, *_reference(index, key), label=label)


def _reference(index: PackIndex, key: str) -> list[Piece]:
    source = index.shape(key)
    pieces: list[Piece] = [Link(source.title, key), "." if source.title[-1] not in ".?!" else ""]
    if not isinstance(source, Source):
        return pieces
    published = _published(source)
    pieces.append(f" {published}." if published else "")
    if source.url:
        pieces += [" ", Link(source.url, source.url)]
    if not source.seen:
        pieces.append(" (not consulted)")
    return pieces


def _published(source: Source) -> str:
    """Return who published a source, and when."""
    date = in_words(source.date) if source.date else None
    return ", ".join(part for part in (source.publisher, date) if part)
