"""Lists of references of Zotero's making: read in each of their formats, merged once, bounded."""

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.merging import MergeKind, MergeStatus
from core.errors import UserError
from core.exporting import references
from core.interchange import works
from core.interchange.files import read_project
from core.services.history import History
from core.services.merge import Merge
from core.services.reference import Reference
from tests.core.services.desk import Desk

RIS = """TY  - JOUR
TI  - The Regime Complex: «Managing» Cyber Activities
AU  - Nye, Joseph S.
AU  - Müller, Anna
T2  - Global Commission Papers
VL  - 3
IS  - 2
SP  - 1
EP  - 20
DA  - 2014/05/20/
PY  - 2014
DO  - 10.1000/xyz
UR  - https://www.example.org/nye?a=1&b=2
ER  -

TY  - RPRT
TI  - Отчёт группы экспертов
AU  - United Nations
M1  - A/70/174
PY  - 2015
ER  -

TY  - GEN
AU  - Nobody
ER  -
"""
BIBTEX = r"""% a library
@string{paper = {Global Commission Papers}}
@article{nye_2014,
  title = {The Regime Complex: «{Managing}» Cyber Activities},
  author = {Nye, Joseph S. and M{\"u}ller, Anna},
  journal = paper,
  year = {2014}, month = may, day = 20,
  volume = {3}, number = {2}, pages = {1--20},
  doi = {10.1000/xyz},
  url = {https://www.example.org/nye?a=1\&b=2},
}
@techreport{un, title = {Отчёт группы экспертов}, author = {{United Nations}}, number = {A/70/174},
  date = {2015}}
@misc{nobody, author = {Nobody}}
@article{broken, title = {never closed
"""
CSL = [
    {
        "id": "http://zotero.org/users/1/items/A",
        "type": "article-journal",
        "title": "The Regime Complex: <i>«Managing»</i> Cyber Activities",
        "author": [
            {"family": "Nye", "given": "Joseph S."},
            {"family": "Müller", "given": "Anna"},
        ],
        "container-title": "Global Commission Papers",
        "volume": "3",
        "issue": "2",
        "page": "1–20",
        "issued": {"date-parts": [["2014", 5, 20]]},
        "DOI": "10.1000/xyz",
        "URL": "https://www.example.org/nye?a=1&b=2",
    },
    {
        "id": "un",
        "type": "report",
        "title": "Отчёт группы экспертов",
        "author": [{"literal": "United Nations"}],
        "number": "A/70/174",
        "issued": {"date-parts": [[2015]]},
    },
    {"id": "nobody", "type": "document", "author": [{"literal": "Nobody"}]},
]
LISTS = {"works.ris": RIS, "works.bib": BIBTEX, "works.json": json.dumps(CSL)}


@pytest.fixture(params=LISTS)
def file(request, tmp_path):
    path = tmp_path / request.param
    path.write_text(LISTS[request.param], encoding="utf-8")
    return path


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "ada.db")
    yield made
    made.database.close()


def test_each_format_says_the_same_of_the_same_works(file):
    project = read_project(file)
    article, report = project.sources
    assert article.title == "The Regime Complex: «Managing» Cyber Activities"
    assert article.metadata.authors == ("Nye, Joseph S.", "Müller, Anna")
    assert article.metadata.date == "2014-05-20"
    assert article.address == "https://www.example.org/nye?a=1&b=2"
    assert article.description == (
        "Nye, Joseph S.; Müller, Anna, Global Commission Papers 3(2), 1–20, 2014-05-20"
    )
    assert report.title == "Отчёт группы экспертов"
    assert report.metadata.publisher == "United Nations"
    assert report.description == "United Nations, A/70/174, 2015"
    assert "Left out: 1 works without a title." in project.remarks
    broken = any("not in order" in remark for remark in project.remarks)
    assert broken == (file.suffix == ".bib")


