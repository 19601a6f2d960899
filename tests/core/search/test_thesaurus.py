"""Other forms of what was typed."""

from core.search.schema import RecordFacts
from core.search.spelling import INITIALS, other_spellings
from core.search.thesaurus import Thesaurus, named


def forms(thesaurus, text, *, capitals=False):
    return [" ".join(w.words) for w in thesaurus.ways(text.split(), capitals=capitals)]


def test_forms_meet_in_both_directions_and_by_their_stems():
    thesaurus = Thesaurus([["CBM", "confidence-building measure"]])
    assert forms(thesaurus, "cbms") == ["cbm", "confidence building measure"]
    assert forms(thesaurus, "confidence building measures")[0] == "cbm"


def test_british_and_american_names_are_one():
    thesaurus = Thesaurus([["CCDCOE", "Cooperative Cyber Defence Centre of Excellence"]])
    assert forms(thesaurus, "cooperative cyber defense center of excellence") == [
        "ccdcoe",
        "cooperative cyber defence centre of excellence",
    ]


def test_forms_meet_also_where_their_spellings_begin_otherwise():
    thesaurus = Thesaurus([["GGE two", "second group"], ["kerb crawler", "roadside robot"]])
    assert forms(thesaurus, "gge 2") == ["gge two", "second group"]
    assert forms(thesaurus, "curb crawlers") == ["kerb crawler", "roadside robot"]
    assert {word: min((word, *other_spellings(word)))[0] for word in INITIALS} == INITIALS


def test_an_acronym_that_is_a_word_counts_only_in_capitals():
    thesaurus = Thesaurus([["US", "United States"], ["GGE", "Group of Governmental Experts"]])
    assert forms(thesaurus, "us") == []
    assert forms(thesaurus, "us", capitals=True) == ["united states"]
    assert forms(thesaurus, "gge") == ["group of governmental experts"]


def test_a_form_with_many_meanings_says_nothing():
    groups = [["ACT", f"meaning number {n}"] for n in range(3)]
    assert forms(Thesaurus(groups[:2]), "act") == ["meaning number 0", "meaning number 1"]
    assert forms(Thesaurus(groups), "act") == []


def test_names_of_one_record_stand_for_each_other_but_codes_of_states_do_not():
    def facts(key, names, attributes=()):
        kind = key.partition(":")[0]
        return RecordFacts(key, kind, names, None, None, (), (), (), None, attributes=attributes)

    thesaurus = named(
        [
            facts("initiative:foc", ("freedom online coalition", "foc")),
            facts("participant:can", ("canada", "can"), (("type", ("state",)),)),
            facts("source:x", ("a page", "another page")),
        ]
    )
    assert forms(thesaurus, "foc") == ["freedom online coalition"]
    assert forms(thesaurus, "can") == []
    assert forms(thesaurus, "a page") == []
