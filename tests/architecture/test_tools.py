"""The tools that keep the code in order find nothing."""

import subprocess
import sys
from pathlib import Path

import pytest


def run(root: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output


def test_the_layers_hold(root):
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_ruff_finds_nothing(root):
    run(root, "ruff", "check", "--no-cache", ".")


def test_ruff_would_format_nothing(root):
    run(root, "ruff", "format", "--no-cache", "--check", ".")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_pyright_finds_nothing(root):
    run(root, "pyright")
