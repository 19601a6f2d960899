"""The codebook's tree."""

from core.domain.codebook import Tag
from gui.models.codebook_tree import CodebookTree

TAGS = (
    Tag("1", "CBM", "#3b82c4", count=3, total=5),
    Tag("2", "CBM/Hotlines", "#3ba55d"),
    Tag("3", "Norms", "#c4553b", "What states ought to do"),
)


def test_it_is_a_sound_model_that_mirrors_the_paths(qtmodeltester):
    model = CodebookTree()
    qtmodeltester.check(model, force_py=True)
    model.show_tags(TAGS)
    hotlines = model.find("CBM/Hotlines")
    assert hotlines.data() == "Hotlines"
    assert model.parent(hotlines).data() == "CBM"
    assert model.find("CBM").siblingAtColumn(CodebookTree.COUNT).data() == "3 of 5"
    model.show_tags(TAGS[:1])
    assert model.rowCount(model.find("CBM")) == 0


def test_new_counts_keep_the_rows(qtbot):
    model = CodebookTree()
    model.show_tags(TAGS)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_tags((Tag("1", "CBM", "#3b82c4", count=4, total=4), *TAGS[1:]))
    assert model.find("CBM").siblingAtColumn(CodebookTree.COUNT).data() == "4"


def test_editing_a_name_asks_for_the_new_path(qtbot):
    model = CodebookTree()
    model.show_tags(TAGS)
    with qtbot.waitSignal(model.rename_requested) as asked:
        model.setData(model.find("CBM/Hotlines"), "Points of contact")
    assert asked.args == ["CBM/Hotlines", "CBM/Points of contact"]
