"""The pack that ships: sound, whole, and every statement of it on a page that can be cited."""

import json
import unicodedata
from collections import Counter

import pytest
import yaml

from core.domain.keys import Kind
from core.domain.text import PassageKind, SpanKind
from core.reference.fingerprint import fingerprint, pack_folder
from core.reference.validation import validate_pack


@pytest.fixture(scope="module")
def tables():
    text = (pack_folder() / "memberships.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _links(record, *kinds):
    """Return the targets of links in passages of these kinds, with the passage's words."""
    content = record.text.content
    for passage in record.text.passages:
        if passage.kind in kinds:
            for span in record.text.spans:
                if span.kind is SpanKind.LINK and passage.start <= span.start < passage.end:
                    yield span.target, content[passage.start : passage.end]


def test_it_has_no_problems():
    assert validate_pack(pack_folder()) == ()


def test_nothing_of_it_is_missing(shipped, tables):
    kinds = Counter(record.entry.kind for record in shipped.records)
    assert kinds == {
        Kind.NORM: 147,
        Kind.INSTRUMENT: 155,
        Kind.INITIATIVE: 155,
        Kind.PARTICIPANT: 544,
        Kind.EVENT: 260,
        Kind.SOURCE: 1037,
    }
    assert sum(len(record.facts) for record in shipped.records) == 2486
    assert sum(len(record.relations) for record in shipped.records) == 6394
    assert len(tables) == 46
    rows = [
        passage
        for record in shipped.records
        for passage in record.text.passages
        if passage.kind is PassageKind.TABLE_ROW and (passage.label or "").startswith("Row ")
    ]
    assert len(rows) == sum(len(table["rows"]) for table in tables) == 2672


def test_every_relation_is_on_the_pages_of_both_its_ends(shipped, pages):
    kinds = (PassageKind.LIST_ITEM, PassageKind.PARAGRAPH, PassageKind.TABLE_ROW)
    linked = {key: {target for target, _ in _links(page, *kinds)} for key, page in pages.items()}
    relations = [relation for record in shipped.records for relation in record.relations]
    assert [r for r in relations if r.object not in linked[r.subject]] == []
    assert [r for r in relations if r.subject not in linked[r.object]] == []


def test_the_caveat_of_every_relation_is_on_both_pages(shipped, pages):
    for record in shipped.records:
        for relation in record.relations:
            for end in (relation.subject, relation.object):
                assert (relation.note or "") in pages[end].text.content
            assert (relation.locator or "") in pages[relation.object].text.content


def test_every_fact_is_on_its_page_with_its_source_and_whether_it_was_verified(shipped):
    """In its own words, but for those that say only when an event was or how a state voted."""
    elsewhere = 0
    for record in shipped.records:
        content = record.text.content
        cited = {
            (content[span.start : span.end], span.target, span.verified)
            for span in record.text.spans
            if span.kind is SpanKind.CITE
        }
        for fact in record.facts:
            words = unicodedata.normalize("NFC", fact.text)
            if fact.text.startswith(("Took place", "UN roll calls: ")) and words not in content:
                elsewhere += 1
                assert (fact.source, fact.verified) in {cite[1:] for cite in cited}
                continue
            assert any(
                words.rstrip(".") in said and (source, verified) == (fact.source, fact.verified)
                for said, source, verified in cited
            ), words
    assert elsewhere > 400


def test_passages_tile_each_text_and_spans_stay_inside_one_passage(shipped):
    for record in shipped.records:
        text = record.text
        assert unicodedata.is_normalized("NFC", text.content)
        parts = [text.content[p.start : p.end] for p in text.passages]
        assert "\n".join(parts) == text.content
        assert [p.n for p in text.passages] == list(range(len(text.passages)))
        for passage, part in zip(text.passages, parts, strict=True):
            assert not set(part) & set("\n\r\u2028\u2029")
            tabular = passage.kind in {
                PassageKind.FIELD,
                PassageKind.TABLE_HEAD,
                PassageKind.TABLE_ROW,
            }
            assert tabular or "\t" not in part
        for span in text.spans:
            passage = text.passage_at(span.start)
            assert passage.start <= span.start < span.end <= passage.end


def test_every_record_can_be_read(shipped):
    for record in shipped.records:
        first = record.text.passages[0]
        assert (first.kind, first.level) == (PassageKind.HEADING, 1)
        assert record.text.content[: first.end] == record.entry.title
        assert len(record.text.passages) >= 2
        json.dumps(record.attributes)


def test_every_link_and_source_leads_to_a_record_or_the_web(shipped, pages):
    for record in shipped.records:
        for span in record.text.spans:
            if span.target is not None:
                assert span.target in pages or span.target.startswith(("http://", "https://"))


def test_rows_of_a_table_have_a_cell_for_each_column(shipped):
    for record in shipped.records:
        width = 0
        for passage in record.text.passages:
            part = record.text.content[passage.start : passage.end]
            if passage.kind is PassageKind.TABLE_HEAD:
                width = part.count("\t")
            elif passage.kind is PassageKind.TABLE_ROW:
                assert part.count("\t") == width


def test_ties_read_from_either_side(pages):
    text = pages["norm:gge-13f-no-ci-damage"].text.content
    assert (
        "The oldest text known to state it is the GGE report 2015 (A/70/174) (para. 13(f))." in text
    )
    uk = pages["participant:united-kingdom"].text.content
    assert (
        "\nThe United Kingdom signed the Budapest Convention on Cybercrime (2001) on 23 November "
        "2001, ratified it and has been a party since 1 September 2011 (uncertain).\n" in uk
    )
    igf = pages["initiative:igf"].text.content
    assert "It was hosted by Azerbaijan, Brazil, " in igf
    assert "Türkiye and the United Nations." in igf


def test_a_roll_call_is_on_the_page_of_its_resolution(pages):
    page = pages["instrument:unga-73-27"].text.content
    assert "\nAs of 5 December 2018. Totals: 119 yes, 46 no, 14 abstain, 14 absent.\n" in page
    assert "\nAfghanistan\tyes\n" in page
    assert "\nVotes\n" not in page


def test_the_table_of_chairs_is_on_the_pages_of_the_processes(pages):
    page = pages["initiative:un-oewg-2019-2021"].text.content
    assert "\nChairs of UN cyber processes\n" in page
    assert "Jürg Lauber" in page
    assert "Burhan Gafoor" not in page


def test_an_edition_is_told_by_its_files(shipped):
    assert shipped.version == "2026.11"
    assert shipped.sha256 == fingerprint(pack_folder())
