"""Tagging all hits of a search, after review."""

from dataclasses import replace

import pytest

from core.domain.annotations import AnnotationFilter
from core.domain.auto_tagging import Stretch
from core.domain.search import SearchQuery
from core.domain.sentences import sentence_around
from core.errors import UserError

QUERY = SearchQuery('"critical infrastructure" kind:norm')


def test_hits_are_proposed_once_a_stretch_and_tagged_as_one_step(workspace):
    hits = workspace.auto_tagging.propose(QUERY, Stretch.WORDS).found
    paragraphs = workspace.auto_tagging.propose(QUERY, Stretch.PARAGRAPH).found
    assert len(hits) > len(paragraphs) > 10
    first = paragraphs[0]
    note, _ = workspace.annotations.annotate(
        first.record, first.start, first.end, ["Mine"], "kept", create_tags=True
    )
    told = []
    many, changes = workspace.auto_tagging.tag(
        paragraphs[:9], "Auto/CI", lambda done, total, what: told.append((done, total))
    )
    assert (many, len(changes.annotations)) == (9, 9)
    assert told[-1][1] == 9
    tagged = workspace.annotations.find(AnnotationFilter(tag="Auto/CI"))
    assert len(tagged) == 9
    kept = next(a for a in tagged if a.id == note.id)
    assert (kept.tags, kept.note) == (("Mine", "Auto/CI"), "kept")
    again = workspace.auto_tagging.propose(QUERY, Stretch.PARAGRAPH).found
    assert sum("Auto/CI" in one.tags for one in again) == 9
    assert workspace.auto_tagging.tag(again[:10], "auto/ci")[0] == 1
    with pytest.raises(UserError, match="already"):
        workspace.auto_tagging.tag(again[:10], "Auto/CI")
    workspace.history.undo()
    workspace.history.undo()
    assert [a.id for a in workspace.annotations.find()] == [note.id]
    assert [tag.path for tag in workspace.codebook.tags()] == ["Mine"]
    assert not workspace.checkup.check().problems


def test_nothing_is_tagged_on_a_text_that_changed(workspace):
    found = workspace.auto_tagging.propose(QUERY, Stretch.SENTENCE).found
    old = replace(found[1], sha256="0" * 64)
    with pytest.raises(UserError, match="has changed"):
        workspace.auto_tagging.tag([found[0], old], "A")
    assert not workspace.annotations.find()
    assert not workspace.codebook.tags()


@pytest.mark.parametrize(
    ("text", "hit", "sentence"),
    [
        ("One. Two words here. Three.", "words", "Two words here."),
        ("See para. 13 (f) of A/70/174. Next one.", "A/70", "See para. 13 (f) of A/70/174."),
        ("He asked: “Why?” She left.", "Why", "He asked: “Why?”"),
        ("Mr. A. Smith spoke. Then left", "Smith", "Mr. A. Smith spoke."),
        ("第一句。第二句。", "二", "第二句。"),
        ("1. States act in 2015. Then not", "act", "1. States act in 2015."),
        ("no end at all", "end", "no end at all"),
        ("  Lead. Rest", "Lead", "Lead."),
    ],
)
def test_a_sentence_is_found_around_a_hit(text, hit, sentence):
    at = text.index(hit)
    start, end = sentence_around(text, at, at + len(hit))
    assert text[start:end] == sentence
