"""The list kept for the next start: whole, or nothing."""

from pathlib import Path

import pytest

from core.workspace import Workspace
from gui.library_cache import FILE, KeptLibrary, load_library, save_library


def test_the_whole_library_comes_back(tmp_path: Path, workspace: Workspace) -> None:
    listing = workspace.reference.listing()
    kept = KeptLibrary(listing.upon(()), listing.fingerprint)
    assert kept.entries == workspace.reference.entries()
    save_library(tmp_path, kept)
    assert load_library(tmp_path) == kept
    assert [file.name for file in tmp_path.iterdir() if FILE in file.name] == [FILE]
    assert not workspace.reference.listing(kept.fingerprint).placed  # nothing to tell


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"names": ["key"], "entries": [[1]]}'])
def test_damage_is_an_empty_list(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_library(tmp_path) == KeptLibrary()
