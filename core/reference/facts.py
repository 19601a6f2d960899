"""Where a page tells a fact: in its list, or with the summary or date that have the same words."""

import re

from core.domain.dates import in_words
from core.reference.schema import Event, FactShape, Norm, RecordShape, State

_HAPPENED = re.compile(r"Took place (?:on |in |from )?(.+?)\.?\Z")
_ROLL_CALL = re.compile(r"(\d+/\d+) \((\d{4})\) (yes|no|abstained|absent)\b")
_ROLL_CALLS, _ABSENT, _VOTED = "UN roll calls: ", "absent", "voted"
# The labels of the passages that tell a fact besides their own.
SUMMARY, DATE, VOTES = "Summary", "Date", "Votes"


def place_of(shape: RecordShape, number: int) -> str:
    """Return the label of the passage that tells a record's fact; facts are counted from 1."""
    fact = shape.facts[number - 1]
    if isinstance(shape, Event) and happened(shape) is fact:
        return DATE
    if isinstance(shape, State) and roll_calls(shape) is fact:
        return VOTES
    return SUMMARY if _is_in_summary(shape, fact) else f"Fact {number}"


def happened(shape: Event) -> FactShape | None:
    """Return the fact that says of an event only that it took place on its date."""
    date = _dash(in_words(shape.date).removesuffix(" (uncertain)"))
    return next((fact for fact in shape.facts if _date_told(fact) == date), None)


def roll_calls(shape: State) -> FactShape | None:
    """Return the fact that sums up roll calls, if the state's ties have every vote of it."""
    fact = next((fact for fact in shape.facts if fact.text.startswith(_ROLL_CALLS)), None)
    if fact is None:
        return None
    ground = fact.source, fact.verified
    votes = {
        (tie.object, tie.role)
        for tie in shape.relations
        if tie.predicate == _VOTED and (tie.source, tie.verified) == ground
    }
    calls = _ROLL_CALL.findall(fact.text)
    cast = {
        (resolution_key(number), vote.removesuffix("ed"))
        for number, _, vote in calls
        if vote != _ABSENT
    }
    whole = len(calls) == fact.text.count(";") + 1
    return fact if whole and votes and cast <= votes else None


def absences(fact: FactShape) -> list[tuple[str, str]]:
    """Return the number and year of each resolution at whose roll call a state was absent."""
    calls = _ROLL_CALL.findall(fact.text)
    return [(number, year) for number, year, vote in calls if vote == _ABSENT]


def resolution_key(number: str) -> str:
    """Return the key of a resolution of the General Assembly."""
    return f"instrument:unga-{number.replace('/', '-')}"


def _date_told(fact: FactShape) -> str | None:
    match = _HAPPENED.match(fact.text)
    return _dash(match[1]) if match else None


def _dash(words: str) -> str:
    return words.replace(" – ", "-").replace(" - ", "-").replace("–", "-")


def _is_in_summary(shape: RecordShape, fact: FactShape) -> bool:
    """Tell whether the summary says a fact in whole, on the same ground and with its year."""
    if isinstance(shape, Norm) or (fact.source, fact.verified) != (shape.source, shape.verified):
        return False
    words = re.escape(fact.text.rstrip("."))
    match = re.search(rf"(?:\A|[.;] ){words}(?=[.;]|\Z)", shape.summary)
    return match is not None and (fact.year is None or str(fact.year) in shape.summary)
