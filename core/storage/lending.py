"""Copies of originals for other programs: named as the file was, read-only, gone at the end.

The originals themselves are never handed out: a program that saves what it opened would change
what annotations and citations rest on.
"""

import atexit
import re
import shutil
import tempfile
import threading
from pathlib import Path

from core.errors import UserError

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_LONGEST_STEM = 120
# What a program reads under these names is a document. Others (".sh", ".desktop", ".exe") might be
# run where they are opened, so a text that was imported from one is lent as plain text.
_DOCUMENTS = frozenset(
    [
        *(".pdf", ".docx", ".docm", ".dotx", ".odt", ".ott", ".epub", ".rtf", ".pptx", ".xlsx"),
        *(".html", ".htm", ".xhtml", ".mhtml", ".mht", ".xml", ".fb2", ".opml", ".ipynb"),
        *(".txt", ".text", ".md", ".markdown", ".rst", ".org", ".tex", ".adoc", ".csv", ".tsv"),
    ]
)


class Lender:
    """Makes the copies, in a folder of this process that only its user can open."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._making = threading.Lock()

    def lend(self, original: Path, name: str) -> Path:
        """Return a copy of ``original`` under the name that it had; the same one each time.

        Raises `UserError` where it can't be written.
        """
        stem, suffix = _UNFIT.sub("_", Path(name).stem).strip(". "), original.suffix
        suffix = suffix if suffix in _DOCUMENTS else ".txt"
        try:
            with self._making:
                place = self._room() / original.stem[:16]
                place.mkdir(exist_ok=True)
                copy = place / f"{stem[:_LONGEST_STEM] or 'original'}{suffix}"
                if not copy.exists():
                    part = copy.with_name("part")
                    shutil.copyfile(original, part)
                    part.chmod(0o444)
                    part.replace(copy)
                return copy
        except OSError as error:
            raise UserError(
                f"“{name}” can't be copied to be opened ({error.strerror}); make room on the disk "
                "of temporary files."
            ) from error

    def _room(self) -> Path:
        if self._folder is None or not self._folder.is_dir():
            self._folder = Path(tempfile.mkdtemp(prefix="normatlas-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder
