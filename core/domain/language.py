"""The language of a text, told by its script and by its most frequent small words."""

import re
import unicodedata
from collections import Counter

_LONGEST = 20_000  # characters looked at: more tells nothing new
_LEAST_LETTERS = 20
_LEAST_WORDS = 0.08  # share of words that must be the language's own small ones

_SCRIPTS = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "THAI": "th",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "ETHIOPIC": "am",
}
# Letters that only one of the languages of a script has.
_LETTERS = (("ar", "fa", "پچژگ"), ("ar", "ur", "ٹڈڑے"), ("ru", "uk", "іїєґ"))
_SMALL_WORDS = {
    "en": "the of and to in is that for with by this which are be shall should on as at from",
    "fr": "le la les de des et du une est dans que pour qui sur par au aux ce cette sont pas",
    "es": "el la los las de del y una que en para por con se es su al como más este sobre ha",
    "pt": "o os de da dos das e um uma que em para por com não na ao aos pelo pela é são",
    "de": "der die das und den von zu mit ist im für des auf dem nicht ein eine sich als auch",
    "it": "il lo gli della dei delle e un una che di per con nel è sono del alla non si",
    "nl": "de het een en van in op te voor met dat die is aan door niet zijn worden ook als",
}
_OWN = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, "" where it can't be told."""
    beginning = text[:_LONGEST]
    scripts: Counter[str] = Counter()
    for letter, number in Counter(beginning).items():
        if not letter.isalpha():
            continue
        scripts[unicodedata.name(letter, "?").partition(" ")[0]] += number
    if scripts.total() < _LEAST_LETTERS:
        return ""
    script = scripts.most_common(1)[0][0]
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts.total() / 10:
        return "ja"  # most of it may be Chinese characters
    if script == "LATIN":
        return _by_small_words(beginning)
    found = _SCRIPTS.get(script, "")
    for language, other, letters in _LETTERS:
        if found == language and sum(map(beginning.count, letters)) > scripts.total() / 200:
            return other
    return found


def _by_small_words(text: str) -> str:
    words = Counter(_WORD.findall(text.casefold()))
    total = words.total()
    shares = {language: sum(words[word] for word in own) / total for language, own in _OWN.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _LEAST_WORDS else ""
