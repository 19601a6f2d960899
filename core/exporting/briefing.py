"""A report as a finished document in pandoc's tree: quotations, footnotes, notes, annex, works."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.exporting.annex import UNVERIFIED_MARK, AnnexTable
from core.exporting.grouping import Group, Quoted
from core.exporting.pandoc import Ast, blocks_of, document_json, run_pandoc
from core.exporting.report import Report
from core.exporting.runs import Run, to_pandoc

Runs = tuple[Run, ...]

_ANNEX = "Annex: who stands where"
_BIBLIOGRAPHY = "Bibliography"
_RIGHT_TO_LEFT = [["typst:text:dir", "rtl"], ["typst:width", "100%"]]
_SET = {  # how PDF sets what word processors have a style for
    "Details": [["typst:text:size", "8.8pt"], ["typst:text:fill", 'rgb("#59616b")']],
    "Bibliography": [["typst:inset", "(left: 1.2em)"]],
}
_WITHOUT_CONTENTS = 3  # so few headings are found without


@dataclass(frozen=True, slots=True)
class Finished:
    """All that a document says. ``citations`` are one for each entry, in the groups' order.

    ``notes`` are in Markdown, by annotation; ``works`` the bibliography.
    """

    report: Report
    groups: tuple[Group, ...]
    citations: tuple[Runs, ...]
    footnotes: bool
    details: bool
    notes: Mapping[str, str]
    annex: tuple[AnnexTable, ...]
    works: tuple[Runs, ...]


def document_of(finished: Finished) -> bytes:
    """Return the document as pandoc reads it."""
    report = finished.report
    meta: dict[str, Ast] = {
        "title": _words_in_meta(report.heading),
        "subtitle": _words_in_meta(report.subtitle),
        "lang": {"t": "MetaString", "c": "en"},
    }
    return document_json(_blocks(finished), meta)


def _blocks(finished: Finished) -> Iterator[Ast]:
    citations = iter(finished.citations)
    notes = notes_as_blocks(finished.notes)
    yield from _contents(finished)
    for n, group in enumerate(finished.groups, 1):
        yield _header(1, group.title, f"group-{n}")
        if group.about:
            yield _styled("Details", _paragraph(group.about))
        for quoted in group.quoted:
            yield from _entry(quoted, next(citations), notes, finished)
    yield from _annex(finished.annex)
    if finished.works:
        yield _header(1, _BIBLIOGRAPHY, "bibliography")
        for work in finished.works:
            yield _styled("Bibliography", {"t": "Para", "c": to_pandoc(work)})


def notes_as_blocks(notes: Mapping[str, str]) -> dict[str, list[Ast]]:
    """Return notes in Markdown, by id, as blocks of pandoc's tree; one call for all of them."""
    from core.exporting.notes import note_as_html

    written = {name: note for name, note in notes.items() if note.strip()}
    if not written:
        return {}
    page = "\n".join(f"<div>{note_as_html(note)}</div>" for note in written.values())
    made = run_pandoc(["-f", "html-auto_identifiers", "-t", "json"], page.encode())
    return {name: block["c"][1] for name, block in zip(written, blocks_of(made), strict=True)}


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction of its own is written right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _contents(finished: Finished) -> list[Ast]:
    """Return a list of the headings that lead there.

    It is written out: what word processors list by themselves is empty until they are told to.
    """
    headings = [(group.title, f"group-{n}") for n, group in enumerate(finished.groups, 1)]
    headings += [(_ANNEX, "annex")] if finished.annex else []
    headings += [(_BIBLIOGRAPHY, "bibliography")] if finished.works else []
    if len(headings) < _WITHOUT_CONTENTS:
        return []
    lines: list[Ast] = []
    for title, place in headings:
        link: Ast = {"t": "Link", "c": [["", [], []], to_pandoc([Run(title)]), [f"#{place}", ""]]}
        lines.append({"t": "Para", "c": [link]})
    return [{"t": "Div", "c": [["contents", [], []], lines]}]


