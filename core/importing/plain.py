"""Plain text as passages: folded lines joined, headings and items told by how they look."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from core.domain.text import PassageKind, Text
from core.importing.composing import Composer, Words

_FOLDED_WIDTH = 35  # characters; shorter lines are lists, not folded sentences
_ENDS = '.:;!?”"。！？'  # what a paragraph's last line may end with
_LONGEST_HEADING = 120
_BULLET = re.compile(r"\s*[•◦▪‣·*–—-]\s+(?=\S)")
_ITEM = re.compile(
    r"\s*(?:\(?(?:[a-z]{1,2}|[ivxl]{1,6}|\d{1,3})\)|\d{1,3}(?:\.\d{1,3})*\.)\s+(?=\S)",
    re.IGNORECASE,
)
_INNER = re.compile(r"\s*\(([ivxl]{2,6}|[a-z]|\d{1,3})\)")
_HEADING = re.compile(
    r"(?:(?:article|section|chapter|part|title|annex|appendix|principle|rule|schedule|preamble)\b"
    r"(?:\s+(?:[\divxlc]+|[a-z])\b)?[\s.:–—-]*"
    r"|[IVXL]{1,6}\.\s|[A-Z]\.\s)[^.;]{0,100}\Z",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*([=~^-])\1{2,}\s*\Z")
_HYPHENATED = re.compile(r"([^\W\d_]{2,})-\Z")
_WORD = re.compile(r"[^\W\d_]+")


def read_plain(text: str, check: Callable[[], None]) -> Text:
    """Return plain text as passages; raises `Refused` where there is too much."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    lines = [line.expandtabs(4).rstrip() for line in text.split("\n")]
    folding = _Folding(lines)
    composer = Composer()
    for at, block in enumerate(_blocks(lines)):
        if at % 256 == 0:
            check()
        for passage in folding.passages(block):
            _add(composer, passage, stands_alone=len(block) == 1)
    return composer.finish()


class _Folding:
    """Knows whether the lines of a text are folded, and joins those that are."""

    def __init__(self, lines: Sequence[str]) -> None:
        pairs = [(a, b.lstrip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
        open_ends = sum(1 for before, _ in pairs if before[-1] not in _ENDS)
        small = sum(1 for _, after in pairs if not after[0].isupper() and not after[0].isdigit())
        widths = sorted(len(before) for before, _ in pairs)
        is_wide = bool(widths) and widths[len(widths) * 3 // 4] >= _FOLDED_WIDTH
        self._is_folded = is_wide and open_ends * 2 > len(pairs) and small * 3 > len(pairs)
        self._words: Counter[str] | None = None
        self._lines = lines

    def passages(self, block: Sequence[str]) -> list[str]:
        """Return a block of lines as passages."""
        width = max(len(line) for line in block)
        passages: list[str] = []
        for at, line in enumerate(block):
            if passages and self._goes_on(block[at - 1], line, width):
                passages[-1] = self._joined(passages[-1], line.strip())
            else:
                passages.append(line)
        return passages

    def _goes_on(self, before: str, line: str, width: int) -> bool:
        """Tell whether a line goes on with what the line before it began."""
        if not self._is_folded or _BULLET.match(line) or _ITEM.match(line):
            return False
        is_item = _BULLET.match(before) or _ITEM.match(before)
        is_indented = len(line) - len(line.lstrip()) > len(before) - len(before.lstrip()) + 1
        is_last = before[-1] in _ENDS and len(before) < 0.75 * width
        return not is_last and not (is_indented and not is_item)

    def _joined(self, words: str, line: str) -> str:
        """Join two lines; a hyphen at the end stays where the text has the word with one."""
        hyphenated = _HYPHENATED.search(words)
        if hyphenated is None or not line[:1].islower():
            return f"{words} {line}"
        rest = _WORD.match(line)
        whole = f"{hyphenated[1]}{rest[0] if rest else ''}".casefold()
        return words[:-1] + line if self._known()[whole] else words + line

    def _known(self) -> Counter[str]:
        if self._words is None:
            self._words = Counter(
                word.casefold() for line in self._lines for word in _WORD.findall(line)
            )
        return self._words


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Return the runs of lines between empty ones."""
    blocks: list[list[str]] = []
    is_open = False
    for line in lines:
        if not line.strip():
            is_open = False
        elif is_open and not _RULE.match(line):
            blocks[-1].append(line)
        elif is_open:  # a rule under a line makes that line a block of its own
            is_open = False
        elif not _RULE.match(line):
            blocks.append([line])
            is_open = True
    return blocks


def _add(composer: Composer, passage: str, *, stands_alone: bool) -> None:
    bullet = _BULLET.match(passage)
    item = _ITEM.match(passage)
    if stands_alone and _is_heading(passage.strip()):
        level = 1 if composer.count == 0 else 2
        composer.add(PassageKind.HEADING, Words(passage), level=level)
    elif bullet:
        composer.add(PassageKind.LIST_ITEM, Words(passage[bullet.end() :]), level=1)
    elif item and _INNER.match(passage):
        composer.add(PassageKind.NUMBERED_ITEM, Words(passage), level=_depth(passage))
    else:
        composer.add(PassageKind.PARAGRAPH, Words(passage))


def _is_heading(line: str) -> bool:
    if len(line) > _LONGEST_HEADING or line[-1:] in ".,;:" or _BULLET.match(line):
        return False
    letters = [character for character in line if character.isalpha()]
    shouts = len(letters) > 3 and "/" not in line and all(letter.isupper() for letter in letters)
    return shouts or _HEADING.match(line) is not None


def _depth(passage: str) -> int:
    inner = _INNER.match(passage)
    return 2 if inner and len(inner[1]) > 1 and not inner[1].isdigit() else 1
