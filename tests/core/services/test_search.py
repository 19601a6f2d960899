"""Search answers from an index that follows the database, whatever happened to it."""

import gc
import shutil
from pathlib import Path

import pytest

from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.errors import UserError
from core.workspace import Workspace, open_workspace


def keys(workspace: Workspace, text: str, **narrowed: object) -> list[str]:
    page = workspace.search.search(SearchQuery(text, **narrowed))
    return [hit.record for hit in page.hits]


def test_every_record_is_found_by_its_title(workspace: Workspace) -> None:
    entries = workspace.reference.entries()
    assert len(entries) > 2000
    lost = [
        entry.key
        for entry in entries[::7]
        if entry.key not in keys(workspace, f'"{entry.title}"', kinds=frozenset({entry.kind}))
    ]
    assert lost == []


def test_a_title_comes_first(workspace: Workspace) -> None:
    assert keys(workspace, "Budapest Convention")[0] in {
        "instrument:budapest-convention",
        "initiative:budapest-convention",
    }
    assert keys(workspace, "A/70/174", kinds=frozenset({Kind.INSTRUMENT}))[0] == (
        "instrument:gge-2015"
    )


def test_hits_point_into_the_text(workspace: Workspace) -> None:
    page = workspace.search.search(SearchQuery("critical infrastructure"))
    assert page.total > 20
    for hit in page.hits:
        text = workspace.reference.record(hit.record).text
        assert 0 <= hit.start < hit.end <= len(text.content)
        assert hit.passage is not None
        assert (text.passages[hit.passage].start, text.passages[hit.passage].end) == (
            hit.start,
            hit.end,
        )
        assert "<mark>" in hit.snippet


def test_a_note_is_found_after_it_is_written_and_not_after_undo(workspace: Workspace) -> None:
    made, _ = workspace.annotations.annotate_quote(
        "norm:gge-13f-no-ci-damage", "services to the public", note="compare Zanzibar protocol"
    )
    assert workspace.search.waiting() > 0
    workspace.search.catch_up()
    assert workspace.search.waiting() == 0
    page = workspace.search.search(SearchQuery("zanzibar"))
    assert [hit.annotation for hit in page.hits] == [made.id]
    assert "<mark>Zanzibar</mark>" in page.hits[0].snippet
    workspace.history.undo()
    workspace.search.catch_up()
    assert keys(workspace, "zanzibar") == []
    workspace.history.redo()
    workspace.search.catch_up()
    assert keys(workspace, "zanzibar") == ["norm:gge-13f-no-ci-damage"]


def test_tags_narrow(workspace: Workspace) -> None:
    workspace.annotations.annotate_quote(
        "norm:gge-13f-no-ci-damage", "services to the public", tags=["CBM"], create_tags=True
    )
    workspace.search.catch_up()
    assert keys(workspace, "decides tag:CBM") == ["norm:gge-13f-no-ci-damage"]
    assert keys(workspace, "decides", tags=("CBM",)) == ["norm:gge-13f-no-ci-damage"]


def test_an_empty_query_is_said_so(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="empty"):
        workspace.search.search(SearchQuery("  "))


@pytest.mark.parametrize("bad", ["(((", 'kind:"', "AND", "NOT OR &", "year:xx..yy", "*", "[a TO"])
def test_a_bad_query_is_answered(workspace: Workspace, bad: str) -> None:
    page = workspace.search.search(SearchQuery(f"infrastructure {bad}"))
    assert page.query == f"infrastructure {bad}"


def test_a_lost_index_is_built_anew(workspace_folder: Path) -> None:
    shutil.rmtree(workspace_folder / "index")
    opened = open_workspace(workspace_folder)
    try:
        assert keys(opened, "Budapest Convention")
    finally:
        opened.close()


