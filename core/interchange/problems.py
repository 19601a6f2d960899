"""How a file is refused, and the bounds that hold for all of them."""

from core.errors import UserError

MAX_FILE = 1024 * 2**20
"""Bytes of a file that is read at all."""

MAX_ANNOTATIONS = 250_000
MAX_TAGS = 20_000
MAX_SOURCES = 50_000
MAX_TEXT = 20_000_000
"""Characters of one text."""

MAX_TEXTS = 200_000_000
"""Characters of all texts of one project."""

MAX_NOTE = 1_000_000
"""Characters of one note."""


_IN_PARTS = "merge it in parts: fewer sources or passages in each file"


class FileRefusedError(UserError):
    """A file that can't be read as what it claims to be."""


def refused(
    name: str, why: str, do: str = "ask for a new copy, or choose another file"
) -> FileRefusedError:
    """Return the one sentence for a file that is not taken. ``do`` says what helps."""
    return FileRefusedError(f"{name} can't be read: {why}. Nothing was changed; {do}.")


def too_many(name: str, what: str, most: int) -> FileRefusedError:
    """Return the sentence for a file that holds more than is taken at once."""
    return refused(name, f"it holds more than {most:,} {what}", _IN_PARTS)


def too_large(name: str, most: int) -> FileRefusedError:
    """Return the sentence for a file of more than ``most`` bytes."""
    return refused(name, f"it is larger than {most // 2**20:,} MiB", _IN_PARTS)
