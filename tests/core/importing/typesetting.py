"""PDF files made on the spot: typeset by typst, or written object by object."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from core.domain.documents import ReadDocument
from tests.core.importing.making import read


def typeset(source: str, *, fonts: bool = False) -> bytes:
    """Return a PDF of typst markup, in typst's own type or, with ``fonts``, the system's."""
    import typst

    made = typst.compile(source.encode(), format="pdf", ignore_system_fonts=not fonts)
    assert isinstance(made, bytes)
    return made


def read_set(folder: Path, source: str, *, fonts: bool = False) -> ReadDocument:
    """Typeset markup and read it."""
    return read(folder, "set.pdf", typeset(source, fonts=fonts))


@cache
def _families() -> frozenset[str]:
    import typst

    return frozenset(typst.Fonts().families())


def need_font(*families: str) -> str:
    """Return the first of these families that the system has; skip the test where it has none."""
    for family in families:
        if family in _families():
            return family
    pytest.skip(f"none of these fonts: {', '.join(families)}")


def written(objects: Sequence[str], trailer: str = "") -> bytes:
    """Return a PDF of these objects (numbered from 1, the first its catalogue)."""
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    size = len(objects) + 1
    out += f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(content: str, entries: str = "") -> str:
    """Return a stream object."""
    return f"<</Length {len(content)}{entries}>>stream\n{content}\nendstream"


def one_page(content: str, *, box: str = "0 0 595 842", more: Sequence[str] = ()) -> bytes:
    """Return a PDF of one page that this content draws, in Helvetica as /F.

    ``more`` are further objects, numbered from 6.
    """
    return written(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (
                f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R"
                "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
            ),
            stream(content),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def words_at(*placed: tuple[float, float, float, str]) -> str:
    """Return content that draws words, each at ``(size, x, y)``."""
    return "\n".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for size, x, y, text in placed)