def _entry(
    quoted: Quoted, citation: Runs, notes: Mapping[str, Sequence[Ast]], finished: Finished
) -> list[Ast]:
    entry = quoted.entry
    link = Run("Open in NormAtlas", target=entry.link)
    blocks = [_header(2, quoted.heading)] if quoted.heading else []
    blocks.append(_quotation(entry.paragraphs, citation, link, footnote=finished.footnotes))
    if entry.caveat:
        blocks.append({"t": "Para", "c": to_pandoc([Run(entry.caveat, emphasis=True)])})
    blocks.extend(notes.get(entry.annotation.id, ()))
    if finished.details:
        tags = ", ".join(entry.annotation.tags)
        parts = [f"Tags: {tags}"] if tags else []
        words = " · ".join([*parts, entry.written])
        blocks.append(_styled("Details", _paragraph(words)))
    return blocks


def _quotation(lines: Sequence[str], citation: Runs, link: Run, *, footnote: bool) -> Ast:
    """Return a quotation that ends in its citation; the link to it is in the footnote.

    A citation in brackets after a line that runs right to left is a line of its own.
    """
    made: list[Ast] = []
    noted = (*citation, Run(" "), link) if footnote else (link,)
    mark: Ast = {"t": "Note", "c": [{"t": "Para", "c": to_pandoc(noted)}]}
    after = [mark] if footnote else [*to_pandoc(citation), mark]
    for n, line in enumerate(lines):
        end: list[Ast] = []
        if n == len(lines) - 1 and (footnote or not is_right_to_left(line)):
            end = after if footnote else [{"t": "Space"}, *after]
        made.append(_directed(line, end, "Quotation right to left"))
        if n == len(lines) - 1 and not end:
            made.append({"t": "Para", "c": after})
    return {"t": "BlockQuote", "c": made}


def _annex(tables: Sequence[AnnexTable]) -> list[Ast]:
    if not tables:
        return []
    blocks = [_header(1, _ANNEX, "annex")]
    for table in tables:
        blocks.append(_header(2, table.title))
        rows = [[row.words, str(len(row.names)), "; ".join(row.names)] for row in table.rows]
        blocks.append(_table(("Standing", "Number", "Who"), (0.2, 0.1, 0.7), rows))
        said = [f"Sources: {'; '.join(table.sources)}."] if table.sources else []
        if table.unverified:
            said.append(f"{UNVERIFIED_MARK} not verified in its source.")
        if said:
            blocks.append(_styled("Details", _paragraph(" ".join(said))))
    return blocks


def _header(level: int, text: str, name: str = "") -> Ast:
    direction = [["dir", "rtl"]] if is_right_to_left(text) else []
    return {"t": "Header", "c": [level, [name, [], direction], to_pandoc([Run(text)])]}


def _paragraph(text: str) -> Ast:
    return _directed(text, ())


def _directed(text: str, after: Sequence[Ast], style: str = "Right to left") -> Ast:
    """Return a paragraph that runs as its text does; what comes ``after`` runs left to right.

    Word processors take the direction from a style of that name.
    """
    words = to_pandoc([Run(text)])
    if not is_right_to_left(text):
        return {"t": "Para", "c": [*words, *after]}
    words = [{"t": "Span", "c": [["", [], [["dir", "rtl"]]], words]}, *after]
    attributes = [["custom-style", style], *_RIGHT_TO_LEFT]
    return {"t": "Div", "c": [["", [], attributes], [{"t": "Para", "c": words}]]}


def _styled(style: str, block: Ast) -> Ast:
    return {"t": "Div", "c": [["", [], [["custom-style", style], *_SET[style]]], [block]]}


def _words_in_meta(text: str) -> Ast:
    return {"t": "MetaInlines", "c": to_pandoc([Run(text)])}


def _table(heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Ast:
    empty: list[object] = ["", [], []]
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    return {
        "t": "Table",
        "c": [
            empty,
            [None, []],
            columns,
            [empty, [_row(heads, strong=True)]],
            [[empty, 0, [], [_row(row) for row in rows]]],
            [empty, []],
        ],
    }


def _row(cells: Sequence[str], *, strong: bool = False) -> list[object]:
    empty: list[object] = ["", [], []]
    return [
        empty,
        [
            [
                empty,
                {"t": "AlignDefault"},
                1,
                1,
                [{"t": "Plain", "c": to_pandoc([Run(cell, strong=strong)])}],
            ]
            for cell in cells
        ],
    ]
