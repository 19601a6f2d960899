"""Pages of the shipped pack as they read: six kept as files, dozens checked for their English."""

import os
import re
from pathlib import Path

import pytest

from core.cli.article import markdown
from core.domain.records import Record
from core.domain.text import PassageKind, SpanKind
from core.reference.english import (
    counted,
    join_words,
    names_a_state,
    number_word,
    takes_article,
    times,
    when,
)
from core.reference.sections import agree, verb
from core.reference.writing import plain

GOLDEN = Path(__file__).parents[2] / "golden" / "pages"
KEPT = [
    "norm:export-control-intrusion",
    "instrument:unga-71-199",
    "initiative:ocwar-c",
    "participant:turkmenistan",
    "participant:katherine-getao",
    "event:2016-11-07-meridian-meets-in-mexico-city",
]


def _sentences(record):
    """Yield the paragraphs that are composed of ties."""
    for passage in record.text.passages:
        if passage.kind is PassageKind.PARAGRAPH and passage.label is None:
            yield record.text.content[passage.start : passage.end]


@pytest.mark.parametrize("key", KEPT)
def test_a_page_reads_as_it_did(pages, key):
    """Set NORMATLAS_GOLDEN=write to keep the pages as they read now."""
    compiled = pages[key]
    page = markdown(Record(compiled.entry, compiled.text))
    path = GOLDEN / f"{key.replace(':', '-')}.md"
    if os.environ.get("NORMATLAS_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


def test_sentences_are_well_formed(shipped):
    found = 0
    for record in shipped.records:
        for text in _sentences(record):
            found += 1
            assert text[0].isupper() or text[0].isdigit() or not text[0].isalpha(), text
            assert text.endswith((".", "%")), text
            for bad in ("  ", " ,", " .", "..", "the the ", "the The ", "()", "None", "a an "):
                assert bad not in text, text
            assert not re.search(
                r"\b(of|in|by|to|with) (United (States|Kingdom|Nations)|Nether)", text
            )
    assert found > 2000


def test_every_sentence_of_ties_rests_on_marks(shipped):
    """What is composed of ties has a mark inside each paragraph; only headings go without."""
    bare = ("The figures differ", "No statement of the pack", "Figures as")
    for record in shipped.records:
        if record.entry.kind == "source":
            continue
        cites = [s for s in record.text.spans if s.kind is SpanKind.CITE]
        for passage in record.text.passages:
            if passage.kind is PassageKind.PARAGRAPH and passage.label is None:
                text = record.text.content[passage.start : passage.end]
                inside = any(passage.start <= s.start and s.end <= passage.end for s in cites)
                assert inside or text.startswith(bare), text


def test_a_state_says_what_it_joined_how_it_voted_and_where_it_sat(pages):
    estonia = pages["participant:estonia"].text.content
    assert (
        "Estonia signed the Budapest Convention on Cybercrime (2001) on 23 November 2001, "
        "ratified it on 12 May 2003 and has been a party since 1 July 2004." in estonia
    )
    assert "Estonia voted on eight resolutions listed here: against four times" in estonia
    assert "\n5 December 2018\tno\tUNGA resolution 73/27: ICT and international sec" in estonia
    assert "\nJuly 2014 – June 2015\texpert member\tFourth UN Group of Governmental" in estonia
    assert "Estonia published its position in 2019 (again 2021), as the norm “Publish" in estonia


def test_a_sentence_that_rests_on_one_source_has_one_mark(pages):
    record = pages["participant:estonia"]
    content = record.text.content
    start = content.index("Estonia signed the Budapest Convention")
    end = content.index("\n", start)
    cites = [
        s
        for s in record.text.spans
        if s.kind is SpanKind.CITE and start <= s.start and s.end <= end
    ]
    assert [(s.target, s.verified) for s in cites] == [("source:coe185-2015", True)]


def test_an_office_is_told_with_its_years(pages):
    page = pages["participant:toomas-hendrik-ilves"].text.content
    assert "was affiliated with Estonia as President (2006–2016)" in page


def test_norms_of_a_text_stand_in_its_order(pages):
    page = pages["instrument:gge-2015"].text.content
    places = [page.index(f"\npara. 13({letter})") for letter in "abcdfhijk"]
    assert places == sorted(places)


def test_an_event_tells_its_neighbours_in_the_series(pages):
    page = pages["event:2016-11-07-meridian-meets-in-mexico-city"].text.content
    assert (
        "It is part of the Meridian Process (2005). In that series it comes after “First Meridian "
        "conference meets in Greenwich” (2005) and before “Meridian meets in Seoul” "
        "(17–19 October 2018)." in page
    )


def test_figures_that_contradict_one_another_stand_side_by_side(pages):
    page = pages["instrument:budapest-convention"].text.content
    assert "The figures differ; each stands with its own source, and none is preferred." in page
    assert (
        page.index("\n75 Parties\t") < page.index("\n78 Parties\t") < page.index("\n81 Parties\t")
    )


@pytest.mark.parametrize(
    ("title", "article"),
    [
        ("Council of Europe", True),
        ("Budapest Convention on Cybercrime (2001)", True),
        ("Third UN Group of Governmental Experts (2012-2013)", True),
        ("GGE report 2015 (A/70/174)", True),
        ("G8 Deauville summit and e-G8 Forum", True),
        ("Export Controls and Human Rights Initiative", True),
        ("University of Exeter", True),
        ("Graz University of Technology", False),
        ("UNGA resolution 73/27: ICT and international security, first OEWG (2018)", False),
        ("China's cyberspace cooperation strategy", False),
        ("The Hague Centre for Strategic Studies", False),
        ("CyberSouth", False),
        ("BRICS", False),
        ("NETmundial", False),
    ],
)
def test_which_names_take_an_article(title, article):
    assert takes_article(title) is article


def test_small_english():
    assert names_a_state("United States")
    assert names_a_state("Marshall Islands")
    assert not names_a_state("Estonia")
    assert plain(join_words([["a"], ["b"], ["c"]])) == "a, b and c"
    assert plain(join_words([["a"]])) == "a"
    assert (number_word(12), number_word(13), number_word(1300)) == ("twelve", "13", "1,300")
    assert (counted(1, "vote"), counted(2, "vote")) == ("one vote", "two votes")
    assert (times(1), times(2), times(5)) == ("once", "twice", "five times")
    assert when("2018-12-05") == "on 5 December 2018"
    assert when("2018") == "in 2018"
    assert when("2018~") == "about 2018"
    assert when("2015/..") == "from 2015 on"
    assert agree(verb("member-of", outgoing=False)[1:], plural=True) == "are members"
    assert agree(verb("supports", outgoing=True), plural=True) == "support"
    assert verb("part-of", outgoing=True, past=True) == "was part of"
