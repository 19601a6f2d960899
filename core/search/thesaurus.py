"""Other ways to say what was typed: synonym groups, and the names of one record."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.domain.keys import Kind
from core.search.analysis import words_of
from core.search.schema import RecordFacts
from core.search.spelling import INITIALS, acronym, other_spellings
from core.search.stems import stems_of

LISTED, NAMED = 0.7, 0.6  # what a match of another form counts, beside 1 for the form typed
_LONGEST = 12  # words of a form
_LONGEST_NAME = 6
_MOST_MEANINGS = 2  # groups that a form may belong to; beyond, it says nothing

# Acronyms that are also words: they stand for the long form only where typed in capitals.
ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "all and apt are arm as at can cap car com cot dom eac est first gap has he impact in "
        "is it lap las mar may no nor or per pin pot ran red set so sol son them to total us was "
        "who win",
    )
)
_NOT_NAMES = {Kind.SOURCE.value, Kind.DOCUMENT.value, Kind.EVENT.value}

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Another form, and what it counts."""

    words: Words
    weight: float


@dataclass(frozen=True, slots=True)
class _Form:
    """A form with the number of its group, and whether it stands only for its capitals."""

    words: Words
    group: int
    shouted: bool


@dataclass(slots=True)
class _Meaning:
    """The groups that a form belongs to."""

    groups: dict[int, None] = field(default_factory=dict[int, None])
    shouted: bool = False


class Thesaurus:
    """Finds the other forms of a run of words; unchanging. Forms meet by their stems.

    Stems are taken only of the forms that could be meant: those of as many words with the same
    first letters. All of them at once would be half of what opening the index takes.
    """

    def __init__(self, groups: Iterable[Sequence[str]], weight: float = LISTED) -> None:
        self._weight = weight
        self._groups: list[tuple[Words, ...]] = []
        self._begun: defaultdict[str, list[_Form]] = defaultdict(list)
        self._ready: dict[str, Mapping[Words, _Meaning]] = {}
        self.longest = 0
        for forms in groups:
            self._add(forms)

    def _add(self, forms: Sequence[str]) -> None:
        found: dict[Words, str] = {}
        for form in forms:
            words = tuple(words_of(form))
            if 0 < len(words) <= _LONGEST:
                found.setdefault(words, form)
        number = len(self._groups)
        self._groups.append(tuple(found))
        for words, form in found.items():
            shouted = len(words) == 1 and words[0] in ORDINARY and form.isupper()
            self._begun[_letters(words)].append(_Form(words, number, shouted))
            self.longest = max(self.longest, len(words))

    def ways(self, words: Sequence[str], *, capitals: bool) -> tuple[Way, ...]:
        """Return other forms of exactly these folded words, none where they are ambiguous."""
        meaning = self._meanings(_letters(words)).get(_key(words))
        if meaning is None or len(meaning.groups) > _MOST_MEANINGS:
            return ()
        if meaning.shouted and not capitals:
            return ()
        own = tuple(words)
        others = dict.fromkeys(w for n in meaning.groups for w in self._groups[n] if w != own)
        return tuple(Way(other, self._weight) for other in others)

    def _meanings(self, letters: str) -> Mapping[Words, _Meaning]:
        """Return what the forms with these first letters mean, by what they meet by."""
        found = self._ready.get(letters)
        if found is None:
            made: dict[Words, _Meaning] = {}
            for form in self._begun.get(letters, ()):
                meaning = made.setdefault(_key(form.words), _Meaning())
                meaning.groups[form.group] = None
                meaning.shouted |= form.shouted
            found = self._ready[letters] = made
        return found


def _letters(words: Sequence[str]) -> str:
    """Return the first letter of each word as `_key` spells it, without spelling it."""
    return "".join(INITIALS.get(word) or word[0] for word in words)


def _key(words: Sequence[str]) -> Words:
    """Return what forms meet by: stems, whichever way English spells the words."""
    return tuple(stems_of([acronym(min((word, *other_spellings(word)))) for word in words]))


def named(records: Iterable[RecordFacts]) -> Thesaurus:
    """Make a thesaurus of the names that records have beside their titles.

    Codes of states are left out: three letters, of which many are words.
    """
    return _of_names(
        tuple(tuple(_names(facts)) for facts in records if facts.kind not in _NOT_NAMES)
    )


@lru_cache(maxsize=2)
def _of_names(groups: tuple[tuple[str, ...], ...]) -> Thesaurus:
    """Most commits change no name: the thesaurus of the snapshot before will do."""
    return Thesaurus(groups, NAMED)


def _names(facts: RecordFacts) -> list[str]:
    state = ("type", ("state",)) in facts.attributes
    return [
        name
        for name in facts.names
        if name.count(" ") < _LONGEST_NAME
        and not name.replace(" ", "").isdigit()
        and name not in ORDINARY
        and not (state and len(name) <= 3)
    ]
