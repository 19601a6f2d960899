"""Finding within one text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import CancelledError
from core.services import finding
from core.services.finding import find_in_text
from core.tasks import CancelToken


def found(content, wanted, **how):
    return [content[slice(*span)] for span in find_in_text(content, wanted, **how).spans]


@pytest.mark.parametrize(
    ("content", "wanted", "hits"),
    [
        ("States, a state", "STATE", ["State", "state"]),
        ("Évaluation à l’évaluation", "evaluation", ["Évaluation", "évaluation"]),
        ("naïve", "nai\u0308ve", ["naïve"]),
        ("oﬃce", "office", ["oﬃce"]),
        ("oﬃce", "f", ["ﬃ"]),
        ("Straße", "strasse", ["Straße"]),
        ("“norms” – of", '"norms" - of', ["“norms” – of"]),
        ("critical\ninfrastructure", "critical infrastructure", ["critical\ninfrastructure"]),
        (
            "critical\u00a0 infrastructure",
            " critical infrastructure ",
            ["critical\u00a0 infrastructure"],
        ),
        ("国家安全 国家", "国家", ["国家", "国家"]),
        ("𝐂yber 🇺🇳 cyber", "cyber", ["𝐂yber", "cyber"]),
        ("x\u0301 x", "x", ["x\u0301", "x"]),
        ("a.b [c]", ".b [", [".b ["]),
        ("anything", "   ", []),
        ("anything", "\u0301", []),
        ("", "x", []),
    ],
)
def test_finds_what_is_meant(content, wanted, hits):
    assert found(content, wanted) == hits


def test_case_counts_when_asked_but_accents_do_not():
    assert found("CERT cert Été ÉTÉ", "CERT", case=True) == ["CERT"]
    assert found("CERT cert Été ÉTÉ", "Ete", case=True) == ["Été"]


@pytest.mark.parametrize(
    ("content", "wanted", "hits"),
    [
        ("State's state, statehood interstate", "state", ["State", "state"]),
        ("ICT-related ICTs", "ict", ["ICT"]),
        ("13(f) 13f", "13(f)", ["13(f)"]),
        ("中国家", "国", ["国"]),
        ("oﬃce", "f", []),
    ],
)
def test_whole_words_are_the_search_s_words(content, wanted, hits):
    assert found(content, wanted, whole_words=True) == hits


def test_too_many_are_cut_and_said_to_be(monkeypatch):
    monkeypatch.setattr(finding, "MOST_FOUND", 3)
    assert find_in_text("a a a", "a").cut is False
    answer = find_in_text("a a a a", "a")
    assert len(answer.spans) == 3
    assert answer.cut


def test_it_can_be_cancelled():
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        find_in_text("a a", "a", cancel=token)


_LETTERS = st.sampled_from("aAéß ﬁœ日\n")


@given(st.text(_LETTERS, min_size=1, max_size=60), st.data())
def test_any_stretch_of_a_text_is_found_where_it_stands(text, data):
    content = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    wanted = content[start:end].strip()
    assume(wanted)
    spans = find_in_text(content, wanted).spans
    assert spans
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    place = start + len(content[start:end]) - len(content[start:end].lstrip())
    assert any(s < place + len(wanted) and place < e for s, e in spans)
