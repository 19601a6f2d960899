"""The process that fills a layout: JSON in, JSON out, then it ends.

Run as ``python -m core.exporting.layout_process``. A layout is a program of somebody's: it runs in
Jinja2's sandbox, and beyond that with no file, network or process to reach, and with bounds on
its memory, time and output where the system can set them.
"""

import codecs
import importlib
import json
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.exporting.markdown import escape

MEMORY = 700 * 1024 * 1024
MOST_CHARACTERS = 20_000_000
_FORBIDDEN = ("open", "os.", "socket.", "subprocess.", "shutil.", "ctypes.")
_NAME = "<template>"
_SPACES = re.compile(r"\s*\n\s*")


def main() -> int:
    """Fill the layout that standard input holds."""
    asked = json.load(sys.stdin)
    _bound(asked["seconds"])
    answer = fill(asked["layout"], asked["values"])
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


def fill(layout: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return ``{"text": …}``, or ``{"reason": …, "line": n or None}``."""
    environment = _environment()
    try:
        pieces: list[str] = []
        left = MOST_CHARACTERS
        for piece in environment.from_string(layout).generate(values):
            left -= len(piece)
            if left < 0:
                return {"reason": "it writes more than 20 million characters", "line": None}
            pieces.append(piece)
        return {"text": "".join(pieces)}
    except TemplateSyntaxError as error:
        return {"reason": _words(error), "line": error.lineno}
    except MemoryError:
        return {"reason": "it takes more memory than it may", "line": None}
    except RecursionError:
        return {"reason": "it calls itself without end", "line": None}
    except Exception as error:  # noqa: BLE001 - whatever a layout brings about is told to its author
        return {"reason": _words(error), "line": _line_of(error)}


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # it is Markdown that is written; `md` escapes it
    )
    known = cast("Any", environment)  # its tables have no types
    known.globals.pop("lipsum")
    known.filters.update(md=_escaped, quote=_quoted, cell=_as_cell)
    return environment


def _escaped(text: object) -> str:
    """Return words so that Markdown shows them as they are."""
    return escape(str(text)).replace("{", "\\{")


def _quoted(paragraphs: str | Sequence[str]) -> str:
    """Return a quotation, one paragraph after another."""
    lines = [paragraphs] if isinstance(paragraphs, str) else paragraphs
    return "\n>\n".join(f"> {_escaped(line)}" for line in lines)


def _as_cell(text: object) -> str:
    """Return words for a cell of a table: in one line."""
    return _SPACES.sub(" ", _escaped(text))


def _words(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return (error.message or "it can't be read").rstrip(".")
    if isinstance(error, PermissionError):
        return "a layout may reach no file, network or program"
    return f"{error}".rstrip(".") or type(error).__name__


def _line_of(error: Exception) -> int | None:
    """Return the layout's line in which an error arose, the innermost one."""
    line, place = None, error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == _NAME:
            line = place.tb_lineno
        place = place.tb_next
    return line


def _bound(seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # What Jinja2 takes up when it reads a string or tells of an error: no file may be opened then.
    codecs.lookup("unicode-escape")
    importlib.import_module("jinja2.debug")

    def forbid(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)

    sys.addaudithook(forbid)


if __name__ == "__main__":
    sys.exit(main())
