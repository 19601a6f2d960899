"""The window's look survives a round trip; damage is a fresh start."""

from pathlib import Path

import pytest

from gui.window_state import FILE, WindowState, load_state, save_state


def test_round_trip(tmp_path: Path) -> None:
    state = WindowState(
        geometry=b"\x00\x01\xff",
        docks=b"docks",
        splitter=b"split",
        tabs=("norm:due-diligence", "document:a-b"),
        front="document:a-b",
        zoom=150,
        kind="event",
        theme="dark",
    )
    assert save_state(tmp_path, state)
    assert load_state(tmp_path) == state


def test_nothing_kept_is_a_fresh_start(tmp_path: Path) -> None:
    assert load_state(tmp_path) == WindowState()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe garbage",
        b"[General]\nversion=99\nzoom=20\n",
        b"[General]\nversion=1\nzoom=large\n",
        b'[General]\nversion=1\ntabs="{not json"\n',
    ],
)
def test_a_damaged_file_is_a_fresh_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_state(tmp_path) == WindowState()
