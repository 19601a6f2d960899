"""Documents after their import: what is said of them, where they stand, trash and restore."""

from dataclasses import replace

import pytest

from core.domain.annotations import AnnotationFilter
from core.domain.changes import Changes
from core.domain.documents import DocumentMetadata, ReadingStatus, pages_of
from core.domain.imports import ImportOptions
from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.domain.text import Passage, PassageKind
from core.errors import NotFoundError, UserError
from core.services.importing import Importing
from core.tasks import CancelToken
from core.workspace import Workspace
from tests.core.importing.typesetting import typeset
from tests.core.services.document_files import LONG, a_paper, read_lines


@pytest.fixture
def take(workspace: Workspace, tmp_path):
    """Imports one paper of a title and paragraphs; returns its key."""
    importing = Importing(
        workspace.importing._database, workspace.search, workspace.path, read_lines
    )

    def one(title: str, *paragraphs: str, **options) -> str:
        path = tmp_path / f"{abs(hash((title, paragraphs)))}.txt"
        path.write_text(a_paper(title, *paragraphs))
        run = importing.start([str(path)], ImportOptions(**options))
        importing.work(run)
        (result,) = importing.results(run)
        assert result.record, result
        return result.record

    return one


def test_a_form_edits_what_the_page_and_citations_say(workspace, take):
    key = take("On hotlines", *LONG)
    said = workspace.documents.form(key).card.metadata
    problems, _ = workspace.documents.edit(
        key, replace(said, authors=("Ada Lovelace",), date="2024-05", symbol="A/79/1")
    )
    assert problems == ()
    record = workspace.reference.record(key)
    assert ("Author", "Ada Lovelace") in [(f.label, f.value) for f in record.fields]
    assert record.entry.year == 2024
    workspace.search.catch_up()
    assert key in [hit.record for hit in workspace.search.search(SearchQuery("A/79/1")).hits]
    workspace.history.undo()
    assert workspace.documents.form(key).card.metadata == said


def test_several_are_edited_as_one_step_and_keep_what_is_their_own(workspace, take):
    keys = [take("On hotlines", *LONG), take("On sanctions", *LONG[:2])]
    before = [workspace.documents.form(key).card.metadata for key in keys]
    problems, _ = workspace.documents.edit_many(keys, DocumentMetadata(date="someday"))
    assert [problem.path for problem in problems] == [("date",)]
    said = DocumentMetadata("No title", ("Ada Lovelace",), "2024-05", None, "OSCE", None, "X/1")
    problems, changes = workspace.documents.edit_many(keys, said)
    assert (problems, changes.records >= set(keys)) == ((), True)
    after = [workspace.documents.form(key).card.metadata for key in keys]
    common = {"authors": ("Ada Lovelace",), "date": "2024-05", "publisher": "OSCE"}
    assert after == [replace(own, **common) for own in before]
    assert workspace.documents.edit_many(keys, said) == ((), Changes())
    workspace.history.undo()
    assert [workspace.documents.form(key).card.metadata for key in keys] == before


def test_problems_are_said_by_field_and_nothing_is_written(workspace, take):
    key = take("On hotlines", *LONG)
    before = workspace.documents.form(key)
    problems, changes = workspace.documents.edit(
        key, DocumentMetadata(None, (), "someday", "!", None, "ftp://x", None)
    )
    assert {problem.path[0] for problem in problems} == {"title", "date", "language", "address"}
    assert not changes.records
    assert workspace.documents.form(key) == before


def test_trash_takes_annotations_along_and_brings_them_back(workspace, take):
    key = take("On hotlines", *LONG)
    made, _ = workspace.annotations.annotate(key, 3, 11, ["CBM"], create_tags=True)
    workspace.annotations.write_note(made.id, "A note.")
    (before,) = workspace.annotations.find()
    workspace.trash.delete([key])
    assert not workspace.annotations.find()
    assert not workspace.reference.entries(Kind.DOCUMENT)
    with pytest.raises(NotFoundError):
        workspace.documents.form(key)
    (card,) = workspace.trash.cards()
    assert (card.key, card.annotations) == (key, 1)
    workspace.trash.restore([key])
    assert workspace.annotations.find() == (before,)
    assert workspace.reference.record(key).text.content.startswith("On hotlines")
    workspace.search.catch_up()
    hits = workspace.search.search(SearchQuery("repair of networks incidents")).hits
    assert key in [hit.record for hit in hits]


def test_deleting_is_a_step(workspace, take):
    key = take("On hotlines", *LONG)
    workspace.trash.delete([key])
    workspace.history.undo()
    assert workspace.documents.form(key).card.trashed is None
    workspace.history.redo()
    assert [card.key for card in workspace.trash.cards()] == [key]


def test_an_emptied_trash_frees_the_originals_and_the_history_stays_sound(workspace, take):
    kept, gone = take("Kept", *LONG[:3]), take("Gone", *LONG[3:])
    workspace.annotations.annotate(gone, 0, 4)
    workspace.trash.delete([gone])
    assert workspace.trash.empty() == 1
    assert not workspace.trash.cards()
    assert len(list((workspace.path / "originals").glob("??/*"))) == 1
    while workspace.history.state().undo:
        workspace.history.undo()
    while workspace.history.state().redo:
        workspace.history.redo()
    assert [card.key for card in workspace.documents.cards()] == [kept]
    assert workspace.checkup.check().ok


