"""Place an annotation's selectors on a text as it is now, with a verdict."""

from core.anchoring.match_quote import Quote, match_quote
from core.domain.annotations import Anchoring, Target, TextPositionSelector, Verdict

MOVED_SCORE = 0.75
"""From here on, a place with the very words of the quotation is taken without asking.

Only where the context holds it (`Match.held`) and no other place rivals it: with the weights of
`match_quote`, one side of the context may then be lost while the other is whole.
"""

CHANGED_SCORE = 0.5
"""From here on, a place is offered to the analyst for confirming; below it there is none."""


def anchor(content: str, target: Target, content_sha256: str) -> Anchoring:
    """Return where ``target`` stands in ``content`` and how sure that is.

    Exact and moved places are certain enough to use; a changed one is an offer to be confirmed.
    ``content_sha256`` is the hash of ``content`` (`core.domain.text.hash_text`).
    """
    position, quote = target.position, target.quote
    in_place = bool(quote.exact) and content[position.start : position.end] == quote.exact
    if in_place and content_sha256 == target.text_sha256:
        return Anchoring(Verdict.EXACT, position, 1.0)
    match = match_quote(content, Quote(quote.exact, quote.prefix, quote.suffix, position.start))
    if match is None or match.score < CHANGED_SCORE:
        return Anchoring(Verdict.LOST, None, match.score if match else 0.0)
    if match.exact and match.unique and match.held and match.score >= MOVED_SCORE:
        return Anchoring(_verdict(match.position, position), match.position, match.score)
    return Anchoring(Verdict.CHANGED, match.position, match.score)


def _verdict(found: TextPositionSelector, before: TextPositionSelector) -> Verdict:
    return Verdict.EXACT if found == before else Verdict.MOVED
