"""The project's own folder and files."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder with pyproject.toml."""
    return ROOT


def sources(*folders: str) -> list[Path]:
    """Every Python file of these top-level folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
