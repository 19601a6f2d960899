"""What a format leaves out of a report, said before and after it is written."""

from core.exporting import workbook
from core.exporting.report import Report

_TABLES = ("csv", "xlsx")
_REFERENCES = ("bibtex", "ris", "csljson")


def left_out(report: Report, format_name: str, *, notes: bool = True) -> tuple[str, ...]:
    """Return what the format can't hold, or was told to leave out, a sentence each.

    ``notes`` tells whether a document has notes in it.
    """
    said: list[str] = []
    annotations = [entry.annotation for entry in report.entries]
    noted = sum(bool(a.note.strip()) for a in annotations)
    if format_name in _REFERENCES:
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
    if format_name in _TABLES:
        said.extend(_of_tables(report, format_name))
    return tuple(said)


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