def test_works_become_sources_of_ones_own_in_one_step_and_only_once(file, desk):
    merge, reference = Merge(desk.database), Reference(desk.database)
    before = len(reference.entries())
    merged, changes = merge.merge(file)
    new = (MergeKind.WORK, MergeStatus.NEW)
    assert [(item.kind, item.status) for item in merged.plan.items] == [new, new]
    assert merged.written == 2
    assert len(changes.records) == 2
    key = "source:the-regime-complex-managing-cyber-activities"
    record = reference.record(key)
    fields = {field.name: field.value for field in record.fields}
    assert record.entry.date == "2014-05-20"
    assert fields["publisher"] == "Global Commission Papers"
    assert fields["url"] == "https://www.example.org/nye?a=1&b=2"
    assert "Nye, Joseph S.; Müller, Anna" in record.text.content
    again, _ = merge.merge(file)
    assert {item.status for item in again.plan.items} == {MergeStatus.SAME}
    assert again.written == 0
    History(desk.database).undo()
    assert len(reference.entries()) == before


@pytest.mark.parametrize("first", LISTS)
def test_a_work_is_known_again_from_another_format(desk, tmp_path, first):
    for name in (first, *LISTS):
        path = tmp_path / name
        path.write_text(LISTS[name], encoding="utf-8")
        merged, _ = Merge(desk.database).merge(path)
    assert merged.written == 0


def test_our_own_lists_come_back_as_what_is_here(file, desk, tmp_path):
    Merge(desk.database).merge(file)
    items = [
        {"id": "norm:one", "type": "chapter", "title": "One", "container-title": "NormAtlas"},
        {"id": "page-norm:one", "type": "chapter", "title": "One"},
        {
            "id": "source:the-regime-complex-managing-cyber-activities",
            "type": "webpage",
            "title": "The Regime Complex: «Managing» Cyber Activities",
            "URL": "https://www.example.org/nye?a=1&b=2",
        },
    ]
    written = {
        "back.json": references.render_csl(items),
        "back.ris": references.render_ris(items[2:]),
        "back.bib": references.render_bibtex(items[2:]),
    }
    for name, text in written.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        merged, _ = Merge(desk.database).merge(path)
        assert {item.status for item in merged.plan.items} == {MergeStatus.SAME}, name


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("x.ris", "TY  - JOUR\nAU  - Nobody\nER  -\n", "no works that have a title"),
        ("x.bib", "no entries at all", "no works that have a title"),
        ("x.bib", "@article{" * 500, "no works that have a title"),
        ("x.json", '[{"type": "book", "id": 3}]', "no works that have a title"),
    ],
)
def test_a_list_without_works_is_refused_in_one_line(tmp_path, name, text, why):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=why) as refused:
        read_project(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["x.ris", "x.bib"])
def test_a_list_that_is_too_large_is_refused_unread(tmp_path, monkeypatch, name):
    monkeypatch.setattr(f"core.interchange.{'ris' if name == 'x.ris' else 'bibtex'}.MAX_LIST", 100)
    path = tmp_path / name
    path.write_text(LISTS[name.replace("x", "works")], encoding="utf-8")
    with pytest.raises(UserError, match="larger than"):
        read_project(path)


def test_too_many_works_are_refused_with_the_number(tmp_path, monkeypatch):
    monkeypatch.setattr(works, "MAX_SOURCES", 1)
    path = tmp_path / "works.ris"
    path.write_text(RIS, encoding="utf-8")
    with pytest.raises(UserError, match="more than 1 works"):
        read_project(path)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(LISTS)), st.data())
def test_no_changed_byte_makes_a_reader_fail_otherwise(tmp_path_factory, name, data):
    given_bytes = bytearray(LISTS[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(given_bytes) - 1))
        given_bytes[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(bytes(given_bytes) or b" ")
    began = time.process_time()
    with suppress(UserError):
        assert all(source.title for source in read_project(path).sources)
    assert time.process_time() - began < 20
