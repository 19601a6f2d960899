"""Right-to-left lines: from where characters stand to the order in which they are read.

The direction of a line is that of most of its letters; runs of the other direction, numbers
among them, stand in it as wholes (a use of the classes of UAX #9 from the visual side).
"""

import itertools
import re
import unicodedata

from core.importing.pdf_chars import PageChars
from core.importing.pdf_pieces import Row

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")

Cluster = tuple[str, float, float]  # what stands on one place, and from where to where

_LAM = "\u0644"
_ALEFS = "\u0627\u0622\u0623\u0625\u0671"
_HAIR = 0.03  # of the size of type
_CLOSING = "،؛؟.:!)]»"
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def read_right_to_left(page: PageChars, row: Row) -> tuple[str, bool]:
    """Return a row's text in reading order, and whether it runs from right to left."""
    clusters = _clusters(page, row)
    classes = [_class(text) for text, _, _ in clusters]
    rtl = classes.count("R") >= classes.count("L")
    if not rtl:
        clusters.sort(key=lambda cluster: cluster[1])
    else:
        clusters.sort(key=lambda cluster: -cluster[2])
    clusters = _with_marks(clusters)
    clusters = [c for k, c in enumerate(clusters) if c[0] != " " or not _is_covered(clusters, k)]
    classes = [_class(text) for text, _, _ in clusters]
    _turn_runs(clusters, classes, rtl)
    return _spaced([text for text, _, _ in clusters], clusters, row.size), rtl


def _clusters(page: PageChars, row: Row) -> list[Cluster]:
    """Return what stands on one place together: ``(text, left, right)``, blanks too."""
    clusters: list[Cluster] = []
    for piece in row.pieces:
        end = piece.end
        while end < len(page.text) and page.text[end] == " ":
            end += 1
        for i in range(piece.start, end):
            letter, left, right = page.text[i], float(page.left[i]), float(page.right[i])
            if letter in "\r\n" or (letter == " " and right - left < _HAIR * row.size):
                continue  # PDFium puts blanks without width between words: the gaps tell better
            if clusters and letter != " " and clusters[-1][1:] == (left, right):
                clusters[-1] = (clusters[-1][0] + letter, left, right)
            else:
                clusters.append((letter, left, right))
    return [(_ordered(text), left, right) for text, left, right in clusters]


def _with_marks(clusters: list[Cluster]) -> list[Cluster]:
    """Put vowel signs that were drawn on their own after the letters they stand on."""
    letters = [cluster for cluster in clusters if not unicodedata.combining(cluster[0][0])]
    if len(letters) == len(clusters) or not letters:
        return clusters
    for mark, left, right in clusters:
        if unicodedata.combining(mark[0]):
            k = min(
                range(len(letters)),
                key=lambda k: (
                    abs(letters[k][1] + letters[k][2] - left - right)
                    + (1e6 if letters[k][0] == " " else 0.0)
                ),
            )
            letters[k] = (letters[k][0] + mark, *letters[k][1:])
    return letters


def _is_covered(clusters: list[Cluster], k: int) -> bool:
    """Whether a blank lies under a letter beside it, as one does that was left at a line's end."""
    middle = (clusters[k][1] + clusters[k][2]) / 2
    beside = clusters[max(0, k - 1) : k] + clusters[k + 1 : k + 2]
    return any(text != " " and left < middle < right for text, left, right in beside)


def _ordered(text: str) -> str:
    """Return a ligature's letters as they are read: PDFium gives them turned round."""
    if len(text) < 2 or not RIGHT_TO_LEFT.search(text):
        return text
    if len(text) == 2 and text[0] == _LAM and text[1] in _ALEFS:
        return text
    if len(text) == 2 and unicodedata.combining(text[1]):
        return text
    return text[::-1]


def _class(text: str) -> str:
    """Return R, L, N for a number, or nothing for what takes its neighbours' direction."""
    kind = unicodedata.bidirectional(text[0])
    if kind in ("R", "AL", "NSM"):
        return "R"
    return {"L": "L", "EN": "N", "AN": "N"}.get(kind, "")


def _turn_runs(clusters: list[Cluster], classes: list[str], rtl: bool) -> None:
    """Turn the runs that run against the line, in place."""
    against = ("L", "N") if rtl else ("R",)
    at = 0
    while at < len(clusters):
        if classes[at] not in against:
            at += 1
            continue
        end = last = at
        while end < len(clusters) and (classes[end] in against or _inside(classes[end], rtl)):
            if classes[end] in against:
                last = end
            end += 1
        clusters[at : last + 1] = clusters[at : last + 1][::-1]
        classes[at : last + 1] = classes[at : last + 1][::-1]
        at = last + 1


def _inside(kind: str, rtl: bool) -> bool:
    return not kind or (kind == "N" and not rtl)


def _spaced(texts: list[str], clusters: list[Cluster], size: float) -> str:
    """Join clusters with a space where they stand apart and none is written."""
    parts = texts[:1]
    for (before, after), text in zip(itertools.pairwise(clusters), texts[1:], strict=True):
        apart = max(after[1] - before[2], before[1] - after[2])
        if apart > 0.2 * size and " " not in (before[0], text) and text not in _CLOSING:
            parts.append(" ")
        parts.append(text)
    return "".join(parts)
