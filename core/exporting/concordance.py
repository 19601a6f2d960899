"""Lines of a concordance as a table, in CSV as `core.exporting.tables` writes it."""

import csv
import io
from collections.abc import Iterable

from core.domain.cells import harmless
from core.domain.concordance import ConcordanceLine
from core.exporting.tables import BYTE_ORDER_MARK

COLUMNS = ["left", "hit", "right", "record", "kind", "title", "year", "label", "start", "end"]


def render_csv(lines: Iterable[ConcordanceLine]) -> str:
    """Return the lines as CSV, one occurrence a row."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, "annotation"])
    for line in lines:
        cells = (
            line.left,
            line.hit,
            line.right,
            line.record,
            line.kind.value,
            line.title,
            "" if line.year is None else str(line.year),
            line.label or "",
            str(line.start),
            str(line.end),
            line.annotation or "",
        )
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()
