"""The codebook that an empty workspace is offered, made from the themes of its records."""

import uuid
from functools import cache
from importlib import resources
from typing import Any, cast

from sqlalchemy.orm import Session

from core.domain.codebook import PALETTE, SEPARATOR, Tag
from core.storage.repositories.records import Records

_NAMESPACE = uuid.UUID("6d6b6d0e-6f3b-5d0c-9a49-0c8f4b1f7a55")


def starter_tags(session: Session) -> tuple[Tag, ...]:
    """Return the tags on offer: the general ones, and those whose theme some record carries.

    Their ids are the same in every workspace, so that the codebooks of two analysts match.
    """
    themes = Records(session).themes()
    wanted = [one for one in _entries() if one.get("theme") is None or one["theme"] in themes]
    named = {one["path"] for one in wanted}
    paths = [_under(one["path"], named) for one in wanted]
    tops = list(dict.fromkeys(path.split(SEPARATOR)[0] for path in paths))
    return tuple(
        Tag(
            id=str(uuid.uuid5(_NAMESPACE, path)),
            path=path,
            color=PALETTE[tops.index(path.split(SEPARATOR)[0]) % len(PALETTE)],
            definition=one["definition"],
            include=one.get("include", ""),
            exclude=one.get("exclude", ""),
            position=n,
        )
        for n, (path, one) in enumerate(zip(paths, wanted, strict=True), start=1)
    )


def _under(path: str, named: set[str]) -> str:
    """Return a path without a parent that is not on offer."""
    above, _, name = path.rpartition(SEPARATOR)
    return path if not above or above in named else name


@cache
def _entries() -> tuple[dict[str, str], ...]:
    import yaml

    file = resources.files("resources") / "codebook" / "starter.yaml"
    read: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(cast("list[dict[str, str]]", read))
