"""What is copied with its citation, in the style that is set."""

import pytest

from core.errors import UserError

RECORD = "norm:gge-13f-no-ci-damage"


def test_a_passage_is_quoted_with_what_it_is_cited_by(workspace):
    text = workspace.reference.record(RECORD).text
    place = next(p for p in text.passages if p.label == "Statement")
    quoted = workspace.citing.quote(RECORD, place.start, place.end)
    first, second = quoted.plain.splitlines()
    assert first == f"“{text.content[place.start : place.end]}”"
    assert "in NormAtlas reference pack; citing" in second
    assert quoted.html.startswith("<blockquote><p")
    assert quoted.style == "OSCOLA"


def test_the_style_is_the_one_set(workspace):
    key = "instrument:gge-2015"
    assert workspace.citing.cite(key).plain.endswith("UN Doc A/70/174.\n")
    workspace.settings.change("citation_style", "apa")
    assert workspace.citing.cite(key).plain.endswith("(UN Doc. A/70/174).\n")
    assert "(UN Doc" not in workspace.citing.cite(key, style="oscola").plain


def test_a_norm_is_cited_by_its_first_text(workspace):
    assert workspace.citing.cite(RECORD).plain.endswith("UN Doc A/70/174, para 13(f).\n")


def test_annotations_are_cited_each_once(workspace):
    made = [workspace.annotations.annotate(RECORD, n, n + 5)[0].id for n in (0, 1)]
    cited = workspace.citing.cite_annotations(made)
    assert len(cited.plain.splitlines()) == 1
    with pytest.raises(UserError, match="no annotation to cite"):
        workspace.citing.cite_annotations(["gone"])


def test_a_range_outside_the_text_is_refused(workspace):
    with pytest.raises(UserError, match="not a passage"):
        workspace.citing.quote(RECORD, 0, 10**9)
