"""The textual core held against Whoosh's own searcher, over the same index.

The core is words, AND, OR, NOT, phrases and beginnings over the field of texts. What the product
puts on top of it (other forms of a word, titles, weights of passages, function words) is switched
off here, and nothing else.
"""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as whoosh_query
from whoosh.index import open_dir
from whoosh.scoring import BM25F

from core.search.evaluate import Evaluation
from core.search.nodes import And, Node, Not, Or, Phrase, Word
from core.search.schema import documents
from core.search.scoring import Scorer
from core.search.whoosh_index import WhooshIndex, create_index
from core.tasks import CancelToken

from .conftest import a_note, a_record

CHANCE = random.Random(7)
STEMS = ("ba", "ce", "du", "fo", "gu", "ha")
VOCABULARY = [a + b for a in STEMS for b in ("kax", "lox", "mux", "nax")]
WEIGHTS = [1 / (n + 1) for n in range(len(VOCABULARY))]


def _texts(count: int) -> list[str]:
    longest = CHANCE.choice((6, 30, 60))
    return [
        " ".join(CHANCE.choices(VOCABULARY, WEIGHTS, k=CHANCE.randint(1, longest)))
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory):
    """Five segments, one of them in Whoosh's own codec, with deletions in three."""
    records = [a_record(f"norm:r{n}", f"zzz{n}", *_texts(1)) for n in range(130)]
    folder = tmp_path_factory.mktemp("ranking") / "index"
    made = create_index(folder)
    made.rebuild(records[:60], lambda *_: None, 60)
    made.apply(records[60:75], (), ())
    writer = open_dir(str(made._opened.folder)).writer()
    for record in records[75:95]:
        for document in documents(record):
            writer.add_document(**document)
    writer.commit(merge=False)
    made.apply(records[95:], [f"norm:r{n}" for n in range(40, 45)], ())
    made.apply([*records[:6], a_note("n1", "norm:r3", *_texts(2))], ["norm:r65", "norm:r80"], ())
    assert len(made._opened.snapshot.parts) == 5
    yield made
    made.close()


class Core(Evaluation):
    """The evaluation without its layers."""

    def _forms(self, word):
        return {word.text: 1.0}

    def run(self, node, fields=("text",)):
        found = super().run(node, fields)
        if isinstance(node, Not):  # for Whoosh each NOT that holds is worth 1; for us nothing
            found.score = found.mask.astype(np.float32)
        return found

    def _leaf(self, found):
        snapshot = self._snapshot
        total = self._plain(np.zeros(snapshot.size, bool))
        places, scores = found["text"]
        total.mask[places] = total.direct[places] = True
        total.score[places] = scores
        return total


def _ours(index: WhooshIndex, node: Node) -> dict[int, float]:
    snapshot = index._opened.snapshot
    found = Core(snapshot, CancelToken()).run(node, ("text",))
    numbers = np.flatnonzero(found.mask & snapshot.live)
    return dict(zip(numbers.tolist(), found.score[numbers].tolist(), strict=True))


def _translated(node: Node) -> whoosh_query.Query:
    match node:
        case Word(text, prefix=True):
            return whoosh_query.Prefix("text", text)
        case Word(text):
            return whoosh_query.Term("text", text)
        case Phrase(words):
            return whoosh_query.Phrase("text", list(words))
        case And(nodes):
            return whoosh_query.And([_translated(n) for n in nodes])
        case Or(nodes):
            return whoosh_query.Or([_translated(n) for n in nodes])
        case Not(inner):
            return whoosh_query.Not(_translated(inner))
        case _:
            raise AssertionError(node)


def _word() -> Word:
    return Word(CHANCE.choices(VOCABULARY, WEIGHTS)[0])


def _node(depth: int) -> Node:
    """Make up a query: a word, a phrase, or some of them together."""
    kind = CHANCE.random()
    if depth == 0 or kind < 0.25:
        return _word()
    if kind < 0.45:
        return Phrase(tuple(_word().text for _ in range(CHANCE.choice((2, 2, 2, 3)))))
    nodes = tuple(dict.fromkeys(_node(depth - 1) for _ in range(CHANCE.choice((2, 2, 3)))))
    if kind < 0.65:
        return Or(nodes)
    if kind < 0.8:
        return And((*nodes, Not(_node(depth - 1))))
    return And(nodes)


def _normal(node: Node) -> Node:
    """Take out what is said twice, as Whoosh does before it searches."""
    match node:
        case And(nodes) | Or(nodes):
            kind = type(node)
            flat: dict[Node, None] = {}
            for inner in map(_normal, nodes):
                flat |= dict.fromkeys(inner.nodes if isinstance(inner, kind) else (inner,))
            return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat))
        case Not(inner):
            return Not(_normal(inner))
        case _:
            return node


QUERIES = list(dict.fromkeys(_normal(_node(2)) for _ in range(4000)))[:2000]


@pytest.mark.slow
def test_thousands_of_queries_have_the_documents_scores_and_order_of_whoosh(index):
    assert len(QUERIES) == 2000
    answered = 0
    with open_dir(str(index._opened.folder)).searcher(weighting=BM25F()) as searcher:
        for node in QUERIES:
            ours = _ours(index, node)
            hits = searcher.search(_translated(node), limit=None)
            theirs = {hit.docnum: hit.score for hit in hits}
            assert ours.keys() == theirs.keys(), node
            assert all(
                abs(ours[n] - score) <= 1e-4 * max(1, score) for n, score in theirs.items()
            ), node
            ranked = [ours[hit.docnum] for hit in hits]
            assert all(a >= b - 1e-3 for a, b in pairwise(ranked)), node
            answered += bool(theirs)
    assert answered > 1000


@pytest.mark.parametrize("begun", ["ba", "cel", "duk", "g", "hanax", "zq"])
def test_a_beginning_finds_the_documents_that_whoosh_finds(index, begun):
    """Whoosh gives them all one score; ours count as one word."""
    with open_dir(str(index._opened.folder)).searcher() as searcher:
        hits = searcher.search(whoosh_query.Prefix("text", begun), limit=None)
        theirs = {hit.docnum for hit in hits}
    assert _forms_found(index, begun) == theirs


def _forms_found(index: WhooshIndex, begun: str) -> set[int]:
    snapshot = index._opened.snapshot
    forms = dict.fromkeys(snapshot.words.beginnings(begun) | {begun}, 1.0)
    found = Scorer(snapshot)._held("text", forms)[0]
    return {n for n in found.tolist() if snapshot.live[n]}


PRUNED = [
    And((Word(a), Or((Word(b), Word(c)))))
    for a, b, c in zip(VOCABULARY, VOCABULARY[3:], VOCABULARY[7:], strict=False)
]


@pytest.mark.parametrize("node", PRUNED, ids=lambda node: node.nodes[0].text)
def test_the_mended_whoosh_gives_the_same_top_hits_with_and_without_a_limit(index, node):
    with open_dir(str(index._opened.folder)).searcher(weighting=BM25F()) as searcher:
        some = [hit.score for hit in searcher.search(_translated(node), limit=10)]
        every = [hit.score for hit in searcher.search(_translated(node), limit=None)]
    assert some == pytest.approx(every[:10])


def test_what_whoosh_keeps_of_a_record_is_the_same_in_either_codec(index):
    with open_dir(str(index._opened.folder)).searcher() as searcher:
        for record in index._opened.snapshot.documents.tolist():
            facts = searcher.stored_fields(record)["facts"]
            assert facts[0].startswith("norm:r")
    assert Path(index._opened.folder).is_dir()
