"""Texts come along with what is marked on them: as documents, once, back to the same bytes."""

import hashlib
from dataclasses import replace

import pytest

from core.domain.annotations import AnnotationFilter, TextPositionSelector, TextQuoteSelector
from core.domain.documents import DocumentMetadata
from core.domain.interchange import (
    Original,
    Project,
    ProjectAnnotation,
    ProjectSource,
    ProjectTag,
)
from core.domain.text import Passage, PassageKind, Text
from core.interchange import bundle, qdpx_writer
from core.interchange.identity import derive, guid_of_record
from core.services.merge import Merge
from core.services.original_check import check_originals
from core.services.projects import Projects, gather, losses
from core.storage.repositories.documents import Documents
from core.tasks import no_progress
from tests.core.services.desk import Desk

CONTENT = "On hotlines\nStates should talk to each other in a crisis, and before one 🕊."
FILE = b"%PDF-1.7 not really"
KEY = "document:on-hotlines"


@pytest.fixture
def desk_of(tmp_path):
    made = []

    def make(name):
        (tmp_path / name).mkdir()
        made.append(Desk(tmp_path / name / "normatlas.db"))
        return made[-1]

    yield make
    for desk in made:
        desk.database.close()


def a_text(content=CONTENT):
    head = content.index("\n")
    return Text(
        content,
        (
            Passage(0, PassageKind.HEADING, 1, 0, head),
            Passage(1, PassageKind.PARAGRAPH, 0, head + 1, len(content)),
        ),
    )


def a_project(content=CONTENT, file: bytes | None = FILE, key: str | None = KEY, who="Ada"):
    tag = ProjectTag(derive("t"), "CBM", color="#336699")
    original = Original("hotlines.pdf", hashlib.sha256(file).hexdigest(), file) if file else None
    text = a_text(content)
    source = ProjectSource(
        guid_of_record(key) if key else derive("s"),
        "On hotlines",
        key,
        text,
        text.sha256,
        DocumentMetadata("On hotlines", ("Carla Doe",), "2026-03", symbol="A/1"),
        format="pdf",
        original=original,
        tags=(tag.id,),
    )
    at = content.index("talk")
    quote = TextQuoteSelector("talk", content[max(0, at - 32) : at], content[at + 4 : at + 36])
    passage = ProjectAnnotation(
        derive("a", who),
        source.id,
        TextPositionSelector(at, at + 4),
        quote,
        text.sha256,
        (tag.id,),
        "kept",
        who,
    )
    return Project("x", "", (), (tag,), (source,), (passage,))


def write(tmp_path, project, name="in.zip", render=bundle.render):
    path = tmp_path / name
    path.write_bytes(render(project))
    return path


def merge(desk, path):
    return Merge(desk.database).merge(path)[0]


def documents(desk):
    with desk.database.read() as session:
        return Documents(session).cards()


@pytest.mark.parametrize("format_name", ["bundle", "qdpx"])
def test_a_text_becomes_a_document_and_is_handed_on_the_same(desk_of, tmp_path, format_name):
    ada, bob = desk_of("ada"), desk_of("bob")
    merged = merge(ada, write(tmp_path, a_project()))
    assert {item.status.value for item in merged.plan.items} == {"new"}
    first, _ = Projects(ada.database).render(format_name)
    path = tmp_path / f"handed.{format_name}"
    path.write_bytes(first)
    merge(bob, path)
    assert Projects(bob.database).render(format_name)[0] == first
    (card,) = documents(bob)
    assert (card.key, card.metadata.authors, card.tags) == (KEY, ("Carla Doe",), ("CBM",))
    (found,) = bob.annotations.find()
    assert found.target.record == KEY
    assert found.target.quote.exact == "talk"
    assert not list(check_originals(bob.database, no_progress))
    assert merge(bob, path).written == 0


def test_undone_it_is_gone_and_comes_back_by_redo_or_a_second_merge(desk_of, tmp_path):
    bob = desk_of("bob")
    path = write(tmp_path, a_project())
    merge(bob, path)
    seen = bob.seen()
    bob.history.undo()
    assert not documents(bob)
    assert not bob.annotations.find()
    bob.history.redo()
    assert bob.seen() == seen
    bob.history.undo()
    merge(bob, path)
    assert [a.note for a in bob.annotations.find()] == ["kept"]
    assert [card.key for card in documents(bob)] == [KEY]


def test_a_text_of_another_tool_is_no_longer_left_behind(desk_of, tmp_path):
    bob = desk_of("bob")
    project = a_project(file=None, key=None)
    merge(bob, write(tmp_path, project, "other.qdpx", qdpx_writer.render))
    (card,) = documents(bob)
    assert card.edition.name == "On hotlines.txt"
    (found,) = bob.annotations.find()
    assert (found.target.record, found.verdict.value) == (card.key, "exact")


def test_two_documents_under_one_key_stay_two(desk_of, tmp_path):
    bob = desk_of("bob")
    merge(bob, write(tmp_path, a_project()))
    other = a_project(
        "Another thing\nWhere States talk of something else entirely.", None, KEY, "Eve"
    )
    (source,) = other.sources
    renamed = replace(source, title="Another thing", metadata=DocumentMetadata("Another thing"))
    path = write(tmp_path, replace(other, sources=(renamed,)), "two.zip")
    merge(bob, path)
    assert {card.key for card in documents(bob)} == {KEY, f"{KEY}-2"}
    assert {a.target.record for a in bob.annotations.find(AnnotationFilter())} == {
        KEY,
        f"{KEY}-2",
    }
    assert merge(bob, path).written == 0


def test_what_is_handed_on_without_files_has_none(desk_of, tmp_path):
    bob = desk_of("bob")
    merge(bob, write(tmp_path, a_project()))
    with bob.database.read() as session:
        (source,) = gather(session, AnnotationFilter()).sources
    assert source.original is None
    assert source.text == a_text()


def test_a_document_on_which_nothing_is_marked_is_said_to_stay_behind(desk_of, tmp_path):
    ada = desk_of("ada")
    merge(ada, write(tmp_path, a_project()))
    _, whole = Projects(ada.database).render("bundle")
    assert losses("bundle", whole) == ()
    ada.annotations.delete([found.id for found in ada.annotations.find()])
    for format_name in ("bundle", "qdpx"):
        _, bare = Projects(ada.database).render(format_name)
        said = "1 document has no passage and no note, and so no place in it."
        assert losses(format_name, bare) == (said,)
