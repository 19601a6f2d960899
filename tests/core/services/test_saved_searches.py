"""Saved searches stay live, tell what is new, and can be undone; recent ones are kept apart."""

import dataclasses

import pytest

from core.domain.keys import Kind
from core.domain.saved_searches import SavedSearch
from core.domain.search import Likeness, SearchQuery, Sort
from core.errors import NotFoundError, UserError
from core.services.recent_searches import MOST
from core.workspace import Workspace, open_workspace

NORM = "norm:gge-13f-no-ci-damage"
NARROW = SearchQuery(
    "cyber  attack",
    kinds=frozenset({Kind.NORM, Kind.EVENT}),
    tags=("CBM",),
    themes=("cybercrime",),
    participants=("participant:japan",),
    records=(NORM,),
    languages=("en",),
    year_from=2011,
    year_to=2015,
    within=frozenset({"reference", "notes"}),
    limit=7,
    facets=True,
    sort=Sort.DATE,
)


def names(workspace: Workspace) -> list[str]:
    return [search.name for search in workspace.saved_searches.searches()]


def test_a_search_comes_back_with_all_that_narrows_it(workspace: Workspace) -> None:
    saved, changes = workspace.saved_searches.save(" My  search ", NARROW)
    assert changes.searches == {saved.id}
    assert changes.step == "Save search “My search”"
    workspace.close()
    again = open_workspace(workspace.path)
    try:
        (found,) = again.saved_searches.searches()
        kept = dataclasses.replace(NARROW, text="cyber attack", limit=20, facets=False)
        assert found == SavedSearch(saved.id, "My search", kept)
    finally:
        again.close()


def test_what_is_like_a_passage_can_be_kept_too(workspace: Workspace) -> None:
    text = workspace.reference.record(NORM).text
    passage = next(p for p in text.passages if p.end - p.start > 80)
    like = Likeness(NORM, passage.start, passage.end)
    query = SearchQuery("", like=like, kinds=frozenset({Kind.NORM, Kind.INSTRUMENT}))
    page = workspace.search.search(query)
    saved, _ = workspace.saved_searches.save("Like it", query)
    (found,) = workspace.saved_searches.counted()
    assert found.query == saved.query
    assert found.query.like is not None
    assert found.query.like.quotation == text.content[passage.start : passage.end]
    assert (found.total or 0) >= page.total > 0
    assert found.new == 0
    assert sum(workspace.search.facets(query).counts["kind"].values()) > 3
    moved = dataclasses.replace(found.query.like, start=0, end=3)  # as if the text had changed
    again = workspace.search.search(dataclasses.replace(query, like=moved))
    assert again.similar_to is not None
    assert (again.similar_to.start, again.total) == (passage.start, page.total)
    gone = dataclasses.replace(moved, record="norm:gone")
    assert workspace.search.search(dataclasses.replace(query, like=gone)).hits


def test_it_tells_what_is_new_since_it_was_looked_at(workspace: Workspace) -> None:
    saved, _ = workspace.saved_searches.save("Zanzibar", SearchQuery("zanzibar"))
    (counted,) = workspace.saved_searches.counted()
    assert (counted.total, counted.new) == (0, 0)
    for start in (0, 20):
        workspace.annotations.annotate(NORM, start, start + 9, [], "Compare Zanzibar.")
    workspace.search.catch_up()
    (counted,) = workspace.saved_searches.counted()
    assert (counted.total, counted.new) == (2, 2)
    workspace.saved_searches.look(saved.id)
    (counted,) = workspace.saved_searches.counted()
    assert (counted.total, counted.new) == (2, 0)
    workspace.history.undo()  # looking is no step: the note goes
    workspace.search.catch_up()
    (counted,) = workspace.saved_searches.counted()
    assert (counted.total, counted.new) == (1, 0)


def test_a_search_saved_now_has_nothing_new(workspace: Workspace) -> None:
    workspace.saved_searches.save("Cyber", SearchQuery("cyber"))
    (counted,) = workspace.saved_searches.counted()
    assert counted.total == workspace.search.search(SearchQuery("cyber")).total
    assert counted.new == 0


def test_every_change_is_undone_and_done_again(workspace: Workspace) -> None:
    searches = workspace.saved_searches
    made = [searches.save(name, SearchQuery(name))[0] for name in ("one", "two", "three")]
    states = [names(workspace)]
    for change in (
        lambda: searches.move(made[2].id, 0),
        lambda: searches.rename(made[0].id, "First"),
        lambda: searches.delete(made[1].id),
    ):
        assert change().searches
        states.append(names(workspace))
    assert states == [
        ["one", "two", "three"],
        ["three", "one", "two"],
        ["three", "First", "two"],
        ["three", "First"],
    ]
    assert not searches.move(made[0].id, 99)  # it is last already
    for state in reversed(states[:-1]):
        assert workspace.history.undo().searches
        assert names(workspace) == state
    for state in states[1:]:
        workspace.history.redo()
        assert names(workspace) == state


def test_a_search_that_comes_back_remembers_what_was_seen(workspace: Workspace) -> None:
    saved, _ = workspace.saved_searches.save("Cyber", SearchQuery("cyber"))
    workspace.saved_searches.delete(saved.id)
    workspace.history.undo()
    (counted,) = workspace.saved_searches.counted()
    assert counted.new == 0


def test_bad_names_and_lost_searches(workspace: Workspace) -> None:
    searches = workspace.saved_searches
    saved, _ = searches.save("One", SearchQuery("cyber"))
    with pytest.raises(UserError, match="already"):
        searches.save("ONE", SearchQuery("cyber"))
    with pytest.raises(UserError, match="needs a name"):
        searches.rename(saved.id, " \n ")
    with pytest.raises(UserError, match="shorten"):
        searches.rename(saved.id, "x" * 121)
    with pytest.raises(UserError, match="empty"):
        searches.save("Two", SearchQuery(" "))
    searches.rename(saved.id, "one")
    for call in (searches.delete, searches.look):
        with pytest.raises(NotFoundError, match="undo"):
            call("nowhere")


def test_recent_searches_are_kept_once_newest_first(workspace: Workspace) -> None:
    recent = workspace.recent_searches
    for text in ("cyber", "due  diligence", "  ", "CYBER", "x" * 2000):
        recent.remember(text)
    assert recent.texts() == ("CYBER", "due diligence")
    assert workspace.history.state().undo is None
    recent.forget("Cyber")
    assert recent.texts() == ("due diligence",)
    for number in range(MOST + 5):
        recent.remember(f"query {number}")
    assert len(recent.texts()) == MOST
    assert recent.texts(1) == (f"query {MOST + 4}",)
    recent.clear()
    assert recent.texts() == ()
