"""``links``: addresses of passages, and who opens them."""

from __future__ import annotations

import typer

from core.cli import output
from core.cli.options import AsJson


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    links = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    links.command("register")(register_scheme)
    links.command("remove")(remove_scheme)
    app.add_typer(links, name="links", help="Addresses of passages, normatlas://…, as links.")


def register_scheme(as_json: AsJson = False) -> int:
    """Have the desktop open such links in the window."""
    from core import desktop_entry

    file = desktop_entry.register()
    if as_json:
        output.write_json({"file": str(file), "registered": True})
    else:
        output.write_text(f"{file}: links to passages open NormAtlas now.")
    return 0


def remove_scheme(as_json: AsJson = False) -> int:
    """Have the desktop open them no longer."""
    from core import desktop_entry

    file = desktop_entry.unregister()
    if as_json:
        output.write_json({"file": str(file), "registered": False})
    else:
        output.write_text(f"{file}: removed.")
    return 0
