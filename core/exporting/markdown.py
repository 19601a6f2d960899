"""The report as Markdown (CommonMark), for a text editor, a wiki, pandoc."""

import re

from core.exporting.citation import Work
from core.exporting.report import Entry, Report, Section

_INLINE = re.compile(r"[\\`*_\[\]<>|~&$]")
_LINE_START = re.compile(r"(\s*)([#+\-=:]|\d{1,9}[.)])")
_EDGE_SPACES = re.compile(r"\A\s+|\s+\Z")


def render(report: Report) -> str:
    """Return the report as Markdown; notes are kept as the Markdown that they are."""
    parts = [f"# {escape(report.heading)}", escape(report.subtitle)]
    for section in report.sections:
        parts.extend(_section(section))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, in one line."""
    text = _INLINE.sub(r"\\\g<0>", text.replace("\r", " ").replace("\n", " "))
    text = _EDGE_SPACES.sub(_as_references, text)
    start = _LINE_START.match(text)
    if start is None:
        return text
    marker = start[2]
    escaped = marker[:-1] + "\\" + marker[-1]
    return start[1] + escaped + text[start.end() :]


def _as_references(spaces: re.Match[str]) -> str:
    """Write spaces at a line's edges so that they are neither dropped nor make code or a break."""
    return "".join(f"&#{ord(space)};" for space in spaces[0])


def _section(section: Section) -> list[str]:
    about = [section.kind, section.date, section.record]
    parts = [f"## {escape(section.title)}", escape(" · ".join(part for part in about if part))]
    for entry in section.entries:
        parts.extend(_entry(entry))
    return parts


def _entry(entry: Entry) -> list[str]:
    quotation = "\n>\n".join(f"> {escape(line)}" for line in entry.paragraphs)
    parts = [f"### {escape(entry.heading)}", quotation]
    if entry.caveat:
        parts.append(f"*{escape(entry.caveat)}*")
    return [*parts, "\n".join(_details(entry))]


def _details(entry: Entry) -> list[str]:
    """List the details; a note is inside its item, so that nothing open in it leaks out."""
    items: list[str] = []
    note = entry.annotation.note.strip("\n")
    if note.strip():
        lines = ("  " + line if line.strip() else "" for line in note.splitlines())
        items.extend(["- Note:", "", *lines, ""])
    if entry.annotation.tags:
        items.append("- Tags: " + escape(", ".join(entry.annotation.tags)))
    items.append("- Analyst: " + escape(entry.written))
    items.append("- Citation: " + entry.citation.written(_work))
    items.append(f"- Passage: <{entry.link}>")
    return items


def _work(work: Work) -> str:
    text = escape(work.words)
    if work.url:
        text += ", " + _address(work.url)
    return text if work.remark is None else f"{text} ({escape(work.remark)})"


def _address(url: str) -> str:
    plain = re.fullmatch(r"https?://[^\s<>\\]+", url)
    return f"<{url}>" if plain else escape(url)
