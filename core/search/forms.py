"""The forms that a word of a query stands for, each with what its occurrences count.

As typed 1, in the other spelling of English 0.9, same stem 0.5, begun so 0.3. Every expansion takes
the most frequent words up to a limit, so that no query reads more than some hundred lists.
"""

from core.search.nodes import Fuzzy, Wildcard, Word
from core.search.words import Vocabulary

SPELT, STEMMED, BEGUN, STARRED, SLIPPED = 0.9, 0.5, 0.3, 0.8, 0.6
MOST_STARRED = 128

Forms = dict[str, float]


def forms_of(node: Word | Fuzzy | Wildcard, vocabulary: Vocabulary) -> Forms:
    """Return the forms with their weights."""
    match node:
        case Word():
            return _word(node, vocabulary)
        case Fuzzy(text, slips):
            near = vocabulary.near(text, slips, MOST_STARRED)
            return {word: SLIPPED**distance for word, distance in near} | {text: 1.0}
        case Wildcard(pattern):
            return dict.fromkeys(vocabulary.fitting(pattern, MOST_STARRED), STARRED)


def _word(word: Word, vocabulary: Vocabulary) -> Forms:
    forms = {word.text: 1.0}
    if word.prefix:
        for begun, _ in vocabulary.most_frequent(word.text, MOST_STARRED):
            forms.setdefault(begun, STARRED)
        return forms
    forms |= dict.fromkeys(vocabulary.relatives(word.text), STEMMED)
    forms |= dict.fromkeys(vocabulary.spellings(word.text), SPELT)
    if word.typing:
        for begun in vocabulary.beginnings(word.text):
            forms.setdefault(begun, BEGUN)
    return forms
