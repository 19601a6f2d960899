"""Pandoc as a process of its own: bytes of a document in, its tree out."""

import re
from functools import cache
from typing import cast

from core.importing.child import Deadline, Ended, run
from core.importing.limits import CHILD_MEMORY, MEGABYTE, MOST_TREE_BYTES, Refused
from core.tasks import CancelToken

_HEAP_OVERFLOW = 251
_STACK_OVERFLOW = 2
_PLACE = re.compile(r"\(?(?:at )?\"?(?:<stdin>|-|source)\"?,?\s*")


def read_tree(given: bytes, form: str, *, deadline: Deadline, cancel: CancelToken) -> bytes:
    """Return pandoc's JSON syntax tree of ``given``; ``form`` is its name of the format.

    Raises `Refused` where pandoc fails, or needs more time, memory or output than it may.
    """
    command = [
        executable(),
        *("+RTS", f"-M{CHILD_MEMORY // MEGABYTE}m", "-RTS"),
        *("--sandbox", "--quiet", "--from", form, "--to", "json", "-"),
    ]
    ended = run(command, given, most=MOST_TREE_BYTES, deadline=deadline, cancel=cancel)
    if ended.status != 0:
        raise _refusal(ended)
    return ended.output


@cache
def executable() -> str:
    """Return where pandoc is; raises `Refused` where the installation lacks it."""
    import pypandoc  # type: ignore[import-untyped]

    try:
        return str(cast("object", pypandoc.get_pandoc_path()))
    except OSError as error:
        raise Refused("pandoc is not installed; install NormAtlas again") from error


def _refusal(ended: Ended) -> Refused:
    if ended.status == _HEAP_OVERFLOW or "heap overflow" in ended.complaint:
        return Refused("reading it needs more memory than it may take; split it")
    if ended.status == _STACK_OVERFLOW and "stack overflow" in ended.complaint:
        return Refused("its parts are nested too deeply")
    said = " ".join(_PLACE.sub("", ended.complaint).split())[:160].rstrip(" .:;")
    return Refused(f"it is damaged or not of the format that it seems to be ({said or 'no text'})")
