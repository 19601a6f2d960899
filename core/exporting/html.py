"""The report as one HTML page that needs nothing else: no file, no network."""

import base64
import hashlib
import re
from functools import cache
from html import escape
from importlib import resources

from core.exporting.citation import Work
from core.exporting.report import Entry, Report, Section

_FIND = """<form class="find" id="find" role="search" hidden>
<label class="words">Search: all words, “phrases”
<input type="search" id="words" autocomplete="off"></label>
<label>Tag <select id="tag"><option value="">Any</option></select></label>
<label>Record <select id="record"><option value="">Any</option></select></label>
<label>Analyst <select id="analyst"><option value="">Any</option></select></label>
<button type="reset">Show all</button>
<output id="shown" for="words tag record analyst" aria-live="polite"></output>
</form>"""
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def render(report: Report) -> str:
    """Return the report as a self-contained page, light or dark as the reader's system is."""
    sections = "\n".join(_section(section) for section in report.sections)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="NormAtlas">
<title>{escape(report.heading)}</title>
<style>{_shipped("page.css")}</style>
</head>
<body>
<main>
<header>
<h1 dir="auto">{escape(report.heading)}</h1>
<p class="about">{escape(report.subtitle)}</p>
{_FIND}
</header>
{sections}
</main>
<script>{_shipped("page.js")}</script>
</body>
</html>
"""


@cache
def _shipped(name: str) -> str:
    return "\n" + (resources.files("resources") / "export" / name).read_text("utf-8")


def _policy() -> str:
    """Forbid everything but the page's own style and its one script."""
    script = _shipped("page.js").encode()
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _section(section: Section) -> str:
    about = " · ".join(part for part in (section.kind, section.date, section.record) if part)
    entries = "\n".join(_entry(entry) for entry in section.entries)
    return f"""<section>
<h2 dir="auto">{escape(section.title)}</h2>
<p class="about">{escape(about)}</p>
{entries}
</section>"""


def _entry(entry: Entry) -> str:
    note = entry.annotation
    color = note.color if note.color and _COLOR.fullmatch(note.color) else None
    style = f' style="border-color: {color}"' if color else ""
    quotation = "".join(f'<p dir="auto">{escape(line)}</p>' for line in entry.paragraphs)
    parts = [
        f'<article id="a-{escape(note.id)}" data-analyst="{escape(note.analyst)}">',
        f'<h3 dir="auto">{escape(entry.heading)}</h3>',
        f"<blockquote{style}>{quotation}</blockquote>",
    ]
    if entry.caveat:
        parts.append(f'<p class="caveat">{escape(entry.caveat)}</p>')
    if note.note.strip():
        # The Markdown package is needed for notes in HTML alone: no command waits for it.
        from core.exporting.notes import note_as_html

        parts.append(f'<div class="note" dir="auto">{note_as_html(note.note)}</div>')
    if note.tags:
        tags = "".join(f'<li dir="auto">{escape(tag)}</li>' for tag in note.tags)
        parts.append(f'<ul class="tags" aria-label="Tags">{tags}</ul>')
    parts.append(f'<p class="citation">{entry.citation.written(_work)}</p>')
    parts.append(
        f'<p class="written"><bdi>{escape(entry.written)}</bdi> · '
        f'<a href="{escape(entry.link)}">Open in NormAtlas</a></p>'
    )
    return "\n".join([*parts, "</article>"])


def _work(work: Work) -> str:
    text = f"<bdi>{escape(work.words)}</bdi>"
    if work.url:
        url = escape(work.url)
        known = work.url.startswith(("https://", "http://"))
        text += f', <a href="{url}" rel="noopener noreferrer">{url}</a>' if known else f", {url}"
    return text if work.remark is None else f"{text} ({escape(work.remark)})"
