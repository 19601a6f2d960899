"""Works of a list of references as sources of a project; what the readers of such lists share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from core.domain.documents import DocumentMetadata
from core.domain.interchange import Project, ProjectSource
from core.domain.keys import is_key
from core.interchange.identity import derive, guid_of_record
from core.interchange.problems import MAX_SOURCES, refused, too_many

MAX_LIST = 32 * 2**20
"""Bytes of a list in RIS or BibTeX."""

_PAGE = "page-"  # what we call a page of the reference, cited itself
_LONGEST = 300  # characters of a title or of a line
_MOST_PEOPLE = 100
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a list says it, each in words; ``name`` is what the list calls it.

    ``date`` is a year, or a year with month and day as ISO or RIS writes them.
    """

    title: str
    name: str = ""
    people: tuple[str, ...] = ()
    publisher: str = ""
    container: str = ""
    place: str = ""  # in the container: volume, issue, pages
    number: str = ""
    date: str = ""
    address: str = ""
    doi: str = ""


def project_of(file: str, format_name: str, works: list[Work], *, broken: int = 0) -> Project:
    """Return a list as a project; raises `FileRefusedError` for one without works, or too many.

    ``broken`` counts what could not be read.
    """
    if len(works) > MAX_SOURCES:
        raise too_many(file, "works", MAX_SOURCES)
    missed: Counter[str] = Counter({"entries that are not in order": broken})
    sources: dict[str, ProjectSource] = {}
    for work in works:
        source = _source(work)
        if source is None:
            missed["works without a title"] += 1
        elif source.id in sources:
            missed["works that are in it twice"] += 1
        else:
            sources[source.id] = source
    if not sources:
        raise refused(file, "it lists no works that have a title")
    remarks = tuple(f"Left out: {n:,} {what}." for what, n in missed.items() if n)
    return Project(format_name, file, sources=tuple(sources.values()), remarks=remarks)


def date_of(said: str) -> str | None:
    """Return a date as EDTF, from ``2014-05-20``, ``2014/05/20/`` or ``2014``; None for others."""
    found = _DATE.search(said)
    if found is None or int(found[1]) == 0:
        return None
    parts = [found[1]]
    for part, most in ((found[2], 12), (found[3], 31)):
        if part is None or not 1 <= int(part) <= most:
            break
        parts.append(f"{int(part):02}")
    return "-".join(parts)


def _source(work: Work) -> ProjectSource | None:
    title = clean(work.title)
    if not title:
        return None
    key = work.name.removeprefix(_PAGE)
    key = key if is_key(key) else None
    address, date = _address(work), date_of(work.date)
    people = tuple(name for name in map(clean, work.people[:_MOST_PEOPLE]) if name)
    publisher = clean(work.publisher) or clean(work.container) or "; ".join(people)[:_LONGEST]
    identity = derive("work", address or title.casefold(), "" if address else date or "")
    return ProjectSource(
        guid_of_record(key) if key else identity,
        title,
        key,
        metadata=DocumentMetadata(title, people, date, None, publisher or None, address),
        description=_description(work, people, date),
        address=address,
        is_work=True,
    )


def _description(work: Work, people: tuple[str, ...], date: str | None) -> str:
    """Return who, where and when in one line, as a reader of the record looks for it."""
    within = " ".join(part for part in (clean(work.container), clean(work.place)) if part)
    said = ("; ".join(people), within, clean(work.publisher), clean(work.number), date or "")
    return ", ".join(dict.fromkeys(part for part in said if part))[:_LONGEST]


def _address(work: Work) -> str | None:
    said = work.address.strip()
    if said.lower().startswith(("http://", "https://")) and not re.search(r"\s", said):
        return said
    doi = _DOI.match(work.doi.strip())
    return f"https://doi.org/{doi[1]}" if doi else None


def clean(text: str) -> str:
    """Return words in NFC on one line, without what can't be printed, bounded in length."""
    printable = "".join(c if c.isprintable() else " " for c in text[: 10 * _LONGEST])
    return unicodedata.normalize("NFC", " ".join(printable.split()))[:_LONGEST]
