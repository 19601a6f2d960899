"""Synonyms: the pack's, and the analyst's own, which take effect at once and can be undone."""

import pytest

from core.domain.search import SearchQuery
from core.errors import NotFoundError, UserError
from core.workspace import Workspace


def keys(workspace: Workspace, text: str) -> list[str]:
    return [hit.record for hit in workspace.search.search(SearchQuery(text)).hits]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ROK ", "participant:south-korea"),
        ("CBM OSCE ", "initiative:osce-cyber-cbms"),
        ("CETS 185 ", "instrument:budapest-convention"),
        ("Будапештская конвенция ", "instrument:budapest-convention"),
        ("中国", "participant:china"),
        ("open-ended working group ", "initiative:un-oewg-series"),
    ],
)
def test_the_packs_synonyms_find_the_other_names(workspace, typed, key):
    assert key in keys(workspace, typed)[:5]


def test_what_was_typed_ranks_above_its_synonyms(workspace):
    assert keys(workspace, "OEWG ")[0] == "initiative:un-oewg-series"
    assert keys(workspace, "South Korea ")[0] == "participant:south-korea"


def test_own_synonyms_take_effect_at_once_and_are_undone(workspace):
    assert keys(workspace, "blauhelm ") == []
    group, changes = workspace.synonyms.add(["Blauhelm", "digital emblem"], "in our cables")
    assert changes.synonyms == {group.id}
    assert "norm:humanitarian-digital-emblem" in keys(workspace, "blauhelm ")
    assert workspace.synonyms.groups()[0] == group
    workspace.history.undo()
    assert keys(workspace, "blauhelm ") == []
    assert workspace.history.redo().synonyms == {group.id}
    assert keys(workspace, "blauhelm ")
    workspace.synonyms.change(group.id, ["Gelbhelm", "digital emblem"])
    assert keys(workspace, "blauhelm ") == []
    assert keys(workspace, "gelbhelm ")
    workspace.synonyms.remove(group.id)
    assert keys(workspace, "gelbhelm ") == []
    workspace.history.undo()
    assert keys(workspace, "gelbhelm ")


def test_the_packs_groups_stay_as_they_are(workspace):
    (pack, *_) = [group for group in workspace.synonyms.groups() if not group.own]
    with pytest.raises(UserError, match="come with the reference"):
        workspace.synonyms.change(pack.id, ["a", "b"])
    with pytest.raises(UserError, match="come with the reference"):
        workspace.synonyms.remove(pack.id)


@pytest.mark.parametrize("forms", [[], ["one"], ["one", " ONE "], ["!", "one"], ["x" * 200, "y"]])
def test_a_group_needs_two_different_words(workspace, forms):
    with pytest.raises(UserError):
        workspace.synonyms.add(forms)


def test_a_group_that_is_gone_is_told(workspace):
    with pytest.raises(NotFoundError):
        workspace.synonyms.remove("no-such-group")
