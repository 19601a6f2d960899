"""Where sentences begin and end: good enough to mark one, not to count them."""

import re

_ENDS = re.compile(r"[.!?…。！？؟]+[\"'”’»)\]]*(?=\s|$)|[。！？]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:para|paras|art|arts|no|nos|vol|pp|ch|sec|cf|ed|eds|ibid|op|cit|mr|mrs|ms|dr|prof|"
    r"st|vs|etc|al|approx|dept|gov|gen|sen|rep|res|doc)|\b[^\W\d])\.\Z",
    re.IGNORECASE,
)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the sentence, or run of them, that ``text[start:end]`` stands in.

    Both are code points of ``text``, which is taken as one paragraph. A full stop after a known
    abbreviation, a single letter or a first number, or before a small letter, ends no sentence.
    """
    first, last = 0, len(text)
    for found in _ENDS.finditer(text):
        if not _is_end(text, found):
            continue
        if found.end() <= start:
            first = found.end()
        elif found.end() >= end:
            last = found.end()
            break
    return first + len(text[first:start]) - len(text[first:start].lstrip()), last


def line_around(content: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the line, or run of them, that ``content[start:end]`` stands in."""
    last = content.find("\n", end)
    return content.rfind("\n", 0, start) + 1, len(content) if last < 0 else last


def sentence_in(content: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the sentence that ``content[start:end]`` stands in, in its line."""
    first, last = line_around(content, start, end)
    begin, stop = sentence_around(content[first:last], start - first, end - first)
    return first + begin, first + stop


def _is_end(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() :].lstrip()[:1]
    if after.islower():
        return False
    before = text[: found.end()]
    number = before[:-1].strip().isdigit()  # of a list's item
    return not (found[0] == "." and after and (number or _ABBREVIATED.search(before[-12:])))
