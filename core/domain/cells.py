"""Cells of tables that spreadsheets open: what would be run there is disarmed, and read back."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula: one apostrophe in front.

    A cell that has apostrophes before such a sign gets one more, so that `as_written` is sure.
    """
    return "'" + cell if cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def as_written(cell: str) -> str:
    """Return what a cell was before `harmless` changed it."""
    disarmed = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS)
    return cell[1:] if disarmed else cell
