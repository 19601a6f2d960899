"""The program's one door: the window without a subcommand, else the commands."""

import os
import sys
from pathlib import Path

_UNUSABLE = 3
_LIBRARIES = "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libfontconfig1 libdbus-1-3"
_WITHOUT = "search, show, list, annotate and export"


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    asked = sys.argv[1:] if argv is None else argv
    wanted = _window_arguments(asked)
    if wanted is not None:
        return open_window(*wanted)
    from core.cli import run

    return run(asked, open_window)


def _window_arguments(asked: list[str]) -> tuple[Path | None, str | None, str | None] | None:
    """Return workspace, analyst and key when nothing but the window is asked for.

    Everything that is not plainly so is left to the commands, with their help and their errors.
    """
    options: dict[str, str] = {}
    words: list[str] = []
    left = iter(asked)
    for part in left:
        name, equals, value = part.partition("=")
        if name in {"--workspace", "--analyst"}:
            value = value if equals else next(left, "")
            if not value:
                return None
            options[name] = value
        else:
            words.append(part)
    if words and (words[0] != "open" or len(words) > 2 or words[-1].startswith("-")):
        return None
    workspace = options.get("--workspace")
    if workspace is not None and "://" in workspace:
        return None
    key = words[1] if len(words) == 2 else None
    return (Path(workspace) if workspace else None, options.get("--analyst"), key)


def open_window(workspace: Path | None, analyst: str | None, key: str | None) -> int:
    """Open the window on a workspace, at a record if given; returns the exit code."""
    if not _has_display():
        sys.stderr.write(
            f"The window needs a display and there is none; {_WITHOUT} work without one "
            "(see 'normatlas --help').\n"
        )
        return _UNUSABLE
    try:
        from gui.bindings import forgo_features

        forgo_features()
        from gui.app import run
    except ImportError as error:
        if not str(error).startswith("lib"):
            raise
        missing = str(error).partition(":")[0]
        sys.stderr.write(
            f"The window can't start because a system library is missing ({missing}); "
            f"on Debian install: {_LIBRARIES}. {_WITHOUT.capitalize()} work without it.\n"
        )
        return _UNUSABLE
    return run(workspace_folder(workspace), analyst, key)


def workspace_folder(workspace: Path | None) -> Path:
    """Return the folder that is meant, by option, environment or the platform's custom."""
    said = workspace or os.environ.get("NORMATLAS_WORKSPACE")
    if not said:
        import platformdirs

        said = platformdirs.user_data_path("normatlas", appauthor=False)
    return Path(said).expanduser().absolute()


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
