"""Notes on records and tags and free-standing ones: written, linked, found, undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.addresses import address_of
from core.domain.auto_tagging import Stretch
from core.domain.keys import Kind
from core.domain.notes import (
    LinkChoice,
    NoteFilter,
    as_markdown,
    heading_of,
    link_begun,
    links_in,
    note_key,
    read_target,
    target_of,
)
from core.domain.search import Likeness, SearchQuery
from core.errors import NotFoundError, UserError

NORM = "norm:due-diligence"


def hits(workspace, query):
    workspace.search.catch_up()
    return workspace.search.search(SearchQuery(query)).hits


def test_notes_are_found_with_the_rest_and_lead_to_themselves(workspace):
    memo, _ = workspace.notes.add("# Plan\n\nCompare the **zyxomat** clauses.\n\nThen write.")
    on_record, _ = workspace.notes.add("A zyxomat of its own.", record=NORM)
    workspace.codebook.add("CBM/Hotlines")
    on_tag, _ = workspace.notes.add("Zyxomat borders on it.", tag="CBM/Hotlines")
    found = {hit.annotation or hit.record: hit for hit in hits(workspace, "zyxomat")}
    assert set(found) == {memo.key, on_record.key, on_tag.key}
    assert found[memo.key].kind is Kind.NOTE
    assert found[memo.key].title == "Plan"
    assert "<mark>zyxomat</mark>" in found[memo.key].snippet
    assert found[on_record.key].record == NORM
    assert found[on_tag.key].title.startswith("CBM/Hotlines")
    for query in ("in:notes zyxomat", "note:zyxomat"):
        assert len(hits(workspace, query)) == 3
    assert len(hits(workspace, "kind:note zyxomat")) == 2
    assert not hits(workspace, "in:documents zyxomat")
    assert [hit.record for hit in hits(workspace, "in:reference zyxomat")] == [NORM]
    page = workspace.search.concordance(SearchQuery("zyxomat"))
    assert {line.annotation or line.record for line in page.lines} == set(found)
    like = Likeness(memo.key, 0, len(memo.text))
    alike = workspace.search.search(SearchQuery("", like=like))
    assert alike.similar_to.title == "Plan"
    assert alike.hits
    assert not workspace.auto_tagging.propose(SearchQuery("zyxomat"), Stretch.WORDS).found
    workspace.codebook.rename("CBM/Hotlines", "CBM/Lines")
    titles = {hit.record: hit.title for hit in hits(workspace, "zyxomat")}
    assert titles[on_tag.key].startswith("CBM/Lines")
    assert workspace.checkup.check().ok


def test_writing_a_note_is_one_step_that_undo_takes_back(workspace):
    note, changes = workspace.notes.add(record=NORM)
    assert changes.notes == {note.id}
    assert (note.record, note.title) == (NORM, workspace.notes.get(note.id).title)
    for text in ("o", "on", "once qwertic"):
        workspace.notes.write(note.id, text)
    assert [hit.record for hit in hits(workspace, "qwertic")] == [NORM]
    workspace.history.undo()
    assert not workspace.notes.find(NoteFilter(record=NORM))
    assert not hits(workspace, "qwertic")
    workspace.history.redo()
    assert workspace.notes.get(note.id).text == "once qwertic"
    assert workspace.notes.delete([note.id]).step == "Delete a note"
    with pytest.raises(NotFoundError, match="deleted"):
        workspace.notes.write(note.id, "late")
    with pytest.raises(UserError, match="not on both"):
        workspace.notes.add(record=NORM, tag="A")


def test_a_note_outlives_its_tag_and_goes_with_a_merged_one(workspace):
    for path in ("A", "B", "C"):
        workspace.codebook.add(path)
    note, _ = workspace.notes.add("Where it borders.", tag="A")
    workspace.codebook.merge(["A"], "B")
    assert [n.id for n in workspace.notes.find(NoteFilter(tag="B"))] == [note.id]
    workspace.history.undo()
    assert workspace.notes.get(note.id).tag == "A"
    workspace.codebook.delete("A")
    assert workspace.notes.get(note.id).tag is None
    assert workspace.notes.find(NoteFilter(text="bordérs")) == (workspace.notes.get(note.id),)
    workspace.history.undo()
    assert workspace.notes.get(note.id).tag == "A"


def test_links_are_offered_lead_on_and_are_told_back(workspace):
    offered = workspace.notes.choices("due dil")
    assert offered[0].target == NORM
    text = workspace.reference.record(NORM).text.content
    marked, _ = workspace.annotations.annotate(NORM, 0, 20, note="see [[norm:due-diligence]]")
    assert workspace.notes.choices(text[:12])[-1].target == f"passage:{marked.id}"
    address = target_of(address_of(NORM, 3, 30, text[3:30]))
    first, _ = workspace.notes.add(f"On {offered[0].link}, briefly.")
    second, _ = workspace.notes.add(f"[[{address}|there]]")
    third, _ = workspace.notes.add(f"[[passage:{marked.id}]] and [[{first.key}]]")
    found = workspace.notes.backlinks(NORM)
    assert {one.source for one in found} == {marked.id, first.key, second.key, third.key}
    words = {one.source: one.words for one in found}
    assert words[first.key] == f"On {offered[0].title}, briefly."
    assert [one.source for one in workspace.notes.backlinks(first.key)] == [third.key]
    assert workspace.notes.lead(address) == (NORM, (3, 30))
    assert workspace.notes.lead(f"passage:{marked.id}") == (NORM, (0, 20))
    assert workspace.notes.lead(first.key) == (first.key, None)
    titles = workspace.notes.titles([NORM, first.key, f"passage:{marked.id}", "norm:gone"])
    assert titles[NORM] == offered[0].title
    assert set(titles) == {NORM, first.key, f"passage:{marked.id}"}
    workspace.annotations.delete([marked.id])
    for gone in (f"passage:{marked.id}", "norm:gone-from-here", note_key("gone")):
        with pytest.raises(NotFoundError):
            workspace.notes.lead(gone)
    with pytest.raises(NotFoundError, match="deleted"):
        workspace.notes.backlinks(note_key("gone"))
    with pytest.raises(UserError, match="no link"):
        workspace.notes.lead("whatever")


def test_links_read_as_markdown_and_what_is_none_stays():
    text = "See [[norm:a-b]], [[norm:a-b|the *first*]] and [[no link]]."
    written = as_markdown(text, lambda _link: "A [b]", "to")
    assert written == (
        r"See [A \[b\]](<to:norm:a-b>), [the \*first\*](<to:norm:a-b>) and [[no link]]."
    )
    assert link_begun("See [[norm:a-b]] and [[due d") == "due d"
    assert link_begun("See [[norm:a-b]]") is None
    assert heading_of("\n## On [[norm:a-b|it]] and *more*\nrest") == "On it and more"


@given(st.text(alphabet="[]|#:ab \n-", max_size=60))
def test_whatever_is_typed_is_text_or_a_link(text):
    for link in links_in(text):
        assert text[link.start : link.end].startswith("[[")
        assert link.place == read_target(link.target)
    as_markdown(text, lambda link: link.target, "to")
    made = LinkChoice("norm:a-b", text).link
    assert [link.target for link in links_in(made)] == ["norm:a-b"]
