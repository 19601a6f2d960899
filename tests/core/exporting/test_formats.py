"""What a reader of an export relies on, format by format."""

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from core.domain.cells import harmless
from core.exporting import full_json, html, markdown, tables
from core.exporting.notes import note_as_html
from core.exporting.report import Report
from tests.core.exporting.sample import ANNOTATIONS, NORM_LINES, NOW, sample_report

CONTRACT_KEYS = {
    *("id", "record", "title", "start", "end", "exact", "prefix", "suffix", "tags", "note"),
    *("analyst", "created", "modified", "state", "citation"),
}


class Page(HTMLParser):
    """Collects elements and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def shown(source):
    """The text that a Markdown reader shows, without edges."""
    return "".join(Page(MarkdownIt("commonmark").enable("table").render(source)).text)


PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters="\t"), max_size=60
)


@example("\xa0")
@example("x\xa0")
@given(PRINTABLE | st.text("*_`[]<>#+-=|~!&;\\.:)(1 2\ta", max_size=25))
def test_any_line_is_shown_by_markdown_as_it_is(line):
    # Markdown drops spaces at the end of a paragraph; nobody sees them.
    assert shown(f"> {markdown.escape(line)}").strip("\n").rstrip(" \t\n") == line.rstrip(" \t")


def test_every_paragraph_of_a_quotation_is_in_the_markdown():
    text = shown(markdown.render(sample_report()))
    for line in NORM_LINES:
        assert line in text


def test_a_note_is_kept_as_markdown_and_stays_in_its_place():
    made = markdown.render(sample_report())
    assert "  Compare **GGE 2015** with [the letter](normatlas://source:letter)" in made
    page = Page(MarkdownIt("commonmark").render(made))
    headings = [tag for tag, _ in page.elements if tag == "h3"]
    assert len(headings) == len(ANNOTATIONS)  # the unclosed fence swallowed none


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    assert harmless(start + "1+1") == "'" + start + "1+1"
    assert harmless("1" + start) == "1" + start


def test_csv_gives_each_field_back():
    made = tables.render_csv(sample_report())
    assert made.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(made.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [a.id for a in ANNOTATIONS]
    assert rows[0]["exact"] == "\n".join(NORM_LINES[:4])
    assert rows[1]["exact"] == "'" + NORM_LINES[2]
    assert rows[1]["analyst"] == "'@Ömer <b>"
    assert rows[2]["note"] == "'-1 is no formula"
    assert rows[0]["created"] == "2026-01-01T08:00:00Z"
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(PRINTABLE, st.text(max_size=30))
def test_csv_survives_any_note(quotation, note):
    first = sample_report().sections[0]
    entry = first.entries[0]
    target = entry.annotation.target
    target = replace(target, quote=replace(target.quote, exact=quotation))
    entry = replace(entry, annotation=replace(entry.annotation, note=note, target=target))
    made = tables.render_csv(Report("x", NOW, (replace(first, entries=(entry,)),)))
    (row,) = csv.DictReader(io.StringIO(made.removeprefix("\ufeff"), newline=""))
    assert row["note"] in {note, "'" + note}
    assert row["exact"] in {quotation, "'" + quotation}


def test_json_has_the_keys_of_the_contract():
    document = json.loads(full_json.render(sample_report()))
    assert document["total"] == len(document["annotations"]) == len(ANNOTATIONS)
    for row in document["annotations"]:
        assert row.keys() >= CONTRACT_KEYS
    assert [row["state"] for row in document["annotations"]] == ["anchored"] * 4 + ["orphaned"]
    assert document["annotations"][0]["exact"] == "\n".join(NORM_LINES[:4])


def test_the_page_needs_nothing_from_outside():
    page = Page(html.render(sample_report()))
    assert not {tag for tag, _ in page.elements} & {"img", "link", "iframe", "object", "base"}
    assert not [a for _, a in page.elements if "src" in a or "onerror" in a]
    assert [a for tag, a in page.elements if tag == "script"] == [{}]
    links = [a["href"] for tag, a in page.elements if tag == "a"]
    assert links
    assert all(link.startswith(("https://", "http://", "normatlas://")) for link in links)
    assert "url(" not in html.render(sample_report())


def test_the_page_runs_its_own_script_alone():
    made = html.render(sample_report())
    (script,) = re.findall(r"<script>(.*?)</script>", made, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policies = [a["content"] for tag, a in Page(made).elements if "http-equiv" in a]
    assert policies == [
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    ]


def test_what_the_page_is_searched_by_has_a_name():
    page = Page(html.render(sample_report()))
    fields = [tag for tag, _ in page.elements if tag in {"input", "select"}]
    labels = [tag for tag, _ in page.elements if tag == "label"]
    assert len(fields) == len(labels) == 4
    analysts = {a["data-analyst"] for tag, a in page.elements if tag == "article"}
    assert analysts == {a.analyst for a in ANNOTATIONS}


def test_the_page_shows_quotations_as_text_in_their_own_direction():
    page = Page(html.render(sample_report()))
    text = "".join(page.text)
    for line in NORM_LINES:
        assert line in text
    quoted = [a for tag, a in page.elements if tag == "p" and "class" not in a]
    assert [a for a in quoted if a.get("dir") == "auto"]
    assert "prefers-color-scheme: dark" in text


def test_a_lost_passage_says_so():
    for made in (markdown.render(sample_report()), html.render(sample_report())):
        assert "this passage is no longer in it" in made


def test_an_empty_report_is_a_whole_document():
    empty = Report("Annotations", NOW, ())
    assert "0 passages in 0 records" in markdown.render(empty)
    assert "</html>" in html.render(empty)
    assert json.loads(full_json.render(empty)) == {"total": 0, "annotations": []}


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "x.html",
        "vbscript:x",
    ],
)
def test_notes_link_only_where_it_is_safe(target):
    assert "<a" not in note_as_html(f"[x]({target})")
    assert "<img" not in note_as_html(f"![x]({target})")


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/a?b=c",
        "mailto:a@example.org",
        "normatlas://norm:gge-13f#10-20,0a1b2c3d",
    ],
)
def test_notes_keep_good_links(target):
    assert f'<a href="{target}">' in note_as_html(f"[x]({target})")


@given(st.text(max_size=80) | st.text("<>\"'&/!-scriptonimg =()[]:javascript`\n", max_size=60))
def test_no_note_brings_live_markup(note):
    page = Page(note_as_html(note))
    assert not {tag for tag, _ in page.elements} & {"script", "img", "iframe", "style", "svg"}
    attributes = {name for _, a in page.elements for name in a}
    assert attributes <= {"href", "title", "class", "start", "style"}


def test_tables_strikes_and_headings_of_notes_are_rendered_below_those_of_the_page():
    made = note_as_html("# Big\n\n|a|b|\n|-|-|\n|1|2|\n\n~~no~~")
    assert "<h4>Big</h4>" in made
    assert "<table>" in made
    assert re.search(r"<s>no</s>", made)
