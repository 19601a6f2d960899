"""What of a page was later than a day, or over."""

from core.domain.as_of import AsOf, Standing, ties_by_end
from core.domain.as_of_text import fades, table_as_of
from core.domain.keys import Kind
from core.domain.records import Record, RecordEntry
from core.domain.relations import CitedFact, Fact, Relation, Tie
from core.domain.tables import tables_of
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text

PASSAGES = (
    (PassageKind.PARAGRAPH, "In 2025 all changed.", "Article, para. 1"),
    (PassageKind.LIST_ITEM, "It grew.", "Fact 1"),
    (PassageKind.LIST_ITEM, "It grew more.", "Fact 2"),
    (
        PassageKind.PARAGRAPH,
        "It is a member of the Old (until 2013) and the New (since 2019).",
        None,
    ),
    (PassageKind.LIST_ITEM, "New, since 2019", None),
    (PassageKind.TABLE_HEAD, "When\tVote\tText", None),
    (PassageKind.TABLE_ROW, "5 December 2012\tyes\tOne", None),
    (PassageKind.TABLE_ROW, "5 December 2018\tyes\tTwo", None),
)


def _text():
    passages, spans, at = [], [], 0
    for n, (kind, words, label) in enumerate(PASSAGES):
        passages.append(Passage(n, kind, 0, at, at + len(words), label))
        for name in ("Old", "New"):
            if name in words:
                start = at + words.index(name)
                target = f"initiative:{name.lower()}"
                spans.append(Span(start, start + 3, SpanKind.LINK, target))
        at += len(words) + 1
    content = "\n".join(words for _, words, _ in PASSAGES)
    return Text(content, tuple(passages), tuple(spans))


def _record(kind=Kind.PARTICIPANT):
    def tie(name, **dates):
        key = f"initiative:{name}"
        return Tie(Relation("participant:a", "member-of", key, **dates), "member of", key, "", True)

    facts = tuple(CitedFact(Fact("", year, None, False), None) for year in (2012, 2016))
    ties = (tie("old", since="2010", until="2013"), tie("new", since="2019"))
    entry = RecordEntry("participant:a", kind, "A", "", type="state")
    return Record(entry, _text(), facts=facts, ties=ties)


def _apart(record, as_of):
    return [(record.text.content[f.start : f.end], f.standing) for f in fades(record, as_of)]


def test_statements_are_told_apart_by_their_own_dates():
    """Facts, ties in a sentence, items and rows; an article stays as it is."""
    assert _apart(_record(), AsOf("2015")) == [
        ("It grew more.", Standing.LATER),
        ("Old (until 2013)", Standing.OVER),
        ("New (since 2019)", Standing.LATER),
        ("New, since 2019", Standing.LATER),
        ("5 December 2018\tyes\tTwo", Standing.LATER),
    ]
    assert _apart(_record(), None) == []
    assert _apart(_record(Kind.DOCUMENT), AsOf("1990")) == []


def test_a_table_keeps_the_rows_that_were_so():
    """The others are left out, as are dates to come and what rests on them."""
    record, as_of = _record(), AsOf("2015")
    (table,) = tables_of(record.text)
    then = table_as_of(table, ties_by_end(record, as_of), as_of)
    assert [row[2].words for row in then.rows] == ["One"]
