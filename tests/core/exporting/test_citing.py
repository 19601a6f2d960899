"""Citations in a style: what is cited, where in it, and that paraphrase is never passed off."""

from dataclasses import replace

import pytest

from core.domain.keys import Kind
from core.domain.relations import Relation, Tie
from core.domain.text import Passage, PassageKind, Text
from core.errors import UserError
from core.exporting import runs
from core.exporting.cited_works import CitedWork, items_of, works_of
from core.exporting.citeproc import find_style, format_citations
from core.exporting.csl_items import date_parts, item_of
from core.exporting.locators import locator_of, symbol_as_cited
from tests.core.exporting.sample import INSTRUMENT, NORM, RECORDS, line, record, text_of

DOCUMENT = record(
    "document:report",
    Kind.DOCUMENT,
    "Group of Governmental Experts",
    Text(
        "States should not damage it.\nEach Party shall adopt.",
        (
            Passage(0, PassageKind.PARAGRAPH, 0, 0, 28, "13(f)"),
            Passage(1, PassageKind.PARAGRAPH, 0, 29, 52, None, "12"),
        ),
    ),
    symbol="A/70/174",
    publisher="United Nations",
)
ALL = {**RECORDS, DOCUMENT.entry.key: DOCUMENT}


def written(style, *clusters, apart=True):
    works = [work for cluster in clusters for work in cluster]
    items = items_of(works, ALL.__getitem__)
    made = format_citations(find_style(style), clusters, items, apart=apart)
    return [runs.plain(one) for one in made.citations], [runs.plain(e) for _, e in made.entries]


@pytest.mark.parametrize(
    ("label", "page", "cited"),
    [
        ("13(f)", None, "para. 13(f)"),
        ("§ 4.", None, "para. 4"),
        ("2.1", None, "para. 2.1"),
        ("IV", None, "para. IV"),
        ("Article 35(1)", None, "art. 35(1)"),
        ("art. 5", None, "art. 5"),
        ("Annex", None, "annex"),
        ("Annex II", None, "annex II"),
        ("Section IV", None, "sec. IV"),
        ("Fact 3", None, "Fact 3"),
        (None, "12", "p. 12"),
        (None, None, None),
        ("Civil society", None, "Civil society"),
    ],
)
def test_a_label_is_cited_as_the_field_does(label, page, cited):
    assert locator_of(label, page) == cited


@pytest.mark.parametrize(
    ("symbol", "cited"),
    [
        ("A/70/174", "UN Doc. A/70/174"),
        ("S/2021/621", "UN Doc. S/2021/621"),
        ("PC.DEC/1202", "OSCE PC.DEC/1202"),
        ("ETS No. 185", "ETS No. 185"),
        ("AG/RES. 2004", "AG/RES. 2004"),
    ],
)
def test_a_symbol_says_whose_it_is(symbol, cited):
    assert symbol_as_cited(symbol) == cited


def test_a_document_is_cited_by_the_place_in_it():
    (cited,), (entry,) = written("apa", works_of(DOCUMENT, ALL.__getitem__, (0, 5)))
    assert cited == "(United Nations, n.d., para. 13(f))"
    assert entry == ("United Nations. (n.d.). Group of Governmental Experts (UN Doc. A/70/174).")
    (cited,), _ = written("oscola", works_of(DOCUMENT, ALL.__getitem__, (30, 40)))
    assert cited.endswith("UN Doc A/70/174, 12.")


def test_words_of_a_reference_page_are_cited_through_it():
    works = works_of(NORM, ALL.__getitem__, line(NORM, 2))
    assert [work.id for work in works] == ["page-norm:sample", "source:observatory"]
    (cited,), _ = written("oscola", works)
    assert "in NormAtlas reference pack; citing Digital Observatory" in cited
    assert cited.endswith("(not verified in this source).")


