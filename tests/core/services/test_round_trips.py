"""Export, merge into an empty workspace, export again: the same file, byte for byte.

``NORMATLAS_EXAMPLES=500`` tries more than the suite does.
"""

import io
import os
import shutil
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.domain.interchange import ProjectSource
from core.interchange import bundle
from core.interchange.identity import guid_of_record
from core.services.export import Export
from core.services.merge import Merge
from core.services.projects import Projects
from core.services.reference import Reference
from core.services.settings import SettingsService
from tests.core.interchange.samples import projects
from tests.core.services.desk import RECORD, Desk

EXAMPLES = int(os.environ.get("NORMATLAS_EXAMPLES", "4"))
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes here
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HERE = ProjectSource(
    guid_of_record(RECORD.entry.key),
    RECORD.entry.title,
    RECORD.entry.key,
    RECORD.text,
    RECORD.text.sha256,
    reference=True,
)


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """What gives an empty desk, again and again, without waiting for migrations each time."""
    folder = tmp_path_factory.mktemp("round")
    first = Desk(folder / "first.db")
    first.database.close()
    opened = []

    def empty():
        place = folder / str(len(opened))
        place.mkdir()
        shutil.copy(folder / "first.db", place / "desk.db")
        opened.append(Desk(place / "desk.db"))
        return opened[-1]

    yield empty
    for desk in opened:
        desk.database.close()


def exported(desk, format_name):
    annotations, database = desk.annotations, desk.database
    reference, said = Reference(database), SettingsService(database)
    export = Export(annotations, reference, said, Projects(database))
    return export.make(format_name, now=desk.now).data


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ENDINGS = {"bundle": ".zip", "qdpx": ".qdpx", "jsonld": ".jsonld", "csv": ".csv"}


def there_and_back(desks, project, format_name):
    """Export a workspace that holds a project, merge that into an empty one, export it."""
    ada, bob = desks(), desks()
    given_file = ada.database.file.with_name("given.zip")
    given_file.write_bytes(bundle.render(project))
    Merge(ada.database).merge(given_file)
    made = exported(ada, format_name)
    assert exported(ada, format_name) == made
    handed = bob.database.file.with_name(f"handed{ENDINGS[format_name]}")
    handed.write_bytes(made)
    merged, _ = Merge(bob.database).merge(handed)
    assert not merged.open
    back = exported(bob, format_name)
    again, _ = Merge(bob.database).merge(handed)
    assert (again.written, exported(bob, format_name)) == (0, back)
    return made, back


@pytest.mark.parametrize("format_name", ["bundle", "qdpx"])
@FEW
@given(projects())
def test_a_whole_workspace_comes_back(desks, format_name, project):
    made, back = there_and_back(desks, project, format_name)
    assert contents(back) == contents(made)
    if format_name == "bundle":
        assert back == made


@pytest.mark.parametrize("format_name", ["jsonld", "csv", "bundle", "qdpx"])
@FEW
@given(projects(), st.data())
def test_what_stands_on_a_record_comes_back(desks, format_name, project, data):
    length = len(RECORD.text.content)
    moved = []
    for annotation in project.annotations:
        start = data.draw(st.integers(0, length - 1))
        end = data.draw(st.integers(start + 1, length))
        place = replace(annotation.position, start=start, end=end)
        moved.append(
            replace(annotation, source=HERE.id, position=place, quote=None, text_sha256=HERE.sha256)
        )
    project = replace(project, sources=(HERE,), annotations=tuple(moved))
    made, back = there_and_back(desks, project, format_name)
    if format_name == "qdpx":
        made, back = contents(made), contents(back)
    assert back == made
