"""How text becomes words."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.analysis import fold, spans_of, words_of
from core.search.spelling import other_spellings
from core.search.stems import language_of, stem_of, stems_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café naïve STRASSE straße", ["cafe", "naive", "strasse", "strasse"]),
        ("cafe\u0301", ["cafe"]),
        ("ﬁnal Æsir Łódź Øresund", ["final", "aesir", "lodz", "oresund"]),
        ("A/70/174, para. 13(f)", ["a", "70", "174", "para", "13", "f"]),
        ("PC.DEC/1202", ["pc", "dec", "1202"]),
        ("States’ don’t State's", ["states", "don't", "state's"]),
        ("nations.In", ["nations", "in"]),
        ("網絡空間 cyber中文", ["网", "络", "空", "间", "cyber", "中", "文"]),
        ("發展 头髮 諮商", ["发", "展", "头", "发", "咨", "商"]),
        ("العربيّة أمن", ["العربيه", "امن"]),
        ("إيران ٱلأمن على ٢٠١٥", ["ايران", "الامن", "علي", "2015"]),
        ("Ёлка Российский", ["елка", "российский"]),
        ("ＣＹＢＥＲ ﾊﾞﾝｸ", ["cyber", "バ", "ン", "ク"]),
        ("한국은 \u1112\u1161\u11ab", ["한", "국", "은", "한"]),
        ("Côte d’Ivoire l'ONU QU'ELLE", ["cote", "d", "ivoire", "l", "onu", "qu", "elle"]),
        ("Côte d'ivoire O'Neil", ["cote", "d", "ivoire", "o'neil"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("🔒 shut", ["🔒", "shut"]),
    ],
)
def test_words_are_folded(text, words):
    assert words_of(text) == words


def test_english_words_share_a_stem():
    assert len(set(stems_of(["attribute", "attributed", "attributing"]))) == 1


@given(st.text())
def test_offsets_fit_the_text_and_words_are_the_same_either_way(text):
    found = list(spans_of(text))
    assert [word for word, _, _ in found] == words_of(text)
    assert all(fold(text[start:end]) == word for word, start, end in found)
    assert all(a[2] <= b[1] for a, b in pairwise(found))


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_folding_twice_is_folding_once_and_composition_does_not_matter(text):
    assert words_of(text.upper().lower()) == words_of(text.upper().lower())
    for word in words_of(text):
        assert fold(word) == word
    assert words_of(unicodedata.normalize("NFC", text)) == words_of(
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", text))
    )


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisation", "organization"),
        ("behaviour", "behavior"),
        ("centre", "center"),
        ("metres", "meters"),
        ("defence", "defense"),
        ("programmes", "programs"),
        ("cheque", "check"),
        ("analyse", "analyze"),
        ("dialogue", "dialog"),
        ("signalling", "signaling"),
        ("manoeuvre", "maneuver"),
    ],
)
def test_british_and_american_spelling_meet(british, american):
    assert american in other_spellings(british)
    assert british in other_spellings(american)


@pytest.mark.parametrize("word", ["enter", "your", "prize", "letter", "precise", "hour", "ball"])
def test_a_word_with_one_spelling_has_no_other(word):
    assert other_spellings(word) == ()


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["конвенция", "конвенции", "конвенцией"], "russian"),
        (["الامن", "امن", "والامن"], "arabic"),
        (["nacional", "nacionales"], "spanish"),
        (["internationaux", "international"], "french"),
    ],
)
def test_words_of_other_languages_share_a_stem(words, language):
    assert len({stem_of(word, language) for word in words}) == 1


def test_scripts_and_endings_tell_languages():
    assert [language_of(w) for w in ("мера", "امن", "cooperacion", "numeriques", "norm")] == [
        "russian",
        "arabic",
        "spanish",
        "french",
        None,
    ]