def test_a_norm_is_cited_by_where_it_is_first_stated():
    later = Relation("norm:sample", "stated-in", "instrument:x", "2021", locator="para. 9")
    first = Relation(
        "norm:sample", "stated-in", "instrument:convention", "2015", locator="13(f)", verified=True
    )
    ties = tuple(Tie(r, "stated in", r.object, r.object, outgoing=True) for r in (later, first))
    norm = replace(NORM, ties=ties)
    assert works_of(norm, ALL.__getitem__) == (CitedWork("instrument:convention", "para. 13(f)"),)


def test_an_instrument_is_cited_as_a_treaty():
    instrument = replace(
        INSTRUMENT, entry=replace(INSTRUMENT.entry, type="treaty", date="2001-11-23")
    )
    item = item_of(instrument)
    assert item["type"] == "treaty"
    assert item["issued"] == {"date-parts": [[2001, 11, 23]]}
    made = format_citations(
        find_style("oscola"), [(CitedWork(item["id"], "art. 35(1)"),)], [item], apart=True
    )
    assert runs.plain(made.citations[0]) == (
        "Convention on Cybercrime (adopted 23 November 2001) ETS No 185, art 35(1)."
    )


@pytest.mark.parametrize("style", ["oscola", "chicago", "apa"])
def test_many_citations_come_in_their_order(style):
    clusters = [works_of(r, ALL.__getitem__) for r in (INSTRUMENT, DOCUMENT, INSTRUMENT)]
    cited, _ = written(style, *clusters)
    assert cited[0] == cited[2] != cited[1]
    assert "185" in cited[0] or "Convention" in cited[0] or "Council" in cited[0]


def test_a_style_of_ones_own_is_read_from_its_file(tmp_path):
    path = tmp_path / "own.csl"
    path.write_bytes(
        find_style("apa").csl.replace(b'prefix="(" suffix=")" del', b'prefix="[" suffix="]" del')
    )
    (cited,), _ = written(str(path), works_of(DOCUMENT, ALL.__getitem__, (0, 5)))
    assert cited == "[United Nations, n.d., para. 13(f)]"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"words", "not a CSL"),
        (b"<style/>", "only refers to another"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><style><citation/></style>', "entities"),
    ],
)
def test_what_is_no_style_is_refused(tmp_path, content, said):
    path = tmp_path / "bad.csl"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said):
        find_style(str(path))
    with pytest.raises(UserError, match="can't be read"):
        find_style(str(tmp_path / "gone.csl"))


def test_a_broken_style_says_so_in_a_sentence(tmp_path):
    path = tmp_path / "broken.csl"
    path.write_bytes(b"<style><citation><unclosed></style>")
    with pytest.raises(UserError, match="could not be formatted"):
        written(str(path), works_of(DOCUMENT, ALL.__getitem__))


@pytest.mark.parametrize(
    ("edtf", "parts"),
    [
        ("2011-11-01/2011-11-02", [[2011, 11, 1], [2011, 11, 2]]),
        ("2015-07", [[2015, 7]]),
        ("2015-21", [[2015]]),
        ("2013/..", [[2013]]),
    ],
)
def test_dates_are_given_in_parts(edtf, parts):
    assert date_parts(edtf) == {"date-parts": parts}
    assert date_parts(None) is None


def test_html_of_a_citation_is_harmless():
    made = runs.html([runs.Run("<b>", emphasis=True, target="javascript:x"), runs.Run("a\nb")])
    assert made == "<em>&lt;b&gt;</em>a<br>b"


def test_words_of_pandoc_come_back_as_they_were():
    given = [
        runs.Run("one two "),
        runs.Run("three", emphasis=True),
        runs.Run("\nfour", strong=True),
    ]
    back = runs.from_pandoc(runs.to_pandoc(given))
    assert runs.plain(back) == "one two three four"
    assert [r.emphasis for r in back] == [False, True, False]
    assert text_of(["x"]).content == "x"
