"""A small index made of real sentences, and a quick way to ask it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.domain.keys import kind_of
from core.domain.search import IndexedNote, IndexedPassage, IndexedRecord, SearchQuery
from core.search.port import Answer
from core.search.whoosh_index import WhooshIndex, create_index
from core.tasks import CancelToken

Ask = Callable[..., Answer]


def a_record(key: str, title: str, *texts: str, names=(), year=None, year_to=None, **more):
    """A record with its title as heading and each text as a passage."""
    passages, at = [], 0
    for n, text in enumerate((title, *texts)):
        passages.append(IndexedPassage(n, at, at + len(text), text, n == 0, f"§ {n}"))
        at += len(text) + 1
    defaults = {"themes": (), "tags": (), "participants": ()} | more
    return IndexedRecord(
        key, kind_of(key), title, names, year, year_to or year, passages=tuple(passages), **defaults
    )


def a_note(annotation: str, record: str, note: str, quotation: str = "", tags=()) -> IndexedNote:
    """A note on a record."""
    return IndexedNote(
        annotation, record, kind_of(record), "title", 3, 9, note, quotation, tags, None
    )


RECORDS = (
    a_record(
        "norm:critical",
        "Do not damage critical infrastructure",
        "A State should not conduct ICT activity that damages critical infrastructure.",
        "Traced to para. 13(f) of A/70/174 and repeated in PC.DEC/1202.",
        year=2015,
        themes=("critical infrastructure",),
        participants=("participant:japan",),
    ),
    a_record(
        "instrument:budapest-convention",
        "Budapest Convention",
        "The treaty on cybercrime was opened for signature on 23 November 2001.",
        "Article 35 sets up a point of contact that works around the clock.",
        names=("Convention on Cybercrime", "ETS No. 185"),
        year=2001,
        year_to=2004,
        themes=("cybercrime",),
    ),
    a_record(
        "event:conference",
        "Seoul conference",
        "Delegates praised the Budapest Convention, the Budapest Convention and again the "
        "Budapest Convention on Cybercrime.",
        "Attribution: states attribute, a state attributed, attributing is hard.",
        year=2013,
    ),
    a_record(
        "participant:japan",
        "Japan",
        "Japan takes part in the café talks, naïve or not, at straße level. ﬁnal",
        "日本は網絡空間の規範を支持する。",
        names=("日本", "اليابان"),
    ),
    a_record(
        "document:memo",
        "A memo",
        "The 🔒 stays shut; الأمن السيبراني is the topic.",
        "One <b>bold</b> & brave sentence about hotlines.",
        tags=("CBM/Hotlines",),
        year=2020,
    ),
)
NOTES = (a_note("n1", "norm:critical", "Compare with the hospital wording.", tags=("Health",)),)


@pytest.fixture(scope="module")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshIndex]:
    """The small index; only to be read."""
    index = create_index(tmp_path_factory.mktemp("search") / "index")
    index.apply((*RECORDS, *NOTES), (), ())
    yield index
    index.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[WhooshIndex]:
    """The small index, for this test alone."""
    index = create_index(tmp_path / "index")
    index.apply((*RECORDS, *NOTES), (), ())
    yield index
    index.close()


@pytest.fixture
def ask(shared_index: WhooshIndex) -> Ask:
    """Ask the shared index; filters of the query as keywords."""

    def asking(text: str, **filters) -> Answer:
        return shared_index.search(SearchQuery(text, **filters), CancelToken())

    return asking


def keys(answer: Answer) -> list[str]:
    """The records of an answer, best first."""
    return [hit.record for hit in answer.hits]
