"""Looking through all annotations: what passes a filter, in which order, and what is kept of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import BrowsingChoices, Grouping
from core.domain.keys import Kind
from core.errors import NotFoundError, UserError
from core.services.annotations import Annotations
from core.services.browsing import Browsing
from core.storage.migrations import upgrade
from core.storage.repositories.packs import Packs
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record
from tests.core.services.desk import Desk

NORM = a_record("norm:b", "Beta", "States should réspect “sovereignty” online.")
TREATY = a_record("instrument:a", "Alpha", "Parties set up a hotline for emergencies.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "normatlas.db")
    with made.database.write() as work:
        Packs(work.session).sync(a_pack(NORM, TREATY, version="2"), made.now)
        work.commit()
    yield made
    made.database.close()


@pytest.fixture
def ids(desk: Desk) -> list[str]:
    """Four annotations on three days, of two analysts."""
    other = Annotations(Database(desk.database.file, "Ben Baker", lambda: desk.now))
    found: list[str] = []
    for service, key, start, tags, note in (
        (desk.annotations, "norm:b", 5, ["Law/Sovereignty"], "Compare with 2015."),
        (other, "norm:b", 19, ["Law"], ""),
        (desk.annotations, "instrument:a", 6, ["CBM", "Law"], "Who pays?"),
        (other, "instrument:a", 20, [], "RÉSPECT it"),
    ):
        made, _ = service.annotate(key, start, start + 12, tags, note, create_tags=True)
        found.append(made.id)
        desk.now += timedelta(days=1)
    other._database.close()
    return found


def listed(desk: Desk, ids: list[str], /, **narrowing: object) -> list[int]:
    wanted = AnnotationFilter(**narrowing)  # type: ignore[arg-type]
    listing = Browsing(desk.database).listing(wanted)
    places = [ids.index(one) for one in listing.ids]
    assert listing.total == len(places)
    assert listing.every == len(ids)
    # What the window narrows to is what the commands list and export.
    assert [ids.index(a.id) for a in desk.annotations.find(wanted)] == places
    return places


def test_what_can_be_named_is_counted(desk: Desk, ids: list[str]) -> None:
    browsing = Browsing(desk.database)
    choices = browsing.choices()
    assert [(one.title, one.count) for one in choices.records] == [("Alpha", 2), ("Beta", 2)]
    assert [(one.key, one.count) for one in choices.analysts] == [
        ("Ada Analyst", 2),
        ("Ben Baker", 2),
    ]
    counts = {one.key: one.count for one in choices.tags}
    assert counts == {"CBM": 1, "Law": 2, "Law/Sovereignty": 1}
    assert choices.every == 4
    carried = [(one.key, one.count) for one in browsing.tags_of([ids[1], ids[2], "gone"])]
    assert carried == [("CBM", 1), ("Law", 2)]


def test_every_part_of_a_filter_narrows(desk: Desk, ids: list[str]) -> None:
    assert listed(desk, ids) == [2, 3, 0, 1]
    assert listed(desk, ids, record="norm:b") == [0, 1]
    assert listed(desk, ids, kinds=frozenset({Kind.INSTRUMENT})) == [2, 3]
    assert listed(desk, ids, tag="law") == [2, 0, 1]
    assert listed(desk, ids, tag="law", exact_tag=True) == [2, 1]
    assert listed(desk, ids, analyst="Ben Baker") == [3, 1]
    assert listed(desk, ids, analyst="Nobody") == []
    assert listed(desk, ids, states=frozenset({"anchored"})) == [2, 3, 0, 1]
    assert listed(desk, ids, states=frozenset({"orphaned"})) == []
    assert listed(desk, ids, text="respect") == [3, 1]
    assert listed(desk, ids, text="HOTLINE pays") == []
    assert listed(desk, ids, text="who PARTIES pays") == [2]
    assert listed(desk, ids, text="compare 2015") == [0]
    assert listed(desk, ids, ids=frozenset({ids[1]})) == [1]
    second = datetime(2026, 1, 2, tzinfo=UTC)
    assert listed(desk, ids, since=second) == [2, 3, 1]
    assert listed(desk, ids, until=second) == [0, 1]
    assert listed(desk, ids, tag="law", analyst="Ada Analyst", record="norm:b") == [0]


def test_groups_are_records_tags_and_days(desk: Desk, ids: list[str]) -> None:
    browsing = Browsing(desk.database)

    def groups(grouping: Grouping, **narrowing: object) -> tuple[list[tuple[str, int]], list[int]]:
        wanted = AnnotationFilter(**narrowing)  # type: ignore[arg-type]
        listing = browsing.listing(wanted, grouping)
        return [(g.title, g.count) for g in listing.groups], [ids.index(i) for i in listing.ids]

    assert groups(Grouping.RECORD) == ([("Alpha", 2), ("Beta", 2)], [2, 3, 0, 1])
    assert groups(Grouping.TAG) == (
        [("CBM", 1), ("Law", 2), ("Law/Sovereignty", 1), ("", 1)],
        [2, 2, 1, 0, 3],
    )
    assert groups(Grouping.TAG, tag="Law") == ([("Law", 2), ("Law/Sovereignty", 1)], [2, 1, 0])
    days, order = groups(Grouping.DAY)
    assert order == [3, 2, 1, 0]
    assert [count for _, count in days] == [1, 1, 1, 1]
    assert groups(Grouping.DAY, analyst="Nobody") == ([], [])
    assert groups(Grouping.NONE)[0] == []


def test_an_empty_workspace_has_nothing_to_list(desk: Desk) -> None:
    browsing = Browsing(desk.database)
    for grouping in Grouping:
        listing = browsing.listing(AnnotationFilter(text="x", tag="none"), grouping)
        assert (listing.total, listing.every, listing.ids, listing.groups) == (0, 0, (), ())
    assert browsing.rows([]) == ()
    assert browsing.choices() == BrowsingChoices()
    assert browsing.tags_of([]) == ()


def test_the_list_follows_every_change_also_of_others(desk: Desk, ids: list[str]) -> None:
    browsing = Browsing(desk.database)
    wanted = AnnotationFilter(text="freshly")
    assert browsing.listing(wanted).total == 0
    Annotations(desk.database).write_note(ids[0], "Freshly written")
    assert browsing.listing(wanted).ids == (ids[0],)
    desk.history.undo()
    assert browsing.listing(wanted).total == 0
    desk.history.redo()
    assert browsing.listing(wanted).total == 1
    desk.annotations.delete([ids[0]])
    assert browsing.listing(wanted).total == 0
    assert browsing.listing().every == 3


def test_rows_come_in_the_order_asked_for(desk: Desk, ids: list[str]) -> None:
    browsing = Browsing(desk.database)
    asked = [ids[3], "gone", ids[0]]
    assert [row.id for row in browsing.rows(asked)] == [ids[3], ids[0]]
    with pytest.raises(ValueError, match="at most"):
        browsing.rows(["x"] * 501)


def test_saved_filters_stay_live_and_undo(desk: Desk, ids: list[str]) -> None:
    browsing = Browsing(desk.database)
    wanted = AnnotationFilter(
        record="norm:b",
        tag="law",
        analyst="Ada Analyst",
        states=frozenset({"anchored"}),
        text="2015",
        kinds=frozenset({Kind.NORM}),
        since=datetime(2026, 1, 1, tzinfo=UTC),
        until=datetime(2026, 12, 31, tzinfo=UTC),
    )
    changes = browsing.save("  Law of\tnorms ", wanted, Grouping.TAG)
    (saved,) = browsing.filters()
    assert changes.filters == {saved.id}
    assert (saved.name, saved.wanted, saved.grouping) == ("Law of norms", wanted, Grouping.TAG)
    assert saved.total == 1
    desk.annotations.write_note(ids[0], "nothing")
    assert browsing.filters()[0].total == 0
    for bad in ("", "LAW of norms", "x" * 121):
        with pytest.raises(UserError):
            browsing.save(bad, wanted)
    browsing.rename(saved.id, "Other")
    browsing.delete(saved.id)
    assert browsing.filters() == ()
    with pytest.raises(NotFoundError):
        browsing.delete(saved.id)
    desk.history.undo()
    assert [one.name for one in browsing.filters()] == ["Other"]
    desk.history.undo()
    assert [one.name for one in browsing.filters()] == ["Law of norms"]


def test_many_change_their_tags_as_one_step(desk: Desk, ids: list[str]) -> None:
    def tags() -> list[tuple[str, ...]]:
        return [desk.annotations.get(one).tags for one in ids]

    before, seen = tags(), desk.seen()
    changes = desk.annotations.change_tags(ids, ["CBM", "New"], ["Law"], create_tags=True)
    assert changes.step == "Change “Law” into “CBM”, “New” on 4 passages"
    assert changes.annotations == set(ids)
    assert tags() == [
        ("Law/Sovereignty", "CBM", "New"),
        ("CBM", "New"),
        ("CBM", "New"),
        ("CBM", "New"),
    ]
    assert desk.annotations.get(ids[0]).note == "Compare with 2015."
    desk.history.undo()
    assert desk.seen() == seen
    desk.history.redo()
    desk.history.undo()
    assert desk.annotations.change_tags(ids, remove=["Law"]).step == "Take “Law” off 2 passages"
    assert tags()[2] == ("CBM",)
    desk.history.undo()
    assert tags() == before
    with pytest.raises(NotFoundError):
        desk.annotations.change_tags([ids[0], "gone"], ["CBM"])
    with pytest.raises(NotFoundError):
        desk.annotations.change_tags(ids, ["Unknown"])
    with pytest.raises(UserError, match="which tags"):
        desk.annotations.change_tags(ids)
    with pytest.raises(UserError, match="at least one"):
        desk.annotations.change_tags([], ["CBM"])
    assert desk.seen() == seen


def test_many_are_deleted_as_one_step(desk: Desk, ids: list[str]) -> None:
    seen = desk.seen()
    assert desk.annotations.delete(ids[:3]).step == "Delete 3 annotations"
    assert [a.id for a in desk.annotations.find()] == [ids[3]]
    desk.history.undo()
    assert desk.seen() == seen


def test_a_second_database_is_upgraded_to_the_same(tmp_path: Path) -> None:
    database = Database(tmp_path / "other.db", "Ada", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    upgrade(database.engine)
    assert Browsing(database).filters() == ()
    database.close()
