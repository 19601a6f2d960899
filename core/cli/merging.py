"""``merge``: other people's annotations and codebooks, read back in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from core.cli import output
from core.cli.options import AsJson
from core.cli.session import session_of
from core.cli.table_mapping import (
    ColumnOption,
    DelimiterOption,
    EncodingOption,
    OnOption,
    SeparatorOption,
    TableWishes,
    mapping_of,
    show_columns,
)
from core.domain.merging import Decisions, Merged, MergeItem, MergePlan, MergeStatus, Rule
from core.errors import UserError

_IN_PART = 1
_SHOWN = 70  # characters of a quotation in a line


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("merge")(merge)


def merge(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Of a colleague, or of another tool; see above.")
    ],
    conflicts: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="How conflicts are settled: mine, theirs, newer or both. Default: they stay "
            "open, and what is here stays.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be merged, and write nothing.")
    ] = False,
    column: ColumnOption = None,
    columns: Annotated[
        bool, typer.Option("--columns", help="Show a table's columns and what they say, no more.")
    ] = False,
    on: OnOption = None,
    separator: SeparatorOption = None,
    encoding: EncodingOption = None,
    delimiter: DelimiterOption = None,
    as_json: AsJson = False,
) -> int:
    """Merge what others marked: new, same, conflicting, unanchored. One step to undo.

    Read are bundles, QDPX, QDC, JSON-LD, Hypothesis, Taguette, tables (CSV, XLSX), Zotero's notes
    in Markdown, and lists of references (CSL-JSON, RIS, BibTeX).

    Ends with 1 if passages are unanchored or conflicts are left open.
    """
    decisions = Decisions(_rule(conflicts))
    workspace = session_of(context).workspace
    path = Path(file)
    wishes = TableWishes(tuple(column or ()), on, separator, encoding, delimiter)
    if columns:
        return show_columns(workspace.merge, path, wishes, as_json=as_json)
    mapping = mapping_of(workspace.merge, path, wishes)
    with output.progress_bar() as progress:
        if dry_run:
            plan = workspace.merge.plan(path, progress, None, mapping)
            left = [i.id for i in plan.conflicts if decisions.of(i.id) is None]
            merged = Merged(plan, tuple(left), 0)
        else:
            merged, _ = workspace.merge.merge(path, decisions, None, progress, None, mapping)
            workspace.search.catch_up(progress)
    _print_json(merged, decisions) if as_json else _print(merged)
    return _IN_PART if merged.in_part else 0


def _rule(word: str | None) -> Rule | None:
    if word is None:
        return None
    try:
        return Rule(word.strip().lower())
    except ValueError as error:
        rules = ", ".join(rule.value for rule in Rule)
        raise UserError(f"“{word}” is no way to settle conflicts; choose from {rules}.") from error


def _print_json(merged: Merged, decisions: Decisions) -> None:
    """Print one object a line: each item, then the whole."""
    for item in merged.plan.items:
        _write_line(_item_shape(item, decisions))
    plan = merged.plan
    _write_line(
        {
            "path": plan.path,
            "format": plan.format,
            **{status.value: plan.count(status) for status in MergeStatus},
            "open": len(merged.open),
            "written": merged.written,
            "remarks": list(plan.remarks),
        }
    )


def _item_shape(item: MergeItem, decisions: Decisions) -> dict[str, object]:
    shape: dict[str, object] = {
        "what": item.kind.value,
        "id": item.id,
        "status": item.status.value,
        "record": item.record,
        "title": item.title,
        "exact": item.words,
        "reason": item.reason,
    }
    if item.mine is not None and item.theirs is not None:
        rule = decisions.of(item.id)
        shape["mine"], shape["theirs"] = dict(item.mine.fields), dict(item.theirs.fields)
        shape["settled"] = rule.value if rule is not None else None
    return shape


def _write_line(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def _print(merged: Merged) -> None:
    plan = merged.plan
    output.write_rows(
        ("status", "what", "record", "passage", "reason"),
        [_row(item) for item in plan.items if item.status is not MergeStatus.SAME],
    )
    for remark in plan.remarks:
        output.note(remark)
    output.note(_counts(plan))
    if merged.open:
        output.note(
            "Conflicts are left open, and what is here stays; settle them with --conflicts mine, "
            "theirs, newer or both, or one by one in the window."
        )


def _counts(plan: MergePlan) -> str:
    counts = ", ".join(f"{plan.count(status):,} {status.value}" for status in MergeStatus)
    return f"{plan.path}: {counts}."


def _row(item: MergeItem) -> tuple[str, ...]:
    words = " ".join(item.words.split())
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return (item.status.value, item.kind.value, item.record or item.title, shown, item.reason)
