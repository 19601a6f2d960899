"""The units that legal texts are cited by: how each begins, in several languages."""

import re
from dataclasses import dataclass
from enum import Enum

_ARTICLES = (
    "Article|Articles|Art\\.|Artículo|Artikel|Artigo|Articolo|Artykuł|Articol|Madde|Článek|Статья|"
    "Стаття|المادة|مادة|§"
)
_THROUGH = (  # numbered through a whole document, each with paragraphs of its own
    "Principle|Rule|Norm|Recommendation|Commitment|Guideline|Measure|Objective|Goal|Pledge|Clause|"
    "Regulation|Directive|CBM|Confidence[- ]building measure|Principe|Règle|Norme|Recommandation|"
    "Engagement|Principio|Regla|Norma|Recomendación|Compromiso|Grundsatz|Regel|Empfehlung|"
    "Принцип|Правило|Норма|Рекомендация"
)
_APART = (  # what begins its numbers anew
    "Annex|Appendix|Schedule|Attachment|Protocol|Annexe|Appendice|Anexo|Apéndice|Anhang|Anlage|"
    "Allegato|Приложение"
)
_DIVISIONS = (  # what only groups the others
    "Part|Chapter|Section|Title|Subsection|Division|Book|Pillar|Partie|Chapitre|Titre|Parte|"
    "Capítulo|Sección|Título|Teil|Kapitel|Abschnitt|Глава|Раздел|Часть"
)
_NUMBER = (
    r"\d{1,4}(?:[  -]?(?:bis|ter|quater|quinquies|sexies|[A-Z]|[a-z]))?|[٠-٩۰-۹]{1,4}|[IVXLC]{1,7}"
)
_END = r"(?![\w(])(?!-\w)"
_CJK_NUMBER = r"[一二三四五六七八九十百零〇\d]{1,6}"


class Rank(Enum):
    """What a unit does to the numbers that follow it."""

    DIVISION = "division"
    APART = "apart"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a passage begins: its name as one cites it, and what follows in the passage."""

    name: str
    rank: Rank
    rest: str


def _words(words: str, rank: Rank, number: str) -> tuple[re.Pattern[str], Rank]:
    pattern = rf"(?P<word>{words})[ \u00a0\u2009]*(?P<number>{number}){_END}"
    return re.compile(pattern, re.IGNORECASE), rank


_PATTERNS = (
    _words(_ARTICLES, Rank.ARTICLE, _NUMBER),
    _words(_THROUGH, Rank.ARTICLE, _NUMBER),
    _words(_APART, Rank.APART, f"{_NUMBER}|[A-Z]"),
    _words(_DIVISIONS, Rank.DIVISION, f"{_NUMBER}|[A-Z]"),
    _words("Article|Artículo", Rank.ARTICLE, "premier|primero|único"),
    (re.compile(rf"(?P<word>第)\s*(?P<number>{_CJK_NUMBER}\s*[条條])"), Rank.ARTICLE),
    (re.compile(rf"(?P<word>第)\s*(?P<number>{_CJK_NUMBER}\s*[章节節部编編])"), Rank.DIVISION),
    (re.compile(r"(?P<word>제)\s*(?P<number>\d{1,4}\s*조)"), Rank.ARTICLE),
)  # fmt: skip
_ALONE = re.compile(rf"(?P<word>{_APART}|Preamble|Préambule|Preámbulo|Präambel|Преамбула)\Z", re.I)
_AFTER = re.compile(r"\s*[.:–—-]\s*|\s*\Z")
_LONGEST_TITLE = 140


def unit_of(words: str, *, is_heading: bool) -> Unit | None:
    """Return the unit that a passage's words begin with; None where they only speak of one.

    "Article 2 of the Charter requires" speaks of one, "Article 2. Each State" begins it.
    """
    alone = _ALONE.match(words) if len(words) < 40 else None
    if alone:
        is_apart = re.fullmatch(_APART, words, re.IGNORECASE) is not None
        return Unit(_cased(words), Rank.APART if is_apart else Rank.DIVISION, "")
    for pattern, rank in _PATTERNS:
        match = pattern.match(words)
        if match and (end := _begins(words, match.end(), is_heading=is_heading)) is not None:
            return Unit(_name(match), rank, words[end:])
    return None


def _begins(words: str, end: int, *, is_heading: bool) -> int | None:
    """Return where the unit's own words begin, None where it is but spoken of."""
    after = _AFTER.match(words, end)
    if after:
        return after.end()
    rest = words[end:].lstrip()
    starts_anew = rest[:1].isupper() or not rest[:1].isalpha() or not rest[:1].islower()
    if is_heading and starts_anew:
        return len(words) - len(rest)
    is_title = len(words) <= _LONGEST_TITLE and words[-1] not in ".;:,"
    return len(words) - len(rest) if is_title and starts_anew and rest[:1] not in ",(" else None


def _name(match: re.Match[str]) -> str:
    word, number = match["word"], " ".join(match["number"].split())
    if word in {"第", "제"}:
        return word + number.replace(" ", "")
    if number.isalpha() and number.isascii() and len(number) < 8 and number.lower() != "premier":
        number = number.upper() if set(number.upper()) <= set("IVXLC") else number
    return f"{_cased(word)} {number}"


def _cased(word: str) -> str:
    """Return a word in capitals as a text writes it: "ARTICLE" as "Article"."""
    known = {"CBM": "CBM", "ART.": "Art."}
    return known.get(word.upper(), word.capitalize() if word.isupper() else word)
