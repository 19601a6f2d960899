"""Finds records by their names, for opening one without a search."""

from collections.abc import Iterable, Sequence

from core.domain.keys import Kind
from core.domain.records import RecordEntry
from core.search.analysis import words_of
from core.tasks import CancelToken, slow

_CHECKED_EVERY = 500


@slow
def find_by_name(
    entries: Iterable[RecordEntry],
    typed: str,
    limit: int = 50,
    cancel: CancelToken | None = None,
) -> tuple[RecordEntry, ...]:
    """Return the records one of whose names has a word that begins with each word typed.

    First those whose name is what was typed, then those that begin so, the shorter the sooner;
    a title goes before another name, and a mere source after the rest. Nothing typed finds
    nothing. Raises `CancelledError`.
    """
    wanted = words_of(typed)
    if not wanted:
        return ()
    found: list[tuple[int, bool, int, str, RecordEntry]] = []
    for number, entry in enumerate(entries):
        if cancel is not None and number % _CHECKED_EVERY == 0:
            cancel.check()
        places = [
            (place + (2 if at else 0), entry.kind is Kind.SOURCE, len(name), entry.title)
            for at, name in enumerate((entry.title, *entry.names))
            if (place := _place(words_of(name), wanted)) is not None
        ]
        if places:
            found.append((*min(places), entry))
    return tuple(item[4] for item in sorted(found, key=lambda item: item[:4])[:limit])


def _place(name: Sequence[str], wanted: Sequence[str]) -> int | None:
    """0 if a name is what was typed, 1 or 4 as it begins so or holds the words, None if not."""
    if list(name) == list(wanted):
        return 0
    begun = len(name) >= len(wanted) and all(
        word.startswith(part) for word, part in zip(name, wanted, strict=False)
    )
    if begun:
        return 1
    return 4 if all(any(word.startswith(part) for word in name) for part in wanted) else None