def test_an_index_lost_while_open_is_built_anew(workspace: Workspace) -> None:
    assert keys(workspace, "Budapest Convention")
    shutil.rmtree(workspace.path / "index")
    workspace.annotations.annotate_quote(
        "norm:gge-13f-no-ci-damage", "services to the public", note="compare Zanzibar protocol"
    )
    workspace.search.catch_up()
    assert keys(workspace, "zanzibar") == ["norm:gge-13f-no-ci-damage"]


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_damaged_index_is_built_anew(workspace_folder: Path) -> None:
    for file in (workspace_folder / "index").rglob("*"):
        if file.is_file() and file.stat().st_size > 1000:
            file.write_bytes(b"\0" * 1000)
    opened = open_workspace(workspace_folder)
    try:
        assert keys(opened, "Budapest Convention")
        assert opened.checkup.check().ok
    finally:
        opened.close()
        gc.collect()  # Whoosh 2.7.4 leaves a damaged table of contents open


def test_facets_name_what_they_count(workspace: Workspace) -> None:
    facets = workspace.search.facets(SearchQuery("critical infrastructure"))
    assert facets.counts["participant"]
    for key in (*facets.counts["participant"], *facets.counts["record"]):
        assert facets.titles[key] == workspace.reference.entry(key).title
    assert set(facets.counts["language"]) <= {"en", "fr", "es", "ru", "ar", "zh"}
    page = workspace.search.search(SearchQuery("critical infrastructure", facets=True))
    assert page.facets == facets.counts


def test_a_record_is_found_through_its_note_its_tags_and_what_they_mean(workspace: Workspace):
    key = "norm:gge-13f-no-ci-damage"
    workspace.codebook.add("Resilience", definition="what bounces back, like quagmire rubber")
    made, _ = workspace.annotations.annotate_quote(
        key, "services to the public", note="compare Zanzibar protocol", tags=["Resilience"]
    )
    workspace.search.catch_up()
    for text in ("zanzibar", "note:zanzibar", "zanzibar in:notes", "quagmire", "note:quagmire"):
        page = workspace.search.search(SearchQuery(text))
        assert [(hit.record, hit.annotation) for hit in page.hits] == [(key, made.id)], text
        assert "<mark>" in page.hits[0].snippet
    assert keys(workspace, "note:infrastructure") == []
    workspace.codebook.define("Resilience", "what holds")
    workspace.search.catch_up()
    assert keys(workspace, "quagmire ") == []


def test_nothing_found_says_why_and_what_to_loosen(workspace: Workspace):
    page = workspace.search.search(SearchQuery("budapest AND xyzzy"))
    assert page.hint == "“xyzzy” is in no passage."
    assert page.loosened[0][0] == "budapest"
    assert page.loosened[0][1] == workspace.search.search(SearchQuery("budapest ")).total
    narrowed = SearchQuery("ransomware", kinds=frozenset({Kind.NORM}), year_to=1700)
    nothing = workspace.search.why_nothing(narrowed)
    assert [one.without for one in nothing.loosened] == ["year:"]
    assert nothing.loosened[0].query == SearchQuery("ransomware", kinds=frozenset({Kind.NORM}))
    assert "without “year:” there would be" in nothing.hint


def test_fields_and_completions_name_records_by_their_titles(workspace: Workspace):
    found = workspace.search.complete("party:jap", 9)
    assert [(i.text, i.label, i.record) for i in found.items] == [
        ("japan", "Japan", "participant:japan")
    ]
    fields = {field.name: field for field in workspace.search.fields()}
    assert "United States" in [value.label for value in fields["participant"].values]
    assert {value.value for value in fields["kind"].values} >= {"norm", "instrument"}


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("party:budapest-convention kind:participant", "participant:japan"),
        ('party:"United Kingdom"', "instrument:budapest-convention"),
        ("stated-in:gge-2015", "norm:gge-13f-no-ci-damage"),
        ("stated-in:A/70/174 hospitals*", None),
        ("source:dipnote-london-2011 kind:norm", "norm:ihl-applies"),
        ("type:treaty cybercrime", "instrument:budapest-convention"),
        ("region:asia kind:participant", "participant:japan"),
        ("status:contested", "norm:due-diligence"),
        ("is:seed kind:participant", "participant:south-korea"),
        ("verified:no kind:event", None),
        ("is:unverified,annotated", None),
    ],
)
def test_fields_of_records(workspace: Workspace, text: str, some: str | None):
    page = workspace.search.search(SearchQuery(text, limit=500))
    assert page.hint is None
    if some is not None:
        assert some in [hit.record for hit in page.hits]
