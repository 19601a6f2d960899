"""Files of the standards, where they are at hand: they may not be copied into the project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("NORMATLAS_STANDARDS", ROOT.parent / "shared" / "standards"))


def standard(name):
    """The path of a file of a standard; skips the test without it."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand; NORMATLAS_STANDARDS names the folder")
    return path
