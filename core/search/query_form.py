"""Writes the fields of a form as a query, and reads a query back into them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.domain.query_form import NEAR_WORDS, FormReading, QueryForm
from core.domain.query_parts import QueryPart, Role
from core.search.analysis import words_of
from core.search.fields import ANSWERS, KINDS
from core.search.lexer import QUOTES
from core.search.query import parse

_PIECES = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)(?:[{QUOTES}]|\Z)|([^\s{QUOTES}]+)")
_BARE = re.compile(r"(?!-|(?:AND|OR|NOT)\Z)[^\s,():" + QUOTES + r"]+\Z")
_NEAR = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]~(\d*)\Z")
_YEARS = re.compile(r"(\d{4})?(?:\.\.|-|–)(\d{4})?\Z|(\d{4})\Z")
_VALUES = {
    "theme": "theme",
    "participant": "participant",
    "party": "party",
    "stated-in": "stated_in",
    "tag": "tag",
}
"""Fields of the language that the form has a field of one value for."""


def write_form(form: QueryForm, rest: str = "") -> str:
    """Return the query that a form asks; ``rest`` is added as it is.

    Signs of the language inside a field are taken for words, so that what is typed there never
    means more than the field says.
    """
    pieces = [*_pieces(form.all_words)]
    pieces += [f'"{text}"'] if (text := _flat(form.phrase)) else []
    pieces += _any_of(form.any_of)
    pieces += [f"-{piece}" for piece in _pieces(form.none_of)]
    near = _flat(form.near)
    if near:
        is_near = len(words_of(near)) > 1
        pieces.append(f'"{near}"~{form.within}' if is_near else f'"{near}"')
    if form.kinds:
        pieces.append(f"kind:{','.join(form.kinds)}")
    pieces += [
        f"{field}:{_value(text)}"
        for field, name in _VALUES.items()
        if (text := _flat(getattr(form, name)))
    ]
    pieces += _years(form)
    pieces += [f"verified:{form.verified}"] if form.verified else []
    pieces += ["is:annotated"] if form.annotated else []
    pieces += ["in:notes"] if form.in_notes else []
    if rest.strip():
        has_or = any(p.role is Role.OPERATOR and p.label == "OR" for p in parse(rest).parts)
        pieces.append(f"({rest.strip()})" if pieces and has_or else rest.strip())
    return " ".join(pieces)


def read_form(text: str) -> FormReading:
    """Read a query into a form, as far as it goes there."""
    parts = parse(text).parts
    if any(part.role is Role.OPERATOR and part.label != "AND" for part in parts):
        only = _alternatives(text, parts)
        return (
            FormReading(QueryForm(any_of=only)) if only else FormReading(QueryForm(), text.strip())
        )
    reader = _Reader(text, parts)
    for part in parts:
        if part.role is not Role.OPERATOR and not reader.take(part):
            reader.rest.append(text[part.start : part.end])
    return FormReading(reader.form, " ".join(reader.rest))


class _Reader:
    """Takes parts into a form one after the other; each field of the form takes one."""

    def __init__(self, text: str, parts: Sequence[QueryPart]) -> None:
        self.text = text
        self.form: QueryForm = QueryForm()
        self.rest: list[str] = []
        phrases = [
            part
            for part in parts
            if part.role is Role.PHRASE
            and not part.negated
            and not _NEAR.match(text[part.start : part.end])
        ]
        self.last_phrase = phrases[-1] if phrases else None  # has the field, as it is written last

    def take(self, part: QueryPart) -> bool:
        """Take a part in; tell whether the form has a place for it."""
        match part.role:
            case Role.WORD | Role.PHRASE if part.negated:
                return self._none_of(part)
            case Role.WORD:
                return self._add("all_words", self._piece(part))
            case Role.PHRASE:
                return self._phrase(part)
            case Role.GROUP if not part.negated and not self.form.any_of:
                any_of = _alternatives(self.text, part.parts)
                self.form = replace(self.form, any_of=any_of)
                return bool(any_of)
            case Role.FIELD if not part.negated and part.value:
                return self._field(part.field or "", part.value)
            case _:
                return False

    def _piece(self, part: QueryPart) -> str:
        return _piece_of(self.text[part.start : part.end])

    def _add(self, name: str, piece: str) -> bool:
        before = getattr(self.form, name)
        if piece:
            self.form = replace(self.form, **{name: f"{before} {piece}".strip()})
        return bool(piece)

    def _none_of(self, part: QueryPart) -> bool:
        typed = self.text[part.start : part.end]
        bare = re.sub(r"\A(?:-|NOT\s+)", "", typed)
        if bare == typed or re.match(r"-|NOT\b", bare):  # excluded twice over
            return False
        return self._add("none_of", _piece_of(bare))

    def _phrase(self, part: QueryPart) -> bool:
        typed = self.text[part.start : part.end]
        near = _NEAR.match(typed)
        if near:
            if self.form.near or len(words_of(near[1])) < 2:
                return False
            within = min(int(near[2] or NEAR_WORDS), 100)
            self.form = replace(self.form, near=_flat(near[1]), within=max(1, within))
            return int(near[2] or NEAR_WORDS) == self.form.within
        piece = _piece_of(typed)
        if part is not self.last_phrase:
            return self._add("all_words", piece)
        self.form = replace(self.form, phrase=piece.strip('"'))
        return bool(piece)

    def _field(self, field: str, value: str) -> bool:
        if field in _VALUES:
            name = _VALUES[field]
            if getattr(self.form, name):
                return False
            self.form = replace(self.form, **{name: _flat(value)})
            return True
        before = self.form
        match field:
            case "kind" if not before.kinds:
                kinds = tuple(kind.strip().lower() for kind in value.split(",") if kind.strip())
                if kinds and set(kinds) <= set(KINDS):
                    self.form = replace(before, kinds=kinds)
            case "year" if not (before.year_from or before.year_to):
                self.form = _with_years(before, value)
            case "verified" if not before.verified and value.lower() in ANSWERS:
                self.form = replace(before, verified=value.lower())
            case "is" if value.lower() == "annotated":
                self.form = replace(before, annotated=True)
            case "in" if value.lower() == "notes":
                self.form = replace(before, in_notes=True)
            case _:
                return False
        return self.form != before


def _with_years(form: QueryForm, value: str) -> QueryForm:
    match = _YEARS.match(value)
    if match is None:
        return form
    first, last = (match[3], match[3]) if match[3] else (match[1], match[2])
    return replace(form, year_from=int(first or 0), year_to=int(last or 0))


def _years(form: QueryForm) -> list[str]:
    first, last = (str(year) if year else "" for year in (form.year_from, form.year_to))
    if not (first or last):
        return []
    return [f"year:{first}" if first == last else f"year:{first}..{last}"]


def _alternatives(text: str, parts: Sequence[QueryPart]) -> str:
    """Return words and phrases joined by nothing but OR as a field holds them, or ""."""
    pieces: list[str] = []
    for number, part in enumerate(parts):
        if number % 2:
            if part.role is not Role.OPERATOR or part.label != "OR":
                return ""
            continue
        typed = text[part.start : part.end]
        is_plain = part.role in (Role.WORD, Role.PHRASE) and not part.negated
        if not is_plain or _NEAR.match(typed):
            return ""
        pieces.append(_piece_of(typed))
    return " ".join(pieces) if len(parts) % 2 and len(parts) > 1 and all(pieces) else ""


def _any_of(text: str) -> list[str]:
    pieces = list(_pieces(text))
    return [f"({' OR '.join(pieces)})"] if len(pieces) > 1 else pieces


def _pieces(text: str) -> Iterator[str]:
    """Yield the words and quoted phrases of a field, each as it may stand in a query."""
    for match in _PIECES.finditer(text):
        piece = _piece_of(match[0])
        if piece:
            yield piece


def _piece_of(typed: str) -> str:
    """Return a word or phrase as it may stand in a query and mean just that, or ""."""
    if typed[:1] in tuple(QUOTES):
        flat = _flat(typed)
        return f'"{flat}"' if flat else ""
    if _is_word(typed):
        return typed
    words = _flat(re.sub(r"[():]|\A-+|\bAND\b|\bOR\b|\bNOT\b", _tamed, typed))
    if not words_of(words):
        return ""
    return words if _is_word(words) else f'"{words}"'


def _tamed(sign: re.Match[str]) -> str:
    return sign[0].lower() if sign[0].isalpha() else " "


def _is_word(text: str) -> bool:
    """Tell whether a text is one word to the parser, and nothing else."""
    parsed = parse(f"{text} ")
    (part, *more) = parsed.parts or (None,)
    return (
        part is not None
        and not more
        and part.role is Role.WORD
        and not part.negated
        and parsed.hint is None
        and (part.start, part.end) == (0, len(text))
        and bool(words_of(text))
    )


def _flat(text: str) -> str:
    """Return a text on one line and without quotation marks; "" if it has no word."""
    flat = " ".join(re.sub(f"[{QUOTES}]", " ", text).split())
    return flat if words_of(flat) else ""


def _value(text: str) -> str:
    return text if _BARE.match(text) else f'"{text}"'
