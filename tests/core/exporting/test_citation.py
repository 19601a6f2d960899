"""A passage is cited by its record and by what its statements rest on."""

import pytest

from core.exporting.citation import cite
from core.exporting.report import cite_annotation
from tests.core.exporting.sample import (
    ANNOTATIONS,
    INSTRUMENT,
    NORM,
    OBSERVATORY,
    RECORDS,
    line,
)

PACK = "Do not damage | critical *infrastructure*, NormAtlas reference pack"
OBSERVED = "Digital Observatory, Norm F: <do not> damage, 2024, https://example.org/?p=1&q=a_b"


def cited(record, passage=None, label=None):
    return cite(record, RECORDS.__getitem__, passage, label).text


def test_an_instrument_is_cited_like_a_document():
    assert cited(INSTRUMENT) == (
        "Council of Europe, Convention on Cybercrime (ETS No. 185), Budapest, 23 November 2001. "
        "Source: Treaty Office, Details of Treaty No. 185, https://example.org/185."
    )


def test_a_source_is_its_own_source():
    assert cited(OBSERVATORY) == OBSERVED + "."


@pytest.mark.parametrize(
    ("first", "last", "sources"),
    [
        (0, 0, f"Source: {OBSERVED}"),
        (1, 1, f"Source: {OBSERVED}"),
        (2, 2, f"Source: {OBSERVED} (not verified in this source)"),
        (1, 2, f"Source: {OBSERVED} (not verified in this source for every statement here)"),
        (3, 3, "Source: United Nations, A letter, 1998 (not verified in this source)"),
        (4, 4, "No source was read for this"),
        (
            3,
            4,
            (
                "Source: United Nations, A letter, 1998 (not verified in this source). "
                "No source was read for a part of this"
            ),
        ),
    ],
)
def test_a_passage_names_the_sources_of_its_statements(first, last, sources):
    assert cited(NORM, line(NORM, first, last)) == f"{PACK}. {sources}."


def test_the_label_of_the_passage_is_part_of_the_citation():
    assert cited(NORM, line(NORM, 4), "Fact 4").startswith(f"{PACK}, Fact 4. ")


def test_a_lost_passage_does_not_borrow_the_sources_of_what_stands_there_now():
    lost = ANNOTATIONS[-1]
    citation = cite_annotation(lost, INSTRUMENT, RECORDS.__getitem__)
    assert [s.words for s in citation.sources] == ["Treaty Office, Details of Treaty No. 185"]
