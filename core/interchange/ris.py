"""Lists of references in RIS, as Zotero and others export them.

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from core.domain.interchange import Project
from core.interchange.json_text import listed
from core.interchange.plain_text import decode
from core.interchange.problems import refused, too_large
from core.interchange.works import MAX_LIST, Work, project_of

ENDING = ".ris"
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*TY {1,2}- ")
_MOST_LINES = 2_000_000


def is_ris(head: bytes) -> bool:
    """Tell by its first bytes whether a file is in RIS."""
    return _START.match(head) is not None


def read(name: str, data: bytes) -> Project:
    """Return the works of a file in RIS as a project; raises `FileRefusedError`."""
    import rispy  # pyright: ignore[reportMissingTypeStubs]

    if len(data) > MAX_LIST:
        raise too_large(name, MAX_LIST)
    text = decode(data).removeprefix("\ufeff")
    if text.count("\n") > _MOST_LINES:
        raise refused(name, f"it has more than {_MOST_LINES:,} lines")
    try:
        entries = cast("list[Mapping[str, object]]", rispy.loads(text))  # pyright: ignore[reportUnknownMemberType]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refused(name, "it is no well-formed RIS") from error
    return project_of(name, "ris", [_work(entry) for entry in entries])


def _work(entry: Mapping[str, object]) -> Work:
    first, last = _one(entry, "start_page"), _one(entry, "end_page")
    pages = f"{first}–{last}" if first and last else first
    volume, issue = _one(entry, "volume"), _one(entry, "number")
    within = f"{volume}({issue})" if volume and issue else volume
    return Work(
        title=_one(entry, "title", "primary_title", "short_title"),
        name=_one(entry, "id"),
        people=tuple(_all(entry, "authors") or _all(entry, "first_authors")),
        publisher=_one(entry, "publisher"),
        container=_one(entry, "secondary_title", "journal_name", "alternate_title3"),
        place=", ".join(part for part in (within, pages) if part),
        number=_one(entry, "note") if entry.get("type_of_reference") == "RPRT" else "",
        date=_one(entry, "date", "year", "publication_year"),
        address=_one(entry, "urls"),
        doi=_one(entry, "doi"),
    )


def _one(entry: Mapping[str, object], *names: str) -> str:
    return next((said for name in names for said in _all(entry, name)), "")


def _all(entry: Mapping[str, object], name: str) -> list[str]:
    return [str(one) for one in listed(entry.get(name)) if str(one).strip()]
