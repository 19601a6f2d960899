"""Passages and records cited in the style that the analyst has set."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.citing import CitedText
from core.domain.records import Record
from core.domain.settings import STYLE_LABELS
from core.errors import UserError
from core.exporting import runs
from core.exporting.cited_works import CitedWork, items_of, works_of
from core.exporting.citeproc import THROUGH, Cluster, Style, find_style, format_citations
from core.exporting.csl_items import CslItem
from core.exporting.runs import Run
from core.services.annotations import Annotations
from core.services.reference import Reference
from core.services.settings import SettingsService
from core.services.shelf import Shelf
from core.tasks import slow

_EXAMPLE: CslItem = {
    "id": "example",
    "type": "report",
    "author": [{"literal": "UN General Assembly"}],
    "title": "Report of the Group of Governmental Experts",
    "number": "UN Doc. A/70/174",
    "issued": {"date-parts": [[2015, 7, 22]]},
}


class Citing:
    """Citations of passages, records and annotations, to be copied."""

    def __init__(
        self, reference: Reference, annotations: Annotations, settings: SettingsService
    ) -> None:
        self._reference = reference
        self._annotations = annotations
        self._settings = settings

    @slow
    def quote(self, record: str, start: int, end: int, style: str | None = None) -> CitedText:
        """Return ``text[start:end]`` of a record (code points) as a quotation with its citation.

        ``style`` is as in `Settings.citation_style`, which it stands in for. Raises `UserError`
        for a range outside the text and a style that can't be used.
        """
        find = Shelf(self._reference)
        found = find(record)
        if not 0 <= start < end <= len(found.text.content):
            raise UserError(
                f"Offsets {start} to {end} are not a passage of {record}, whose text has "
                f"{len(found.text.content)} characters."
            )
        lines = [line for line in found.text.content[start:end].split("\n") if line.strip()]
        chosen = self._style(style)
        (cited,) = self._cite(chosen, [works_of(found, find, (start, end))], find)
        quotation = "\n".join(line.strip() for line in lines)
        paragraphs = "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines)
        return CitedText(
            f"“{quotation}”\n{runs.plain(cited)}\n",
            f"<blockquote>{paragraphs}</blockquote><p>{runs.html(cited)}</p>",
            label_of(chosen),
        )

    @slow
    def cite(
        self, record: str, passage: tuple[int, int] | None = None, style: str | None = None
    ) -> CitedText:
        """Return the citation of a passage (code points), or of a record without one."""
        find = Shelf(self._reference)
        return self._listed([works_of(find(record), find, passage)], find, style)

    @slow
    def cite_annotations(self, annotations: Sequence[str], style: str | None = None) -> CitedText:
        """Return the citations of annotations by their ids, one a line, each once."""
        found = self._annotations.find(AnnotationFilter(ids=frozenset(annotations)))
        if not found:
            raise UserError("There is no annotation to cite; choose one in the list first.")
        find = Shelf(self._reference)
        clusters = [cluster_of(a, find(a.target.record), find) for a in found]
        return self._listed(list(dict.fromkeys(clusters)), find, style)

    @slow
    def example(self, style: str) -> CitedText:
        """Return how a style cites a paragraph of a report; raises `UserError` for a bad style."""
        chosen = find_style(style)
        work = CitedWork(str(_EXAMPLE["id"]), "para. 13(f)")
        made = format_citations(chosen, [(work,)], [_EXAMPLE], apart=True)
        words = [made.citations[0], *(entry for _, entry in made.entries)]
        return CitedText(
            "\n".join(map(runs.plain, words)),
            "".join(f"<p>{runs.html(one)}</p>" for one in words),
            label_of(chosen),
        )

    def _listed(self, clusters: Sequence[Cluster], find: Shelf, style: str | None) -> CitedText:
        chosen = self._style(style)
        cited = self._cite(chosen, clusters, find)
        return CitedText(
            "\n".join(runs.plain(one) for one in cited) + "\n",
            "".join(f"<p>{runs.html(one)}</p>" for one in cited),
            label_of(chosen),
        )

    def _style(self, style: str | None) -> Style:
        return find_style(style or self._settings.current().citation_style)

    def _cite(
        self, style: Style, clusters: Sequence[Cluster], find: Shelf
    ) -> list[tuple[Run, ...]]:
        """Return each citation in full: a note, or the works' entries with the place in them."""
        items = items_of((work for cluster in clusters for work in cluster), find)
        made = format_citations(style, clusters, items, apart=True)
        if style.writes_notes or not made.entries:
            return list(made.citations)
        entries = dict(made.entries)
        return [_in_full(cluster, entries, find) for cluster in clusters]


def cluster_of(annotation: Annotation, record: Record, find: Shelf) -> Cluster:
    """Return what an annotation's passage is cited by; where it is lost, what its record is."""
    in_place = annotation.verdict.state != "orphaned"
    return works_of(record, find, (annotation.start, annotation.end) if in_place else None)


def label_of(style: Style) -> str:
    """Return a style's name as shown."""
    return STYLE_LABELS.get(style.name) or Path(style.name).stem


def _in_full(cluster: Cluster, entries: dict[str, tuple[Run, ...]], find: Shelf) -> tuple[Run, ...]:
    made: list[Run] = []
    for n, work in enumerate(cluster):
        if n:
            made.append(Run("; "))
        entry = list(entries.get(work.id) or (Run(find(work.record).entry.title),))
        last = entry[-1]
        entry[-1] = replace(last, text=last.text.rstrip().rstrip("."))
        place = f", {work.locator}" if work.locator else ""
        remark = f" ({work.remark})" if work.remark else ""
        made += [Run(f"{THROUGH} " if work.through else ""), *entry, Run(place + remark)]
    return tuple(runs.joined([*made, Run(".")]))
