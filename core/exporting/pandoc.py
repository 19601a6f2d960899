"""pandoc as a child process that may do nothing but turn what it is given into what is asked.

It runs with ``--sandbox`` (its readers and writers see no file but those named to it), a heap cap
and a time limit.
"""

import io
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from core.errors import UserError

API = [1, 23, 1]
"""Version of pandoc's tree that `document_json` writes."""

Ast = dict[str, Any]
"""A node of pandoc's tree: ``{"t": type, "c": content}``."""

_BLOCKS = '"blocks":['
_HEAP = ("-M1G", "-c")  # compacted: as quick, and a long document takes a third less memory
_SECONDS = 180


def run_pandoc(
    arguments: Sequence[str],
    given: bytes,
    files: Mapping[str, bytes] | None = None,
    *,
    seconds: float = _SECONDS,
    made: datetime | None = None,
) -> bytes:
    """Run pandoc on ``given`` in a folder of its own that holds ``files``; returns its output.

    ``made`` is what the document says of when it was made, now if none.

    Raises:
        UserError: when pandoc is not there, takes too long, or refuses what it was given.
    """
    with tempfile.TemporaryDirectory(prefix="normatlas-") as folder:
        for name, content in (files or {}).items():
            (Path(folder) / name).write_bytes(content)
        command = [_program(), "+RTS", *_HEAP, "-RTS", "--sandbox", *arguments]
        try:
            done = subprocess.run(
                command,
                input=given,
                capture_output=True,
                cwd=folder,
                timeout=seconds,
                check=False,
                env=_environment(made),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired as error:
            raise UserError(
                f"Formatting took longer than {seconds:.0f} seconds and was stopped; export fewer "
                "annotations at a time."
            ) from error
        except OSError as error:
            raise UserError(
                f"pandoc, which formats documents, can't be started ({error.strerror}); install "
                "NormAtlas anew, or choose Markdown, HTML or CSV."
            ) from error
    if done.returncode:
        raise UserError(f"The document could not be formatted: {_complaint(done.stderr)}.")
    return done.stdout


def document_json(blocks: Iterable[Ast], meta: Mapping[str, Ast] | None = None) -> bytes:
    """Return a whole document of pandoc's tree, as pandoc reads it.

    Blocks are taken one at a time: as a tree, thousands take some ten times the memory.
    """
    head = json.dumps({"pandoc-api-version": API, "meta": dict(meta or {})}, ensure_ascii=False)
    out = io.BytesIO()
    out.write(f'{head[:-1]}, "blocks": ['.encode())
    for n, block in enumerate(blocks):
        out.write(b", " if n else b"")
        out.write(json.dumps(block, ensure_ascii=False).encode())
    out.write(b"]}")
    return out.getvalue()


def blocks_of(made: bytes) -> Iterator[Ast]:
    """Yield the blocks of a document that pandoc wrote as JSON, one at a time."""
    text = made.decode()
    decode = json.JSONDecoder().raw_decode
    at = text.index(_BLOCKS) + len(_BLOCKS)  # in a string its quotation marks would be escaped
    while text[at] != "]":
        block, at = decode(text, at)
        at += text[at] == ","
        yield block


def tree_of(made: bytes) -> tuple[Ast, list[Ast]]:
    """Return what a document that pandoc wrote as JSON says of itself, and its blocks."""
    document = json.loads(made)
    return cast("Ast", document["meta"]), cast("list[Ast]", document["blocks"])


def _environment(made: datetime | None) -> dict[str, str]:
    """Return the environment; SOURCE_DATE_EPOCH is what pandoc takes for the present."""
    if made is None:
        return dict(os.environ)
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(made.timestamp()))}


def _program() -> str:
    import pypandoc  # pyright: ignore[reportMissingTypeStubs] - brings pandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise UserError(
            "pandoc, which formats documents, is not there; install NormAtlas anew, or choose "
            "Markdown, HTML or CSV."
        ) from error


def _complaint(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode(errors="replace").splitlines()]
    return " ".join(line for line in lines if line)[:300].rstrip(".") or "pandoc gave no reason"
