"""British and American spelling, figures and words: the other spellings that a word can have.

The families of endings are from the usual descriptions of the two standards: -our/-or, -re/-er,
-ise/-ize, -yse/-yze, -ence/-ense, -ogue/-og, doubled l, ae and oe, and single words.
"""

import itertools
import re
from collections.abc import Callable
from functools import lru_cache

# Also turns words that every standard spells with s ("promise"): as a key that does no harm, but
# adjectives would lose their adverbs.
_IZE = re.compile(
    r"\A(?!preci|conci|inci|.*wis)(.{3,})is(e|es|ed|er|ers|ing|ings|ation|ations|ational|able)\Z"
)
_OUR = re.compile(
    r"\A(anti|mis|over|un|dis|co|re)?(arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb"
    r"|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig)our"
)
_RE = re.compile(
    r"\A(cent|epicent|fib|goit|lit|lust|meag|met|kilomet|millimet|centimet|mit|och|sab|scept"
    r"|sepulch|somb|spect|theat|calib)r(e|es|ed|ing)\Z"
)
_DOUBLED = re.compile(
    r"\A(.*(?:cance|channe|counse|dia|due|fue|grove|initia|jewe|labe|leve|libe|marsha|marve|mode"
    r"|pane|peda|quarre|riva|signa|spira|tota|trave|tunne))ll(ed|er|ers|ing|ings|or|ors)\Z"
)
_WORDS = {
    "acknowledgement": "acknowledgment",
    "ageing": "aging",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "axe": "ax",
    "cheque": "check",
    "cosy": "cozy",
    "defence": "defense",
    "draught": "draft",
    "enrolment": "enrollment",
    "enrol": "enroll",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "grey": "gray",
    "instalment": "installment",
    "judgement": "judgment",
    "kerb": "curb",
    "licence": "license",
    "manoeuvre": "maneuver",
    "mould": "mold",
    "offence": "offense",
    "plough": "plow",
    "practise": "practice",
    "pretence": "pretense",
    "programme": "program",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "skilful": "skillful",
    "storey": "story",
    "sulphur": "sulfur",
    "tyre": "tire",
    "wilful": "willful",
}
_PLURALS = {f"{british}s": f"{american}s" for british, american in _WORDS.items()}
_NUMBERS = {
    str(number): word
    for number, word in enumerate(
        re.findall(
            r"\w+",
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty",
        ),
        2,
    )
}
_AMERICAN = {american: british for british, american in (_WORDS | _PLURALS).items()}
_FIGURES = _NUMBERS | {word: figure for figure, word in _NUMBERS.items()}
INITIALS = {
    word: min(word, other)[0]
    for table in (_WORDS | _PLURALS, _AMERICAN, _FIGURES)
    for word, other in table.items()
    if word[0] != other[0]
}
"""Of words whose other spelling begins otherwise, the first letter of the first in the alphabet."""
_GREEK = (
    ("archaeolog", "archeolog"),
    ("encyclopaedi", "encyclopedi"),
    ("paediatri", "pediatri"),
    ("anaesth", "anesth"),
    ("foet", "fet"),
    ("manoeuv", "maneuv"),
    ("mediaeval", "medieval"),
)


_ACRONYMS = re.compile(r"[b-df-hj-np-tv-xz0-9]{2,6}s\Z")  # without any vowel

# Letters that are always there, since looking for those is much cheaper; pattern; other spelling.
_Rule = tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _reversed(words: re.Pattern[str], british: str, american: str) -> re.Pattern[str]:
    """Return the pattern of the American words that belong to a pattern of British ones."""
    return re.compile(words.pattern.replace(british, american))


_TO_AMERICAN: tuple[_Rule, ...] = (
    ("our", _OUR, lambda match: f"{match[1] or ''}{match[2]}or"),
    ("r", _RE, lambda match: f"{match[1]}er{ {'e': '', 'es': 's'}.get(match[2], match[2]) }"),
    ("ll", _DOUBLED, r"\1l\2"),
    ("lys", re.compile(r"\A(.{2,}l)ys(e|ed|er|ers|ing)\Z"), r"\1yz\2"),
    ("ogue", re.compile(r"\A(catal|dial|anal|mon|epil|prol)ogue(s?)\Z"), r"\1og\2"),
    ("is", _IZE, r"\1iz\2"),
    ("ence", re.compile(r"\A(offen|defen)ce"), r"\1se"),
)
_TO_BRITISH: tuple[_Rule, ...] = (
    ("or", _reversed(_OUR, ")our", ")or"), lambda match: f"{match[1] or ''}{match[2]}our"),
    (
        "er",
        _reversed(_RE, "r(e|es|ed|ing)", "er(s|ed|ing|)"),
        lambda match: f"{match[1]}r{ {'': 'e', 's': 'es'}.get(match[2], match[2]) }",
    ),
    ("l", _reversed(_DOUBLED, "ll(", "l("), r"\1ll\2"),
    ("lyz", re.compile(r"\A(.{2,}l)yz(e|ed|er|ers|ing)\Z"), r"\1ys\2"),
    ("og", re.compile(r"\A(catal|dial|anal|mon|epil|prol)og(s?)\Z"), r"\1ogue\2"),
    ("iz", _reversed(_IZE, "is(e|es", "iz(e|es"), r"\1is\2"),
    ("ense", re.compile(r"\A(offen|defen)se"), r"\1ce"),
)


@lru_cache(maxsize=1 << 12)
def other_spellings(word: str) -> tuple[str, ...]:
    """Return a folded word as the other standard spells it; most words have none.

    Numbers up to twenty are also spelt in figures.
    """
    if word in _FIGURES:
        return (_FIGURES[word],)
    if len(word) < 4 or not word.isascii():
        return ()
    found = [table[word] for table in (_WORDS | _PLURALS, _AMERICAN) if word in table]
    for rules in (_TO_AMERICAN, _TO_BRITISH):
        fitting = (p.sub(new, word) for held, p, new in rules if held in word and p.search(word))
        found += itertools.islice(fitting, 1)
    for british, american in _GREEK:
        found += [
            word.replace(a, b) for a, b in ((british, american), (american, british)) if a in word
        ]
    return tuple(other for other in dict.fromkeys(found) if other != word)


def acronym(word: str) -> str:
    """Return an acronym without the s of its plural, which no stemmer takes off: CBMs."""
    return word[:-1] if _ACRONYMS.match(word) else word


def derived(word: str) -> tuple[str, ...]:
    """Return what a word is derived from, or what from it, where stems do not show it."""
    if acronym(word) != word:
        return (acronym(word),)
    if word.endswith(("ification", "ifications")):
        return (word.partition("ification")[0] + "ify",)
    if word.endswith(("ify", "ified", "ifies", "ifying")):
        return (word[: word.rindex("if")] + "ification",)
    base = word.removesuffix("s").removesuffix("ment")
    if word.endswith(("ment", "ments")) and len(base) > 2:
        return (base,)
    return (word + "ment",) if len(word) > 2 and word.isascii() else ()
