"""Zips that attack: each is refused in one line and nothing of it is written anywhere."""

import contextlib
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.interchange import bundle, problems, qdpx_writer
from core.interchange.files import read_project
from tests.core.interchange.samples import a_project

SLIPS = ["../outside.txt", "/etc/outside", "C:\\outside", "a/../../outside", "a\\..\\outside"]


@pytest.mark.parametrize("name", SLIPS)
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    file = tmp_path / "slip.qdpx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.qde", "<Project/>")
        archive.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(UserError, match="leads out"):
        read_project(file)
    assert [path.name for path in tmp_path.iterdir()] == ["slip.qdpx"]


def test_a_bomb_is_refused(tmp_path):
    file = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * (80 * 2**20))
    with pytest.raises(UserError, match="too much"):
        read_project(file)


def test_a_name_that_is_there_twice_is_refused(tmp_path):
    file = tmp_path / "twice.qdpx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.qde", "<Project/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("project.qde", "<Project/>")
    with pytest.raises(UserError, match="twice"):
        read_project(file)


@pytest.mark.parametrize("render", [bundle.render, qdpx_writer.render])
def test_a_file_cut_off_anywhere_is_refused(tmp_path, render):
    data = render(a_project())
    file = tmp_path / "cut.zip"
    for end in range(0, len(data), max(1, len(data) // 60)):
        file.write_bytes(data[:end])
        with pytest.raises(UserError):
            read_project(file)


@settings(max_examples=150)
@given(st.data())
def test_no_changed_byte_makes_a_reader_fail_otherwise(tmp_path_factory, data):
    render = data.draw(st.sampled_from([bundle.render, qdpx_writer.render]))
    whole = bytearray(render(a_project()))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("fuzz") / "fuzz.zip"
    file.write_bytes(whole)
    with contextlib.suppress(UserError):
        read_project(file)


def test_too_many_annotations_are_refused_with_the_number(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "MAX_ANNOTATIONS", 2)
    file = tmp_path / "many.zip"
    file.write_bytes(bundle.render(a_project()))
    with pytest.raises(UserError, match="more than 2 annotations"):
        read_project(file)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("core.interchange.archive.MAX_FILE", 10)
    file = tmp_path / "large.zip"
    file.write_bytes(bundle.render(a_project()))
    with pytest.raises(UserError, match="larger than"):
        read_project(file)
    assert problems.MAX_FILE > 10
