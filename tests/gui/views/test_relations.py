"""The panel of ties shows both kinds of them, in whatever order they were read."""

from core.domain.passage_links import Meaning
from gui.views.relations import RelationsView

NORM = "norm:gge-13f-no-ci-damage"
OTHER = "initiative:budapest-convention"


def test_marked_passages_that_were_read_before_the_record_wait_for_it(workspace, qtbot):
    workspace.passage_links.link_passage(NORM, 39, 80, Meaning.NARROWS, OTHER)
    ties = workspace.passage_links.to_record(OTHER)
    (annotation,) = workspace.annotations.find()
    view = RelationsView()
    qtbot.addWidget(view)
    view.show_record(workspace.reference.record(NORM))
    view.show_passages(OTHER, ties)
    assert not view.cards.find(annotation.id).isValid()
    view.show_record(workspace.reference.record(OTHER))
    assert view.cards.find(annotation.id).isValid()
    view.show_record(workspace.reference.record(NORM))
    assert not view.cards.find(annotation.id).isValid()
