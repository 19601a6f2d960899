"""What a person sees on a terminal: aligned columns, hits in bold, a bar at first use."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal")


def on_terminal(workspace, *arguments):
    """Run a command on a pseudo-terminal; return what it wrote there."""
    try:
        main, side = os.openpty()
    except OSError:
        pytest.skip("this machine gives out no pseudo-terminals")
    environment = os.environ | {
        "NORMATLAS_WORKSPACE": str(workspace),
        "TERM": "xterm",
        "COLUMNS": "100",
    }
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-m", "core.cli", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=side,
        stderr=side,
        env=environment,
    ) as process:
        os.close(side)
        written = bytearray()
        while block := read(main):
            written += block
        os.close(main)
    assert process.returncode == 0, written
    return written.decode("utf-8")


def read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_lists_are_aligned(workspace_folder):
    lines = on_terminal(workspace_folder, "list", "--kind", "norm").splitlines()
    assert len(lines) == 1 + 147
    columns = {line.index("norm  ") for line in lines[1:] if "norm  " in line}
    assert len(columns) == 1
    assert max(map(len, lines[1:])) <= 100
    assert any(line.rstrip().endswith("…") for line in lines)


def test_hits_are_bold(workspace_folder):
    said = on_terminal(workspace_folder, "search", "sovereignty", "--limit", "1")
    assert "\x1b[1m" in said
    assert "**" not in said


def test_first_use_shows_a_bar(tmp_path):
    said = on_terminal(tmp_path / "new", "tags", "list")
    assert "━" in said
    assert "/s" in said
