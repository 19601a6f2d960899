"""Words within a paragraph: runs of one look each, and the footnotes between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, cast

from core.exporting.pandoc import Ast

_SAFE = ("http://", "https://", "mailto:", "normatlas://")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; ``target`` is where they lead."""

    text: str
    emphasis: bool = False
    strong: bool = False
    code: bool = False
    strike: bool = False
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a mark at this place leads to, at the foot of the page."""

    runs: tuple[Run, ...]


Inline = Run | Footnote


def plain(runs: Iterable[Inline]) -> str:
    """Return the words alone, footnotes in brackets."""
    return "".join(
        run.text if isinstance(run, Run) else f" [{plain(run.runs)}]" for run in runs
    ).replace("\n", " ")


def html(runs: Iterable[Run]) -> str:
    """Return runs as HTML."""
    return "".join(_html(run) for run in runs)


def _html(run: Run) -> str:
    made = escape(run.text).replace("\n", "<br>")
    for tag, wanted in _tags(run):
        made = f"<{tag}>{made}</{tag}>" if wanted else made
    if is_safe(run.target):
        made = f'<a href="{escape(run.target or "")}" rel="noopener noreferrer">{made}</a>'
    return made


def _tags(run: Run) -> tuple[tuple[str, bool], ...]:
    return (("code", run.code), ("s", run.strike), ("em", run.emphasis), ("strong", run.strong))


def is_safe(target: str | None) -> bool:
    """Tell whether a link may be made of an address."""
    return target is not None and target.lower().startswith(_SAFE)


def to_pandoc(runs: Iterable[Inline]) -> list[Ast]:
    """Return runs in pandoc's tree."""
    made: list[Ast] = []
    for run in runs:
        if isinstance(run, Footnote):
            made.append({"t": "Note", "c": [{"t": "Para", "c": to_pandoc(run.runs)}]})
        else:
            made.extend(_run_to_pandoc(run))
    return made


def _run_to_pandoc(run: Run) -> list[Ast]:
    if run.code:
        inner: list[Ast] = [{"t": "Code", "c": [["", [], []], run.text]}]
    else:
        inner = words_to_pandoc(run.text)
    for kind, wanted in (
        ("Strikeout", run.strike),
        ("Emph", run.emphasis),
        ("Strong", run.strong),
    ):
        inner = [{"t": kind, "c": inner}] if wanted else inner
    if is_safe(run.target):
        inner = [{"t": "Link", "c": [["", [], []], inner, [run.target, ""]]}]
    return inner


def words_to_pandoc(text: str) -> list[Ast]:
    """Return plain words in pandoc's tree; newlines are breaks."""
    made: list[Ast] = []
    for n, line in enumerate(text.split("\n")):
        if n:
            made.append({"t": "LineBreak"})
        for m, word in enumerate(line.replace("\t", " ").split(" ")):
            if m:
                made.append({"t": "Space"})
            if word:
                made.append({"t": "Str", "c": word})
    return made


def from_pandoc(nodes: Sequence[Ast], look: Run | None = None) -> list[Run]:
    """Return the words of pandoc's tree as runs; neighbours of one look are joined."""
    return joined(_read(nodes, look or Run("")))


def _read(nodes: Sequence[Ast], look: Run) -> Iterable[Run]:
    for node in nodes:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            yield replace(look, text=str(content))
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            yield replace(look, text=" ")
        else:
            yield from _read_nested(kind, cast("Any", content), look)


def _read_nested(kind: str, content: Any, look: Run) -> Iterable[Run]:  # noqa: ANN401 - JSON
    if kind == "Link":
        yield from _read(content[1], replace(look, target=str(content[2][0])))
    elif kind in {"Span", "Cite", "Quoted"}:
        marks = ("", "")
        if kind == "Quoted":
            marks = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        yield replace(look, text=marks[0])
        yield from _read(content[1], look)
        yield replace(look, text=marks[1])
    elif kind in {"Code", "Math", "RawInline"}:
        yield replace(look, text=str(content[1]), code=kind == "Code")
    elif isinstance(content, list) and kind != "Note":
        yield from _read(
            cast("list[Ast]", content),
            replace(
                look,
                emphasis=look.emphasis or kind == "Emph",
                strong=look.strong or kind == "Strong",
                strike=look.strike or kind == "Strikeout",
            ),
        )


def joined(runs: Iterable[Run]) -> list[Run]:
    """Return runs with neighbours of one look joined and empty ones left out."""
    made: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if made and replace(made[-1], text="") == replace(run, text=""):
            made[-1] = replace(run, text=made[-1].text + run.text)
        else:
            made.append(run)
    return made
