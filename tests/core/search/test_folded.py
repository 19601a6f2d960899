"""Folded texts whose places are still known."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.search.folded import FoldedText, fold_wanted

_LETTERS = st.sampled_from("aZ éÉßﬁÆœøŁİǆ½…ﷺ日網か한ไकिِа\u0301\u00adй\n\t“’–🇺🇳\U0001d400\u2029")
_TEXTS = st.one_of(st.text(_LETTERS, max_size=30), st.text(max_size=30)).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@given(_TEXTS, st.booleans())
def test_each_place_in_the_folded_text_leads_to_what_it_was_folded_from(text, case):
    folded = FoldedText(text, case=case)
    assert folded.folded == "".join(fold_wanted(c, case=case) for c in text)
    before = 0
    for place in range(len(folded.folded)):
        start, end = folded.span(place, place + 1)
        assert before <= start < end <= len(text)
        assert folded.folded[place] in fold_wanted(text[start:end], case=case)
        before = start


@given(_TEXTS, st.data())
def test_a_stretch_folds_to_at_least_what_was_found(text, data):
    folded = FoldedText(text)
    length = len(folded.folded)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    if start < end:
        assert folded.folded[start:end] in fold_wanted(
            text[slice(*folded.span(start, end))], case=False
        )


def test_both_chinese_scripts_meet_in_an_opened_text():
    folded = FoldedText("cyber 網絡空間")
    start = folded.folded.index(fold_wanted("空间", case=False))
    assert folded.span(start, start + 2) == (8, 10)


def test_the_whole_folds_back_to_the_whole():
    text = "Straße – ﬁn"
    folded = FoldedText(text)
    assert folded.folded == "strasse - fin"
    assert folded.span(0, len(folded.folded)) == (0, len(text))
