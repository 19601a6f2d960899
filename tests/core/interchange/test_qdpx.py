"""QDPX: what other tools wrote is read right, what we write keeps the rules of the standard."""

import io
import json
import re
import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from lxml import etree

from core.domain.annotations import Verdict
from core.domain.text import hash_text
from core.errors import UserError
from core.interchange import qdpx_reader, qdpx_writer
from core.interchange.archive import open_archive, pack
from core.interchange.files import read_project
from tests.core.interchange.samples import a_project, projects
from tests.core.interchange.standards import standard

GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\Z")


def members_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(tmp_path, data, name="project.qdpx"):
    path = tmp_path / name
    path.write_bytes(data)
    with open_archive(path) as archive:
        return qdpx_reader.read(name, archive)


def qdpx(document, **texts):
    return pack({"project.qde": document.encode(), **texts})


def project_xml(inside, more=""):
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="x">{more}'
        '<Sources><TextSource guid="00000000-0000-4000-8000-000000000001" name="A" '
        f'plainTextPath="internal://a.txt">{inside}</TextSource></Sources></Project>'
    )


def passage(start, end, said="", n=2):
    return (
        f'<PlainTextSelection guid="00000000-0000-4000-8000-{n:012d}" name="{said}" '
        f'startPosition="{start}" endPosition="{end}"/>'
    )


def one(tmp_path, text, start, end, said=""):
    data = pack(
        {
            "project.qde": project_xml(passage(start, end, said)).encode(),
            "sources/a.txt": text.encode("utf-8", "surrogatepass"),
        }
    )
    (found,) = read(tmp_path, data).annotations
    return found


# What we write


def test_what_is_written_keeps_the_rules(tmp_path):
    members = members_of(qdpx_writer.render(a_project()))
    root = etree.fromstring(members["project.qde"])
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert all(map(GUID.match, guids))
    assert not [g for g, n in Counter(guids).items() if n > 1]
    references = [v for e in root.iter() for k, v in e.attrib.items() if k in {"targetGUID"}]
    assert set(references) <= set(guids)
    assert [etree.QName(e).localname for e in root] == [
        "Users",
        "CodeBook",
        "Sources",
        "Notes",
        "Sets",
    ]
    for source in root.iter("{*}TextSource"):
        content = members["sources/" + source.get("plainTextPath").removeprefix("internal://")]
        for chosen in source.iter("{*}PlainTextSelection"):
            start, end = int(chosen.get("startPosition")), int(chosen.get("endPosition"))
            words = content.decode()[start:end]
            assert " ".join(words.split()).startswith(chosen.get("name").rstrip("…"))


def test_what_is_written_fits_the_schema_of_the_standard():
    schema = etree.XMLSchema(etree.parse(standard("refi-qda/Project.xsd")))
    document = members_of(qdpx_writer.render(a_project()))["project.qde"]
    assert schema.validate(etree.fromstring(document)), schema.error_log


@settings(max_examples=60)
@given(projects())
def test_any_project_comes_back(tmp_path_factory, project):
    data = qdpx_writer.render(project)
    back = read(tmp_path_factory.mktemp("any"), data)
    assert members_of(qdpx_writer.render(back)) == members_of(data)
    whole = {(a.id, a.position, a.quote, a.tags, a.note) for a in project.annotations}
    assert {(a.id, a.position, a.quote, a.tags, a.note) for a in back.annotations} == whole


def test_without_the_side_file_the_passages_are_the_same(tmp_path):
    project = a_project()
    members = members_of(qdpx_writer.render(project))
    del members["normatlas.json"]
    back = read(tmp_path, pack(members))
    standing = [a for a in project.annotations if a.verdict is Verdict.EXACT]
    assert {(a.id, a.position, a.tags) for a in back.annotations} == {
        (a.id, a.position, a.tags) for a in standing
    }
    assert {t.include for t in back.tags} == {"", "When"}


# What others wrote


