"""One record as an article: its passages in Markdown, and as plain text for a terminal.

The text of a record says everything about it once, with its facts and ties; the spans on it tell
which statement rests on which source, and that becomes a remark at the statement's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.cli.output import bold, dim
from core.domain.dates import in_words
from core.domain.records import Record
from core.domain.text import Passage, PassageKind, Span, SpanKind

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_TAB = "\t"  # between a field's label and value, and between the cells of a row
_TABLE = {PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW}
_LISTS = {PassageKind.LIST_ITEM, PassageKind.REFERENCE}
_PLAIN_FORMS = {  # before, after, and in the place of tabs
    PassageKind.QUOTATION: ("  “", "”", " "),
    PassageKind.FIELD: ("", "", ": "),
    PassageKind.TABLE_HEAD: ("  ", "", " | "),
    PassageKind.TABLE_ROW: ("  ", "", " | "),
}
_LINE_START = re.compile(r"^(\s*)([#+\-=~]|\d+[.)])")


def readable(record: Record) -> str:
    """Return a record for reading in a terminal."""
    entry = record.entry
    when = f", {in_words(entry.date)}" if entry.date else ""
    verified = "" if entry.verified else ", not verified"
    lines = [bold(entry.title), dim(f"{entry.key} ({entry.kind.value}{when}{verified})"), ""]
    sources = _source_titles(record)
    for passage in _after_title(record):
        lines += _plain_lines(record, passage, sources)
    return "\n".join(lines)


def markdown(record: Record) -> str:
    """Return a record as a Markdown document; links to records keep their keys as addresses."""
    sources = _source_titles(record)
    parts = [f"# {_escape(record.entry.title)}"]
    before: PassageKind | None = None
    for passage in _after_title(record):
        parts += [_gap(before, passage.kind), _markdown_block(record, passage, sources)]
        before = passage.kind
    return "".join(parts) + "\n"


def _gap(before: PassageKind | None, kind: PassageKind) -> str:
    """Return what parts two passages: lists and tables hold together, the rest stands alone."""
    together = (before is kind and kind in _LISTS) or (before in _TABLE and kind in _TABLE)
    return "\n" if together else "\n\n"


def _after_title(record: Record) -> Iterable[Passage]:
    """Yield the passages without the first heading when it only repeats the title."""
    for passage in record.text.passages:
        said = record.text.content[passage.start : passage.end]
        if passage.n == 0 and said == record.entry.title:
            continue
        yield passage


def _source_titles(record: Record) -> dict[str, str]:
    titles = {tie.relation.source: tie.source_title for tie in record.ties}
    titles |= {cited.fact.source: cited.source_title for cited in record.facts}
    return {key: title for key, title in titles.items() if key and title}


def _plain_lines(record: Record, passage: Passage, sources: dict[str, str]) -> list[str]:
    said = record.text.content[passage.start : passage.end]
    remark = dim(_remark(record, passage, sources))
    if passage.kind is PassageKind.HEADING:
        return ["", bold(said)]
    if passage.kind is PassageKind.LIST_ITEM:
        return [f"{'  ' * max(0, passage.level - 1)}• {said}{remark}"]
    before, after, between = _PLAIN_FORMS.get(passage.kind, ("", "", " "))
    return [f"{before}{said.replace(_TAB, between)}{after}{remark}"]


def _markdown_block(record: Record, passage: Passage, sources: dict[str, str]) -> str:
    said = _inline(record, passage)
    remark = _escape(_remark(record, passage, sources))
    if passage.kind in _TABLE:
        return _table_block(f"{said}{remark}", head=passage.kind is PassageKind.TABLE_HEAD)
    if passage.kind is PassageKind.FIELD:
        label, _, value = said.partition(_TAB)
        return f"**{label}:** {value}{remark}"
    before = {
        PassageKind.HEADING: f"{'#' * max(2, passage.level)} ",
        PassageKind.LIST_ITEM: f"{'  ' * max(0, passage.level - 1)}- ",
        PassageKind.REFERENCE: "- ",
        PassageKind.QUOTATION: "> ",
        PassageKind.CAVEAT: "> ",
    }.get(passage.kind)
    return f"{_shield(said)}{remark}" if before is None else f"{before}{said}{remark}"


def _table_block(said: str, *, head: bool) -> str:
    cells = said.split(_TAB)
    rule = f"\n|{'|'.join([' --- '] * len(cells))}|" if head else ""
    return f"| {' | '.join(cells)} |{rule}"


def _inline(record: Record, passage: Passage) -> str:
    """Return a passage's words with its links; other spans show by their place already."""
    content = record.text.content
    links = sorted(
        (span for span in _spans(record, passage) if span.kind is SpanKind.LINK and span.target),
        key=lambda span: span.start,
    )
    parts: list[str] = []
    at = passage.start
    for link in links:
        if link.start < at:
            continue  # within another link, which Markdown can't say
        parts += [
            _escape(content[at : link.start]),
            f"[{_escape(content[link.start : link.end])}](<{link.target}>)",
        ]
        at = link.end
    return "".join([*parts, _escape(content[at : passage.end])])


def _remark(record: Record, passage: Passage, sources: dict[str, str]) -> str:
    """Return what a passage rests on: " [source; not verified]", or nothing for no statement."""
    cites = [span for span in _spans(record, passage) if span.kind is SpanKind.CITE]
    remarks = dict.fromkeys(_one_remark(cite, sources) for cite in cites)
    return f" [{'; '.join(remarks)}]" if remarks else ""


def _one_remark(cite: Span, sources: dict[str, str]) -> str:
    named = sources.get(cite.target, cite.target) if cite.target else "no source"
    return named if cite.verified else f"{named}, not verified"


def _spans(record: Record, passage: Passage) -> Sequence[Span]:
    return [
        span
        for span in record.text.spans
        if passage.start <= span.start and span.end <= passage.end
    ]


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _shield(text: str) -> str:
    """Keep a paragraph that begins like a list or heading a paragraph."""
    return _LINE_START.sub(
        lambda start: (
            f"{start[1]}\\{start[2]}"
            if not start[2][0].isdigit()
            else f"{start[1]}{start[2][:-1]}\\{start[2][-1]}"
        ),
        text,
    )
