"""Handing annotations on: rendered as text, or written to a file."""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.briefings import Briefing, Order
from core.domain.exports import (
    BINARY_FORMATS,
    DOCUMENT_FORMATS,
    FORMATS,
    LAYOUT_FORMATS,
    PROJECT_FORMATS,
    Beside,
    Exported,
    Made,
    Preview,
)
from core.errors import UserError
from core.exporting import (
    full_json,
    html,
    jsonld,
    markdown,
    references,
    tables,
    workbook,
)
from core.exporting.csl_items import CslItem
from core.exporting.losses import left_out
from core.exporting.report import Report, beginning, build, cite_annotation, in_order
from core.services import briefings
from core.services.annotations import Annotations
from core.services.briefings import cited_items
from core.services.projects import Projects, losses, summary
from core.services.reference import Reference
from core.services.settings import SettingsService
from core.services.shelf import CitedShelf, Shelf
from core.tasks import slow, without_collector

_RENDERERS: dict[str, Callable[[Report], str]] = {
    "markdown": markdown.render,
    "html": html.render,
    "csv": tables.render_csv,
    "json": full_json.render,
    "jsonld": jsonld.render,
}
_REFERENCES: dict[str, Callable[[Sequence[CslItem]], str]] = {
    "bibtex": references.render_bibtex,
    "ris": references.render_ris,
    "csljson": references.render_csl,
}

_EVERYTHING = AnnotationFilter()
_BRIEFING = Briefing()
_PREVIEWED = 40  # annotations that a preview shows


