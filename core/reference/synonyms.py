"""What the groups of synonyms of a pack must keep to."""

from collections import Counter
from collections.abc import Iterator, Sequence

from core.reference.problems import Problem
from core.reference.reading import Synonyms

LONGEST_FORM = 120  # characters
MOST_MEANINGS = 2  # groups that one form may stand in


def check_synonyms(groups: Sequence[Synonyms]) -> Iterator[Problem]:
    """Yield forms that are no words, stand twice in a group, or have too many meanings."""
    meanings: Counter[str] = Counter()
    for group in groups:
        met: set[str] = set()
        for number, form in enumerate(group.shape.forms):
            folded = " ".join(form.casefold().split())
            path = ("forms", number)
            if not any(character.isalnum() for character in folded):
                yield group.problem(f"“{form}” has neither a letter nor a digit", *path)
            if len(form) > LONGEST_FORM:
                yield group.problem(f"“{form[:30]}…” is longer than {LONGEST_FORM}", *path)
            if folded in met:
                yield group.problem(f"“{form}” stands there twice", *path)
            met.add(folded)
        meanings.update(met)
        for form in sorted(met):
            if meanings[form] == MOST_MEANINGS + 1:
                yield group.problem(f"“{form}” stands in more than {MOST_MEANINGS} groups")
