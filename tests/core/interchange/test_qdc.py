"""QDC: codebooks of others, and ours."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from core.errors import UserError
from core.interchange import qdc
from core.interchange.files import read_project
from tests.core.interchange.samples import a_project
from tests.core.interchange.standards import standard


def test_a_codebook_comes_back():
    tags = a_project().tags
    back = qdc.read(Path("mine.qdc"), qdc.render(tags))
    assert back.tags == tags
    assert qdc.render(back.tags) == qdc.render(tags)


def test_it_fits_the_schema_of_the_standard():
    schema = etree.XMLSchema(etree.parse(standard("refi-qda/Codebook.xsd")))
    assert schema.validate(etree.fromstring(qdc.render(a_project().tags))), schema.error_log


def test_the_sample_of_the_standard_is_read():
    project = read_project(standard("refi-qda/standard-annexA1.qdc"))
    assert [tag.name for tag in project.tags][:2] == ["Topics", "Economy"]
    assert project.tags[1].color == "#ffff00"
    assert project.tags[1].definition == "Anything about jobs or taxes or business"


def test_what_taguette_writes_against_the_schema_is_read():
    project = read_project(standard("refi-qda/taguette152-empty-sets.qdc"))
    assert [tag.name for tag in project.tags] == [
        "interesting",
        "attribution.state",
        "нормы",
        "قواعد",
        "规范",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.replace(b"<Codes", b"<Other").replace(b"</Codes", b"</Other"), "no list"),
        (lambda d: d.replace(b"name=", b"title="), "no name"),
        (lambda d: d.replace(b"guid=", b"id="), "no GUID"),
        (lambda d: b"<!DOCTYPE CodeBook>" + d.partition(b"?>")[2], "document type"),
    ],
)
def test_a_bad_codebook_is_refused(change, words):
    with pytest.raises(UserError, match=words):
        qdc.read(Path("bad.qdc"), change(qdc.render(a_project().tags)))


def test_two_codes_of_one_guid_are_refused():
    first, second = a_project().tags
    data = qdc.render((first, replace(second, parent=None)))
    both = data.replace(second.id.upper().encode(), first.id.upper().encode())
    with pytest.raises(UserError, match="two codes"):
        qdc.read(Path("bad.qdc"), both)


def test_an_empty_codebook_is_said():
    with pytest.raises(UserError, match="no tags yet"):
        qdc.render(())
