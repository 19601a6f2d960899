"""What an answer can be narrowed by, counted; and the orders it can be in."""

import dataclasses
import itertools

import pytest

from core.domain.keys import Kind
from core.domain.search import FACETS, SearchQuery, Sort
from core.search.whoosh_index import create_index
from core.tasks import CancelToken

from .conftest import a_note, a_record, keys

RECORDS = (
    a_record(
        "norm:a",
        "Zebra rules",
        "Cables are kept safe.",
        "Cables again.",
        year=2015,
        themes=("cables",),
        participants=("participant:japan",),
        language="en",
        date="2015-07",
    ),
    a_record(
        "norm:b",
        "alpha rules",
        "Cables are named.",
        year=2013,
        themes=("cables", "trust"),
        participants=("participant:japan", "participant:kenya"),
        language="fr",
        date="2013-06-24",
    ),
    a_record(
        "event:c",
        "Étude",
        "Cables were discussed.",
        year=2013,
        themes=("trust",),
        participants=("participant:kenya",),
        language="en",
        date="2013-02",
    ),
    a_record("participant:japan", "Japan", "It lays cables."),
)
NOTES = (
    a_note("n1", "norm:a", "On cables.", tags=("CBM/Hotlines",)),
    a_note("n2", "norm:b", "No such word.", tags=("CBM",)),
)
CHOICES = {
    "kind": [{}, {"kinds": frozenset({Kind.NORM})}],
    "theme": [{}, {"themes": ("trust",)}, {"themes": ("trust", "cables")}],
    "participant": [{}, {"participants": ("participant:kenya", "participant:japan")}],
    "year": [{}, {"year_from": 2013, "year_to": 2013}],
    "tag": [{}, {"tags": ("CBM",)}],
    "language": [{}, {"languages": ("en",)}],
    "record": [{}, {"records": ("norm:a", "event:c")}],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    index = create_index(tmp_path_factory.mktemp("facets") / "index")
    index.apply((*RECORDS, *NOTES), (), ())
    yield index
    index.close()


def ask(index, **filters):
    return index.search(SearchQuery("cables ", facets=True, **filters), CancelToken())


def test_every_facet_is_counted(index):
    assert ask(index).facets == {
        "kind": {"norm": 2, "participant": 1, "event": 1},
        "theme": {"cables": 2, "trust": 2},
        "tag": {"CBM": 2, "CBM/Hotlines": 1},
        "participant": {"participant:japan": 3, "participant:kenya": 2},
        "language": {"en": 2, "fr": 1},
        "year": {"2013": 2, "2015": 1},
        "record": {"norm:a": 3, "event:c": 1, "norm:b": 1, "participant:japan": 1},
    }
    assert set(ask(index).facets) == set(FACETS)


def test_only_kinds_are_counted_unasked(index):
    answer = index.search(SearchQuery("cables "), CancelToken())
    assert set(answer.facets) == {"kind"}
    assert index.count(SearchQuery("cables "), CancelToken()) == ask(index).facets


def test_values_of_one_facet_are_alternatives_and_facets_must_all_fit(index):
    both = ask(index, participants=("participant:kenya", "participant:japan"))
    assert set(keys(both)) == {"norm:a", "norm:b", "event:c", "participant:japan"}
    assert set(keys(ask(index, participants=("participant:kenya",), themes=("cables",)))) == {
        "norm:b"
    }
    assert set(keys(ask(index, languages=("en", "fr"), themes=("cables",)))) == {"norm:a", "norm:b"}
    assert set(keys(ask(index, records=("norm:a", "norm:nowhere")))) == {"norm:a"}


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_is_counted_as_if_nothing_were_chosen_of_it(index, facet):
    for chosen in itertools.product(*(CHOICES[name] for name in FACETS)):
        query = {}
        for one in chosen:
            query |= one
        without = {k: v for k, v in query.items() if k not in set().union(*CHOICES[facet])}
        assert ask(index, **query).facets[facet] == ask(index, **without).facets[facet]


@pytest.mark.parametrize(
    ("facet", "name"),
    [("theme", "themes"), ("participant", "participants"), ("language", "languages")],
)
def test_a_count_is_what_choosing_that_value_alone_gives(index, facet, name):
    for value, count in ask(index).facets[facet].items():
        assert ask(index, **{name: (value,)}).total == count


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.DATE, ["norm:a", "norm:b", "event:c", "participant:japan"]),
        (Sort.OLDEST, ["event:c", "norm:b", "norm:a", "participant:japan"]),
        (Sort.TITLE, ["norm:b", "event:c", "participant:japan", "norm:a"]),
    ],
)
def test_orders(index, sort, order):
    assert keys(ask(index, sort=sort)) == order
    pages = [ask(index, sort=sort, limit=1, offset=n) for n in range(4)]
    assert [keys(page)[0] for page in pages] == order
    assert sorted(keys(ask(index))) == sorted(order)


def test_as_of_a_date_only_what_existed_answers_and_is_counted(index):
    answer = ask(index, as_of="2013-06")
    assert "norm:a" not in keys(answer)
    assert "participant:japan" in keys(answer)  # no date: kept
    assert answer.total == sum(answer.facets["kind"].values()) == ask(index).total - 1
    assert "norm:a" in keys(ask(index, as_of="2015-07"))


def test_a_year_counts_what_choosing_it_finds(tmp_path):
    spans = {"gge": (2011, 2013), "oewg": (2012, 2012), "dialogue": (2009, 2010)}
    records = [
        a_record(f"initiative:{name}", name, "Cables.", year=first, year_to=last)
        for name, (first, last) in spans.items()
    ]
    going_on = dataclasses.replace(records[0], key="initiative:on", year=2010, year_to=None)
    index = create_index(tmp_path / "index")
    index.apply((*records, going_on, a_record("norm:x", "Undated", "Cables.")), (), ())
    counts = ask(index).facets["year"]
    assert counts == {"2009": 1, "2010": 2, "2011": 2, "2012": 3, "2013": 2}
    for year, count in counts.items():
        assert ask(index, year_from=int(year), year_to=int(year)).total == count
    listed = next(field for field in index.fields() if field.name == "year")
    assert {value.value: value.count for value in listed.values} == counts
    index.close()


def test_an_empty_index_has_nothing_to_count(tmp_path):
    empty = create_index(tmp_path / "index")
    assert ask(empty).facets["year"] == {}
    assert ask(empty, themes=("trust",), records=("norm:a",), sort=Sort.TITLE).total == 0
    empty.close()


def test_a_respelt_query_is_counted_as_it_was_answered(index):
    answer = index.search(SearchQuery("cabels named "), CancelToken())
    counted = index.count(SearchQuery("cabels named "), CancelToken())
    assert answer.total > 0
    assert sum(counted["kind"].values()) == answer.total
