"""Marking passages: offsets and quotations come back as they were given, errors say what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.domain.annotations import AnnotationFilter
from core.errors import AmbiguousQuoteError, NotFoundError, UserError
from core.services.annotations import Annotations
from core.services.codebook import Codebook
from core.services.history import History
from core.storage.migrations import upgrade
from core.storage.repositories.packs import Packs
from core.storage.tables import Base
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record

HARD = a_record(
    "norm:hard",
    "Hard words 🕊",
    "A dove 🕊 and a flag 🇺🇳, x\u0301 written apart.",
    "الأمن السيبراني مسؤولية الدول.",
    "Ten\u00a0States, para.\u00a013(f); ten States.",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    file: Path = tmp_path_factory.mktemp("annotations") / "normatlas.db"
    made = Database(file, "Ada Analyst")
    upgrade(made.engine)
    with made.write() as work:
        Packs(work.session).sync(a_pack(HARD), work.now)
        work.commit()
    yield made
    made.close()


@pytest.fixture
def annotations(database: Database) -> Iterator[Annotations]:
    service = Annotations(database)
    yield service
    if left := [annotation.id for annotation in service.find()]:
        service.delete(left)


@pytest.mark.parametrize(
    "quote",
    ["🕊 and", "🇺🇳", "الأمن", "Ten\u00a0States", "apart.\nالأمن السيبراني", HARD.text.content],
)
def test_hard_characters_come_back_exactly(annotations: Annotations, quote: str) -> None:
    made, _ = annotations.annotate_quote("norm:hard", quote)
    assert made.target.quote.exact == quote
    assert HARD.text.content[made.start : made.end] == quote
    assert annotations.get(made.id) == made


def test_a_quotation_typed_with_other_accents_is_found(annotations: Annotations) -> None:
    composed = a_record("norm:accents", "Accents", "La souveraineté numérique.")
    with annotations._database.write() as work:
        Packs(work.session).sync(a_pack(HARD, composed, version="2"), work.now)
        work.commit()
    made, _ = annotations.annotate_quote("norm:accents", "souverainete\u0301")
    assert made.target.quote.exact == "souveraineté"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_any_passage_comes_back(annotations: Annotations, data: st.DataObject) -> None:
    content = HARD.text.content
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    made, _ = annotations.annotate("norm:hard", start, end)
    assert (made.start, made.end) == (start, end)
    assert made.target.quote.exact == content[start:end]
    annotations.delete([made.id])


def test_a_quote_that_is_there_twice_needs_its_context(annotations: Annotations) -> None:
    with pytest.raises(AmbiguousQuoteError, match="stands 2 times"):
        annotations.annotate_quote("norm:hard", "States")
    made, _ = annotations.annotate_quote("norm:hard", "States", prefix="; ten ")
    assert HARD.text.content[made.start - 6 : made.start] == "; ten "


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("norm:nowhere", 0, 1), NotFoundError, "no record “norm:nowhere”"),
        (("norm:hrad", 0, 1), NotFoundError, "Did you mean norm:hard"),
        (("hard", 0, 1), UserError, "not a record key"),
        (("norm:hard", 5, 5), UserError, "Offsets 5 to 5"),
        (("norm:hard", -1, 5), UserError, "Offsets -1 to 5"),
        (("norm:hard", 0, 10_000), UserError, "characters"),
        (("norm:hard", 0, 4, ["Missing"]), NotFoundError, "no tag “Missing”"),
        (("norm:hard", 0, 4, ["A//B"]), UserError, "no name for a tag"),
    ],
)
def test_errors_say_what_to_do_and_leave_nothing(
    annotations: Annotations, arguments: tuple, error: type[UserError], says: str
) -> None:
    with pytest.raises(error, match=says):
        annotations.annotate(*arguments)
    assert annotations.find() == ()


def test_earlier_keys_lead_to_the_record(annotations: Annotations) -> None:
    made, _ = annotations.annotate("norm:hard-earlier", 0, 4)
    assert made.target.record == "norm:hard"
    assert annotations.find(AnnotationFilter(record="norm:hard-earlier")) == (made,)


def test_of_many_on_a_page_those_in_sight_come_first(annotations: Annotations) -> None:
    made = [annotations.annotate("norm:hard", at, at + 4)[0] for at in (0, 10, 20)]
    assert annotations.on_page("norm:hard-earlier", 0, 1, 3) == (tuple(made), True)
    assert annotations.on_page("norm:hard", 13, 20, 2) == ((made[1],), False)
    assert annotations.on_page("norm:hard", 13, 21, 2) == ((made[1], made[2]), False)


def test_filters(annotations: Annotations, database: Database) -> None:
    first, _ = annotations.annotate("norm:hard", 0, 4, ["CBM/Hotlines"], create_tags=True)
    second, _ = annotations.annotate("norm:hard", 5, 10, ["Other"], create_tags=True)
    assert annotations.find(AnnotationFilter(tag="cbm")) == (first,)
    assert annotations.find(AnnotationFilter(tag="Other")) == (second,)
    assert annotations.find(AnnotationFilter(analyst="Nobody")) == ()
    assert annotations.find(AnnotationFilter(states=frozenset({"anchored"}))) == (first, second)
    with pytest.raises(NotFoundError, match="no tag"):
        annotations.find(AnnotationFilter(tag="Nothing"))
    counts = {tag.path: tag.count for tag in Codebook(database).tags()}
    assert counts["CBM/Hotlines"] == 1
    assert counts["CBM"] == 0


def test_moves_of_a_passage_in_a_row_are_one_step_and_keep_tags_and_note(
    database: Database,
) -> None:
    annotations, history = Annotations(database), History(database)
    made, _ = annotations.annotate_quote(
        "norm:hard", "dove", tags=("Birds",), note="white", create_tags=True
    )
    for end in (made.end + 2, made.end + 4):
        annotations.move(made.id, made.start - 2, end)
    moved = annotations.get(made.id)
    assert moved.target.quote.exact == "A dove 🕊 a"
    assert (moved.tags, moved.note) == (("Birds",), "white")
    with pytest.raises(UserError):
        annotations.move(made.id, 5, 5)
    history.undo()
    assert annotations.get(made.id) == made
    history.undo()


def test_what_is_prepared_leaves_nothing_behind(database: Database) -> None:
    annotations = Annotations(database)
    before = dump(database)
    annotations.prepare("norm:hard")
    assert dump(database) == before
    with pytest.raises(NotFoundError):
        annotations.prepare("norm:none")


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }
