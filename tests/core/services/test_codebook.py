"""The codebook as a tree: moved, merged, split, deleted, ordered, dated."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.codebook import PALETTE, Deed, Tag, TagPart
from core.errors import NotFoundError, UserError
from tests.core.services.desk import Desk

KEY = "norm:one"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "normatlas.db")
    yield made
    made.database.close()


def paths(desk: Desk) -> list[str]:
    return [tag.path for tag in desk.codebook.tags()]


def tag(desk: Desk, path: str) -> Tag:
    return next(tag for tag in desk.codebook.tags() if tag.path == path)


def mark(desk: Desk, start: int, *tags: str, note: str = "") -> str:
    made, _ = desk.annotations.annotate(KEY, start, start + 3, tags, note, create_tags=True)
    return made.id


def carried(desk: Desk, annotation: str) -> tuple[str, ...]:
    return desk.annotations.get(annotation).tags


def test_a_tag_below_another_takes_that_ones_spelling(desk: Desk) -> None:
    desk.codebook.add("CBM")
    made, _ = desk.codebook.add("cbm ／ Hotlines")
    assert made.path == "CBM/Hotlines"
    desk.codebook.add("Other")
    desk.codebook.rename("Other", "cbm/Other")
    assert paths(desk) == ["CBM", "CBM/Hotlines", "CBM/Other"]


def test_a_sign_that_holds_a_slash_parts_nothing(desk: Desk) -> None:
    desk.codebook.add("c")
    desk.codebook.add("℅")
    desk.codebook.delete("c")
    assert paths(desk) == ["℅"]


def test_a_name_that_goes_on_after_a_tags_name_is_not_below_it(desk: Desk) -> None:
    for path in ("CBM", "CBM0", "CBM/x", "CBM 2"):
        desk.codebook.add(path)
    mark(desk, 0, "CBM0")
    assert tag(desk, "CBM").total == 0
    desk.codebook.rename("CBM", "Trust")
    assert set(paths(desk)) == {"Trust", "Trust/x", "CBM0", "CBM 2"}


def test_counts_are_own_and_with_those_below_each_passage_once(desk: Desk) -> None:
    mark(desk, 0, "CBM")
    mark(desk, 5, "CBM", "CBM/Hotlines")
    mark(desk, 9, "CBM/Hotlines", "CBM/Visits/Airfields")
    counts = {tag.path: (tag.count, tag.total) for tag in desk.codebook.tags()}
    assert counts == {
        "CBM": (2, 3),
        "CBM/Hotlines": (2, 2),
        "CBM/Visits": (0, 1),
        "CBM/Visits/Airfields": (1, 1),
    }


def test_tags_stand_by_name_until_they_are_arranged(desk: Desk) -> None:
    for path in ("B", "A", "C", "A/y", "A/x"):
        desk.codebook.add(path)
    assert paths(desk) == ["A", "A/x", "A/y", "B", "C"]
    desk.codebook.move("C", None, 0)
    assert paths(desk) == ["C", "A", "A/x", "A/y", "B"]
    desk.codebook.add("AA")
    assert paths(desk)[-1] == "AA", "where the analyst's own order holds, new ones come last"
    desk.codebook.move("B", "A", 1)
    assert paths(desk) == ["C", "A", "A/x", "A/B", "A/y", "AA"]
    desk.codebook.sort("A")
    desk.codebook.sort()
    assert paths(desk) == ["A", "A/B", "A/x", "A/y", "AA", "C"]
    mark(desk, 0, "A/y")
    mark(desk, 5, "C")
    mark(desk, 9, "C")
    desk.codebook.sort(by_count=True)
    assert [path for path in paths(desk) if "/" not in path] == ["C", "A", "AA"]


def test_a_tag_can_not_go_below_itself_or_onto_another(desk: Desk) -> None:
    desk.codebook.add("A/B")
    desk.codebook.add("B")
    with pytest.raises(UserError, match="below itself"):
        desk.codebook.move("A", "A/B")
    with pytest.raises(UserError, match="merge the two"):
        desk.codebook.move("B", "A")
    assert paths(desk) == ["A", "A/B", "B"]


def test_a_number_key_has_one_tag(desk: Desk) -> None:
    desk.codebook.add("A")
    desk.codebook.add("B")
    desk.codebook.favour("A", 1)
    desk.codebook.favour("B", 1)
    assert (tag(desk, "A").favourite, tag(desk, "B").favourite) == (None, 1)
    desk.history.undo()
    assert (tag(desk, "A").favourite, tag(desk, "B").favourite) == (1, None)
    desk.codebook.favour("A", None)
    assert tag(desk, "A").favourite is None
    with pytest.raises(UserError, match="from 1 to 9"):
        desk.codebook.favour("A", 10)


def test_a_merge_keeps_passages_notes_and_words(desk: Desk) -> None:
    book = desk.codebook
    both = mark(desk, 0, "Trust", "CBM", note="kept")
    one = mark(desk, 5, "Trust", "Other")
    below = mark(desk, 9, "Trust/Hotlines")
    mark(desk, 12, "CBM/Hotlines")
    book.define("Trust", "What builds trust")
    book.describe("Trust", {"include": "visits"})
    book.describe("CBM", {"include": "measures"})
    before = desk.seen()
    book.merge(["Trust"], "CBM")
    assert paths(desk) == ["CBM", "CBM/Hotlines", "Other"]
    assert carried(desk, both) == ("CBM",)
    assert carried(desk, one) == ("CBM", "Other")
    assert carried(desk, below) == ("CBM/Hotlines",)
    assert desk.annotations.get(both).note == "kept"
    merged = tag(desk, "CBM")
    assert (merged.definition, merged.include) == ("What builds trust", "measures")
    assert desk.history.state().undo == "Merge tag “Trust” into “CBM”"
    desk.history.undo()
    assert desk.seen() == before


def test_several_tags_merge_with_the_definition_that_was_chosen(desk: Desk) -> None:
    for path in ("A", "B", "C/B"):
        desk.codebook.add(path, definition=f"of {path}")
    desk.codebook.merge(["A", "C/B"], "B", {"definition": "of all"})
    assert paths(desk) == ["B", "C"]
    assert tag(desk, "B").definition == "of all"
    with pytest.raises(UserError, match="into itself"):
        desk.codebook.merge(["B"], "b")
    desk.codebook.add("B/x")
    with pytest.raises(UserError, match="stands below"):
        desk.codebook.merge(["B"], "B/x")


def test_a_tag_merges_into_its_parent_even_with_a_child_of_its_name(desk: Desk) -> None:
    low = mark(desk, 0, "A/B/B")
    own = mark(desk, 5, "A/B")
    desk.codebook.merge(["A/B"], "A")
    assert paths(desk) == ["A", "A/B"]
    assert (carried(desk, own), carried(desk, low)) == (("A",), ("A/B",))
    desk.history.undo()
    assert paths(desk) == ["A", "A/B", "A/B/B"]


def test_a_split_moves_the_chosen_passages(desk: Desk) -> None:
    first, second, third = (mark(desk, at, "CBM") for at in (0, 5, 9))
    parts = [TagPart("CBM/Hotlines", (first, second)), TagPart("Visits", (second,))]
    before = desk.seen()
    desk.codebook.split("CBM", parts)
    assert carried(desk, first) == ("CBM/Hotlines",)
    assert set(carried(desk, second)) == {"CBM/Hotlines", "Visits"}
    assert carried(desk, third) == ("CBM",)
    desk.history.undo()
    assert desk.seen() == before
    desk.codebook.split("CBM", parts[:1], keep=True)
    assert set(carried(desk, first)) == {"CBM", "CBM/Hotlines"}
    with pytest.raises(NotFoundError, match="any more"):
        desk.codebook.split("CBM", [TagPart("X", ("gone",))])
    with pytest.raises(UserError, match="at least one"):
        desk.codebook.split("CBM", [TagPart("X", ())])


def test_deleting_leaves_passages_untagged_or_hands_them_over(desk: Desk) -> None:
    one = mark(desk, 0, "A/B", "C")
    two = mark(desk, 5, "A/B/D")
    before = desk.seen()
    desk.codebook.delete("A/B")
    assert (carried(desk, one), carried(desk, two)) == (("C",), ())
    desk.history.undo()
    assert desk.seen() == before
    desk.codebook.delete("A/B", "A")
    assert (carried(desk, one), carried(desk, two)) == (("A", "C"), ("A",))
    desk.history.undo()
    desk.codebook.delete("A/B", "C", keep_below=True)
    assert paths(desk) == ["A", "A/D", "C"]
    assert (carried(desk, one), carried(desk, two)) == (("C",), ("A/D",))
    desk.history.undo()
    assert desk.seen() == before
    with pytest.raises(UserError, match="deleted too"):
        desk.codebook.delete("A", "A/B")


def test_a_foreign_codebook_is_matched_by_id_then_by_path(desk: Desk) -> None:
    mine, _ = desk.codebook.add("CBM", definition="mine")
    desk.codebook.add("Empty")
    foreign = (
        Tag(mine.id.upper(), "Confidence", "#111111", "theirs"),
        Tag("not a uuid", "empty", "#222222", "filled", include="this"),
        Tag("0b6f6a6e-9a2c-4f9e-8d5e-3a9d5b1c2d3e", "New/Below", "#333333", "new"),
        Tag("1b6f6a6e-9a2c-4f9e-8d5e-3a9d5b1c2d3e", "New", "#444444"),
    )
    plan = desk.codebook.compare(foreign)
    assert plan.new == ("New/Below", "New")
    assert plan.filled == ("empty",)
    assert plan.conflicting == ("Confidence",)
    before = desk.seen()
    desk.codebook.take_in(foreign)
    assert paths(desk) == ["CBM", "Empty", "New", "New/Below"]
    assert tag(desk, "CBM").definition == "mine"
    assert (tag(desk, "Empty").definition, tag(desk, "Empty").include) == ("filled", "this")
    assert tag(desk, "New").id == "1b6f6a6e-9a2c-4f9e-8d5e-3a9d5b1c2d3e"
    assert set(desk.codebook.compare(foreign).same) == {"empty", "New", "New/Below"}
    desk.codebook.take_in(foreign, overwrite=True)
    assert tag(desk, "Confidence").id == mine.id
    assert tag(desk, "Confidence").definition == "theirs"
    desk.history.undo()
    desk.history.undo()
    assert desk.seen() == before


def test_each_tag_tells_its_history(desk: Desk) -> None:
    book = desk.codebook
    book.add("Trust")
    steps = (
        lambda: book.rename("Trust", "Confidence"),
        lambda: book.define("Confidence", "what builds trust"),
        lambda: book.move("Confidence", "CBM"),
        lambda: book.merge(["Old"], "CBM/Confidence"),
        lambda: book.define("CBM/Confidence", "other words"),
        desk.history.undo,
    )
    book.add("CBM")
    book.add("Old")
    for step in steps:
        desk.now += timedelta(minutes=5)
        step()
    told = [
        (event.deed, event.before, event.after, event.undone)
        for event in book.history("CBM/Confidence")
    ]
    assert told == [
        (Deed.DEFINED, "what builds trust", "other words", True),
        (Deed.DEFINED, "what builds trust", "other words", False),
        (Deed.MERGED, "Old", "", False),
        (Deed.MOVED, "Confidence", "CBM/Confidence", False),
        (Deed.DEFINED, "", "what builds trust", False),
        (Deed.RENAMED, "Trust", "Confidence", False),
        (Deed.CREATED, "", "Trust", False),
    ]
    assert {event.analyst for event in book.history("CBM/Confidence")} == {"Ada Analyst"}


def deeds(desk: Desk, n: int) -> dict[str, object]:
    """What can be done to the codebook as it is, by name."""
    tags, ids = paths(desk), [one.id for one in desk.annotations.find()]
    book, last = desk.codebook, tags[-1] if tags else ""
    free = f"N{n}"
    always = {
        "add": lambda: book.add(f"T{n}/x"),
        "annotate": lambda: mark(desk, n, f"T{n % 3}"),
        "take": lambda: book.take_in([Tag("", f"Taken{n % 4}/y", "#123456", f"d{n}")]),
    }
    with_tags = {
        "rename": lambda: book.rename(tags[0], free),
        "define": lambda: book.describe(last, {"definition": f"d{n}", "example": f"e{n}"}),
        "recolor": lambda: book.recolor(last, "#010203"),
        "favour": lambda: book.favour(tags[n % len(tags)], n % 9 + 1),
        "arrange": lambda: book.move(last, None, 0) if "/" not in last else book.sort(),
        "delete": lambda: book.delete(tags[n % len(tags)]),
        "hand": lambda: book.delete(last, tags[0]) if last != tags[0] else None,
        "merge": lambda: book.merge([last], tags[0]) if last != tags[0] else None,
    }
    with_ids = {"retag": lambda: desk.annotations.retag(ids[0], tags[:2])}
    state = desk.history.state()
    back = {"undo": desk.history.undo} if state.undo else {}
    forth = {"redo": desk.history.redo} if state.redo else {}
    return always | (with_tags if tags else {}) | (with_ids if ids and tags else {}) | back | forth


NAMES = [
    *("add", "annotate", "take", "rename", "define", "recolor", "favour", "arrange", "delete"),
    *("hand", "merge", "retag", "undo", "undo", "redo"),
]


@settings(max_examples=20)
@given(st.lists(st.sampled_from(NAMES), min_size=4, max_size=16))
def test_the_codebook_of_any_earlier_moment_can_be_shown(
    tmp_path_factory: pytest.TempPathFactory, script: list[str]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("codebook") / "normatlas.db")
    seen: list[tuple[datetime, tuple[Tag, ...]]] = []
    for n, what in enumerate(script):
        desk.now += timedelta(minutes=5)
        deed = deeds(desk, n).get(what)
        if deed is not None:
            deed()
        seen.append((desk.now, desk.codebook.tags()))
    for moment, tags in seen:
        assert desk.codebook.as_of(moment) == tags
        assert desk.codebook.as_of(moment + timedelta(minutes=4)) == tags
    assert desk.codebook.as_of(seen[0][0] - timedelta(days=1)) == ()
    desk.database.close()


def luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", PALETTE)
def test_the_palette_stands_out_on_light_and_dark_paper(color: str) -> None:
    own = luminance(color)
    for paper in ("#fdfcfa", "#26292d"):
        other = luminance(paper)
        assert (max(own, other) + 0.05) / (min(own, other) + 0.05) >= 3
