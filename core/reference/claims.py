"""Citations of an article: how they are written, and how far back the claim reaches."""

import re
from dataclasses import dataclass

MAX_LENGTH = 600  # characters of one citation between its brackets
UNVERIFIED = "unverified"

_SOURCE = re.compile(r"@(source:[a-z0-9]+(?:-[a-z0-9]+)*)\s*(?:,\s*(.+))?\Z", re.DOTALL)
# Where a sentence ends: a mark, quotation marks or brackets that close, then a capital or a digit.
_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]?[^\W_a-z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:paras?|arts?|nos?|pp?|vol|ch|sec|ss?|cf|ca|res|doc|st|mr|mrs|ms|dr|prof|vs|ed|eds|"
    r"e\.g|i\.e|jr|rev|fig|annex|approx)|\b[A-Z])\.\s+\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One source that a claim rests on; None where none bears it. ``place`` is where in it."""

    source: str | None
    place: str | None
    verified: bool


def read_citations(words: str) -> tuple[Citation, ...] | None:
    """Read what stands between the brackets of a citation; None if it isn't one.

    ``@source:a``, ``@source:a, para. 13(f); @source:b``, ``unverified``, ``unverified: @source:a``.
    """
    words = " ".join(words.split())
    verified = True
    if words.startswith(UNVERIFIED):
        rest = words.removeprefix(UNVERIFIED).strip()
        if not rest:
            return (Citation(None, None, verified=False),)
        if not rest.startswith(":"):
            return None
        words, verified = rest[1:].strip(), False
    found: list[Citation] = []
    for part in words.split(";"):
        match = _SOURCE.match(part.strip())
        if match is None:
            return None
        found.append(Citation(match[1], match[2], verified))
    return tuple(found)


def claim_start(words: str, floor: int, end: int) -> int:
    """Return where the claim begins that ends at ``end``: its sentence, or what follows ``floor``.

    ``floor`` is where the claim before it ended. Offsets count code points of ``words``.
    """
    said = words[:end].rstrip()
    start = floor
    for match in _SENTENCE.finditer(said, floor):
        if not _ABBREVIATED.search(said, floor, match.end()):
            start = match.end()
    while start < end and (words[start].isspace() or words[start] in ",;:.–—"):
        start += 1
    return start
