"""What a format leaves out of a report, said before and after it is written."""

from core.domain.exports import REFERENCE_FORMATS, Beside
from core.exporting import workbook
from core.exporting.report import Report

_TABLES = ("csv", "xlsx")
_DATA = (*_TABLES, "json", "jsonld")
"""Those from which somebody could expect the whole project."""
_LABELS = {
    "markdown": "Markdown",
    "html": "HTML",
    "docx": "DOCX",
    "odt": "ODT",
    "pdf": "PDF",
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "jsonld": "JSON-LD",
}
_NOTHING = Beside()


def left_out(
    report: Report, format_name: str, beside: Beside = _NOTHING, *, notes: bool = True
) -> tuple[str, ...]:
    """Return what the format can't hold, or was told to leave out, a sentence each.

    ``beside`` is what stands beside the report's annotations; ``notes`` tells whether a document
    has their notes in it.
    """
    said: list[str] = []
    annotations = [entry.annotation for entry in report.entries]
    noted = sum(bool(a.note.strip()) for a in annotations)
    if format_name in REFERENCE_FORMATS:
        if annotations:
            said.append(
                f"{_count(len(annotations), 'passage')} with tags and notes left out: this format "
                "holds the works they are cited by."
            )
        return tuple(said)
    ties = sum(len(a.links) for a in annotations)
    if ties:
        said.append(f"{_count(ties, 'tie')} to records and passages left out.")
    if noted and not notes:
        said.append(f"{_count(noted, 'note')} left out, as chosen.")
    said.extend(_of_what_stands_beside(beside, format_name))
    if format_name in _TABLES:
        said.extend(_of_tables(report, format_name))
    return tuple(said)


def _of_what_stands_beside(beside: Beside, format_name: str) -> list[str]:
    label = _LABELS[format_name]
    notes = (
        (beside.notes_on_records, "on a record", "on records"),
        (beside.notes_on_tags, "on a tag", "on tags"),
        (beside.notes_alone, "on its own", "on their own"),
    )
    said = [
        f"{_count(n, 'note')} {one if n == 1 else many} {_are(n)} not in {label}."
        for n, one, many in notes
        if n
    ]
    if format_name in _DATA:
        if n := beside.definitions:
            tags = "1 tag means" if n == 1 else f"{n:,} tags mean"
            said.append(f"What {tags} is not in {label}.")
        if n := beside.documents:
            texts = "text of 1 document is" if n == 1 else f"texts of {n:,} documents are"
            said.append(f"The {texts} not in {label}.")
    return said


def _of_tables(report: Report, format_name: str) -> list[str]:
    said: list[str] = []
    coloured = {a.tags[0] for e in report.entries if (a := e.annotation).color and a.tags}
    if coloured:
        said.append(f"The colours of {_count(len(coloured), 'tag')} left out.")
    cut = workbook.cut_cells(report) if format_name == "xlsx" else 0
    if cut:
        said.append(f"{_count(cut, 'cell')} cut at {workbook.LONGEST:,} characters.")
    return said


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
