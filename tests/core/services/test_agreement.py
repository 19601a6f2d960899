"""Two analysts on the same texts: how far they agree, and settling where they do not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.annotations import AnnotationFilter
from core.errors import NotFoundError, UserError
from core.services.agreement import AgreementService
from core.services.annotations import Annotations
from core.storage.repositories.packs import Packs
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record
from tests.core.services.desk import Desk

WORDS = ("Beta", "alpha one", "alpha two", "alpha three", "alpha four")
NORM, ALONE = a_record("norm:b", *WORDS), a_record("norm:c", "Gamma", "Ada alone was here.")
ADA, BEN = "Ada Analyst", "Ben Baker"
START = {n: sum(len(words) + 1 for words in WORDS[:n]) for n in range(5)}


class Two(Desk):
    """Two analysts on one text of five passages."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        with self.database.write() as work:
            Packs(work.session).sync(a_pack(NORM, ALONE, version="2"), work.now)
            work.commit()
        self.other = Database(file, BEN, lambda: self.now)
        self.bens = Annotations(self.other)
        self.agreement = AgreementService(self.database)

    def mark(self, service: Annotations, passage: int, *tags: str, note: str = "") -> str:
        at = START[passage]
        made, _ = service.annotate("norm:b", at, at + 4, tags, note, create_tags=True)
        return made.id

    def table(self, tag: str) -> tuple[int, int, int, int]:
        for one in self.agreement.compare(ADA, BEN).tags:
            if one.tag == tag:
                return (one.both, one.only_first, one.only_second, one.neither)
        return (0, 0, 0, 0)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path / "normatlas.db")
    made.mark(made.annotations, 1, "Law", "CBM/Hotlines")
    made.mark(made.annotations, 2, "Law")
    made.mark(made.bens, 2, "Law")
    made.mark(made.bens, 3, "CBM")
    made.annotations.annotate("norm:c", 0, 5, ["Law"])
    yield made
    made.other.close()
    made.database.close()


def test_passages_of_what_both_marked_are_compared(two: Two) -> None:
    compared = two.agreement.compare(ADA, BEN)
    assert (compared.records, compared.passages) == (1, 5)
    found = {one.tag: (one.both, one.only_first, one.only_second) for one in compared.tags}
    assert found == {"CBM": (0, 1, 1), "CBM/Hotlines": (0, 1, 0), "Law": (1, 1, 0)}
    law = compared.tags[-1]
    assert law.neither == 3
    assert law.observed == pytest.approx(0.8)
    assert law.kappa == pytest.approx((0.8 - 0.56) / 0.44)  # chance: 0.4 * 0.2 + 0.6 * 0.8
    assert law.alpha == pytest.approx(1 - 9 * 1 / (7 * 3))
    assert (compared.overall.both, compared.overall.passages) == (1, 15)
    exact = two.agreement.compare(ADA, BEN, below=False)
    assert {one.tag: one.only_first for one in exact.tags}["CBM"] == 0
    alone = two.agreement.compare(ADA, BEN, "norm:c")
    assert (alone.records, alone.passages, alone.tags[0].only_first) == (1, 2, 1)


def test_who_is_not_there_is_said(two: Two) -> None:
    assert two.agreement.analysts() == (ADA, BEN)
    with pytest.raises(UserError, match="Ben Baker"):
        two.agreement.compare(ADA, "Nobody")
    with pytest.raises(UserError, match="different"):
        two.agreement.compare(ADA, ADA)


def test_differences_are_settled_one_by_one(two: Two) -> None:
    before = two.seen()
    (law,) = two.agreement.differences(ADA, BEN, "Law")
    assert (law.by, law.lacking, law.text) == (ADA, BEN, "alpha one")
    changes = two.agreement.settle(law, applies=True)
    assert changes.step == "Settle that “Law” applies to a passage"
    assert two.table("Law") == (2, 0, 0, 3)
    given = two.annotations.find(AnnotationFilter(analyst=BEN))[0]
    assert (given.start, given.tags) == (START[1], ("Law",))  # not what else Ada put there
    mine, theirs = two.agreement.differences(ADA, BEN, "CBM")
    assert (mine.by, theirs.by) == (ADA, BEN)
    two.agreement.settle(mine, applies=True)  # the tag below is what Ada means
    assert two.annotations.find(AnnotationFilter(ids=frozenset({given.id})))[0].tags == (
        "Law",
        "CBM/Hotlines",
    )
    two.agreement.settle(theirs, applies=False)
    assert two.agreement.differences(ADA, BEN, "CBM") == ()
    assert len(two.annotations.find(AnnotationFilter(analyst=BEN))) == 2  # one said nothing more
    with pytest.raises(NotFoundError):
        two.agreement.settle(theirs, applies=False)
    for _ in range(3):
        two.history.undo()
    assert two.seen() == before


def test_what_says_more_stays_when_a_tag_is_taken_off(two: Two) -> None:
    kept = two.mark(two.bens, 4, "Law", note="But see 2015.")
    (difference,) = [d for d in two.agreement.differences(ADA, BEN, "Law") if d.by == BEN]
    two.agreement.settle(difference, applies=False)
    assert two.annotations.get(kept).tags == ()
    assert two.annotations.get(kept).note
