"""``check`` and ``pack``: is everything in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import output
from core.cli.options import AsJson
from core.cli.session import session_of
from core.errors import UserError

if TYPE_CHECKING:
    from core.reference.coverage import Coverage, Share

_IN_PART = 1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("check")(check)
    pack = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    pack.callback()(_pack)
    pack.command("validate")(validate)
    pack.command("report")(report)
    pack.command("build")(build)
    pack.command("load")(load)
    pack.command("save")(save)
    app.add_typer(pack, name="pack", help="Reference packs.")


def _pack() -> None:
    """Reference packs."""


def check(
    context: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be rebuilt: index, anchors.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Verify database, search index and anchors. Ends with 1 if a problem is left."""
    service = session_of(context).workspace.checkup
    with output.progress_bar() as progress:
        report = service.check(repair=repair, progress=progress)
    if as_json:
        problems = [
            {"what": one.what, "where": one.where, "repaired": one.repaired}
            for one in report.problems
        ]
        output.write_json({"ok": report.ok, "problems": problems})
    else:
        for one in report.problems:
            repaired = " (repaired)" if one.repaired else ""
            output.write_text(f"{one.where}: {one.what}{repaired}")
        if not report.problems:
            output.write_text("Everything is in order.")
    return 0 if report.ok else _IN_PART


def validate(
    folder: Annotated[
        str, typer.Argument(metavar="DIR|FILE", help="The folder of the pack, or its one file.")
    ],
    as_json: AsJson = False,
) -> int:
    """Check a reference pack: shapes, keys, dates, sources. Ends with 2 if it has problems."""
    from core.services import pack_files

    path = Path(folder)
    if not path.exists():
        raise UserError(f"There is no {folder}; give the pack's folder, or its one file.")
    with output.progress_bar() as progress:
        problems = pack_files.validate(path, progress)
    if as_json:
        shapes = [
            {"file": one.file, "line": one.line, "key": one.key, "what": one.what}
            for one in problems
        ]
        output.write_json({"ok": not problems, "problems": shapes})
    else:
        for one in problems:
            key = f" {one.key}:" if one.key else ""
            output.write_text(f"{one.file}:{one.line}:{key} {one.what}")
        if problems:
            noun = "problem" if len(problems) == 1 else "problems"
            output.note(f"{len(problems):,} {noun} in {folder}.")
        else:
            output.write_text(f"{folder}: the pack is in order.")
    return UserError.exit_code if problems else 0


def report(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the pack.")],
    as_json: AsJson = False,
) -> int:
    """Count a reference pack: articles, words, citations, what was verified, what is thin."""
    from core.reference.coverage import measure_pack

    with output.progress_bar() as progress:
        found = measure_pack(Path(folder), progress)
    if as_json:
        output.write_json(_coverage_shape(found))
        return 0
    output.write_text(
        f"{found.records:,} records, {found.sources:,} sources\n"
        f"{found.articles:,} articles, {found.words:,} words"
    )
    for name, share in _shares(found).items():
        output.write_text(
            f"{name}: {share.total:,}, {share.verified:,} of them verified ({share.share:.1%})"
        )
    for what, keys in _thin(found).items():
        if keys:
            output.write_text(f"\n{what}: {len(keys):,}")
        for key in keys:
            output.write_text(f"  {key}")
    return 0


def _shares(found: Coverage) -> dict[str, Share]:
    return {
        "facts": found.facts,
        "relations": found.relations,
        "rows": found.rows,
        "citations": found.citations,
    }


def _thin(found: Coverage) -> dict[str, list[str]]:
    """Return what needs work, by what is wrong with it, as lines."""
    return {
        "Records with fewer than three facts": found.few_facts,
        "Records of the seed without an article": found.seeds_without_article,
        "Articles of an odd length, in words": [
            f"{key}: {words}" for key, words in found.odd_lengths.items()
        ],
        "Articles of which over a quarter is unverified": [
            f"{key}: {share:.0%}" for key, share in found.doubtful_articles.items()
        ],
        "Statements that nobody has verified": found.doubted,
        "Sources marked as not consulted that claims are said to be verified in": [
            f"{key}: {number}" for key, number in found.unread_sources.items()
        ],
    }


def _coverage_shape(found: Coverage) -> dict[str, object]:
    shares = {
        name: {"total": share.total, "verified": share.verified, "share": round(share.share, 4)}
        for name, share in _shares(found).items()
    }
    return {
        "records": found.records,
        "sources": found.sources,
        "articles": found.articles,
        "words": found.words,
        **shares,
        "few_facts": found.few_facts,
        "seeds_without_article": found.seeds_without_article,
        "odd_lengths": found.odd_lengths,
        "doubtful_articles": found.doubtful_articles,
        "unread_sources": found.unread_sources,
        "doubted": found.doubted,
    }


def build(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the pack.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    as_json: AsJson = False,
) -> int:
    """Compile a reference pack into one file that 'pack load' takes."""
    from core.services import pack_files

    with output.progress_bar() as progress:
        sha256 = pack_files.build(Path(folder), Path(file), progress)
    if as_json:
        output.write_json({"path": file, "sha256": sha256})
    else:
        output.write_text(f"{file}\t{sha256}")
    return 0


def load(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A pack in one file.")],
    as_json: AsJson = False,
) -> int:
    """Take a colleague's additions, or a newer reference, into the workspace."""
    workspace = session_of(context).workspace
    with output.progress_bar() as progress:
        loaded, _ = workspace.pack_files.load(Path(file), progress)
        workspace.search.catch_up()
    if as_json:
        output.write_json(
            {
                "name": loaded.name,
                "version": loaded.version,
                "added": list(loaded.added),
                "edited": list(loaded.edited),
                "updated": loaded.updated,
            }
        )
    else:
        output.write_text(
            f"{loaded.name} {loaded.version}: {len(loaded.added)} added, "
            f"{len(loaded.edited)} changed."
        )
    return 0


def save(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    as_json: AsJson = False,
) -> int:
    """Save your own records and edits as a pack in one file, for a colleague."""
    saved = session_of(context).workspace.pack_files.export_additions(Path(file))
    if as_json:
        output.write_json({"path": saved.path, "added": saved.added, "edited": saved.edited})
    else:
        output.write_text(f"{saved.path}: {saved.added} records, {saved.edited} edits.")
    return 0
