"""Lists of references in BibTeX and BibLaTeX, as Zotero and others export them."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, cast

from core.domain.interchange import Project
from core.interchange.json_text import listed
from core.interchange.plain_text import decode
from core.interchange.problems import too_large
from core.interchange.works import MAX_LIST, Work, project_of

if TYPE_CHECKING:
    from bibtexparser.model import Entry
    from pylatexenc.latex2text import LatexNodes2Text  # pyright: ignore[reportMissingTypeStubs]

ENDINGS = (".bib", ".bibtex")
_LONGEST = 3000  # characters of a field that are looked at
_TEX = re.compile(r"[\\{}$~%]|---?|``|''")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(name: str, data: bytes) -> Project:
    """Return the works of a file in BibTeX as a project; raises `FileRefusedError`.

    Entries that are not in order are left out, and said to be.
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import SeparateCoAuthors

    if len(data) > MAX_LIST:
        raise too_large(name, MAX_LIST)
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # told as a remark instead
    text = decode(data).removeprefix("\ufeff")
    library = parse_string(text, append_middleware=[SeparateCoAuthors()])
    reader = _Reader()
    works = [reader.work(entry) for entry in library.entries]
    return project_of(name, "bibtex", works, broken=len(library.failed_blocks))


class _Reader:
    """Turns entries into works; the reader of TeX is made once."""

    def __init__(self) -> None:
        self._tex: LatexNodes2Text | None = None

    def work(self, entry: Entry) -> Work:
        """Return an entry as a work."""
        said = {field.key.lower(): cast("object", field.value) for field in entry.fields}
        volume, issue = self._one(said, "volume"), self._one(said, "number", "issue")
        in_journal = bool(said.get("journal") or said.get("journaltitle"))
        within = f"{volume}({issue})" if volume and issue and in_journal else volume
        place = (within, self._one(said, "pages"))
        return Work(
            title=self._one(said, "title"),
            name=entry.key,
            people=tuple(self._people(said)),
            publisher=self._one(said, "publisher", "institution", "organization", "howpublished"),
            container=self._one(said, "journal", "journaltitle", "booktitle"),
            place=", ".join(part for part in place if part),
            number="" if in_journal else issue,
            date=self._date(said),
            address=self._one(said, "url"),
            doi=self._one(said, "doi"),
        )

    def _people(self, said: dict[str, object]) -> list[str]:
        return [self._plain(one) for one in listed(said.get("author") or said.get("editor"))]

    def _one(self, said: dict[str, object], *names: str) -> str:
        return next((self._plain(said[name]) for name in names if said.get(name)), "")

    def _date(self, said: dict[str, object]) -> str:
        if said.get("date"):
            return self._one(said, "date")
        year, month, day = (self._one(said, name) for name in ("year", "month", "day"))
        if month[:3].lower() in _MONTHS:
            month = str(_MONTHS.index(month[:3].lower()) + 1)
        return "-".join(part for part in (year, month, day if month else "") if part)

    def _plain(self, value: object) -> str:
        """Return a field's words without its TeX."""
        words = str(value)[:_LONGEST]
        if _TEX.search(words) is None:
            return words
        if self._tex is None:
            from pylatexenc.latex2text import (  # pyright: ignore[reportMissingTypeStubs]
                LatexNodes2Text,
            )

            self._tex = LatexNodes2Text(math_mode="text")
        return str(cast("object", self._tex.latex_to_text(words)))  # pyright: ignore
