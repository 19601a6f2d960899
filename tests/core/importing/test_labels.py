"""How lawyers cite the passages of treaties, reports, resolutions and lists of principles."""

import pytest

from core.domain.text import Passage, PassageKind
from core.importing.composing import Composer, Words
from core.importing.labels import label_passages

HEADING, PARAGRAPH, ITEM = PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.LIST_ITEM


def labels(*lines: str) -> list[str | None]:
    """Label lines: "#" begins a heading, "-" an item of a list."""
    composer = Composer()
    for line in lines:
        kind = HEADING if line.startswith("#") else ITEM if line.startswith("-") else PARAGRAPH
        level = len(line) - len(line.lstrip("#-"))
        composer.add(kind, Words(line.lstrip("#- ")), level=level)
    text = composer.finish()
    return [passage.label for passage in label_passages(text.passages, text.content)]


def test_articles_with_paragraphs_letters_and_roman_numerals():
    assert labels(
        "# CHAPTER II",
        "## Article 35 – 24/7 Network",
        "1 Each Party shall designate a point of contact.",
        "a the provision of technical advice;",
        "(b) the preservation of data:",
        "(i) at once;",
        "(ii) within a day;",
        "2. A Party's point of contact shall have the capacity.",
        "## Article 36",
        "This Convention shall be open for signature.",
    ) == [
        "Chapter II",
        "Article 35",
        "Article 35 (1)",
        None,
        "Article 35 (1)(b)",
        "Article 35 (1)(b)(i)",
        "Article 35 (1)(b)(ii)",
        "Article 35 (2)",
        "Article 36",
        "Article 36",
    ]


def test_a_report_s_paragraphs_go_on_through_its_sections():
    assert labels(
        "# III. Norms",
        "13. Taking into account the threats, the Group offers these norms:",
        "(a) States should cooperate;",
        "(f) A State should not damage critical infrastructure;",
        "# IV. Confidence-building measures",
        "## A. Measures",
        "14. States should consider:",
        "- exchanging views;",
        "15. The Group notes more.",
    ) == [
        "section III",
        "para. 13",
        "para. 13 (a)",
        "para. 13 (f)",
        "section IV",
        "section IV.A",
        "para. 14",
        "para. 14",
        "para. 15",
    ]


def test_resolutions_have_preambular_and_operative_paragraphs():
    assert labels(
        "The General Assembly,",
        "Recalling its resolution 73/27 of 5 December 2018,",
        "Deeply concerned that technologies can be used for purposes:",
        "(a) that endanger peace,",
        "Also recalling what it said,",
        "1. Welcomes the report;",
        "2. Calls upon Member States:",
        "(a) To be guided by it;",
        "# Annex",
        "1. The group shall meet.",
        "# Annex II",
        "1. Rules.",
    ) == [
        None,
        "PP 1",
        "PP 2",
        "PP 2 (a)",
        "PP 3",
        "OP 1",
        "OP 2",
        "OP 2 (a)",
        "Annex",
        "Annex, para. 1",
        "Annex II",
        "Annex II, para. 1",
    ]


def test_a_scanned_resolution_begins_in_one_line_with_its_body():
    assert labels(
        "Resolution 423 (1978) of 14 March 1978 The Security Council,",
        "Recalling its resolutions,",
        "1. Approves the report;",
    ) == [None, "PP 1", "OP 1"]
    assert labels(
        "The Security Council, Recalling its resolution 637 (1989),",
        "1. Approves the report;",
    ) == ["PP 1", "OP 1"]
    assert labels("The Security Council", "Welcomes the application") == [None, "OP 1"]
    assert labels("The Security Council, as ever, was late.", "1. One") == [None, "para. 1"]


def test_principles_rules_and_recitals():
    assert labels(
        "Whereas:",
        "(1) Network systems play a vital role.",
        "(2) They are attacked.",
        "# Principle 7 – Interpretation",
        "States shall act in good faith.",
        "Rule 92. Civilian objects shall not be attacked.",
        "§ 202a Data espionage",
        "(1) Whoever obtains data",
    ) == [
        None,
        "recital 1",
        "recital 2",
        "Principle 7",
        "Principle 7",
        "Rule 92",
        "§ 202a",
        "§ 202a (1)",
    ]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Artículo 12", "Artículo 12"),
        ("ARTICLE 5 BIS", "Article 5 BIS"),
        ("Article premier", "Article premier"),
        ("Статья 3", "Статья 3"),
        ("المادة 5", "المادة 5"),
        ("第三条", "第三条"),
        ("제5조", "제5조"),
        ("Annex IV: Definitions", "Annex IV"),
        ("PART TWO AND MORE", None),
    ],
)
def test_units_of_other_languages(words, label):
    assert labels(f"# {words}") == [label]


@pytest.mark.parametrize(
    "words",
    [
        "Article 2 of the Charter requires that all Members settle their disputes.",
        "Article 51 (1) is recalled.",
        "Articles 3 and 4 apply.",
        "1945. A year.",
        "Part of the problem is known.",
        "(see) another paragraph",
        "Rule of law matters.",
    ],
)
def test_what_only_speaks_of_a_unit_is_not_one(words):
    assert labels(words) == [None]


def test_chinese_numbers_need_no_space():
    words = labels("# 第二条", "1.缔约国应采取措施。", "(1)「区域」是指海床。", "3.5公里")
    assert words == ["第二条", "第二条 (1)", "第二条 (1)(1)", None]


def test_i_is_a_letter_after_h_and_a_numeral_elsewhere():
    lettered = labels("1. Norms:", *[f"({letter}) words" for letter in "abcdefghijk"])
    assert lettered[-3:] == ["para. 1 (i)", "para. 1 (j)", "para. 1 (k)"]
    assert labels("1. Norms:", "(a) One:", "(i) inner;", "(v) inner")[2:] == [
        "para. 1 (a)(i)",
        "para. 1 (v)",
    ]


def test_given_labels_stay():
    given = Passage(0, PARAGRAPH, 0, 0, 8, "p. 3")
    assert label_passages([given], "1. Words")[0].label == "p. 3"
