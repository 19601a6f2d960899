"""What tells one edition of a pack from another, without parsing it."""

import hashlib
from importlib.resources import files
from pathlib import Path

from core.reference.files import MAX_BYTES, article_files

# Raised when the pages that are written from the same files change: workspaces then sync.
PAGE_LAYOUT = 4


def pack_folder() -> Path:
    """Return the folder of the pack that ships with the program."""
    return Path(str(files("resources"))) / "reference"


def fingerprint(folder: Path) -> str:
    """Return a hash over a pack's files and the layout of the pages made from them."""
    digest = hashlib.sha256(f"layout {PAGE_LAYOUT}\n".encode())
    for file in [*sorted(folder.glob("*.yaml")), *article_files(folder)]:
        if file.is_symlink() or not file.is_file():
            continue  # refused when the pack is read
        name = file.relative_to(folder).as_posix()
        digest.update(f"{name}\0{file.stat().st_size}\0".encode())
        if file.stat().st_size <= MAX_BYTES:
            digest.update(file.read_bytes())
    return digest.hexdigest()
