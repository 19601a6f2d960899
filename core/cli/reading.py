"""``list`` and ``show``: the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from core.cli import article, choices, output, shapes
from core.cli.options import AsJson, Key
from core.cli.session import session_of
from core.domain.records import RecordEntry
from core.errors import UserError

_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("list")(list_records)
    app.command("show")(show)


def list_records(
    context: typer.Context,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Only this kind: norm, initiative, …; commas join."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE",
            help="Only where theme, type, status, region, year, seed or verified is VALUE "
            "(year=2011..2015, seed=yes). All must hold.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List records, one a line: key, kind, title."""
    wanted_kinds = choices.kinds(kind or ())
    conditions = [condition(text) for text in where or ()]
    entries = [
        entry
        for entry in session_of(context).workspace.reference.entries()
        if (not wanted_kinds or entry.kind in wanted_kinds)
        and all(holds(entry) for holds in conditions)
    ]
    if as_json:
        output.write_json(
            {"total": len(entries), "records": [shapes.entry_shape(entry) for entry in entries]}
        )
    else:
        output.write_rows(
            ("key", "kind", "title"), [(e.key, e.kind.value, e.title) for e in entries]
        )
    return 0


def show(
    context: typer.Context,
    key: Key,
    text: Annotated[bool, typer.Option("--text", help="Print its canonical text alone.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print it as Markdown.")] = False,
    as_json: AsJson = False,
) -> int:
    """Show one record: facts, relations with their sources, text."""
    if text + markdown + as_json > 1:
        raise UserError("Choose one of --text, --markdown and --json.")
    record = session_of(context).workspace.reference.record(key)
    if as_json:
        output.write_json(shapes.record_shape(record))
    elif text:
        output.write_text(record.text.content)
    elif markdown:
        output.write_text(article.markdown(record))
    else:
        output.write_text(article.readable(record))
    return 0


Condition = Callable[[RecordEntry], bool]


def condition(text: str) -> Condition:
    """Read ``FIELD=VALUE``; raises `UserError` for an unknown field or an odd value."""
    field, equals, value = (part.strip() for part in text.partition("="))
    if not equals or field not in _CONDITIONS:
        raise UserError(
            f"“{text}” is not a condition; write FIELD=VALUE with one of {', '.join(_CONDITIONS)}."
        )
    return _CONDITIONS[field](value)


@dataclass(frozen=True)
class _Years:
    first: int
    last: int

    def __call__(self, entry: RecordEntry) -> bool:
        return (
            entry.year is not None
            and entry.year <= self.last
            and (entry.year_to or 9999) >= self.first
        )


def _theme(value: str) -> Condition:
    return lambda entry: value.casefold() in (theme.casefold() for theme in entry.themes)


def _type(value: str) -> Condition:
    return lambda entry: _same(entry.type, value)


def _status(value: str) -> Condition:
    return lambda entry: _same(entry.status, value)


def _region(value: str) -> Condition:
    return lambda entry: _same(entry.region, value)


def _year(value: str) -> Condition:
    first, dots, last = value.partition("..")
    try:
        return _Years(
            int(first) if first or not dots else 0,
            (int(last) if last else 9999) if dots else int(first),
        )
    except ValueError:
        raise UserError(
            f"“{value}” is not a year; write 2015, 2011..2015, 2011.. or ..2015."
        ) from None


def _seed(value: str) -> Condition:
    wanted = _truth(value)
    return lambda entry: entry.seed is wanted


def _verified(value: str) -> Condition:
    wanted = _truth(value)
    return lambda entry: entry.verified is wanted


def _same(value: str | None, wanted: str) -> bool:
    return (value or "").casefold() == wanted.casefold()


def _truth(value: str) -> bool:
    if value.casefold() not in _YES | _NO:
        raise UserError(f"“{value}” is neither yes nor no.")
    return value.casefold() in _YES


_CONDITIONS: dict[str, Callable[[str], Condition]] = {
    "theme": _theme,
    "type": _type,
    "status": _status,
    "region": _region,
    "year": _year,
    "seed": _seed,
    "verified": _verified,
}
