"""Records of one's own: added, edited, set beside the pack, taken back; each a step."""

import pytest

from core.domain.annotations import Verdict
from core.domain.keys import Kind
from core.domain.records import Origin
from core.domain.search import SearchQuery
from core.errors import NotFoundError, UserError

NORM = "norm:gge-13f-no-ci-damage"
TREATY = "instrument:budapest-convention"
STATE = "participant:estonia"

EVERY_KIND = {
    "norm:own-norm": {"statement": "States should rest.", "category": "own"},
    "instrument:own-text": {"type": "report", "date": "2024-05"},
    "initiative:own-talks": {"type": "process", "status": "active", "date": "2024/.."},
    "participant:own-state": {"type": "state", "region": "Europe"},
    "participant:own-club": {"type": "organisation", "category": "NGO"},
    "participant:own-person": {"type": "person", "office": "Chair"},
    "event:own-day": {"date": "2024-05-01"},
    "source:own-page": {"publisher": "A house", "url": "https://example.org/", "seen": True},
}


def new(workspace, key, **fields):
    raw = {"key": key, "title": key.title(), "summary": "What it is.", **fields}
    problems, changes = workspace.records.save(raw, new=True)
    assert not problems
    return changes


def edit(workspace, key, **fields):
    problems, changes = workspace.records.save({**workspace.records.form(key).raw, **fields})
    assert not problems
    return changes


def page(workspace, key):
    return workspace.reference.record(key).text.content


@pytest.mark.parametrize("key", EVERY_KIND)
def test_a_record_of_every_kind_can_be_added_and_found(workspace, key):
    new(workspace, key, title="Zanzibarian quokka", **EVERY_KIND[key])
    entry = workspace.reference.entry(key)
    assert (entry.title, entry.origin) == ("Zanzibarian quokka", Origin.ANALYST)
    workspace.search.catch_up()
    hits = workspace.search.search(SearchQuery("quokka")).hits
    assert [hit.record for hit in hits][:1] == [key]
    assert workspace.records.form(key).raw["title"] == "Zanzibarian quokka"
    workspace.history.undo()
    with pytest.raises(NotFoundError):
        workspace.reference.entry(key)
    workspace.search.catch_up()
    assert not workspace.search.search(SearchQuery("quokka")).hits
    workspace.history.redo()
    assert workspace.reference.entry(key).title == "Zanzibarian quokka"


