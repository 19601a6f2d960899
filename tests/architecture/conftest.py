"""The project's own folder and files."""

import ast
from functools import cache
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


@cache
def tree_of(path: Path) -> ast.Module:
    """Return what a file says, parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))