class Export:
    """Annotations with their passages, notes and citations, in several formats."""

    def __init__(
        self,
        annotations: Annotations,
        reference: Reference,
        settings: SettingsService,
        projects: Projects,
    ) -> None:
        self._annotations = annotations
        self._reference = reference
        self._settings = settings
        self._projects = projects

    @slow
    def make(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        wanted: AnnotationFilter = _EVERYTHING,
        *,
        briefing: Briefing = _BRIEFING,
        now: datetime | None = None,
    ) -> Made:
        """Return the annotations in one of `FORMATS`; raises `UserError` for another.

        ``briefing`` lays out those of `DOCUMENT_FORMATS`.
        """
        _check_format(format)
        if format in PROJECT_FORMATS:
            data, project = self._projects.render(format, wanted)
            return Made(data, len(project.annotations), losses(format, project))
        find = Shelf(self._reference)
        found = self._annotations.find(wanted)
        report = self._report(found, wanted, now, briefing.order)
        data = self._data(format, report, briefing, find)
        beside = self._projects.beside(wanted, found)
        return Made(data, len(report.entries), _remarks(report, format, briefing, beside))

    @slow
    def render(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        wanted: AnnotationFilter = _EVERYTHING,
        *,
        now: datetime | None = None,
    ) -> str:
        """Return the annotations in a format that is text; raises `UserError` for another."""
        _check_format(format)
        if format in BINARY_FORMATS:
            raise UserError(f"“{format}” is no text; write it to a file.")
        return self.make(format, wanted, now=now).data.decode()

    @slow
    def preview(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        wanted: AnnotationFilter = _EVERYTHING,
        *,
        briefing: Briefing = _BRIEFING,
    ) -> Preview:
        """Return how the export begins, and what is left out of the whole of it."""
        _check_format(format)
        if format in PROJECT_FORMATS:
            _, project = self._projects.render(format, wanted)
            count = len(project.annotations)
            text, remarks = summary(format, project), losses(format, project)
            return Preview(text, is_html=False, shown=count, total=count, remarks=remarks)
        found = self._annotations.find(wanted)
        find = Shelf(self._reference)
        whole = self._report(found, wanted, None, briefing.order)
        first = beginning(whole, _PREVIEWED)
        is_html = format == "html"
        if _is_finished(format, briefing):
            settings = self._settings.current()
            text, is_html = briefings.preview(format, first, briefing, settings, find)
        else:
            shown = "csv" if format == "xlsx" else format
            text = self._data(shown, first, briefing, find).decode()
        beside = self._projects.beside(wanted, found)
        remarks = _remarks(whole, format, briefing, beside)
        return Preview(text, is_html, len(first.entries), len(found), remarks)

    @slow
    def write(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        path: Path,
        wanted: AnnotationFilter = _EVERYTHING,
        *,
        briefing: Briefing = _BRIEFING,
        now: datetime | None = None,
    ) -> Exported:
        """Write the annotations to a file, whole or not at all.

        Raises `UserError` for an unknown format or a place that can't be written; a file that was
        there before is then still there.
        """
        _check_format(format)
        _check_place(path)
        made = self.make(format, wanted, briefing=briefing, now=now)
        write_whole(path, made.data)
        return Exported(path, made.annotations, made.remarks)

    @slow
    def write_table(
        self, path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> Exported:
        """Write a table as CSV that no spreadsheet takes for formulas; returns its rows.

        Raises `UserError` for a place that can't be written; the old file is then still there.
        """
        write_whole(path, tables.write_csv(columns, rows))
        return Exported(path, len(rows))

    @slow
    def citations(self, annotations: tuple[Annotation, ...]) -> dict[str, str]:
        """Return the full citation of each annotation, by its id."""
        find = CitedShelf(self._reference, {a.target.record for a in annotations})
        return {
            annotation.id: cite_annotation(annotation, find(annotation.target.record), find).text
            for annotation in annotations
        }

    def _data(self, format_name: str, report: Report, briefing: Briefing, find: Shelf) -> bytes:
        if _is_finished(format_name, briefing):
            settings = self._settings.current()
            return briefings.render(format_name, report, briefing, settings, find)
        if format_name in _REFERENCES:
            return _REFERENCES[format_name](cited_items(report, find)).encode()
        if format_name == "xlsx":
            return workbook.render(report)
        return _RENDERERS[format_name](report).encode()

    @without_collector()
    def _report(
        self,
        annotations: Sequence[Annotation],
        wanted: AnnotationFilter,
        now: datetime | None,
        order: Order,
    ) -> Report:
        keys = {a.target.record for a in annotations}
        find = CitedShelf(self._reference, keys)
        records = {key: find(key) for key in keys}
        heading, now = self._heading(wanted), now or datetime.now(UTC)
        ordered = in_order(annotations, records, order)
        return build(ordered, records, find, heading=heading, now=now)

    def _heading(self, wanted: AnnotationFilter) -> str:
        heading = "Annotations"
        if wanted.tag:
            heading += f" tagged {wanted.tag}"
        if wanted.record:
            heading += f" on {self._reference.entry(wanted.record).title}"
        if wanted.collection:
            heading += f" on documents of “{wanted.collection}”"
        if wanted.analyst:
            heading += f" by {wanted.analyst}"
        return heading


def _check_format(name: str) -> None:
    if name not in FORMATS:
        raise UserError(f"There is no export format “{name}”; use one of {', '.join(FORMATS)}.")


def _is_finished(format_name: str, briefing: Briefing) -> bool:
    """Tell whether a format is laid out as the briefing says."""
    if briefing.layout and format_name not in LAYOUT_FORMATS:
        raise UserError(
            f"A layout writes {', '.join(LAYOUT_FORMATS)}, but not {format_name}; leave it out."
        )
    return format_name in DOCUMENT_FORMATS or bool(briefing.layout)


def _remarks(
    report: Report, format_name: str, briefing: Briefing, beside: Beside
) -> tuple[str, ...]:
    notes = briefing.notes or not _is_finished(format_name, briefing)
    return left_out(report, format_name, beside, notes=notes)


def write_whole(path: Path, text: str | bytes) -> None:
    """Write bytes, or a text as UTF-8, so that at every moment the old or the new file is whole.

    Raises `UserError` when the place can't be written.
    """
    _check_place(path)
    target = path.resolve()
    draft = target.with_name(f".{target.name[:60]}.{secrets.token_hex(8)}.part")
    try:
        _write_durably(draft, text)
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        os.replace(draft, target)
    except OSError as error:
        with suppress(OSError):  # the draft may never have come to be
            draft.unlink()
        raise UserError(
            f"{path} could not be written ({error.strerror or error}); choose another place, "
            "or make room there. What was there before is unchanged."
        ) from error


def _write_durably(draft: Path, text: str | bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)
        file.flush()
        os.fsync(file.fileno())


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path} is a folder; name a file to write to.")
    if not path.parent.is_dir():
        raise UserError(f"The folder {path.parent} is not there; make it or choose another.")
    if path.exists() and not path.is_file():
        raise UserError(f"{path} is not a plain file; choose another place.")
    if path.exists() and not os.access(path, os.W_OK):
        raise UserError(f"{path} is write-protected; choose another place or lift the protection.")
