"""A field's value in words, one row a line, so that two versions can be laid side by side."""

from typing import Any, cast

_LEFT_OUT = (None, "", False)


def in_lines(value: object) -> str:
    """Return a value as plain text; what is not said is left out."""
    if isinstance(value, list):
        rows = cast("list[object]", value)  # pyright: ignore[reportUnknownMemberType]
        return "\n".join(in_lines(row) for row in rows)
    if isinstance(value, dict):
        return _row(cast("dict[str, Any]", value))
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)


def _row(row: dict[str, Any]) -> str:
    words = [str(row[name]) for name in ("predicate", "object", "text", "title") if name in row]
    head = " ".join(words)
    rest = [
        f"{name.replace('_', ' ')}: {in_lines(value)}"
        for name, value in row.items()
        if name not in ("predicate", "object", "text", "title") and value not in _LEFT_OUT
    ]
    return f"{head} ({', '.join(rest)})" if rest and head else head or ", ".join(rest)
