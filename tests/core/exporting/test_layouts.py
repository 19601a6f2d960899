"""Layouts of one's own: what they write, and what comes of wrong and hostile ones."""

import re

import pytest

from core.domain.briefings import Briefing, Grouping
from core.domain.exports import DOCUMENT_FORMATS
from core.domain.settings import Settings
from core.errors import UserError
from core.exporting.pandoc import run_pandoc
from core.services.briefings import preview, render
from tests.core.exporting.sample import ANNOTATIONS, NORM_LINES, RECORDS, sample_report

SHIPPED = "resources/export/layouts/briefing.md.j2"
find = RECORDS.__getitem__


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.setattr("core.exporting.layout._SECONDS", 2)
    place = tmp_path / "mine.md.j2"

    def written(layout, format_name="markdown", **chosen):
        data = layout if isinstance(layout, bytes) else layout.encode()
        place.write_bytes(data)
        briefing = Briefing(layout=str(place), **chosen)
        return render(format_name, sample_report(), briefing, Settings(), find)

    return written


def test_the_shipped_layout_holds_every_quotation_note_and_work():
    own = render("docx", sample_report(), Briefing(), Settings(), find)
    laid_out = render("docx", sample_report(), Briefing(layout=SHIPPED), Settings(), find)
    words = [
        set(re.findall(r"\w+", run_pandoc(["-f", "docx", "-t", "plain"], data).decode()))
        for data in (own, laid_out)
    ]
    # What word processors show of the addresses of pictures and of a list of contents differs.
    assert words[0] - words[1] <= {"png", "x"}
    text = " ".join(run_pandoc(["-f", "docx", "-t", "plain"], laid_out).decode().split())
    for line in NORM_LINES[1:]:
        assert " ".join(line.split()) in text


@pytest.mark.parametrize("format_name", DOCUMENT_FORMATS)
def test_every_format_of_documents_takes_a_layout(write, format_name):
    made = write("# {{ title|md }}\n\n{{ groups[0].passages[0].paragraphs|quote }}\n", format_name)
    assert made[:2] in (b"PK", b"%P")


def test_what_stands_in_the_notes_and_titles_stays_what_it_is(write):
    made = write(
        "{% for g in groups %}{% for p in g.passages %}{{ p.note }}\n\nEND\n\n"
        "{% endfor %}{% endfor %}"
    )
    page = run_pandoc(["-f", "commonmark", "-t", "html"], made).decode()
    assert page.count("<p>END</p>") == len(ANNOTATIONS)  # no fence was left open
    assert "<img" not in page
    shown, is_html = preview("docx", sample_report(), Briefing(layout=SHIPPED), Settings(), find)
    assert is_html
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "javascript:" not in re.findall(r'href="([^"]*)"', shown)


def test_what_is_left_out_is_left_out_and_groups_are_those_chosen(write):
    layout = (
        "{{ groups|map(attribute='title')|join('|') }};{{ bibliography|length }};{{ annex|length }}"
    )
    assert write(layout, group=Grouping.DATE).decode().startswith("Without a date;6;")
    bare = write(
        "{{ groups[0].passages[0].note }}-{{ bibliography }}", notes=False, bibliography=False
    )
    assert bare.decode() == "-[]"


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ("one\n{% for x in %}", r"line 2: Expected an expression"),
        ("one\n\n{{ quotation }}", r"line 3: 'quotation' is undefined"),
        ("a\nb\n{{ groups[0].passages[99].note }}", r"line 3: .*no element 99"),
        ("{% include '/etc/hostname' %}", r"line 1: "),
        ("{% import 'os' as os %}", r"line 1: "),
        ("x\n{{ ''.__class__.__mro__ }}", r"line 2: access to attribute '__class__'"),
        ("{{ cycler.__init__.__globals__.os.popen('id') }}", r"line 1: access to attribute"),
        ("{{ 'a' * 10 ** 10 }}", r"more memory"),
        ("{{ 'a'|center(99999999999) }}", r"more memory"),
        ("{{ range(10 ** 12)|list }}", r"Range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", r"calls itself without end"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            r"had not ended after 2 seconds",
        ),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}words{% endfor %}{% endfor %}",
            r"20 million characters|had not ended",
        ),
        (b"\xff\xfe\x00", r"no text in UTF-8"),
        (b" " * 1_000_001, r"larger than 1 MB"),
    ],
)
def test_a_wrong_or_hostile_layout_is_told_with_its_line(write, layout, said):
    with pytest.raises(UserError, match=said):
        write(layout)


def test_a_layout_that_is_not_there_is_said(tmp_path):
    chosen = Briefing(layout=str(tmp_path / "none.md.j2"))
    with pytest.raises(UserError, match=r"none\.md\.j2 can't be read"):
        render("docx", sample_report(), chosen, Settings(), find)


def test_a_forbidden_reach_is_told_as_what_it_is():
    from core.exporting import layout_process

    told = layout_process.fill("{{ f('/etc/hostname') }}", {"f": _refuse})
    assert told == {"reason": "a layout may reach no file, network or program", "line": 1}


def _refuse(_path):
    raise PermissionError("open")
