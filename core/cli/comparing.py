"""``agreement``: how far two analysts agree, tag by tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import choices, output
from core.cli.options import AsJson, ExactTag, OfRecord
from core.cli.session import session_of
from core.cli.shapes import Shape
from core.domain.agreement import Agreement, Difference, TagAgreement
from core.errors import UserError

if TYPE_CHECKING:
    from core.workspace import Workspace

_SHOWN = 70  # characters of a passage in a line
_MOST_NAMED = 5  # places in an error


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("agreement")(agreement)


def agreement(
    context: typer.Context,
    first: Annotated[str | None, typer.Argument(metavar="ANALYST")] = None,
    second: Annotated[str | None, typer.Argument(metavar="ANALYST")] = None,
    record: OfRecord = None,
    exact_tag: ExactTag = False,
    differences: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="List the passages where they differ on this tag."),
    ] = None,
    applies: Annotated[
        str | None,
        typer.Option(
            metavar="KEY:START",
            help="Settle one of those passages: the tag applies, whoever lacks it gets it.",
        ),
    ] = None,
    applies_not: Annotated[
        str | None,
        typer.Option(
            metavar="KEY:START",
            help="Settle one of those passages: the tag does not apply, it is taken off.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Compare two analysts: Cohen's kappa and Krippendorff's alpha for each tag, passage by
    passage. Without names, the two that there are."""
    workspace = session_of(context).workspace
    names = _names(workspace, first, second)
    below = not exact_tag
    if differences is not None:
        tag = choices.existing_tag(workspace, differences)
        found = workspace.agreement.differences(*names, tag, record, below=below)
        if applies is None and applies_not is None:
            _print_differences(found, as_json)
        else:
            _settle(workspace, found, applies, applies_not)
        return 0
    if applies is not None or applies_not is not None:
        raise UserError("Say on which tag a passage is to be settled: --differences TAG.")
    compared = workspace.agreement.compare(*names, record, below=below)
    _print(compared, as_json)
    return 0


def _names(workspace: Workspace, first: str | None, second: str | None) -> tuple[str, str]:
    if first is not None and second is not None:
        return first, second
    known = workspace.agreement.analysts()
    if first is not None or len(known) != 2:
        there = ", ".join(known) or "nobody yet"
        raise UserError(f"Name two analysts to compare. Annotations are by: {there}.")
    return known[0], known[1]


def _settle(
    workspace: Workspace,
    found: tuple[Difference, ...],
    applies: str | None,
    applies_not: str | None,
) -> None:
    if applies is not None and applies_not is not None:
        raise UserError("A tag applies or does not: give --applies or --applies-not.")
    place = applies if applies is not None else applies_not
    meant = next((one for one in found if f"{one.record}:{one.start}" == place), None)
    if meant is None:
        there = ", ".join(f"{one.record}:{one.start}" for one in found[:_MOST_NAMED])
        raise UserError(
            f"They do not differ at “{place}”; they do at {there or 'no passage'}. Without "
            "--applies and --applies-not, --differences lists all."
        )
    changes = workspace.agreement.settle(meant, applies is not None)
    output.note(f"{changes.step}.")


def _print(compared: Agreement, as_json: bool) -> None:
    rows = (*compared.tags, compared.overall)
    if as_json:
        output.write_json(
            {
                "first": compared.first,
                "second": compared.second,
                "records": compared.records,
                "passages": compared.passages,
                "overall": _shape(compared.overall),
                "tags": [_shape(one) for one in compared.tags],
            }
        )
        return
    heads = ("tag", "both", compared.first, compared.second, "neither", "agree", "kappa", "alpha")
    output.write_rows(heads, [_row(one) for one in rows])
    output.note(
        f"{compared.passages:,} passages of {compared.records:,} records that both marked."
        if compared.records
        else "They have marked no record in common."
    )


def _row(one: TagAgreement) -> tuple[str, ...]:
    counts = (one.both, one.only_first, one.only_second, one.neither)
    share = "–" if one.observed is None else f"{one.observed:.1%}"
    return (one.tag or "all", *map(str, counts), share, _number(one.kappa), _number(one.alpha))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _shape(one: TagAgreement) -> Shape:
    return {
        "tag": one.tag or None,
        "both": one.both,
        "only_first": one.only_first,
        "only_second": one.only_second,
        "neither": one.neither,
        "observed": one.observed,
        "kappa": one.kappa,
        "alpha": one.alpha,
    }


def _print_differences(found: tuple[Difference, ...], as_json: bool) -> None:
    if as_json:
        shown = [
            {
                "record": one.record,
                "label": one.label,
                "start": one.start,
                "end": one.end,
                "text": one.text,
                "by": one.by,
                "lacking": one.lacking,
                "annotations": [mark.annotation for mark in one.marks],
            }
            for one in found
        ]
        output.write_json({"total": len(found), "differences": shown})
        return
    rows = [
        (f"{one.record}:{one.start}", one.label or "", one.by, one.text[:_SHOWN]) for one in found
    ]
    output.write_rows(("place", "passage", "tagged by", "text"), rows)
    if not found:
        output.note("They agree on this tag everywhere.")
