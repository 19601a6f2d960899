"""Where in a work a passage stands, as this field cites it: para. 13(f), art. 35(1), annex."""

import re

_NUMBER = r"(?:\d+|[ivxlc]+)(?:bis|ter)?(?:\.\d+)*(?:\s?\([0-9a-z]{1,5}\))*"
_NUMBERED = re.compile(rf"§?\s*{_NUMBER}\.?", re.I)
_NAMED = (
    (re.compile(r"(?:article|art\.?)\s+(?=\d)", re.I), "art. "),
    (re.compile(r"(?:paragraph|para\.?|¶)\s*(?=\d)", re.I), "para. "),
    (re.compile(r"(?:section|sec\.?)\s+(?=[\dIVX])", re.I), "sec. "),
    (re.compile(r"(?:chapter|ch\.?)\s+(?=[\dIVX])", re.I), "ch. "),
    (re.compile(r"(?:page|p\.?)\s*(?=\d)", re.I), "p. "),
    (re.compile(r"(annex|preamble|principle|norm|recital|appendix|part|rule)\b", re.I), ""),
)
_PAIRS = (
    ("UN Doc. ", re.compile(r"(?:A|S|E|ST|CCPR|CD)/\S")),
    ("OSCE ", re.compile(r"(?:PC|MC|FSC)\.(?:DEC|JOUR|DOC|GAL)/\S")),
    ("OECD ", re.compile(r"C\(\d{4}\)\d")),
)


def locator_of(label: str | None, page: str | None = None) -> str | None:
    """Return how a passage's label, or else its page, is cited within its own document.

    "13(f)" is a paragraph, "Article 35(1)" an article; words that name no place stay as they are.
    """
    if not label:
        return f"p. {page}" if page else None
    label = " ".join(label.split())
    if _NUMBERED.fullmatch(label):
        return f"para. {label.lstrip('§ ').rstrip('.')}"
    for pattern, short in _NAMED:
        found = pattern.match(label)
        if found:
            named = found[1].lower() if found.groups() else short
            return named + label[found.end() :]
    return label


def symbol_as_cited(symbol: str) -> str:
    """Return a document's symbol with what tells whose it is: A/70/174 is UN Doc. A/70/174."""
    for words, pattern in _PAIRS:
        if pattern.match(symbol):
            return words + symbol
    return symbol
