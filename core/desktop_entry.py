"""The desktop's knowledge of the program: addresses of passages open it (freedesktop.org)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from core.domain.addresses import SCHEME
from core.errors import UserError

_NAME = "normatlas.desktop"
_MIME = f"x-scheme-handler/{SCHEME}"
_SECONDS = 10


def register() -> Path:
    """Have addresses of passages open the program; returns the file that says so.

    Follows the Desktop Entry Specification and the MIME Applications Associations of
    freedesktop.org. Raises `UserError` on other systems, or where the file can't be written.
    """
    if not sys.platform.startswith("linux"):
        raise UserError(
            "Only Linux desktops are known here; elsewhere open an address with "
            "'normatlas open ADDRESS'."
        )
    file = _folder() / _NAME
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_entry(), encoding="utf-8")
    except OSError as error:
        raise UserError(f"{file} could not be written ({error.strerror}).") from error
    _tell("update-desktop-database", str(file.parent))
    _tell("xdg-mime", "default", _NAME, _MIME)
    return file


def unregister() -> Path:
    """Take the file away again; returns where it was."""
    file = _folder() / _NAME
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{file} could not be removed ({error.strerror}).") from error
    _tell("update-desktop-database", str(file.parent))
    return file


def _folder() -> Path:
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "applications"


def _entry() -> str:
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=NormAtlas",
            "Comment=Offline reference of international cyber diplomacy",
            f"Exec={_program()} open %u",
            "Terminal=false",
            "Categories=Office;Education;",
            f"MimeType={_MIME};",
            "",
        )
    )


def _program() -> str:
    beside = Path(sys.executable).with_name("normatlas")
    parts = [str(beside)] if beside.is_file() else [sys.executable, "-m", "gui"]
    return " ".join(map(_quoted, parts))


def _quoted(part: str) -> str:
    """Return an argument as the Desktop Entry Specification wants it quoted."""
    escaped = "".join(f"\\{c}" if c in '"`$\\' else c for c in part.replace("%", "%%"))
    return f'"{escaped}"'


def _tell(program: str, *arguments: str) -> None:
    """Run one of the desktop's own programs where there is one; the file counts without it too."""
    found = shutil.which(program)
    if found is None:
        return
    try:
        subprocess.run([found, *arguments], check=False, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return
