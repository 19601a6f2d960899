"""What may be typed next in a query, and what its fields can hold, from the index alone."""

import re
from collections.abc import Iterable, Iterator

from core.domain.query_parts import Completion, Completions, FieldValue, SearchField
from core.search.analysis import fold, words_of
from core.search.fields import FIELDS, RECORD_FIELDS, FieldMeaning
from core.search.lexer import QUOTES, Token, tokens
from core.search.snapshot import Snapshot
from core.search.values import matches_of_records, values_of

_OPERATORS = {
    "AND": "both sides must answer",
    "OR": "either side may answer",
    "NOT": "leaves out what follows",
}
_MOST_VALUES = 200  # of one field in the list of all fields
_BARE = re.compile(r"[^\s,()" + QUOTES + r"]+\Z")


def fields_of(snapshot: Snapshot) -> tuple[SearchField, ...]:
    """Return every field with its meaning and its most frequent values."""
    return tuple(
        SearchField(
            name=field.name,
            meaning=field.meaning,
            example=field.example,
            open=field.nested,
            values=tuple(
                FieldValue(_typed(value), value, count)
                for value, count in values_of(snapshot, field.name).most_common(_MOST_VALUES)
            ),
        )
        for field in FIELDS.values()
    )


def complete(snapshot: Snapshot, text: str, cursor: int, limit: int) -> Completions:
    """Return what may stand where the cursor is; items may be less than ``limit``."""
    cursor = max(0, min(cursor, len(text)))
    before = list(tokens(text[:cursor]))
    last = before[-1] if before and before[-1].end == cursor else None
    field = _field_before(before, last)
    if field is not None and field.nested and last is not None and last.kind == "field":
        return Completions(cursor, cursor)
    if field is not None and not field.nested:
        return _values(snapshot, field, last, cursor, _end(text, cursor), limit)
    if last is None or last.kind in ("open", "close", "minus"):
        return Completions(cursor, cursor, tuple(_field_names("", limit)))
    if last.kind == "field":
        return Completions(cursor, cursor)
    return _words(snapshot, last, cursor, _end(text, cursor), limit)


def _field_before(before: list[Token], last: Token | None) -> FieldMeaning | None:
    """Return the field whose value the cursor is in."""
    if last is not None and last.kind == "field":
        return FIELDS[last.text[:-1].lower()]
    if last is None or len(before) < 2 or last.kind not in ("chunk", "quote"):
        return None
    name = before[-2]
    adjacent = name.kind == "field" and name.end == last.start
    closed = last.kind == "quote" and len(last.text) > 1 and last.text[-1] in QUOTES
    return FIELDS[name.text[:-1].lower()] if adjacent and not closed else None


def _end(text: str, cursor: int) -> int:
    """Return where the word that the cursor stands in ends."""
    match = re.compile(rf"[^\s(),{QUOTES}]*").match(text, cursor)
    return match.end() if match else cursor


def _values(
    snapshot: Snapshot,
    field: FieldMeaning,
    last: Token | None,
    cursor: int,
    end: int,
    limit: int,
) -> Completions:
    typed = last.text if last is not None and last.kind != "field" else ""
    begun = typed.lstrip(QUOTES) if typed[:1] in tuple(QUOTES) else typed.rpartition(",")[2]
    start = cursor - (len(typed) if typed[:1] in tuple(QUOTES) else len(begun))
    if field.name in RECORD_FIELDS:
        found = _records(snapshot, field.name, begun, limit)
    else:
        found = _plain_values(snapshot, field.name, begun, limit)
    return Completions(start, end, tuple(found))


def _records(snapshot: Snapshot, name: str, begun: str, limit: int) -> Iterator[Completion]:
    counts = values_of(snapshot, name)
    for key in matches_of_records(snapshot, counts, begun)[:limit]:
        slug = key.partition(":")[2]
        yield Completion(slug, slug, "value", count=counts[key], record=key)


def _plain_values(snapshot: Snapshot, name: str, begun: str, limit: int) -> Iterable[Completion]:
    wanted = fold(begun.strip())
    values = values_of(snapshot, name)
    scored = sorted(
        (place, -count, value)
        for value, count in values.items()
        if (place := _place(fold(value), wanted)) >= 0
    )
    if name == "year":
        scored.sort(key=lambda item: item[2], reverse=not wanted)
    for _, count, value in scored[:limit]:
        yield Completion(_typed(value), value, "value", count=-count)


def _place(value: str, wanted: str) -> int:
    """0 if a value begins so, 1 if one of its words does, -1 if none."""
    if value.startswith(wanted):
        return 0
    return 1 if re.search(rf"[\s/-]{re.escape(wanted)}", value) else -1


def _typed(value: str) -> str:
    """Return a value as it must be typed."""
    return value if _BARE.match(value) else f'"{value}"'


def _field_names(begun: str, limit: int) -> Iterator[Completion]:
    found = [f for f in FIELDS.values() if f.name.startswith(begun)]
    for field in found[:limit]:
        yield Completion(f"{field.name}:", f"{field.name}:", "field", field.meaning)


def _words(snapshot: Snapshot, last: Token, cursor: int, end: int, limit: int) -> Completions:
    """Complete a plain word, which may also become a field's name or an operator."""
    begun = re.split(rf"[\s{QUOTES}]", last.text)[-1]
    start = cursor - len(begun)
    items: list[Completion] = []
    if last.kind != "quote" and begun:
        items += _field_names(begun.lower(), limit)
        items += (
            Completion(word, word, "operator", meaning)
            for word, meaning in _OPERATORS.items()
            if word.startswith(begun)
        )
    folded = words_of(begun)
    if len(folded) == 1 and folded[0] == fold(begun):
        frequent = snapshot.words.most_frequent(folded[0], limit)
        items += (Completion(word, word, "word", count=count) for word, count in frequent)
    return Completions(start, end, tuple(items[:limit]))
