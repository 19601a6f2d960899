"""The codebook written to a file, as it is or as it stood at an earlier date.

`CodebookFiles.write` goes by the file's ending: ``.csv`` (a table with counts, for spreadsheets
and for Taguette), ``.json`` (every field, for programs), ``.qdc`` (REFI-QDA, for other tools). It
only writes; `codebook_reading` is what reads such files back in.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from core.domain.codebook import Tag
from core.errors import UserError
from core.exporting.tables import write_csv
from core.services.codebook import Codebook
from core.services.export import write_whole
from core.services.projects import project_tags
from core.tasks import slow

_COLUMNS = (
    "tag",
    "passages",
    "passages with those below",
    "colour",
    "description",
    "use it for",
    "not for",
    "example",
    "key",
    "id",
)


class CodebookFiles:
    """Writes the codebook, as it is or as it was."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook

    @slow
    def write(self, path: Path, moment: datetime | None = None) -> int:
        """Write the codebook as it stood at a moment, None for now; returns how many tags it has.

        Raises `UserError` for an ending that names no format, a place that can't be written, and
        an empty codebook as QDC, which can't say it.
        """
        render = _RENDERERS.get(path.suffix.lower())
        if render is None:
            known = ", ".join(_RENDERERS)
            raise UserError(f"{path.name} does not say its format; end its name with {known}.")
        tags = self._codebook.tags() if moment is None else self._codebook.as_of(moment)
        write_whole(path, render(tags, moment))
        return len(tags)


def _as_csv(tags: Sequence[Tag], _moment: datetime | None) -> str:
    rows = (
        (
            tag.path,
            str(tag.count),
            str(tag.total),
            tag.color,
            tag.definition,
            tag.include,
            tag.exclude,
            tag.example,
            str(tag.favourite or ""),
            tag.id,
        )
        for tag in tags
    )
    return write_csv(_COLUMNS, rows)


def _as_json(tags: Sequence[Tag], moment: datetime | None) -> str:
    shapes = [
        {
            "id": tag.id,
            "path": tag.path,
            "parent": tag.parent,
            "color": tag.color,
            "definition": tag.definition,
            "include": tag.include,
            "exclude": tag.exclude,
            "example": tag.example,
            "favourite": tag.favourite,
            "count": tag.count,
            "total": tag.total,
        }
        for tag in tags
    ]
    whole = {"as_of": None if moment is None else moment.isoformat(), "tags": shapes}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _as_qdc(tags: Sequence[Tag], _moment: datetime | None) -> bytes:
    from core.interchange import qdc  # lxml comes with it

    return qdc.render(project_tags(tags))


_RENDERERS: dict[str, Callable[[Sequence[Tag], datetime | None], str | bytes]] = {
    ".csv": _as_csv,
    ".json": _as_json,
    ".qdc": _as_qdc,
}
