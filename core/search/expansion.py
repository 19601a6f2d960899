"""A query's tree with what its words may also mean: other names, symbols, dates, compounds.

Only plain words and symbols gain meanings; quotations, patterns and what is excluded are taken as
typed. Every way that is added counts less than the form typed, so exact matches come first.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.search import questions, symbols
from core.search.nodes import And, Best, InNotes, InTitle, Node, Optional, Or, Phrase, Word
from core.search.thesaurus import Thesaurus, Way
from core.search.words import Vocabulary

_COMPOUND = 0.9  # cyberattack for cyber attack
_TOGETHER = 0.4  # what standing side by side adds
_ASKED = 0.6  # what the words for a question's tie add
_MOST_PAIRS = 5
_FARTHEST = 2  # from one telling word to the next
_SHORTEST_HALF = 2  # letters of either half of a compound

# Words that nearly every passage holds. They count in phrases and in the ranking, but a passage
# need not hold them.
FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
    ]
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words: those of the index, and thesauri, the better first."""

    words: Vocabulary
    thesauri: tuple[Thesaurus, ...] = ()

    def ways(self, words: Sequence[str], *, capitals: bool) -> tuple[Way, ...]:
        """Return the other ways to say these words, from the first thesaurus that has some."""
        found: dict[tuple[str, ...], Way] = {}
        for thesaurus in self.thesauri:
            for way in thesaurus.ways(words, capitals=capitals):
                if all(self.words.count(word) for word in way.words):
                    found.setdefault(way.words, way)
        return tuple(found.values())[:_MOST_WAYS]

    @property
    def longest(self) -> int:
        """The most words that one form has."""
        return max((thesaurus.longest for thesaurus in self.thesauri), default=0)


_MOST_WAYS = 6


@dataclass(frozen=True, slots=True)
class _Item:
    """A word or symbol of a run, with its folded words."""

    node: Node
    words: tuple[str, ...]
    capitals: bool = False


def expanded(node: Node, lexicon: Lexicon, *, question: bool = False) -> Node:
    """Return what a query means in full."""
    match node:
        case And(nodes):
            return _all(nodes, lexicon, question=question)
        case InTitle(inner):
            return InTitle(expanded(inner, lexicon))
        case InNotes(inner):
            return InNotes(expanded(inner, lexicon))
        case Or(nodes) if _item(node) is None:
            return Or(tuple(expanded(one, lexicon) for one in nodes))
        case _:
            return _all((node,), lexicon, question=question)


def _all(nodes: Sequence[Node], lexicon: Lexicon, *, question: bool) -> Node:
    found: list[Node] = []
    run: list[_Item] = []
    for node in nodes:
        item = _item(node)
        if item is not None:
            run.append(item)
            continue
        found += _run(run, lexicon, question=question)
        run = []
        wrapper = isinstance(node, And | Or | InTitle | InNotes)
        found.append(expanded(node, lexicon) if wrapper else node)
    found += _run(run, lexicon, question=question)
    return found[0] if len(found) == 1 else And(tuple(found))


def _item(node: Node) -> _Item | None:
    """Take a plain word, symbol or hyphenated word; None for what is meant exactly."""
    match node:
        case Word(text, prefix=False, capitals=capitals):
            return _Item(node, (text,), capitals)
        case Phrase(words, quoted=False):
            return _Item(node, words)
        case Or((Phrase(words), Word())) | Or((Word(), Phrase(words))):
            return _Item(node, words)
        case _:
            return None


def _run(items: Sequence[_Item], lexicon: Lexicon, *, question: bool) -> list[Node]:
    if question:
        return _question(items, lexicon)
    found: list[Node] = []
    place = 0
    while place < len(items):
        length, node = _longest(items[place:], lexicon)
        found.append(node)
        place += length
    return found + _side_by_side(items, lexicon)


def _question(items: Sequence[_Item], lexicon: Lexicon) -> list[Node]:
    """Leave out what only asks; what names a tie or a class helps, and need not be there."""
    words = [word for item in items for word in item.words]
    classes = {
        id(item)
        for before, item in pairwise(items)
        if questions.names_a_class(item.words[0]) and questions.only_asks(before.words[0])
    }
    telling = [
        item
        for item in items
        if not (questions.only_asks(item.words[0]) or id(item) in classes)
        and not questions.words_of_tie(item.words[0])
    ]
    if not any(item.words[0] not in FUNCTION_WORDS for item in telling):
        return _run(items, lexicon, question=False)
    helping: list[Node] = []
    for item in items:
        tie = questions.words_of_tie(item.words[0])
        if tie:
            ways = ((item.node, 1.0), *((Word(word), _ASKED) for word in tie))
            helping.append(Optional(Best(ways)))
        elif id(item) in classes:
            helping.append(Optional(item.node))
    helping += [Optional(Best(((Word(w), _ASKED),))) for w in questions.details(words)]
    return _run(telling, lexicon, question=False) + helping


