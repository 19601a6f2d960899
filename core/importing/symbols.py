"""Document symbols as their organisations write them: A/70/174, CETS 185, MC.DEC/5/16."""

import re
from collections.abc import Callable, Iterable

from core.importing.masthead import resolution_named

_PIECE = r"[A-Z0-9][A-Za-z0-9.\-]{0,14}"
_ENDING = r"(?:\s?\((?:\d{4}|[IVXL]+|[SE]-[IVX]+|[XVI]+-O/\d\d)\))?"
_UNITED_NATIONS = (
    r"(?:A|S|E|T|ST|CD|CCPR|CAT|CERD|CEDAW|CRC|CRPD|CMW|HRI|HRC|DP|TD|LC|NPT|BWC|CCW|UNEP|FCCC|LOS|"
    r"IAEA|ECE|ICCD|UNODC|UNW|PBC|SG|GOV)"
)
_SYMBOLS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(rf"(?<![\w/]){_UNITED_NATIONS}(?:/{_PIECE}){{1,6}}{_ENDING}(?![\w/])"),
        lambda match: match[0],
    ),
    (
        re.compile(r"\b(?:MC|PC|CIO|FSC|SC|SUM|EEF)\.(?:DEC|DOC|GAL|JOUR|DEL|INF)/\d+(?:/\w+)*"
                   r"(?:/(?:Add|Corr|Rev)\.\d+)*"),
        lambda match: match[0],
    ),
    (
        re.compile(r"\bC?ETS\s*(?:[-–]\s*)?(?:No\.?|Nº|n°)?\s*(\d{1,3})\b"),
        lambda match: f"CETS {int(match[1]):03d}",
    ),
    (
        re.compile(r"\b(?:European|Council of Europe) Treaty Series\s*[-–—]?\s*(?:No\.?)?\s*"
                   r"(\d{1,3})\b"),
        lambda match: f"CETS {int(match[1]):03d}",
    ),
    (re.compile(r"\bCM/(?:Rec|Res|Del/Dec)\(\d{4}\)\d+"), lambda match: match[0]),
    (re.compile(r"\b(?:COM|JOIN|SWD|SEC|C)\(\d{4}\) ?\d+(?: final)?"), lambda match: match[0]),
    (
        re.compile(r"\((?:EU|EC|EEC|CFSP)(?:, Euratom)?\) (?:No )?\d{1,4}/\d{1,4}"),
        lambda match: match[0],
    ),
    (re.compile(r"\bAG/RES\. ?\d+ \([IVXLC]+-O/\d\d\)"), lambda match: match[0]),
    (re.compile(r"\bOECD/LEGAL/\d{4}\b"), lambda match: match[0]),
)  # fmt: skip
_SAYS_COUNCIL = re.compile(r"\bSecurity Council\b")
_LONGEST_LINE = 120  # a symbol in a longer passage is another document's
_FIRST = 30  # passages that may hold the document's own


def own_symbol(title: str | None, passages: Iterable[str]) -> str | None:
    """Return a document's own symbol, from its title or the short lines at its beginning."""
    lines = [words for words in passages if words][:_FIRST]
    resolution = resolution_named(lines)
    if resolution and any(_SAYS_COUNCIL.search(words) for words in lines):
        return f"S/RES/{resolution.removeprefix('Resolution ')}"
    short = [words for words in lines if len(words) <= _LONGEST_LINE]
    for words in (title or "", *short):
        for pattern, written in _SYMBOLS:
            match = pattern.search(words)
            if match and re.search(r"\d", match[0]) and _is_own(words, match):
                return " ".join(written(match).split())
    return None


def _is_own(words: str, match: re.Match[str]) -> bool:
    """Tell whether a line names its own document rather than speaks of another."""
    before = words[: match.start()].rstrip().lower()
    return not before.endswith(
        (" in", " of", "see", " by", " to", "document", "resolution", "under")
    )
