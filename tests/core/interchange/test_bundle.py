"""Bundles: nothing is lost, the same project gives the same bytes, bad ones are refused."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings

from core.errors import UserError
from core.interchange import bundle
from core.interchange.archive import open_archive, pack
from tests.core.interchange.samples import a_project, projects


def read(path, data):
    path.write_bytes(data)
    with open_archive(path) as archive:
        return bundle.read(path.name, archive)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "colleague.zip"


def test_nothing_is_lost(file):
    project = a_project()
    back = read(file, bundle.render(project))
    assert set(back.annotations) == set(project.annotations)
    for name in ("tags", "sources", "notes", "sets"):
        assert getattr(back, name) == getattr(project, name)


def test_the_same_project_in_another_order_gives_the_same_bytes():
    project = a_project()
    turned = replace(
        project,
        annotations=tuple(reversed(project.annotations)),
        sources=tuple(reversed(project.sources)),
    )
    assert bundle.render(project) == bundle.render(turned)


@settings(max_examples=60)
@given(projects())
def test_any_project_comes_back(tmp_path_factory, project):
    data = bundle.render(project)
    back = read(tmp_path_factory.mktemp("any") / "any.zip", data)
    assert set(back.annotations) == set(project.annotations)
    assert bundle.render(back) == data


def changed(data, name, change):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members[name] = change(members[name])
    return pack(members)


def twice(data):
    return data + data


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("annotations.jsonl", twice, "same id"),
        ("tags.jsonl", twice, "same id"),
        ("annotations.jsonl", lambda d: d[: len(d) // 2], "can't be read"),
        ("annotations.jsonl", lambda d: b"[" * 100_000, "can't be read"),
        ("annotations.jsonl", lambda d: b"[1, 2]\n", "no object"),
        ("annotations.jsonl", lambda d: b'{"id": "x", "source": "y"}\n', "GUID"),
        ("annotations.jsonl", lambda d: d.replace(b'"note":"', b'"note":"\\ud800'), "half"),
        ("sources.jsonl", lambda d: d.replace(b'"passages":[[0', b'"passages":[[7'), "passages"),
        ("manifest.json", lambda d: d.replace(b'"version": 1', b'"version": 9'), "newer"),
        ("manifest.json", lambda d: b"{}", "no NormAtlas bundle"),
    ],
)
def test_a_damaged_bundle_is_refused_in_one_line(file, name, change, words):
    with pytest.raises(UserError, match=words) as refused:
        read(file, changed(bundle.render(a_project()), name, change))
    assert "colleague.zip" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_text_that_is_not_what_its_name_says_is_refused(file):
    data = bundle.render(a_project())
    name = next(n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if n.startswith("texts/"))
    with pytest.raises(UserError, match="not the text"):
        read(file, changed(data, name, lambda d: d + b"more"))
