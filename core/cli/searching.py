"""``search``: ranked passages."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Annotated

import typer

from core.cli import choices, output, shapes
from core.cli.options import AsJson
from core.cli.session import session_of
from core.domain.concordance import ConcordanceLine, ContextSort
from core.domain.notes import note_id
from core.domain.search import SearchHit, SearchPage, SearchQuery, Sort

_LONGEST_PAGE = 1000
_CONTEXT_WIDTH = 44  # characters on each side of a hit
_MOST_VALUES = 40  # of a facet, as text; --json has them all

Query = Annotated[
    list[str],
    typer.Argument(
        metavar="QUERY",
        help='Words, "phrases", "near"~5, AND OR NOT -word, cyb*, c*r, misspelt~, and fields: '
        "kind: title: theme: year: participant: party: stated-in: source: type: status: region: "
        "verified: is: in: tag: note:",
    ),
]
InKinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only these kinds; commas join."),
]
WithTags = Annotated[
    list[str] | None,
    typer.Option("--tag", metavar="PATH", help="Only what has this tag or one below."),
]
OnThemes = Annotated[
    list[str] | None, typer.Option("--theme", metavar="THEME", help="Only on this theme.")
]
TiedTo = Annotated[
    list[str] | None,
    typer.Option(
        "--participant", metavar="KEY", help="Only what names or is tied to this participant."
    ),
]
NotBefore = Annotated[
    int | None, typer.Option("--from", metavar="YEAR", min=0, max=9999, help="Not before.")
]
NotAfter = Annotated[
    int | None, typer.Option("--to", metavar="YEAR", min=0, max=9999, help="Not after.")
]
InPlaces = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="PLACE", help="reference, documents or notes; commas join."),
]
InRecords = Annotated[
    list[str] | None, typer.Option("--record", metavar="KEY", help="Only in this record.")
]
InLanguages = Annotated[
    list[str] | None,
    typer.Option("--language", metavar="CODE", help="Only texts in this language, as en or ar."),
]
Sorted = Annotated[
    Sort, typer.Option("--sort", help="Best first, by date (newest first, or oldest), by title.")
]
InContext = Annotated[
    ContextSort | None,
    typer.Option(
        "--context", help="Print every occurrence with the words around it, ordered by this."
    ),
]
AsOfDate = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Only what existed by the end of this year, month or day."
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=_LONGEST_PAGE, help="Hits to print.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Hits to leave out first.")]
WithFacets = Annotated[bool, typer.Option("--facets", help="Count what answers, by kind and more.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("search")(search)
    app.command("similar")(similar)


def search(
    context: typer.Context,
    query: Query,
    kind: InKinds = None,
    tag: WithTags = None,
    theme: OnThemes = None,
    participant: TiedTo = None,
    year_from: NotBefore = None,
    year_to: NotAfter = None,
    within: InPlaces = None,
    record: InRecords = None,
    language: InLanguages = None,
    sort: Sorted = Sort.RANK,
    limit: Limit = 20,
    offset: Offset = 0,
    facets: WithFacets = False,
    in_context: InContext = None,
    as_of: AsOfDate = None,
    as_json: AsJson = False,
) -> int:
    """Search all records and your notes: ranked passages."""
    wanted = SearchQuery(
        text=" ".join(query),
        kinds=choices.kinds(kind or ()),
        themes=tuple(theme or ()),
        year_from=year_from,
        year_to=year_to,
        within=choices.split(within or (), choices.PLACES, "place to search in"),
        limit=limit,
        offset=offset,
        facets=facets,
        languages=tuple(code.lower() for code in language or ()),
        sort=sort,
        as_of=choices.as_of(as_of),
    )
    wanted = _resolved(context, wanted, tag or [], participant or [], record or [])
    if in_context is not None:
        _write_context(context, wanted, in_context, as_json=as_json)
        return 0
    page = session_of(context).workspace.search.search(wanted)
    if as_json:
        output.write_json(shapes.page_shape(page))
    else:
        _print(page, offset, facets=facets)
    return 0


def similar(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="A record, as norm:due-diligence.")],
    start: Annotated[int | None, typer.Option("--start", min=0, help="First offset.")] = None,
    end: Annotated[int | None, typer.Option("--end", min=1, help="Offset after the last.")] = None,
    kind: InKinds = None,
    limit: Limit = 20,
    offset: Offset = 0,
    as_json: AsJson = False,
) -> int:
    """Find passages of other records that resemble a passage, or without offsets a whole record."""
    workspace = session_of(context).workspace
    with output.progress_bar() as progress:
        workspace.search.catch_up(progress)
    last = len(workspace.reference.record(key).text.content) if end is None else end
    query = SearchQuery("", kinds=choices.kinds(kind or ()), limit=limit, offset=offset)
    page = workspace.search.similar(key, start or 0, last, query)
    if as_json:
        output.write_json(shapes.page_shape(page))
    else:
        if page.similar_to is not None:
            output.note(f"By the words: {', '.join(page.similar_to.words)}")
        _print(page, offset, facets=False)
    return 0


def _resolved(
    context: typer.Context,
    wanted: SearchQuery,
    tags: list[str],
    participants: list[str],
    records: list[str],
) -> SearchQuery:
    """Return the query with what it names looked up, once the index is up to date."""
    workspace = session_of(context).workspace
    # Another program may have written, or the index may have to be built anew.
    with output.progress_bar() as progress:
        workspace.search.catch_up(progress)
    return replace(
        wanted,
        tags=tuple(choices.existing_tag(workspace, path) for path in tags),
        participants=tuple(choices.participant_key(workspace, key) for key in participants),
        records=tuple(workspace.reference.entry(key).key for key in records),
    )


def _write_context(
    context: typer.Context, wanted: SearchQuery, sort: ContextSort, *, as_json: bool
) -> None:
    page = session_of(context).workspace.search.concordance(
        wanted, sort, offset=wanted.offset, limit=wanted.limit
    )
    if as_json:
        output.write_json(shapes.concordance_shape(page))
        return
    if page.hint:
        output.note(page.hint)
    for line in page.lines:
        output.write_text(_context_line(line))
    last = wanted.offset + len(page.lines)
    of = "more" if page.total is None else page.total
    places = "passage" if page.passages == 1 else "passages"
    if page.lines:
        output.note(f"{wanted.offset + 1} to {last} of {of}, in {page.passages} {places}")
    else:
        output.note("Nothing found." if not wanted.offset else "There are no more.")


def _context_line(line: ConcordanceLine) -> str:
    left = line.left[-_CONTEXT_WIDTH:].rjust(_CONTEXT_WIDTH)
    right = line.right[:_CONTEXT_WIDTH].ljust(_CONTEXT_WIDTH)
    hit = output.plain_snippet(f"<mark>{html.escape(line.hit)}</mark>")
    place = ", ".join(str(part) for part in (line.label, line.year) if part)
    return f"{left} {hit} {right}  {line.record}{output.dim(f' ({place})' if place else '')}"


def _print(page: SearchPage, offset: int, *, facets: bool) -> None:
    if page.hint:
        output.note(page.hint)
    if page.suggestion:
        output.note(f"Did you mean: {page.suggestion}")
    for hit in page.hits:
        output.write_text("\n".join(_hit_lines(hit)) + "\n")
    for name, counts in page.facets.items() if facets else ():
        shown = [f"{value} {count}" for value, count in counts.items()]
        more = f" and {len(shown) - _MOST_VALUES} more" if len(shown) > _MOST_VALUES else ""
        output.write_text(f"{name}: {', '.join(shown[:_MOST_VALUES])}{more}")
    if page.hits:
        last = offset + len(page.hits)
        output.note(f"{offset + 1} to {last} of {page.total} records, {page.seconds * 1000:.0f} ms")
    else:
        output.note("Nothing found." if not page.total else f"Only {page.total} records answer.")
    for looser, count in page.loosened:
        output.note(f"  {count:>5} records answer: {looser}")


def _hit_lines(hit: SearchHit) -> list[str]:
    year = f", {hit.year}" if hit.year else ""
    lines = [
        f"{output.bold(hit.title)}  {output.dim(f'({hit.kind.value}{year})')}  {hit.record}",
        f"    {output.plain_snippet(hit.snippet)}",
    ]
    if hit.annotation and note_id(hit.annotation):
        lines.append(f"    {output.dim('in your note on the record')}")
    elif hit.annotation:
        lines.append(f"    {output.dim('in your note on it')}")
    if hit.more:
        passages = "passage" if hit.more == 1 else "passages"
        lines.append(f"    {output.dim(f'and {hit.more} more {passages}')}")
    return lines
