"""Lists of references in CSL-JSON, as Zotero and others export them.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from core.domain.interchange import Project
from core.interchange.json_text import Row, listed, plain_of_html, row, word
from core.interchange.works import Work, project_of


def is_csl(said: object) -> bool:
    """Tell whether parsed JSON is a list of references: items that have a type and no target."""
    items = _items(said)
    first = row(items[0]) if items else {}
    return "type" in first and "id" in first and not {"target", "@context"} & first.keys()


def read(path: Path, said: object) -> Project:
    """Return the works of parsed CSL-JSON as a project; raises `FileRefusedError`."""
    return project_of(path.name, "csljson", [_work(row(item)) for item in _items(said)])


def _items(said: object) -> list[object]:
    if isinstance(said, dict):
        return listed(cast("Row", said).get("items"))
    return listed(said)


def _work(item: Row) -> Work:
    return Work(
        title=plain_of_html(word(item.get("title"))),
        name=word(item.get("id")),
        people=tuple(_people(item)),
        publisher=word(item.get("publisher")),
        container=word(item.get("container-title")),
        place=_place(item),
        number=word(item.get("number")),
        date=_date(item.get("issued")),
        address=word(item.get("URL")),
        doi=word(item.get("DOI")),
    )


def _people(item: Row) -> Iterator[str]:
    for role in ("author", "editor"):
        for person in map(row, listed(item.get(role))):
            family, given = word(person.get("family")), word(person.get("given"))
            yield word(person.get("literal")) or ", ".join(part for part in (family, given) if part)


def _place(item: Row) -> str:
    volume, issue, page = (word(item.get(name)) for name in ("volume", "issue", "page"))
    return ", ".join(part for part in (f"{volume}({issue})" if issue else volume, page) if part)


def _date(issued: object) -> str:
    said = row(issued)
    parts = listed(next(iter(listed(said.get("date-parts"))), None))
    if parts:
        return "-".join(str(part)[:4].zfill(2 if n else 4) for n, part in enumerate(parts[:3]))
    return word(said.get("raw")) or word(said.get("literal"))
