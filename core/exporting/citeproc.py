"""Citations and bibliographies in a CSL style, many in one call of pandoc's citeproc.

Styles: https://docs.citationstyles.org/en/stable/specification.html.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import islice
from pathlib import Path

from core.domain.settings import CITATION_STYLES
from core.errors import UserError
from core.exporting.cited_works import CitedWork
from core.exporting.csl_items import CslItem
from core.exporting.pandoc import Ast, blocks_of, document_json, run_pandoc
from core.exporting.runs import Run, from_pandoc, words_to_pandoc

BUILT_IN = "chicago"  # pandoc's own style
THROUGH = "citing"
_LARGEST_STYLE = 2_000_000
_FEW = 100  # citations that are kept, since a list or a preview asks for the same ones again
_NOTE_CLASS = re.compile(rb"<style\b[^>]*\bclass\s*=\s*[\"']note[\"']", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style: its file's bytes (None for pandoc's own) and whether it writes notes."""

    name: str
    csl: bytes | None
    writes_notes: bool


@dataclass(frozen=True, slots=True)
class Formatted:
    """Citations in the order in which they were given, and the entries of the works cited.

    ``entries`` are in the style's order, each with its work's id.
    """

    citations: tuple[tuple[Run, ...], ...]
    entries: tuple[tuple[str, tuple[Run, ...]], ...]


Cluster = tuple[CitedWork, ...]
"""What one citation cites."""


def find_style(chosen: str) -> Style:
    """Return a style by its name, or from a CSL file; raises `UserError` for what is none."""
    if chosen == BUILT_IN:
        return Style(chosen, None, writes_notes=False)
    if chosen in CITATION_STYLES:
        csl = (resources.files("resources") / "csl" / f"{chosen}.csl").read_bytes()
    else:
        csl = _read_style(Path(chosen).expanduser())
    return Style(chosen, csl, writes_notes=_NOTE_CLASS.search(csl) is not None)


def _read_style(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            csl = file.read(_LARGEST_STYLE + 1)
    except OSError as error:
        raise UserError(
            f"The citation style {path} can't be read ({error.strerror}); choose "
            f"{', '.join(CITATION_STYLES)} or another CSL file."
        ) from error
    if len(csl) > _LARGEST_STYLE or b"<style" not in csl[:5000]:
        raise UserError(f"{path} is not a CSL citation style; such files end in .csl.")
    if b"<citation" not in csl:
        raise UserError(
            f"{path} only refers to another style (a dependent style); choose the file of that "
            "other style."
        )
    if b"<!DOCTYPE" in csl or b"<!ENTITY" in csl:
        raise UserError(f"{path} declares entities, which citation styles have no need of.")
    return csl


def format_citations(
    style: Style, clusters: Sequence[Cluster], items: Sequence[CslItem], *, apart: bool
) -> Formatted:
    """Return each cluster as the style cites it, and the bibliography.

    Args:
        items: every record that the clusters cite.
        apart: each citation stands for itself (no "ibid", no short form after a full one).

    Raises:
        UserError: for a style that pandoc can't use.
    """
    if not clusters:
        return Formatted((), ())
    form = _format_again if len(clusters) <= _FEW else _format
    return form(style, tuple(clusters), json.dumps(list(items), ensure_ascii=False), apart)


def _format(style: Style, clusters: tuple[Cluster, ...], items: str, apart: bool) -> Formatted:
    known: dict[str, CslItem] = {item["id"]: item for item in json.loads(items)}
    places = {key: n for n, key in enumerate(known)}
    apart = apart and style.writes_notes
    references: dict[str, CslItem] = {}
    paragraphs: list[Ast] = []
    for n, cluster in enumerate(clusters):
        cited: list[Ast] = []
        for m, work in enumerate(cluster):
            name = f"c{n}-{m}" if apart else f"r{places[work.id]}"
            references[name] = {**_fitted(style, known[work.id]), "id": name}
            cited.append(_citation(style, name, work, n))
        paragraphs.append({"t": "Para", "c": [{"t": "Cite", "c": [cited, []]}]})
    arguments = ["-f", "json", "-t", "json", "--citeproc", "--bibliography", "works.json"]
    files = {"works.json": json.dumps(list(references.values()), ensure_ascii=False).encode()}
    if style.csl is not None:
        arguments += ["--csl", "style.csl"]
        files["style.csl"] = style.csl
    meta: dict[str, Ast] = {"link-citations": {"t": "MetaBool", "c": False}}
    made = blocks_of(run_pandoc(arguments, document_json(paragraphs, meta), files))
    citations = tuple(_written(block) for block in islice(made, len(clusters)))
    entries = () if apart else _entries(made)
    keys = list(known)
    return Formatted(
        citations, tuple((keys[int(name[1:])], words) for name, words in entries if words)
    )


_format_again = lru_cache(maxsize=64)(_format)


def _fitted(style: Style, item: CslItem) -> CslItem:
    """Return an item as a style wants it.

    What has a symbol is found by it, so its address is left out. OSCOLA writes no full stops in
    abbreviations; symbols keep theirs.
    """
    number = item.get("number")
    if not number:
        return item
    if style.name == "oscola":
        number = number.replace("UN Doc. ", "UN Doc ").replace("No. ", "No ")
    return {name: value for name, value in item.items() if name != "URL"} | {"number": number}


def _citation(style: Style, name: str, work: CitedWork, n: int) -> Ast:
    place = work.locator or ""
    if style.name == "oscola":
        place = place.removeprefix("p. ").replace(". ", " ", 1)
    suffix = f"{{{place}}}"
    if work.remark:
        suffix += f" ({work.remark})"
    return {
        "citationId": name,
        "citationPrefix": words_to_pandoc(f"{THROUGH} ") if work.through else [],
        "citationSuffix": words_to_pandoc(suffix) if suffix != "{}" else [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": n + 1,
        "citationHash": 0,
    }


def _written(block: Ast) -> tuple[Run, ...]:
    (cite,) = block["c"]
    inside: list[Ast] = cite["c"][1]
    notes = [node for node in inside if node["t"] == "Note"]
    if notes:
        inside = notes[0]["c"][0]["c"]
    return tuple(from_pandoc(inside))


def _entries(blocks: Iterable[Ast]) -> list[tuple[str, tuple[Run, ...]]]:
    found: list[tuple[str, tuple[Run, ...]]] = []
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                name = str(entry["c"][0][0]).removeprefix("ref-")
                found.append((name, tuple(from_pandoc(entry["c"][1][0]["c"]))))
    return found
