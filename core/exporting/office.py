"""Finished documents as files: Word, OpenDocument, PDF, and HTML to look at beforehand."""

from datetime import UTC, datetime
from html import escape
from importlib import resources
from pathlib import Path

from core.errors import UserError
from core.exporting.briefing import Finished, document_of
from core.exporting.pandoc import run_pandoc

OFFICE = ("docx", "odt")
_LARGEST_REFERENCE = 20_000_000
_ZIP = b"PK\x03\x04"


def render(finished: Finished, format_name: str, reference: str = "") -> bytes:
    """Return a document as "docx", "odt" or "pdf"; the same one on the same day is the same file.

    Raises `UserError` for a reference document that can't be used.
    """
    return render_tree(document_of(finished), format_name, finished.report.made, reference)


def render_tree(tree: bytes, format_name: str, made: datetime, reference: str = "") -> bytes:
    """Return a document of pandoc's tree as "docx", "odt" or "pdf", as `render` does."""
    if format_name == "pdf":
        return _as_pdf(tree, made)
    styles = read_reference(Path(reference).expanduser(), format_name) if reference else None
    name = f"reference.{format_name}"
    arguments = ["-f", "json", "-t", format_name, "--reference-doc", name, "-o", "-"]
    files = {name: styles or _resource(name)}
    return run_pandoc(arguments, tree, files, made=_day(made))


def as_html(finished: Finished) -> str:
    """Return a document as bare HTML, to be looked at."""
    report = finished.report
    body = tree_as_html(document_of(finished))
    return f"<h1>{escape(report.heading)}</h1><p>{escape(report.subtitle)}</p>{body}"


def tree_as_html(tree: bytes) -> str:
    """Return a document of pandoc's tree as bare HTML."""
    return run_pandoc(["-f", "json", "-t", "html"], tree).decode()


def read_reference(path: Path, format_name: str) -> bytes:
    """Return a reference document's bytes; raises `UserError` for what is none."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_REFERENCE + 1)
    except OSError as error:
        raise UserError(
            f"The reference document {path} can't be read ({error.strerror}); choose another, or "
            "none."
        ) from error
    if path.suffix.lower() != f".{format_name}" or not content.startswith(_ZIP):
        raise UserError(
            f"{path} is no .{format_name} file, whose styles a .{format_name} export could use."
        )
    if len(content) > _LARGEST_REFERENCE:
        raise UserError(f"{path} is larger than 20 MB; take the pictures out of it.")
    return content


def _as_pdf(tree: bytes, made: datetime) -> bytes:
    import typst  # brings a typesetter of 40 MB

    arguments = ["-f", "json", "-t", "typst", "--template", "briefing.typ"]
    template = {"briefing.typ": _resource("briefing.typ")}
    source = run_pandoc(arguments, tree, template)
    try:
        return typst.compile(source, timestamp=int(_day(made).timestamp()))
    except typst.TypstError as error:
        reason = str(error).splitlines()[0]
        raise UserError(
            f"The PDF could not be set ({reason}); export to Word or OpenDocument instead."
        ) from error


def _resource(name: str) -> bytes:
    return (resources.files("resources") / "export" / name).read_bytes()


def _day(made: datetime) -> datetime:
    moment = made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
