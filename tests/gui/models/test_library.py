"""The library's rows: narrowed, counted, sorted, and a model that Qt accepts."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from core.domain.keys import Kind
from core.domain.records import RecordEntry
from gui.models.library import (
    QUALITIES,
    TITLE,
    YEAR,
    LibraryFilter,
    LibraryModel,
    LibraryRole,
    count,
    narrow,
)


def entry(slug: str, title: str, year: int | None = None, **more: object) -> RecordEntry:
    return RecordEntry(f"norm:{slug}", Kind.NORM, title, "A summary.", year=year, **more)


ENTRIES = (
    entry("b", "Budapest process", 2001, themes=("crime",), type="treaty", status="adopted"),
    entry(
        *("e", "Évian statement", 2003),
        themes=("crime", "growth"),
        names=("G8 Evian",),
        region="Europe",
        seed=True,
    ),
    entry("a", "act in good faith", None, themes=("law",), type="norm", annotations=2),
    entry("c", "Critical infrastructure", 2015, themes=("law",), type="norm", verified=True),
)


def titles(model: LibraryModel) -> list[str]:
    return [model.index(row, TITLE).data() for row in range(model.rowCount())]


def test_qt_accepts_the_model(qtmodeltester: ModelTester) -> None:
    model = LibraryModel()
    model.show(ENTRIES)
    qtmodeltester.check(model)
    model.sort(YEAR, Qt.SortOrder.DescendingOrder)
    model.show(ENTRIES[:2])
    qtmodeltester.check(model)


def test_titles_sort_without_case_and_accents() -> None:
    model = LibraryModel()
    model.show(ENTRIES)
    assert titles(model) == [
        "act in good faith",
        "Budapest process",
        "Critical infrastructure",
        "Évian statement",
    ]


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_entries_without_a_year_come_last_either_way(order: Qt.SortOrder) -> None:
    model = LibraryModel()
    model.show(ENTRIES)
    model.sort(YEAR, order)
    assert titles(model)[-1] == "act in good faith"


def test_sorting_keeps_what_is_selected() -> None:
    model = LibraryModel()
    model.show(ENTRIES)
    chosen = QPersistentModelIndex(model.index(1, TITLE))
    model.sort(YEAR, Qt.SortOrder.DescendingOrder)
    assert chosen.data(LibraryRole.KEY) == "norm:b"


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (LibraryFilter(), "beac"),
        (LibraryFilter("evian"), "e"),
        (LibraryFilter("g8 state"), "e"),
        (LibraryFilter(theme="law"), "ac"),
        (LibraryFilter(theme="law", year=2015), "c"),
        (LibraryFilter("budapest", type="norm"), ""),
        (LibraryFilter(status="adopted"), "b"),
        (LibraryFilter(region="Europe"), "e"),
        (LibraryFilter(verified=True), "c"),
        (LibraryFilter(annotated=True), "a"),
        (LibraryFilter(seed=True, verified=True), ""),
    ],
)
def test_narrowing(wanted: LibraryFilter, slugs: str) -> None:
    assert "".join(e.key.partition(":")[2] for e in narrow(ENTRIES, wanted)) == slugs


def test_counts() -> None:
    counts = count(ENTRIES)
    assert dict(counts.choices["theme"]) == {"crime": 2, "law": 2, "growth": 1}
    assert counts.choices["type"] == (("norm", 2), ("treaty", 1))
    assert [year for year, _ in counts.choices["year"]] == [2015, 2003, 2001]
    assert counts.choices["status"] == (("adopted", 1),)
    assert counts.switches == {
        **dict.fromkeys(QUALITIES, 0),
        "verified": 1,
        "seed": 1,
        "annotated": 1,
    }


def test_whose_an_entry_is_narrows_and_is_counted():
    entries = [
        RecordEntry("norm:a", Kind.NORM, "A", "", origin="analyst"),
        RecordEntry("norm:b", Kind.NORM, "B", "", origin="edited"),
        RecordEntry("norm:c", Kind.NORM, "C", "", origin="analyst", withdrawn=True),
        RecordEntry("norm:d", Kind.NORM, "D", ""),
    ]
    switches = count(entries).switches
    assert (switches["own"], switches["edited"], switches["withdrawn"]) == (2, 1, 1)
    assert [e.title for e in narrow(entries, LibraryFilter(own=True))] == ["A", "C"]
    assert [e.title for e in narrow(entries, LibraryFilter(own=True, withdrawn=True))] == ["C"]
    assert [e.title for e in narrow(entries, LibraryFilter(edited=True))] == ["B"]