def test_a_project_of_qualcoder_is_read_as_it_was_made():
    project = read_project(standard("refi-qda/qualcoder4-known.qdpx"))
    made = json.loads(standard("refi-qda/qualcoder4-known.expected.json").read_text())
    titles = {source.id: source.title for source in project.sources}
    tags = {tag.id: tag.name for tag in project.tags}
    found = {
        (titles[a.source], tags[a.tags[0]], a.position.start, a.quote.exact, a.note, a.analyst)
        for a in project.annotations
        if a.tags
    }
    assert found == {
        (c["source"], c["code"], c["pos0"], c["seltext"], c["memo"], c["owner"])
        for c in made["text_codings"]
    }
    (marked,) = [a for a in project.annotations if not a.tags]
    assert (marked.note, marked.position.start) == ("See ARSIWA, article 2", 65)
    assert not project.remarks
    parents = {
        t.name: next((p.name for p in project.tags if p.id == t.parent), None) for t in project.tags
    }
    assert parents["territory"] == "due diligence"
    assert parents["critical infrastructure"] == "Prohibitive"


def test_a_project_whose_sources_are_missing_keeps_its_passages():
    project = read_project(standard("refi-qda/atlasti84-sources-missing.qdpx"))
    assert len(project.annotations) == 8
    assert all(a.quote is not None and a.quote.exact for a in project.annotations)
    assert any("does not hold" in remark for remark in project.remarks)
    assert [s.name for s in project.sets if s.tags]


@pytest.mark.parametrize(
    ("text", "start", "end", "exact"),
    [
        ("\ufeffA 🛰 b AFTER", 6, 11, "AFTER"),  # code points, a mark that counts for nothing
        ("A 🛰 b AFTER", 7, 12, "AFTER"),  # UTF-16 units
        ("one\r\ntwo AFTER\r\n", 9, 14, "AFTER"),  # CRLF as two
        ("one\r\ntwo AFTER\r\n", 8, 13, "AFTER"),  # CRLF as one
        ("🛰\r\n🛰 AFTER", 6, 11, "AFTER"),  # UTF-16 and CRLF as one
        ("e\u0301 cafe\u0301 AFTER", 9, 14, "AFTER"),  # composed here
    ],
)
def test_positions_are_read_as_the_words_say(tmp_path, text, start, end, exact):
    found = one(tmp_path, text, start, end, exact)
    assert found.quote.exact == exact


def test_empty_lines_go_and_positions_follow(tmp_path):
    found = one(tmp_path, "first\n\n\n  \nsecond\u2028third", 18, 23)
    assert (found.quote.exact, found.position.start) == ("third", 13)


@pytest.mark.parametrize(("start", "end"), [(5, 500), (-3, 2), (900, 901)])
def test_positions_outside_the_text_leave_the_words(tmp_path, start, end):
    found = one(tmp_path, "A short text.", start, end, "short text")
    assert found.position is None
    assert found.quote.exact == "short text"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0"/>',
            "document type",
        ),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><Project/>', "document type"),
        ("<Project", "not well-formed"),
        ("", "not well-formed"),
        ('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "no REFI-QDA project"),
        ("<a>" * 5000 + "</a>" * 5000, "not well-formed"),
        (project_xml(passage("x", 3)), "numbers"),
        (project_xml(passage(9, 3)), "numbers"),
        (project_xml(passage(0, 1) + passage(1, 2)), "twice"),
        (project_xml("").replace('guid="0', 'guid="zz'), "no GUID"),
    ],
)
def test_a_bad_document_is_refused_in_one_line(tmp_path, document, words):
    data = pack({"project.qde": document.encode(), "sources/a.txt": b"words"})
    with pytest.raises(UserError, match=words) as refused:
        read(tmp_path, data)
    assert "\n" not in str(refused.value)


def test_a_zip_without_a_project_is_refused(tmp_path):
    with pytest.raises(UserError, match=r"no \.qde"):
        read(tmp_path, pack({"readme.txt": b"x"}))


def test_our_own_text_is_taken_as_it_is(tmp_path):
    project = a_project()
    back = read(tmp_path, qdpx_writer.render(project))
    assert back.sources[0].text == project.sources[0].text
    assert back.sources[0].sha256 == hash_text(project.sources[0].text.content)
