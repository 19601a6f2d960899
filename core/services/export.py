"""Handing annotations on: rendered as text, or written to a file."""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.exports import FORMATS, PROJECT_FORMATS, Exported
from core.errors import UserError
from core.exporting import full_json, html, jsonld, markdown, tables
from core.exporting.report import Report, build, cite_annotation
from core.services.annotations import Annotations
from core.services.projects import Projects, losses, summary
from core.services.reference import Reference
from core.services.shelf import Shelf
from core.tasks import slow

_RENDERERS: dict[str, Callable[[Report], str]] = {
    "markdown": markdown.render,
    "html": html.render,
    "csv": tables.render_csv,
    "json": full_json.render,
    "jsonld": jsonld.render,
}

_EVERYTHING = AnnotationFilter()


class Export:
    """Annotations with their passages, notes and citations, in several formats."""

    def __init__(self, annotations: Annotations, reference: Reference, projects: Projects) -> None:
        self._annotations = annotations
        self._reference = reference
        self._projects = projects

    @slow
    def render(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        wanted: AnnotationFilter = _EVERYTHING,
        *,
        now: datetime | None = None,
    ) -> str:
        """Return the annotations in one of `FORMATS`; raises `UserError` for another.

        Of a project, whose bytes are no text, it returns what is in it.
        """
        if format in PROJECT_FORMATS:
            return summary(format, self._projects.render(format, wanted)[1])
        return _renderer(format)(self._report(wanted, now))

    @slow
    def write(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        path: Path,
        wanted: AnnotationFilter = _EVERYTHING,
        *,
        now: datetime | None = None,
    ) -> Exported:
        """Write the annotations to a file, whole or not at all.

        Raises `UserError` for an unknown format or a place that can't be written; a file that was
        there before is then still there.
        """
        if format in PROJECT_FORMATS:
            return self._write_project(format, path, wanted)
        render = _renderer(format)
        _check_place(path)
        report = self._report(wanted, now)
        write_whole(path, render(report))
        return Exported(path, len(report.entries))

    def _write_project(self, format_name: str, path: Path, wanted: AnnotationFilter) -> Exported:
        _check_place(path)
        data, project = self._projects.render(format_name, wanted)
        write_whole(path, data)
        return Exported(path, len(project.annotations), losses(format_name, project))

    @slow
    def project(
        self,
        format: str,  # noqa: A002 - what every caller calls it
        wanted: AnnotationFilter = _EVERYTHING,
    ) -> bytes:
        """Return a project's bytes in one of `PROJECT_FORMATS`."""
        return self._projects.render(format, wanted)[0]

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
        find = Shelf(self._reference)
        return {
            annotation.id: cite_annotation(annotation, find(annotation.target.record), find).text
            for annotation in annotations
        }

    def _report(self, wanted: AnnotationFilter, now: datetime | None) -> Report:
        annotations = self._annotations.find(wanted)
        find = Shelf(self._reference)
        records = {a.target.record: find(a.target.record) for a in annotations}
        return build(
            annotations, records, find, heading=self._heading(wanted), now=now or datetime.now(UTC)
        )

    def _heading(self, wanted: AnnotationFilter) -> str:
        heading = "Annotations"
        if wanted.tag:
            heading += f" tagged {wanted.tag}"
        if wanted.record:
            heading += f" on {self._reference.entry(wanted.record).title}"
        if wanted.analyst:
            heading += f" by {wanted.analyst}"
        return heading


def _renderer(name: str) -> Callable[[Report], str]:
    if name not in _RENDERERS:
        raise UserError(f"There is no export format “{name}”; use one of {', '.join(FORMATS)}.")
    return _RENDERERS[name]


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
