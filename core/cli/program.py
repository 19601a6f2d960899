"""The program's command line: global options, the subcommands, and how an error ends it."""

import contextlib
import io
import logging
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, cast

import typer
from typer.main import get_command

from core import __version__
from core.cli import (
    annotating,
    comparing,
    exporting,
    importing,
    links,
    merging,
    notes,
    reading,
    searching,
    synonyms,
    tagging,
    upkeep,
)
from core.cli.session import Session, session_of
from core.errors import UserError, WorkspaceError

OpenWindow = Callable[[Path | None, str | None, str | None], int]
"""Called as ``open_window(workspace, analyst, key)``; returns the exit code."""

PROGRAM = "normatlas"
INTERRUPTED = 130

app = typer.Typer(
    name=PROGRAM,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    workspace: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            envvar="NORMATLAS_WORKSPACE",
            show_default=False,
            help="Where your data lives; made and filled at first use. "
            "Default: your user data folder.",
        ),
    ] = None,
    analyst: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            envvar="NORMATLAS_ANALYST",
            show_default=False,
            help="Who is writing. Default: your user name.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> int:
    """An offline reference and annotation desk for international cyber diplomacy.

    Without a command it opens the window.
    """
    session = cast("Session", context.obj)
    session.configure(workspace, analyst)
    return session.open_window(None) if context.invoked_subcommand is None else 0


@app.command("open")
def open_record(
    context: typer.Context,
    key: Annotated[
        str | None, typer.Argument(metavar="[KEY]", help="The record to open, norm:due-diligence.")
    ] = None,
) -> int:
    """Open the window, at a record if its key is given."""
    return session_of(context).open_window(key)


reading.register(app)
searching.register(app)
importing.register(app)
annotating.register(app)
tagging.register(app)
comparing.register(app)
notes.register(app)
synonyms.register(app)
exporting.register(app)
merging.register(app)
links.register(app)
upkeep.register(app)


def run(argv: list[str] | None = None, open_window: OpenWindow | None = None) -> int:
    """Run the command line and return its exit code (0 done, 1 in part, 2 input, 3 workspace).

    ``argv`` is without the program's name. ``open_window`` shows the window; without it the
    commands that need one say so.
    """
    arguments = sys.argv[1:] if argv is None else argv
    _prepare_streams()
    _prepare_log()
    try:
        code = _invoke(arguments, Session(open_window))
        sys.stdout.flush()
    except typer.Exit as wish:
        return wish.exit_code
    except KeyboardInterrupt:
        _say("stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, a pager) has what it wanted: that is no error.
        _abandon_output()
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost frame: one line, never a traceback
        return _fail(error)
    return code


def _invoke(arguments: list[str], session: Session) -> int:
    if any(_undecodable(argument) and not os.path.lexists(argument) for argument in arguments):
        raise UserError("An argument is not valid UTF-8 text; type it again.")
    command = get_command(app)
    with (
        contextlib.closing(session),
        command.make_context(PROGRAM, list(arguments), obj=session) as context,
    ):
        return command.invoke(context) or 0


def _undecodable(argument: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in argument)


def _fail(error: Exception) -> int:
    """Say in one line what went wrong; return the exit code."""
    if _debugging():
        traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, UserError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, typer.TyperException):
        sentence = error.format_message().rstrip(".")
        _say(f"{sentence}{'' if sentence.endswith('?') else '.'} {_help_for(error)}")
        return error.exit_code
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if error.filename else ""
        _say(f"{error.strerror}{where}.")
        return WorkspaceError.exit_code
    _say(
        f"this went wrong inside the program ({type(error).__name__}: {error}). "
        "Run it again with NORMATLAS_DEBUG=1 and report what it prints."
    )
    return WorkspaceError.exit_code


def _help_for(error: typer.TyperException) -> str:
    context = cast("typer.Context | None", getattr(error, "ctx", None))
    return f"Try '{context.command_path if context else PROGRAM} --help'."


def _say(sentence: str) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(f"{PROGRAM}: {' '.join(sentence.split())}\n")
        sys.stderr.flush()


def _prepare_streams() -> None:
    """Have any text printable: UTF-8 into files and pipes, no failure on a poorer terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _prepare_log() -> None:
    """Keep what the program logs about itself off the user's terminal, unless asked for."""
    if _debugging():
        logging.basicConfig(level=logging.INFO)
    else:
        log = logging.getLogger("core")
        if not log.handlers:
            log.addHandler(logging.NullHandler())


def _debugging() -> bool:
    return os.environ.get("NORMATLAS_DEBUG") == "1"


def _abandon_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter's exit does not complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
