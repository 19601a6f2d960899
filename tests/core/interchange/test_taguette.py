"""Taguette's SQLite projects: offsets in bytes of HTML, tags, who and when; and bad files."""

import sqlite3
import uuid

import pytest

from core.interchange.files import read_project
from core.interchange.html_text import HtmlText
from core.interchange.plain_text import CanonicalText
from core.interchange.problems import FileRefusedError
from core.services.merge import Merge
from tests.core.services.desk import Desk

HTML = (
    "\n <h1>Report &amp; more</h1>\n<p>States   should <b>not</b> harm 💻 critical\n"
    "infrastructure — état e\u0301t.</p><ul><li>First</li><li>Second <i>point</i></li></ul>"
    "<table><tbody><tr><td>A</td><td>B</td></tr></tbody></table><pre>\n x  y\nz</pre>"
    '<p title="a>b">على 各国 a &lt; b</p>'
)
FLAT = (
    "Report & more\nStates   should not harm 💻 critical\ninfrastructure — état e\u0301t."
    "FirstSecond pointAB x  y\nzعلى 各国 a < b"
)
"""The text that a browser sees in it, of which the offsets count the bytes."""

SCHEMA = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT,
  created TEXT, project_id INTEGER, text_direction TEXT, contents TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
  end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date TEXT, user_login TEXT, payload TEXT);
INSERT INTO projects VALUES (1, 'Norms', '');
INSERT INTO tags VALUES (1, 1, 'CBM/Hotlines', 'Lines'), (2, 1, 'interesting', 'Look again');
"""
PASSAGES = {
    "Report & more": "Report & more",
    "more\nStates   sh": "more\nStates sh",
    "not harm 💻 critical\ninfra": "not harm 💻 critical infra",
    "t e\u0301t": "t ét",
    "First": "First",
    "Second point": "Second point",
    "x  y": "x  y",
    "على 各国 a < b": "على 各国 a < b",
}


@pytest.fixture
def project(tmp_path):
    """A project's file with a document and a highlight for each of `PASSAGES`."""
    path = tmp_path / "norms.sqlite3"
    with sqlite3.connect(path) as database:
        database.executescript(SCHEMA)
        database.execute(
            "INSERT INTO documents VALUES (1, 'GGE 2015', 'Its report', 'gge.html', "
            "'2026-01-02 03:04:05.678', 1, 'LEFT_TO_RIGHT', ?)",
            (HTML,),
        )
        for n, words in enumerate(PASSAGES, start=1):
            add_highlight(database, n, *bytes_of(words), f"<p>{words.replace('<', '&lt;')}</p>")
    database.close()
    return path


def bytes_of(words):
    start = len(FLAT[: FLAT.index(words)].encode())
    return start, start + len(words.encode())


