"""What a question asks: which words only ask, and which name a tie or a detail of a page."""

import re
from collections.abc import Mapping, Sequence

_ASKING = frozenset(
    re.findall(
        r"[\w']+",
        "who whom whose what which when where why how",
    )
)
_AUXILIARY = frozenset(
    [
        "did",
        "do",
        "does",
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "can",
        "could",
        "will",
        "would",
        "should",
        "been",
        "be",
    ]
)
_FILLING = frozenset(
    [
        "any",
        "all",
        "there",
        "some",
        "me",
        "tell",
        "show",
        "list",
        "about",
        "please",
        "give",
        "find",
        "many",
        "much",
        "held",
        "take",
        "place",
        "s",
        "'s",
    ]
)
# Words that say of what kind the answer is; the page that answers rarely says them.
_CLASSES = frozenset(
    [
        "state",
        "states",
        "country",
        "countries",
        "nation",
        "nations",
        "member",
        "members",
        "government",
        "governments",
        "participant",
        "participants",
        "person",
        "people",
        "company",
        "companies",
        "organisation",
        "organisations",
        "norm",
        "norms",
        "text",
        "texts",
        "document",
        "documents",
    ]
)
# Verbs of questions with the words that pages use for the same tie, by the verb's beginning.
_VERBS: Mapping[str, tuple[str, ...]] = {
    "ratif": ("ratification", "ratifications", "ratified", "parties", "accession"),
    "acced": ("accession", "acceded", "parties"),
    "part": ("parties", "party", "participants"),
    "sign": ("signatories", "signatory", "signed", "signature"),
    "vot": ("votes", "vote", "roll", "totals"),
    "endors": ("supporters", "supported", "endorsed", "signatories"),
    "support": ("supporters", "supported", "supports"),
    "back": ("supporters", "supported", "sponsors"),
    "join": ("members", "participants", "supported", "joined"),
    "sponsor": ("sponsors", "sponsored", "sponsor"),
    "propos": ("proposed", "sponsors", "sponsored"),
    "chair": ("chair", "chaired", "chairs"),
    "led": ("chair", "chaired", "hosted"),
    "host": ("hosted", "host", "hosts"),
    "organis": ("hosted", "host"),
    "attend": ("participants", "delegates", "attended"),
    "participat": ("participants", "delegates"),
    "belong": ("members",),
    "publish": ("published", "position"),
    "adopt": ("adopted",),
    "creat": ("created", "established", "establishes"),
    "establish": ("established", "establishes"),
    "found": ("founding", "founded"),
    "enter": ("entry", "force"),
    "reject": ("contested", "against", "no"),
    "oppos": ("contested", "against", "no"),
    "contest": ("contested", "contests"),
    "apply": ("applies",),
    "agree": ("agreed", "consensus", "report"),
    "against": ("no",),
}
_DETAILS: Mapping[str, tuple[str, ...]] = {"when": ("date",), "where": ("place",)}
_SHORTEST = 3  # words of a question that begins with an auxiliary


def is_question(words: Sequence[str], text: str) -> bool:
    """Tell whether folded words ask a question."""
    first = next((word for word in words if word not in _FILLING), "")
    if first in _ASKING and len(words) > 1:
        return True
    return (first in _AUXILIARY and len(words) >= _SHORTEST) or text.rstrip().endswith("?")


def only_asks(word: str) -> bool:
    """Tell whether a word of a question need not be anywhere."""
    return word in _ASKING or word in _AUXILIARY or word in _FILLING


def names_a_class(word: str) -> bool:
    """Tell whether a word only says of what kind the answer is."""
    return word in _CLASSES


def words_of_tie(word: str) -> tuple[str, ...]:
    """Return the words that pages use for the tie that a verb names; none for other words."""
    for beginning, words in _VERBS.items():
        if re.match(rf"{beginning}\w{{0,5}}\Z", word):
            return words
    return ()


def details(words: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the details that a question is after."""
    return tuple(label for word in words for label in _DETAILS.get(word, ()))
