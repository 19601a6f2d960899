"""A query as the fields of a form, for those who prefer one to the language."""

from dataclasses import dataclass

NEAR_WORDS = 10  # what ``~`` without a number means


@dataclass(frozen=True, slots=True)
class QueryForm:
    """What the form holds. In the word fields quoted words count as one.

    ``verified`` is "yes", "no" or "". ``participant``, ``party`` and ``stated_in`` name records
    by slug, key or name. Years are 0 where open.
    """

    all_words: str = ""
    phrase: str = ""
    any_of: str = ""
    none_of: str = ""
    near: str = ""
    within: int = NEAR_WORDS
    kinds: tuple[str, ...] = ()
    theme: str = ""
    participant: str = ""
    party: str = ""
    stated_in: str = ""
    tag: str = ""
    year_from: int = 0
    year_to: int = 0
    verified: str = ""
    annotated: bool = False
    in_notes: bool = False


@dataclass(frozen=True, slots=True)
class FormReading:
    """A query read into a form; ``rest`` is the part of it that the form can't show."""

    form: QueryForm
    rest: str = ""
