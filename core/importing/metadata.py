"""What a file says of itself, from wherever its format has that, in one shape."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from core.domain import dates
from core.domain.dates import MONTHS
from core.domain.documents import DocumentMetadata, ReadDocument
from core.domain.language import language_of
from core.domain.text import PassageKind
from core.errors import UserError
from core.importing.characters import clean, compose
from core.importing.composing import address
from core.importing.masthead import own_date, resolution_named
from core.importing.symbols import own_symbol

Said = Mapping[str, Sequence[str]]

_LONGEST = 400
_LARGEST_PART = 1024 * 1024  # bytes of a part that only names the document
_FIELDS = {  # names in core properties, OpenDocument's meta.xml, EPUB, pandoc's own
    "title": ("title",),
    "author": ("author", "creator", "initial-creator"),
    "date": ("date", "issued", "created", "creation-date", "modified"),
    "language": ("language", "lang"),
    "publisher": ("publisher", "institution", "institute", "Company"),
    "address": ("address", "url", "source"),
}
_JUNK = re.compile(
    r"(?:microsoft word - .*|untitled.*|document ?\d*|presentation ?\d*|slide \d+|title|"
    r"[\w.-]+\.(?:docx?|pdf|odt|rtf|html?|indd|wpd)|normal|unknown|.)\Z",
    re.IGNORECASE,
)
_JUNK_AUTHORS = re.compile(r"(?:user|admin.*|windows user|author|unknown|owner|pc|\W*)\Z", re.I)
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:\Z|[T\s].*)", re.DOTALL)
_WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]{2,8})\.?,?\s+(\d{4})")
_AMERICAN = re.compile(r"([A-Z][a-z]{2,8})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-[A-Za-z]{2}|-\d{3})?\Z")
_LATIN = {"en", "fr", "es", "de", "it", "pt", "nl", "sv", "da", "nb", "no", "fi", "pl", "cs", "et"}
_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")


def of_parts(words: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Return what parts of an office file or e-book say, by the local names of their elements."""
    said: dict[str, tuple[str, ...]] = {}
    packages = [name for name in words if name.endswith(".opf")][:1]
    for part in (*_PARTS, *packages):
        given = words.get(part, b"")
        if not given or len(given) > _LARGEST_PART:
            continue
        try:
            root = ET.fromstring(given)  # its entities were refused with the archive
        except ET.ParseError:
            continue  # the text is what counts
        for element in root.iter():
            name = str(element.tag).rpartition("}")[2]
            if element.text and element.text.strip() and len(said.get(name, ())) < 50:
                said[name] = (*said.get(name, ()), element.text)
    return said


def described(said: Said) -> DocumentMetadata:
    """Return what was said in the shape that all formats share; what is no use is left out."""
    found = {field: _first(said, names) for field, names in _FIELDS.items()}
    titles = (_line(given) for given in found["title"])
    publishers = [_line(given) for given in found["publisher"]]
    days = [as_edtf(given) for given in found["date"]]
    languages = [as_language(given) for given in found["language"]]
    addresses = [address(given) for given in found["address"]]
    authors = (_line(name) for given in found["author"] for name in re.split(r"\s*;\s*", given))
    return DocumentMetadata(
        title=next((t for t in titles if t and not _JUNK.match(t)), None),
        authors=tuple(dict.fromkeys(n for n in authors if n and not _JUNK_AUTHORS.match(n))),
        date=next((day for day in days if day), None),
        language=next((tag for tag in languages if tag), None),
        publisher=next((name for name in publishers if name), None),
        address=next((given for given in addresses if given), None),
    )


def completed(document: ReadDocument) -> ReadDocument:
    """Return a document with what its text tells where the file is silent: title and symbol.

    The day that it bears counts more than the day on which a program made its file.
    """
    metadata, text = document.metadata, document.text
    first = text.passages[:40]
    words = [text.content[p.start : min(p.end, p.start + _LONGEST)] for p in first]
    title = metadata.title
    if title is None:
        headings = [w for p, w in zip(first, words, strict=True) if p.kind is PassageKind.HEADING]
        title = next((w for w in headings if 2 < len(w) < _LONGEST and not _JUNK.match(w)), None)
        title = title or resolution_named(words)
    symbol = metadata.symbol or own_symbol(metadata.title, words)
    date = metadata.date
    if date is None or document.format != "html":
        date = as_edtf(own_date(words) or "") or date
    language = _language(metadata.language, text.content)
    metadata = replace(metadata, title=title, symbol=symbol, language=language, date=date)
    return replace(document, metadata=metadata)


def _language(said: str | None, content: str) -> str | None:
    """Return the language that a file names, None where it is its program's: its text has another
    script, or is told to be in another language than the English that programs begin with."""
    own = said.partition("-")[0] if said else ""
    if own in _LATIN and not _is_latin(content):
        return None
    if own == "en" and language_of(content) not in ("", "en"):
        return None
    return said


def _is_latin(content: str) -> bool:
    letters = [character for character in content[:4000] if character.isalpha()]
    return sum(1 for letter in letters if letter < "\u0250") * 2 >= len(letters)


def as_edtf(written: str) -> str | None:
    """Return a date in EDTF, None where it can't be read: "2015-07-22T10:00", "22 July 2015"."""
    written = written.strip()
    if match := _ISO.match(written):
        parts = [match[1], *(part.zfill(2) for part in match.groups()[1:] if part)]
        return _checked("-".join(parts))
    if match := _WRITTEN.match(written):
        return _of_words(match[3], match[2], match[1])
    if match := _AMERICAN.match(written):
        return _of_words(match[3], match[1], match[2])
    return None


def as_language(tag: str) -> str | None:
    """Return a language tag in its usual spelling, None where it is none."""
    tag = tag.strip().replace("_", "-")
    if not _LANGUAGE.match(tag):
        return None
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(_spelled(part) for part in rest)])


def _spelled(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()


def _first(said: Said, names: Sequence[str]) -> Sequence[str]:
    return next((said[name] for name in names if said.get(name)), ())


def _line(words: str) -> str:
    text, _ = compose(clean(words), ())
    return " ".join(text.split())[:_LONGEST]


def _of_words(year: str, month: str, day: str) -> str | None:
    number = next((n for n, name in enumerate(MONTHS, 1) if name.startswith(month[:3])), None)
    return None if number is None else _checked(f"{year}-{number:02d}-{int(day):02d}")


def _checked(edtf: str) -> str | None:
    try:
        dates.parse(edtf)
    except UserError:
        return None
    return edtf