def test_a_document_is_tied_to_what_it_belongs_to(workspace, take):
    norm = workspace.reference.entries(Kind.NORM)[0]
    key = take(norm.title, *LONG)
    form = workspace.documents.form(key)
    assert norm.key in [link.record for link in form.suggestions]
    workspace.documents.link(key, norm.key)
    form = workspace.documents.form(key)
    assert [link.record for link in form.links] == [norm.key]
    assert norm.key not in [link.record for link in form.suggestions]
    ties = workspace.reference.record(norm.key).ties
    assert key in [tie.record for tie in ties]
    workspace.documents.unlink(key, norm.key)
    assert not workspace.documents.form(key).links
    workspace.history.undo()
    assert workspace.documents.form(key).links


def test_collections_tags_and_status_in_bulk(workspace, take):
    keys = [take("One", *LONG[:2]), take("Two", *LONG[2:4]), take("Three", *LONG[4:])]
    workspace.shelves.collect("For the panel", keys)
    workspace.shelves.tag("CBM", keys[:2])
    workspace.documents.set_status(keys[1:], ReadingStatus.READ)
    cards = {card.key: card for card in workspace.documents.cards()}
    assert [cards[key].collections for key in keys] == [("For the panel",)] * 3
    assert [cards[key].tags for key in keys] == [("CBM",), ("CBM",), ()]
    assert [cards[key].status.value for key in keys] == ["unread", "read", "read"]
    workspace.shelves.rename("For the panel", "Panel")
    workspace.shelves.remove("panel", keys[:1])
    assert [(c.name, c.count) for c in workspace.shelves.collections()] == [("Panel", 2)]
    with pytest.raises(UserError, match="1 to 100"):
        workspace.shelves.collect(" ", keys)
    for _ in range(5):
        workspace.history.undo()
    cards = workspace.documents.cards()
    assert not any(card.collections or card.tags for card in cards)
    assert {card.status for card in cards} == {ReadingStatus.UNREAD}


def test_what_is_marked_on_a_collection_is_listed_browsed_and_exported_alone(workspace, take):
    inside, outside = take("On hotlines", *LONG), take("On sanctions", *LONG[:2])
    marked = [workspace.annotations.annotate(key, 0, 9)[0] for key in (inside, outside)]
    workspace.shelves.collect("For the panel", [inside])
    wanted = AnnotationFilter(collection="for the PANEL")
    assert workspace.annotations.find(wanted) == (marked[0],)
    made = workspace.export.render("csv", wanted)
    assert marked[0].id in made
    assert marked[1].id not in made
    assert "For the panel" in workspace.export.render(
        "markdown", AnnotationFilter(collection="For the panel")
    )
    with pytest.raises(NotFoundError, match="no collection “Elsewhere”"):
        workspace.annotations.find(AnnotationFilter(collection="Elsewhere"))

    workspace.browsing.save("Panel", AnnotationFilter(collection="For the panel"))
    (saved,) = workspace.browsing.filters()
    assert saved.total == 1
    workspace.shelves.collect("For the panel", [outside])
    listing = workspace.browsing.listing(saved.wanted)
    assert set(listing.ids) == {marked[0].id, marked[1].id}


def test_a_document_becomes_an_edition_of_another(workspace, take):
    first = take("On hotlines", *LONG)
    second = take("Hotlines, revised", "Preamble.", *LONG)
    content = workspace.reference.record(first).text.content
    at = content.index("openness of networks")
    workspace.annotations.annotate(first, at, at + 8)
    workspace.documents.make_edition(second, first)
    record = workspace.reference.record(first)
    assert "Preamble." in record.text.content
    (annotation,) = workspace.annotations.find()
    assert record.text.content[annotation.start : annotation.end] == "openness"
    assert len(workspace.documents.form(first).editions) == 2
    assert [card.key for card in workspace.trash.cards()] == [second]
    workspace.history.undo()
    assert workspace.reference.record(first).text.content == content
    assert not workspace.trash.cards()


def test_the_original_opens_or_says_that_it_is_missing(workspace, take):
    key = take("On hotlines", *LONG)
    original = workspace.documents.original(key)
    assert original.read_text().startswith("# On hotlines")
    copy = workspace.documents.lend(key)
    assert copy != original
    assert (copy.read_text(), copy.suffix) == (original.read_text(), ".txt")
    assert copy.stat().st_mode & 0o222 == 0  # a program that saves it changes nothing here
    assert workspace.documents.lend(key) == copy
    original.unlink()
    with pytest.raises(UserError, match="missing from the workspace"):
        workspace.documents.original(key)


def test_a_page_of_a_pdf_is_shown_beside_its_text(workspace, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(
        typeset(
            '#set page(height: 60mm, numbering: "i")\nPreface to it all.\n#pagebreak()\n'
            "States should settle disputes by peaceful means."
        )
    )
    run = workspace.importing.start([str(path)], ImportOptions())
    workspace.importing.work(run)
    (result,) = workspace.importing.results(run)
    key = result.record
    text = workspace.reference.record(key).text
    labels = workspace.documents.pages(key)
    assert labels == ("i", "ii")
    at = next(p.n for p in text.passages if "peaceful" in text.content[p.start : p.end])
    page = pages_of(labels, text.passages)[at]
    assert page == 1
    words = "States should settle disputes by peaceful means."
    picture = workspace.documents.page_picture(key, page, 300, words, CancelToken())
    assert picture.width == 300
    assert len(picture.marks) == 1


def test_pages_are_counted_forward_where_labels_come_again():
    labels = ("1", "2", "1", "2", "3")
    said = ("1", None, "2", "1", "3", "nowhere")
    passages = [
        Passage(n, PassageKind.PARAGRAPH, 0, n, n, None, page) for n, page in enumerate(said)
    ]
    assert pages_of(labels, passages) == (0, 0, 1, 2, 4, 4)
    assert pages_of((), passages) == (0,) * 6
