"""Did you mean: a query with the words that the index does not know respelt from those it does."""

from core.search.query import Parsed, TypedWord
from core.search.snapshot import Snapshot


def suggested(snapshot: Snapshot, text: str, parsed: Parsed) -> str | None:
    """Respell the words that the index does not know; None where there is nothing to respell."""
    better = text
    for typed in reversed(_unknown(snapshot, text, parsed)):
        meant = snapshot.words.nearest(typed.word)
        if meant is not None:
            better = better[: typed.start] + meant + better[typed.end :]
    return better if better != text else None


def unknown_words(snapshot: Snapshot, text: str, parsed: Parsed) -> str:
    """Return the words that the index does not know, as typed and in quotation marks."""
    unknown = _unknown(snapshot, text, parsed)
    return ", ".join(f"“{text[typed.start : typed.end]}”" for typed in unknown)


def _unknown(snapshot: Snapshot, text: str, parsed: Parsed) -> list[TypedWord]:
    return [
        typed
        for typed in parsed.typed
        if not _is_known(snapshot, typed.word, begun=typed.end == len(text))
    ]


def _is_known(snapshot: Snapshot, word: str, *, begun: bool) -> bool:
    words = snapshot.words
    if words.count(word) or words.relatives(word):
        return True
    return begun and bool(words.beginnings(word))
