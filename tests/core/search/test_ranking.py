"""The ranking held against Whoosh's own, over the same index."""

import random
from pathlib import Path

import pytest
from whoosh import query as whoosh_query
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from core.search.evaluate import Evaluation
from core.search.nodes import And, Node, Or, Phrase, Word
from core.search.whoosh_index import WhooshIndex, create_index
from core.tasks import CancelToken

from .conftest import a_record

# Words without relatives or longer forms, so that both sides look for the very same thing.
VOCABULARY = tuple(a + b for a in ("ba", "ce", "du", "fo", "gu") for b in ("kax", "lox", "mux"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory):
    chance = random.Random(7)
    weights = [1 / (n + 1) for n in range(len(VOCABULARY))]
    records = [
        a_record(
            f"norm:r{n}",
            f"zzz{n}",
            *(" ".join(chance.choices(VOCABULARY, weights, k=chance.randint(3, 60))) for _ in "ab"),
        )
        for n in range(600)
    ]
    made = create_index(tmp_path_factory.mktemp("ranking") / "index")
    made.rebuild(records, lambda *_: None, len(records))
    made.apply(records[:40], [f"norm:r{n}" for n in range(50, 70)], ())
    yield made
    made.close()


class _SameMean(BM25F):
    """Whoosh's ranking with the mean length over documents that have the field."""

    def __init__(self, mean: float) -> None:
        super().__init__()
        self.mean = mean

    def scorer(self, searcher, fieldname, text, qf=1):
        scorer = super().scorer(searcher, fieldname, text, qf)
        scorer.avgfl = self.mean
        scorer.setup(searcher, fieldname, text)
        return scorer


def _whoosh(index: WhooshIndex) -> Searcher:
    snapshot = index._opened.snapshot
    lengths = [n for part in snapshot.parts for n in part.segment.lengths["text"].tolist() if n]
    return index._opened.index.searcher(weighting=_SameMean(sum(lengths) / len(lengths)))


def _translated(node: Node) -> whoosh_query.Query:
    match node:
        case Word(text):
            return whoosh_query.Term("text", text)
        case Phrase(words):
            return whoosh_query.Phrase("text", list(words))
        case And(nodes):
            return whoosh_query.And([_translated(n) for n in nodes])
        case Or(nodes):
            return whoosh_query.Or([_translated(n) for n in nodes])
        case _:
            raise AssertionError(node)


def _words(*texts: str) -> tuple[Word, ...]:
    return tuple(Word(text) for text in texts)


QUERIES = [
    Word("bakax"),
    And(_words("bakax", "gumux")),
    And(_words("bakax", "balox", "cekax")),
    Or(_words("folox", "gumux")),
    *(
        And((Word(a), Or(_words(b, c))))
        for a, b, c in zip(VOCABULARY, VOCABULARY[3:], VOCABULARY[7:], strict=False)
    ),
]


@pytest.mark.parametrize("node", QUERIES, ids=str)
def test_documents_and_scores_are_those_of_whoosh(index, node):
    snapshot = index._opened.snapshot
    ours = Evaluation(snapshot, CancelToken()).run(node)
    answering = ours.direct & ours.mask & snapshot.live
    with _whoosh(index) as searcher:
        theirs = {hit.docnum: hit.score for hit in searcher.search(_translated(node), limit=None)}
    assert set(answering.nonzero()[0].tolist()) == set(theirs)
    for document, score in theirs.items():
        assert ours.score[document] == pytest.approx(score, rel=1e-4)


@pytest.mark.parametrize("words", [("bakax", "balox"), ("cekax", "bakax", "bamux")])
def test_phrases_stand_where_whoosh_finds_them(index, words):
    node = Phrase(words)
    snapshot = index._opened.snapshot
    ours = Evaluation(snapshot, CancelToken()).run(node)
    with _whoosh(index) as searcher:
        theirs = {hit.docnum for hit in searcher.search(_translated(node), limit=None)}
    assert set((ours.mask & snapshot.live).nonzero()[0].tolist()) == theirs
    assert theirs


@pytest.mark.parametrize("node", QUERIES[4:], ids=str)
def test_the_mended_whoosh_gives_the_same_top_hits_with_and_without_a_limit(index, node):
    with _whoosh(index) as searcher:
        some = [hit.score for hit in searcher.search(_translated(node), limit=10)]
        every = [hit.score for hit in searcher.search(_translated(node), limit=None)]
    assert some == every[:10]


def test_opening_a_searcher_does_not_copy_the_index(index: WhooshIndex):
    reader = index._opened.snapshot.parts[0].segment._reader
    assert isinstance(reader._terms._postfile._buf, memoryview)
    assert Path(index._opened.folder).is_dir()
