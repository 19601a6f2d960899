"""Small English: articles before names, lists with "and", numbers in words, dates in sentences."""

import re
from collections.abc import Sequence

from core.domain.dates import in_words, parse
from core.reference.writing import Piece, plain

_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)
# Names of states that take an article; those that end in "Islands" do too.
_STATES = {
    "bahamas", "central african republic", "comoros", "cook islands", "czech republic",
    "democratic republic of the congo", "dominican republic", "gambia", "holy see", "maldives",
    "netherlands", "philippines", "republic of the congo", "seychelles", "soviet union",
    "united arab emirates", "united kingdom", "united states",
}  # fmt: skip
# Nouns that take an article where they head a name: "the Council of Europe".
_NOUNS = {
    "accord", "action", "agency", "agenda", "agreement", "alliance", "assembly", "association",
    "authority", "bank", "board", "bureau", "call", "center", "centre", "charter", "clinic",
    "coalition", "code", "commission", "committee", "commonwealth", "communiqué", "community",
    "compact", "compendium", "conclusions", "conference", "congress", "consortium",
    "consultations", "convention", "council", "court", "declaration", "department", "dialogue",
    "directive", "directory", "facility", "federation", "forum", "foundation", "framework",
    "fund", "government", "group", "index", "initiative", "institute", "law", "league", "manual",
    "mechanism", "ministry", "model", "movement", "network", "office", "operation",
    "organisation", "organization", "partnership", "plan", "platform", "presidency",
    "principles", "process", "programme", "program", "project", "proposal", "protocol", "regime",
    "regulations", "report", "review", "secretariat", "society", "statement", "statements",
    "states", "strategy", "summit", "talks", "task force", "taskforce", "toolbox", "toolkit",
    "transition", "arrangement", "corporation", "package", "recommendation", "memorandum", "eyes",
    "club", "chamber", "academy", "fellowship",
    "groups", "item", "policy", "position", "work", "agreements", "controls", "workshops",
    "ministerials", "meetings", "resolutions", "panel", "roadmap", "guidelines", "checklist",
    "concept", "pledge", "debate", "document", "post", "understanding", "proposals", "norms",
    "rules", "regulation", "team", "service", "force", "lab", "administration", "registry",
    "centres",
    "treaty", "twenty", "union", "unit", "university", "nations",
}  # fmt: skip
_BARE = {"university", "action", "law", "operation", "project"}  # only as the first word
_CUT = re.compile(r" (?:of|on|for|in|to|against|at|with|by|under|among|between)\b|[:,(–]")
_NUMERIC = re.compile(r"[\d.]+(?:[-/–]\d+)?\Z")
_POSSESSIVE = re.compile(r"\A(?:\S+ ){0,2}\S+['’]s? ")


def names_a_state(title: str) -> bool:
    """Tell whether a state's name takes an article."""
    folded = title.casefold()
    return folded in _STATES or folded.endswith(" islands")


def takes_article(title: str) -> bool:
    """Tell whether the name of a body, text or process takes an article."""
    if title.startswith(("The ", "the ", "A ", "An ")) or _POSSESSIVE.match(title):
        return False
    name = _CUT.split(title, maxsplit=1)[0]
    return any(_heads(part) for part in dict.fromkeys((name, name.partition(" and ")[0])))


def _heads(name: str) -> bool:
    """Tell whether the last word of a name, numbers aside, is a noun that takes an article."""
    words = name.split()
    while len(words) > 1 and _NUMERIC.match(words[-1]):
        words.pop()
    if not words:
        return False
    head = words[-1].casefold()
    if head in _BARE and len(words) > 1:
        return False
    return head in _NOUNS


def join_words(parts: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Join parts as one says a list: "a", "a and b", "a, b and c"."""
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        if number:
            pieces.append(" and " if number == len(parts) - 1 else ", ")
        pieces += part
    return pieces


def join_clauses(parts: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Join clauses that may hold lists: "a", "a and b", "a, b, and c and d"."""
    lists = any(" and " in plain(part) for part in parts)
    if len(parts) < 2 or not lists:
        return join_words(parts)
    return [piece for part in parts[:-1] for piece in (*part, ", ")] + ["and ", *parts[-1]]


def number_word(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def numbers_alike(*numbers: int) -> list[str]:
    """Return the numbers of one sentence, all in words or, where one is large, all in figures."""
    if max(numbers) < len(_NUMBERS):
        return [number_word(number) for number in numbers]
    return [f"{number:,}" for number in numbers]


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return "one vote", "two votes", "13 votes"."""
    noun = singular if number == 1 else (plural or f"{singular}s")
    return f"{number_word(number)} {noun}"


def times(number: int) -> str:
    """Return "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number_word(number)} times")


def capitalised(words: str) -> str:
    """Return words that begin a sentence."""
    return words[:1].upper() + words[1:]


def when(edtf: str) -> str:
    """Return a date as it stands in a sentence: "on 5 May 2011", "in 2011", "from 2015 on"."""
    date = parse(edtf)
    words = in_words(edtf)
    if date.start is None or date.end is None or date.start.approximate:
        return words
    if date.interval:
        same_day = date.start.day is not None and date.end.day is not None
        return f"on {words}" if same_day else f"in {words}"
    return f"on {words}" if date.start.day is not None else f"in {words}"


def without_brackets(words: str) -> str:
    """Return a date in words as it stands inside brackets: "2011, uncertain"."""
    return words.replace(" (uncertain)", ", uncertain")
