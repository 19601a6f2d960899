"""The list kept for the next start: whole, or nothing."""

from pathlib import Path

import pytest

from core.domain.keys import Kind
from core.workspace import Workspace
from gui.library_cache import FILE, KeptLibrary, load_library, save_library


def test_the_whole_library_comes_back(tmp_path: Path, workspace: Workspace) -> None:
    listing = workspace.reference.listing()
    kept = KeptLibrary(listing.upon(()), listing.fingerprint)
    assert kept.entries == workspace.reference.entries()
    save_library(tmp_path, kept)
    found = load_library(tmp_path)
    assert found.count(Kind.NORM) == len(found.of(Kind.NORM)) > 100
    assert (found.entries, found.fingerprint) == (kept.entries, kept.fingerprint)
    assert [file.name for file in tmp_path.iterdir() if FILE in file.name] == [FILE]
    assert not workspace.reference.listing(kept.fingerprint).placed  # nothing to tell


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"names": ["key"], "kinds": [[1]]}'])
def test_damage_is_an_empty_list(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_library(tmp_path).fingerprint is None
