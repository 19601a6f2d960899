"""The list kept for the next start: whole, or nothing."""

from pathlib import Path

import pytest

from core.workspace import Workspace
from gui.library_cache import FILE, load_entries, save_entries


def test_the_whole_library_comes_back(tmp_path: Path, workspace: Workspace) -> None:
    entries = workspace.reference.entries()
    save_entries(tmp_path, entries)
    assert load_entries(tmp_path) == entries
    written = (tmp_path / FILE).stat().st_mtime_ns
    save_entries(tmp_path, entries)
    assert (tmp_path / FILE).stat().st_mtime_ns == written
    assert [file.name for file in tmp_path.iterdir() if FILE in file.name] == [FILE]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"names": ["key"], "entries": [[1]]}'])
def test_damage_is_an_empty_list(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_entries(tmp_path) == ()