def test_a_relation_is_told_on_the_pages_of_both_ends(workspace):
    relation = {"predicate": "supports", "object": NORM, "since": "2024-05"}
    new(workspace, "participant:own-state", title="Quokkaland", type="state", relations=[relation])
    assert "Quokkaland" in page(workspace, NORM)
    ties = [tie.record for tie in workspace.reference.record(NORM).ties]
    assert "participant:own-state" in ties
    workspace.history.undo()
    assert "Quokkaland" not in page(workspace, NORM)


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"title": ""}, ("title",), "title"),
        ({"date": "20155"}, ("date",), "not a date"),
        ({"facts": [{"text": "It is.", "source": "source:nowhere"}]}, ("facts", 0, "source"), "no"),
        ({"facts": [{"text": "It is.", "verified": True}]}, ("facts", 0), "no source"),
        ({"facts": [{"text": "It is.", "year": "soon"}]}, ("facts", 0, "year"), "year"),
        (
            {"relations": [{"predicate": "party-to", "object": TREATY}]},
            ("relations", 0),
            "can't lead",
        ),
        (
            {"relations": [{"predicate": "loves", "object": TREATY}]},
            ("relations", 0, "predicate"),
            "not a predicate",
        ),
        ({"sources": [TREATY]}, ("sources", 0), "kind source"),
        ({"aliases": [NORM]}, ("aliases", 0), "already"),
        ({"colour": "red"}, ("colour",), "unknown"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(workspace, fields, path, words):
    raw = {
        "key": "norm:own",
        "title": "Own",
        "summary": "Mine.",
        "statement": "Do.",
        "category": "own",
        **fields,
    }
    problems = workspace.records.check(raw)
    assert [problem.path for problem in problems] == [path]
    assert words in problems[0].sentence
    refused, changes = workspace.records.save(raw, new=True)
    assert refused == problems
    assert not changes
    assert workspace.history.state().undo is None


def test_a_key_that_is_taken_is_refused(workspace):
    raw = {"key": NORM, "title": "Mine", "summary": "x", "statement": "x", "category": "x"}
    problems, _ = workspace.records.save(raw, new=True)
    assert problems[0].path == ("key",)
    assert workspace.records.propose_key(Kind.NORM, "GGE 13f: no CI damage") == f"{NORM}-2"


def test_an_edit_stays_beside_the_pack_and_goes_back_by_field_or_wholly(workspace):
    before = page(workspace, NORM)
    packs = workspace.records.form(NORM).raw
    edit(workspace, NORM, title="Leave the grid alone", category="own category")
    assert workspace.reference.entry(NORM).origin == Origin.EDITED
    found = {d.field: d for d in workspace.records.differences(NORM)}
    assert set(found) == {"title", "category"}
    assert (found["title"].pack, found["title"].mine) == (packs["title"], "Leave the grid alone")
    assert "Leave the grid alone" in page(workspace, TREATY) or page(workspace, NORM).startswith(
        "Leave the grid alone"
    )
    workspace.records.take_pack(NORM, "title")
    assert [d.field for d in workspace.records.differences(NORM)] == ["category"]
    workspace.records.take_pack(NORM)
    assert workspace.records.differences(NORM) == ()
    assert page(workspace, NORM) == before
    for _ in range(3):
        workspace.history.undo()
    assert page(workspace, NORM) == before
    workspace.history.redo()
    assert page(workspace, NORM).startswith("Leave the grid alone")


def test_an_edited_record_keeps_its_article_and_a_source_what_articles_rest_on_it(workspace):
    before = page(workspace, NORM)
    article = "Of the eleven norms of 2015 this is the plainest restraint"
    source = "source:au-annexc"
    resting = page(workspace, source)
    assert article in before
    edit(workspace, NORM, note="A caveat of one's own.")
    after = page(workspace, NORM)
    assert "A caveat of one's own." in after
    assert article in after
    edit(workspace, source, publisher="Another publisher")
    assert "Another publisher" in page(workspace, NORM)  # in the page's list of sources
    assert page(workspace, source).count("paragraph") == resting.count("paragraph") > 0
    workspace.history.undo()
    workspace.history.undo()
    assert page(workspace, NORM) == before
    assert page(workspace, source) == resting


def test_an_edited_text_re_anchors_its_annotations(workspace):
    entry = workspace.reference.entry(NORM)
    made, _ = workspace.annotations.annotate(NORM, 0, len(entry.title))
    tail, _ = workspace.annotations.annotate_quote(NORM, "Facts")
    edit(workspace, NORM, summary=f"Before all: {workspace.records.form(NORM).raw['summary']}")
    assert workspace.annotations.get(made.id).verdict is Verdict.EXACT
    moved = workspace.annotations.get(tail.id)
    assert page(workspace, NORM)[moved.start : moved.end] == "Facts"
    workspace.history.undo()
    assert workspace.annotations.get(tail.id).start == tail.start


def test_deleting_asks_where_something_hangs_on_it(workspace):
    new(workspace, "norm:own", statement="Do.", category="own")
    new(workspace, "norm:second", statement="Do.", category="own",
        relations=[{"predicate": "refines", "object": "norm:own"}])  # fmt: skip
    workspace.annotations.annotate("norm:own", 0, 4)
    with pytest.raises(UserError, match="norm:second"):
        workspace.records.delete("norm:own")
    assert workspace.records.hanging("norm:own") == (1, ("norm:second",))
    workspace.records.delete("norm:own", keep=True)
    assert workspace.reference.entry("norm:own").withdrawn
    workspace.records.delete("norm:second")
    with pytest.raises(NotFoundError):
        workspace.reference.entry("norm:second")
    workspace.history.undo()
    assert workspace.reference.record("norm:second").ties[0].record == "norm:own"
    with pytest.raises(UserError, match="the pack's"):
        workspace.records.delete(NORM)


def test_everything_undone_is_as_it_was(workspace):
    texts = {key: page(workspace, key) for key in (NORM, TREATY, STATE)}
    new(workspace, "norm:own", statement="Do.", category="own")
    workspace.annotations.annotate("norm:own", 0, 4)
    edit(workspace, STATE, relations=[*workspace.records.form(STATE).raw["relations"],
                                      {"predicate": "supports", "object": "norm:own"}])  # fmt: skip
    assert "Norm:Own" in page(workspace, STATE)
    steps = 0
    while workspace.history.state().undo:
        workspace.history.undo()
        steps += 1
    assert steps == 3
    assert {key: page(workspace, key) for key in texts} == texts
    while workspace.history.state().redo:
        workspace.history.redo()
    assert "Norm:Own" in page(workspace, STATE)
    assert workspace.checkup.check().ok


def test_drafts_are_kept_until_the_record_is(workspace):
    raw = {"key": "norm:half", "title": "Half"}
    workspace.records.keep_draft("one", Kind.NORM, raw)
    assert workspace.records.drafts()[0].raw == raw
    whole = raw | {"summary": "x", "statement": "x", "category": "x"}
    workspace.records.save(whole, new=True, draft="one")
    assert workspace.records.drafts() == ()