def add_highlight(database, n, start, end, snippet):
    database.execute("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (n, start, end, snippet))
    database.execute("INSERT INTO highlight_tags VALUES (?, ?)", (n, 1 + n % 2))
    database.execute(
        "INSERT INTO commands VALUES (?, '2026-02-03 04:05:06', 'ada', ?)",
        (n, f'{{"type": "highlight_add", "highlight_id": {n}}}'),
    )


def test_each_highlight_stands_where_it_was_made(project):
    read = read_project(project)
    (source,) = read.sources
    content = source.text.content
    assert {a.quote.exact for a in read.annotations} == set(PASSAGES.values())
    assert [content[a.position.start : a.position.end] for a in read.annotations] == [
        a.quote.exact for a in read.annotations
    ]
    assert read.remarks == ()
    assert (read.name, source.title, source.description) == ("Norms", "GGE 2015", "Its report")
    assert {a.analyst for a in read.annotations} == {"ada"}
    assert {str(a.created) for a in read.annotations} == {"2026-02-03 04:05:06+00:00"}
    kinds = [(p.kind.value, content[p.start : p.end]) for p in source.text.passages]
    assert kinds[0] == ("heading", "Report & more")
    assert ("list-item", "First") in kinds
    assert ("table-row", "A\tB") in kinds
    assert [kind for kind, words in kinds if words in (" x  y", "z")] == ["verbatim"] * 2


def test_tags_have_the_guids_of_taguettes_own_codebook(project):
    named = {tag.name: tag for tag in read_project(project).tags}
    namespace = uuid.UUID("51B2B2B7-27EB-4ECB-9D56-E75B0A0496C2")
    assert named["Hotlines"].id == str(uuid.uuid5(namespace, "CBM/Hotlines"))
    assert named["Hotlines"].parent == named["CBM"].id
    assert (named["Hotlines"].definition, named["CBM"].definition) == ("Lines", "")


def test_it_is_merged_once_as_a_document_with_its_passages(project, tmp_path):
    desk = Desk(tmp_path / "ada.db")
    merged, _ = Merge(desk.database).merge(project)
    assert (merged.written, merged.in_part) == (12, False)
    assert {a.verdict.value for a in desk.annotations.find()} == {"exact"}
    assert {tag.path for tag in desk.codebook.tags()} == {"CBM", "CBM/Hotlines", "interesting"}
    again, _ = Merge(desk.database).merge(project)
    assert again.written == 0
    desk.history.undo()
    assert desk.seen() == ((), ())
    desk.database.close()


def test_what_does_not_fit_its_offsets_is_placed_by_its_words(project):
    with sqlite3.connect(project) as database:
        add_highlight(database, 90, 3, 9_999_999, "<p>Second point</p>")
        add_highlight(database, 91, 0, 6, "<p>Second</p>")
        database.execute("INSERT INTO highlights VALUES (92, 1, 'a', NULL, 'x')")
        database.execute("INSERT INTO commands VALUES (900, '', 'x', '[highlight_add')")
    database.close()
    read = read_project(project)
    assert [a.quote.exact for a in read.annotations if a.position is None] == [
        "Second",
        "Second point",
    ]
    assert [remark.rpartition(":")[2] for remark in read.remarks] == [" 2.", " 1."]
    assert len({a.id for a in read.annotations}) == len(read.annotations)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("DROP TABLE highlights", "not one of Taguette"),
        ("ALTER TABLE tags RENAME COLUMN path TO name", "not one of Taguette"),
        (
            "ALTER TABLE highlights RENAME TO h; CREATE VIEW highlights AS SELECT * FROM h",
            "not one of Taguette",
        ),
        ("UPDATE documents SET contents = hex(zeroblob(10000001))", "too long"),
    ],
)
def test_another_database_is_refused_in_one_line(project, change, why):
    with sqlite3.connect(project) as database:
        database.executescript(change)
    database.close()
    before = project.read_bytes(), sorted(project.parent.iterdir())
    with pytest.raises(FileRefusedError, match=why) as refused:
        read_project(project)
    assert "\n" not in str(refused.value)
    assert (project.read_bytes(), sorted(project.parent.iterdir())) == before


def test_a_damaged_database_is_refused_in_one_line(project):
    data = project.read_bytes()
    for bad in (data[:16], data[:5000], data[:100] + b"\xff" * (len(data) - 100)):
        project.write_bytes(bad)
        with pytest.raises(FileRefusedError, match=r"damaged|not one of Taguette"):
            read_project(project)
    project.write_bytes(data)
    project.with_name(project.name + "-wal").write_bytes(b"x")
    with pytest.raises(FileRefusedError, match="open"):
        read_project(project)


@pytest.mark.parametrize(
    "html",
    ["<", "<a", '<a "', "<!--", "a<b <3 x", "</p></p>", "&#xD800;&#0;<pre>\n\n", "<li>" * 300],
)
def test_markup_that_is_none_makes_no_trouble(html):
    read = HtmlText(html)
    whole = CanonicalText(read.raw, read.kind_at)
    end = len(read.raw.encode())
    for start in range(-1, end + 2):
        place = read.place(start, end)
        assert place is None or 0 <= place[0] <= place[1] <= len(read.raw)
    assert len(whole.text.content) <= len(read.raw)
