"""Place annotations' selectors on a text as it is now, each with a verdict.

A place is taken without asking only where nothing else can explain what is seen. The danger is a
twin: a passage is deleted, and equal words that followed it slide into its place, where one side
still looks like its own. So a place is taken only where the whole context stands on both sides,
or where the text on which the annotation was made tells that no twin can have slid in. All else
is offered for review.
"""

from dataclasses import dataclass

from core.anchoring.describe import CONTEXT, MAX_CONTEXT
from core.anchoring.folding import Folded, folded
from core.anchoring.grams import Grams
from core.anchoring.match_quote import Quote, match_quote
from core.anchoring.rivals import Rivals, twin_nearer
from core.domain.annotations import Anchoring, Target, TextPositionSelector, Verdict

MOVED_SCORE = 0.75
"""From here on a place is taken without asking; what is only offered scores less."""

CHANGED_SCORE = 0.5
"""From here on, a place is offered to the analyst for confirming; below it there is none."""

_OFFERED = MOVED_SCORE - 0.01  # most that an offered place scores
_LIKE = 0.98  # the same words, set in another way
_TOLD_APART = 24  # folded characters that are more than a chance likeness
_NEAR = 16  # folded characters of surroundings that hold a passage on one side
_HELD = 40  # folded characters, of passage and surroundings together, that hold it
_COMPANY = 12  # folded characters, of passage and company each, that are not there by chance
_NEARBY = 64  # folded characters within which that company stays
_RUN = 400  # folded characters of surroundings that are looked at
_MARKS = '-"'


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a passage reads as it did; ``doubtful`` where a copy of it would read so, too."""

    place: TextPositionSelector
    doubtful: bool


class Anchorer:
    """Places targets on one text; ``before`` is the text that they were made on, where known."""

    def __init__(self, content: str, sha256: str, before: str | None = None) -> None:
        self._content = content
        self._sha256 = sha256
        self._before = before
        self._folded: tuple[Folded, Grams] | None = None
        self._old: tuple[Folded, Grams] | None = None
        self._copies: Rivals | None = None

    def place(self, target: Target, *, known: bool = False) -> Anchoring:
        """Return where a target stands, and how sure that is.

        Exact and moved places are certain enough to use; a changed one is an offer to be
        confirmed. ``known`` tells that ``target`` was made on ``before``.
        """
        position, quote = target.position, target.quote
        in_place = bool(quote.exact) and self._words(position) == quote.exact
        if in_place and self._sha256 == target.text_sha256:
            return Anchoring(Verdict.EXACT, position, 1.0)
        found = self._as_it_reads(target, known=known)
        if found is None and known:
            found = self._as_it_can_only_be(target)
        if found is None:
            return self._offer(target)
        place = self._with_spaces(found.place, quote.exact)
        if found.doubtful:
            return Anchoring(Verdict.CHANGED, place, _OFFERED)
        if self._words(place) != quote.exact:
            return Anchoring(Verdict.MOVED, place, _LIKE)
        return Anchoring(Verdict.EXACT if place == position else Verdict.MOVED, place, 1.0)

    def _words(self, place: TextPositionSelector) -> str:
        return self._content[place.start : place.end]

    def _with_spaces(self, place: TextPositionSelector, words: str) -> TextPositionSelector:
        """Take the white space in that a passage begins and ends with, where it stands."""
        lead = len(words) - len(words.lstrip())
        trail = len(words) - len(words.rstrip())
        wide = TextPositionSelector(max(0, place.start - lead), place.end + trail)
        return wide if self._words(wide) == words else place

    @property
    def _form(self) -> tuple[Folded, Grams]:
        if self._folded is None:
            form = folded(self._content)
            self._folded = form, Grams(form.text)
        return self._folded

    @property
    def _old_form(self) -> tuple[Folded, Grams]:
        assert self._before is not None
        if self._old is None:
            form = folded(self._before)
            self._old = form, Grams(form.text)
        return self._old

    @property
    def _rivals(self) -> Rivals:
        if self._copies is None:
            self._copies = Rivals(self._old_form[1], self._form[1])
        return self._copies

    def _as_it_reads(self, target: Target, *, known: bool) -> _Found | None:
        """Find it between its whole context, be it with other quotation marks, dashes and breaks.

        The old text is asked, too, where it is known: an older program may have described the
        passage by its letters, where it had a twin but for a line break.
        """
        form, start, end = _folded_target(target)
        first, last = 0, len(form)
        while first < start and form[first] in _MARKS:  # what joined it to more is cut off
            first += 1
        while last > end and form[last - 1] in _MARKS:
            last -= 1
        if start >= end or not _is_held(target, last - first):
            return None
        here, grams = self._form
        whole = form[first:last]
        at = grams.only(whole)
        if at is None:
            return None
        if known:
            was = self._old_form[1].only(whole)
            if was is None:
                return None
            doubtful = self._rivals.doubt(was, at, last - first)
        else:
            sides = (form[first:end], form[start:last])
            twin = _is_alone(target) and any(grams.only(side) is None for side in sides)
            hint = here.at(target.position.start) - start + first
            doubtful = twin or twin_nearer(grams, whole, at, hint)
        return _Found(here.span(at + start - first, at + end - first), doubtful)

    def _as_it_can_only_be(self, target: Target) -> _Found | None:
        """Find it where what is left of its context was in the old text with nothing else.

        The words with what is left on one side, and with what is left on the other, must each
        have stood once: then no twin can have taken their place. Where a word was put in right
        beside it, words that stood once by themselves do with part of their company.
        """
        (was, were), (form, grams) = self._old_form, self._form
        old, new = was.text, form.text
        start, end = was.at(target.position.start), was.at(target.position.end)
        words = old[start:end]
        at = grams.only(words)
        if at is None:
            return None
        left = _common(old[max(0, start - _RUN) : start][::-1], new[max(0, at - _RUN) : at][::-1])
        stop = at + len(words)
        right = _common(old[end : end + _RUN], new[stop : stop + _RUN])
        held = max(left, right) >= _NEAR and left + len(words) + right >= _HELD
        if not held and (
            len(words) < _COMPANY or not _has_company((old, start, end), (new, at, stop))
        ):
            return None
        sole = (old[start - left : end], old[start : end + right])
        if any(were.only(stretch) is None for stretch in sole):
            return None
        doubtful = self._rivals.doubt(start - left, at - left, left + len(words) + right)
        return _Found(form.span(at, stop), doubtful)

    def _offer(self, target: Target) -> Anchoring:
        quote, hint = target.quote, target.position.start
        form, start, end = _folded_target(target)
        here, grams = self._form
        if start < end:
            parts = Quote(form[start:end], form[:start], form[end:], here.at(hint))
            match = match_quote(grams, parts)
        else:
            parts = Quote(quote.exact, quote.prefix, quote.suffix, hint)
            match = match_quote(self._content, parts)
        if match is None or match.score < CHANGED_SCORE:
            return Anchoring(Verdict.LOST, None, match.score if match else 0.0)
        place = match.position
        if start < end:
            place = here.span(place.start, place.end)
        return Anchoring(Verdict.CHANGED, place, min(_OFFERED, match.score))


def anchor(content: str, target: Target, content_sha256: str) -> Anchoring:
    """Return where ``target`` stands in ``content`` and how sure that is.

    ``content_sha256`` is the hash of ``content`` (`core.domain.text.hash_text`).
    """
    return Anchorer(content, content_sha256).place(target)


def _is_held(target: Target, length: int) -> bool:
    """Whether the context, whole, is that of one place only.

    `describe` lets each side grow until it tells the passage apart by itself; a side that it cut
    short, by the text's end or by its limit, does not. ``length`` is that of all three parts.
    """
    quote = target.quote
    sides = (len(quote.prefix), len(quote.suffix))
    if any(CONTEXT <= side < MAX_CONTEXT for side in sides):
        return True
    return max(sides) < MAX_CONTEXT and length >= _TOLD_APART


def _is_alone(target: Target) -> bool:
    """Whether `describe` saw that the quotation with either side alone stood once."""
    quote = target.quote
    return all(CONTEXT <= len(side) < MAX_CONTEXT for side in (quote.prefix, quote.suffix))


def _folded_target(target: Target) -> tuple[str, int, int]:
    """Return prefix, quotation and suffix folded as one, and where the quotation lies in it."""
    quote = target.quote
    form = Folded(quote.prefix + quote.exact + quote.suffix)
    first = len(quote.prefix)
    return form.text, form.at(first), form.at(first + len(quote.exact))


def _has_company(before: tuple[str, int, int], after: tuple[str, int, int]) -> bool:
    """Whether something that stood near a passage on one side stands near it there again."""
    (old, start, end), (new, at, stop) = before, after
    sides = (
        (old[max(0, start - _NEARBY) : start], new[max(0, at - _NEARBY) : at]),
        (old[end : end + _NEARBY], new[stop : stop + _NEARBY]),
    )
    return any(
        was[n : n + _COMPANY] in now for was, now in sides for n in range(len(was) - _COMPANY + 1)
    )


def _common(first: str, second: str) -> int:
    """Return how many characters two stretches begin with in common."""
    for n, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return n
    return min(len(first), len(second))
