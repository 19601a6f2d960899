"""Finished documents: quotations with their citations, notes, annex and bibliography."""

from pathlib import Path

from core.domain.briefings import Briefing
from core.domain.records import Record
from core.domain.settings import Settings
from core.exporting import layout, office
from core.exporting.annex import annex_of
from core.exporting.briefing import Finished
from core.exporting.cited_works import CitedWork, items_of
from core.exporting.citeproc import find_style, format_citations
from core.exporting.csl_items import CslItem, sort_items
from core.exporting.grouping import group
from core.exporting.report import Report
from core.services.citing import cluster_of
from core.services.shelf import Shelf


def finish(report: Report, chosen: Briefing, settings: Settings, find: Shelf) -> Finished:
    """Return a report as a finished document, as ``chosen``.

    Raises `UserError` for a citation style that can't be used.
    """
    style = find_style(chosen.style or settings.citation_style)
    groups = group(report, chosen.group, find)
    quoted = [one for each in groups for one in each.quoted]
    clusters = [cluster_of(q.entry.annotation, find(q.section.record), find) for q in quoted]
    works = [work for cluster in clusters for work in cluster]
    cited = format_citations(style, clusters, items_of(works, find), apart=False)
    notes = {e.annotation.id: e.annotation.note for e in report.entries} if chosen.notes else {}
    return Finished(
        report,
        groups,
        cited.citations,
        footnotes=style.writes_notes,
        details=chosen.details,
        notes=notes,
        annex=annex_of(_records(report, works, find)) if chosen.annex else (),
        works=tuple(words for _, words in cited.entries) if chosen.bibliography else (),
    )


def render(
    format_name: str, report: Report, chosen: Briefing, settings: Settings, find: Shelf
) -> bytes:
    """Return a document in one of `LAYOUT_FORMATS`, "markdown" in a layout alone.

    Raises `UserError` for a style, reference document or layout that can't be used.
    """
    finished = finish(report, chosen, settings, find)
    if not chosen.layout:
        return office.render(finished, format_name, chosen.reference)
    text = _laid_out(finished, chosen)
    if format_name == "markdown":
        return text.encode()
    return office.render_tree(layout.tree(text), format_name, report.made, chosen.reference)


def preview(
    format_name: str, report: Report, chosen: Briefing, settings: Settings, find: Shelf
) -> tuple[str, bool]:
    """Return how `render` would look, and whether that is HTML; raises as it does."""
    finished = finish(report, chosen, settings, find)
    if not chosen.layout:
        return office.as_html(finished), True
    text = _laid_out(finished, chosen)
    if format_name == "markdown":
        return text, False
    return office.tree_as_html(layout.tree(text)), True


def _laid_out(finished: Finished, chosen: Briefing) -> str:
    path = Path(chosen.layout).expanduser()
    return layout.fill(layout.read_layout(path), finished, path.name)


def cited_items(report: Report, find: Shelf) -> list[CslItem]:
    """Return the works that a report's passages are cited by, by title."""
    works: dict[CitedWork, None] = {}
    for section in report.sections:
        for entry in section.entries:
            works.update(dict.fromkeys(cluster_of(entry.annotation, find(section.record), find)))
    return sort_items(items_of(works, find))


def _records(report: Report, works: list[CitedWork], find: Shelf) -> list[Record]:
    keys = dict.fromkeys([*(s.record for s in report.sections), *(w.record for w in works)])
    return [find(key) for key in keys]