def _longest(items: Sequence[_Item], lexicon: Lexicon) -> tuple[int, Node]:
    """Read the longest thing that items begin with; returns how many, and what it means."""
    for read in (symbols.date_at, symbols.series_at):
        found = _read(items, read)
        if found is not None:
            return found
    for length in range(min(len(items), max(1, lexicon.longest)), 0, -1):
        some = items[:length]
        words = tuple(word for item in some for word in item.words)
        ways = lexicon.ways(words, capitals=all(item.capitals for item in some))
        if ways:
            typed = _plain(some, lexicon)
            others = ((_way(way), way.weight * _shortened(words, way)) for way in ways)
            return length, Best(((typed, 1.0), *others))
    if len(items) > 1 and _joined(items[0], items[1], lexicon):
        together = Word(items[0].words[0] + items[1].words[0])
        return 2, Best(((_plain(items[:2], lexicon), 1.0), (together, _COMPOUND)))
    return 1, _plain(items[:1], lexicon)


def _read(
    items: Sequence[_Item], read: Callable[[Sequence[str]], tuple[int, Node] | None]
) -> tuple[int, Node] | None:
    """Read a date or number whose words end where an item ends."""
    found = read([word for item in items[:4] for word in item.words])
    if found is None:
        return None
    taken = 0
    for count, item in enumerate(items, 1):
        taken += len(item.words)
        if taken == found[0]:
            return count, found[1]
        if taken > found[0]:
            break
    return None


def _plain(items: Sequence[_Item], lexicon: Lexicon) -> Node:
    nodes = tuple(_single(item, lexicon) for item in items)
    return nodes[0] if len(nodes) == 1 else And(nodes)


def _single(item: _Item, lexicon: Lexicon) -> Node:
    if isinstance(item.node, Phrase):
        found = symbols.symbol(item.words)
        return item.node if isinstance(found, Phrase) else found
    if isinstance(item.node, Word):
        halves = _halves(item.node, lexicon.words)
        if halves is not None:
            return Best(((item.node, 1.0), (Phrase(halves, loose=True), _COMPOUND / 2)))
    if isinstance(item.node, Or) and all(word.isalpha() for word in item.words):
        return Best(((item.node, 1.0), (Phrase(item.words, loose=True), _COMPOUND)))  # hyphens
    return item.node


def _halves(word: Word, known: Vocabulary) -> tuple[str, str] | None:
    """Part a compound whose first half many compounds have: cyberattack, counterterrorism."""
    for first in ("cyber", "counter", "non", "multi", "cross", "co", "anti", "over", "inter"):
        rest = word.text.removeprefix(first)
        if rest == word.text or len(rest) < 4 or not known.count(first):
            continue
        if known.count(rest) or known.relatives(rest):
            return first, rest
    return None


def _joined(first: _Item, second: _Item, lexicon: Lexicon) -> bool:
    """Tell whether two words typed apart are also written as one."""
    if not (isinstance(first.node, Word) and isinstance(second.node, Word)):
        return False
    halves = (first.words[0], second.words[0])
    if any(len(half) < _SHORTEST_HALF or half in FUNCTION_WORDS for half in halves):
        return False
    return lexicon.words.count("".join(halves)) > 0


def _shortened(words: Sequence[str], way: Way) -> float:
    """Return what keeps a long form from outdoing a short one: a phrase adds up its words."""
    said, other = (sum(w not in FUNCTION_WORDS for w in some) for some in (words, way.words))
    return math.sqrt(min(1.0, max(1, said) / max(1, other)))


def _way(way: Way) -> Node:
    return Word(way.words[0]) if len(way.words) == 1 else Phrase(way.words, loose=True)


def _side_by_side(items: Sequence[_Item], lexicon: Lexicon) -> list[Node]:
    """Raise what has telling words side by side, or with the same little words between."""
    telling = [n for n, item in enumerate(items) if item.words[0] not in FUNCTION_WORDS]
    if not all(lexicon.words.count(items[n].words[0]) for n in telling):
        return []
    pairs = [
        Phrase(tuple(w for item in items[first : second + 1] for w in item.words), loose=True)
        for first, second in pairwise(telling)
        if second - first <= _FARTHEST
    ]
    return [Optional(Best(((pair, _TOGETHER),))) for pair in pairs[:_MOST_PAIRS]]
