"""Passages lead to records and to one another, from both ends, and every tie can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.annotations import AnnotationFilter
from core.domain.passage_links import Meaning
from core.errors import NotFoundError, UserError
from core.services.annotations import Annotations
from core.services.history import History
from core.services.packs import sync_pack
from core.services.passage_links import PassageLinks
from core.storage.migrations import upgrade
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record

ONE = a_record("norm:one", "One", "States should talk to each other.")
TWO = a_record("norm:two", "Two", "States should listen, and they should answer.")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "normatlas.db", "Ada Analyst")
    upgrade(made.engine)
    sync_pack(made, a_pack(ONE, TWO))
    yield made
    made.close()


def test_a_passage_is_tied_to_a_record_and_seen_from_there(database: Database) -> None:
    made, _ = Annotations(database).annotate_quote("norm:one", "talk to each other")
    links = PassageLinks(database)
    tied, changes = links.link(made.id, Meaning.NARROWS, "norm:two-earlier")
    (link,) = tied.links
    assert (link.meaning, link.record, link.title, link.target) == (
        Meaning.NARROWS,
        "norm:two",
        "Two",
        None,
    )
    assert changes.links == {link.id}
    assert changes.annotations == {made.id}
    (tie,) = links.to_record("norm:two")
    assert (tie.link, tie.annotation) == (link, tied)
    assert links.to_record("norm:one") == ()


def test_the_same_tie_twice_is_one(database: Database) -> None:
    made, _ = Annotations(database).annotate_quote("norm:one", "talk")
    links = PassageLinks(database)
    links.link(made.id, Meaning.STATES, "norm:two")
    again, changes = links.link(made.id, Meaning.STATES, "norm:two")
    other, _ = links.link(made.id, Meaning.OMITS, "norm:two")
    assert (len(again.links), len(other.links), bool(changes)) == (1, 2, False)


def test_a_new_passage_is_marked_and_tied_in_one_step(database: Database) -> None:
    other, _ = Annotations(database).annotate_quote("norm:two", "listen")
    links, history = PassageLinks(database), History(database)
    made, _ = links.link_passage("norm:one", 4, 10, Meaning.CONTESTS, other.id)
    assert made.links[0].target == other.id
    assert made.links[0].record == "norm:two"
    assert [t.annotation.id for t in links.to_record("norm:two")] == [made.id]
    history.undo()
    assert [a.id for a in Annotations(database).find()] == [other.id]
    history.redo()
    assert Annotations(database).get(made.id) == made


def test_deleting_either_end_takes_the_tie_with_it_and_undo_brings_it_back(
    database: Database,
) -> None:
    annotations, links, history = Annotations(database), PassageLinks(database), History(database)
    first, _ = annotations.annotate_quote("norm:one", "talk")
    second, _ = annotations.annotate_quote("norm:two", "listen")
    tied, _ = links.link(first.id, Meaning.ADOPTS, second.id)
    for gone in (first.id, second.id):
        annotations.delete([gone])
        assert links.to_record("norm:two") == ()
        history.undo()
        assert annotations.get(first.id) == tied
    annotations.delete([first.id, second.id])
    assert annotations.find() == ()


def test_a_tie_is_taken_away_and_comes_back(database: Database) -> None:
    made, _ = Annotations(database).annotate_quote("norm:one", "talk")
    links = PassageLinks(database)
    tied, _ = links.link(made.id, Meaning.STATES, "norm:two")
    changes = links.unlink([tied.links[0].id])
    assert (changes.annotations, changes.step) == ({made.id}, "Take a tie away")
    assert Annotations(database).get(made.id).links == ()
    History(database).undo()
    assert Annotations(database).get(made.id).links == tied.links
    with pytest.raises(NotFoundError, match="not there any more"):
        links.unlink(["nothing"])


def test_what_can_not_be_tied_is_said(database: Database) -> None:
    made, _ = Annotations(database).annotate_quote("norm:one", "talk")
    links = PassageLinks(database)
    with pytest.raises(UserError, match="to itself"):
        links.link(made.id, Meaning.STATES, made.id)
    with pytest.raises(NotFoundError, match="no record"):
        links.link(made.id, Meaning.STATES, "norm:three")
    with pytest.raises(NotFoundError, match="no annotation"):
        links.link("nothing", Meaning.STATES, "norm:two")
    with pytest.raises(UserError, match="not a passage"):
        links.link_passage("norm:one", 5, 5, Meaning.STATES, "norm:two")


def test_a_tied_record_outlives_the_pack_that_drops_or_renames_it(database: Database) -> None:
    made, _ = Annotations(database).annotate_quote("norm:one", "talk")
    links = PassageLinks(database)
    links.link(made.id, Meaning.STATES, "norm:two")
    sync_pack(database, a_pack(ONE, version="2"))
    assert [t.annotation.id for t in links.to_record("norm:two")] == [made.id]
    renamed = a_record("norm:second", "Two", TWO.entry.summary)
    renamed = type(renamed)(renamed.entry, renamed.text, ("norm:two",))
    sync_pack(database, a_pack(ONE, renamed, version="3"))
    found = Annotations(database).find(AnnotationFilter(ids=frozenset({made.id})))[0]
    assert found.links[0].record == "norm:second"
    assert len(links.to_record("norm:second")) == 1
