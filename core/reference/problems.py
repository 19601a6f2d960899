"""What is wrong with a pack, said so that a person finds and mends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UserError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that does not fit: in ``file`` at ``line`` (from 1), in the record ``key``."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        """Say it in one line."""
        record = f" ({self.key})" if self.key else ""
        return f"{self.file}, line {self.line}{record}: {self.what}"


def refuse(problems: Sequence[Problem]) -> UserError:
    """Return the error that names the first few problems of a pack."""
    first = "; ".join(str(problem) for problem in problems[:3])
    more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
    return UserError(f"The reference pack can't be used: {first}{more}. Correct these and retry.")
