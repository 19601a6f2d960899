"""PDFium's C interface, as far as text needs it; loaded in the child process only."""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from core.importing.limits import Refused

Call = Callable[..., Any]

_VOID = None
_P, _I, _U, _D, _F, _S = (
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_ulong,
    ctypes.c_double,
    ctypes.c_float,
    ctypes.c_char_p,
)
_HANDLE = ctypes.c_size_t  # a handle as a plain number, 0 for none

# name: (result, arguments). Pointers to what is filled in are given as plain addresses.
_PROTOTYPES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_InitLibrary": (_VOID, ()),
    "FPDF_LoadDocument": (_HANDLE, (_S, _S)),
    "FPDF_CloseDocument": (_VOID, (_HANDLE,)),
    "FPDF_GetLastError": (_U, ()),
    "FPDF_GetPageCount": (_I, (_HANDLE,)),
    "FPDF_GetPageLabel": (_U, (_HANDLE, _I, _P, _U)),
    "FPDF_GetMetaText": (_U, (_HANDLE, _S, _P, _U)),
    "FPDFCatalog_GetLanguage": (_U, (_HANDLE, _P, _U)),
    "FPDFBookmark_GetFirstChild": (_HANDLE, (_HANDLE, _HANDLE)),
    "FPDFBookmark_GetNextSibling": (_HANDLE, (_HANDLE, _HANDLE)),
    "FPDFBookmark_GetTitle": (_U, (_HANDLE, _P, _U)),
    "FPDFBookmark_GetDest": (_HANDLE, (_HANDLE, _HANDLE)),
    "FPDFBookmark_GetAction": (_HANDLE, (_HANDLE,)),
    "FPDFAction_GetDest": (_HANDLE, (_HANDLE, _HANDLE)),
    "FPDFDest_GetDestPageIndex": (_I, (_HANDLE, _HANDLE)),
    "FPDF_LoadPage": (_HANDLE, (_HANDLE, _I)),
    "FPDF_ClosePage": (_VOID, (_HANDLE,)),
    "FPDF_GetPageWidthF": (_F, (_HANDLE,)),
    "FPDF_GetPageHeightF": (_F, (_HANDLE,)),
    "FPDFPage_GetRotation": (_I, (_HANDLE,)),
    "FPDF_PageToDevice": (_I, (_HANDLE, _I, _I, _I, _I, _I, _D, _D, _P, _P)),
    "FPDFPage_CountObjects": (_I, (_HANDLE,)),
    "FPDFPage_GetObject": (_HANDLE, (_HANDLE, _I)),
    "FPDFPageObj_GetType": (_I, (_HANDLE,)),
    "FPDFPageObj_GetBounds": (_I, (_HANDLE, _P, _P, _P, _P)),
    "FPDFText_LoadPage": (_HANDLE, (_HANDLE,)),
    "FPDFText_ClosePage": (_VOID, (_HANDLE,)),
    "FPDFText_CountChars": (_I, (_HANDLE,)),
    "FPDFText_GetText": (_I, (_HANDLE, _I, _I, _P)),
    "FPDFText_GetUnicode": (ctypes.c_uint, (_HANDLE, _I)),
    "FPDFText_GetLooseCharBox": (_I, (_HANDLE, _I, _P)),
    "FPDFText_GetCharBox": (_I, (_HANDLE, _I, _P, _P, _P, _P)),
    "FPDFText_GetTextObject": (_HANDLE, (_HANDLE, _I)),
    "FPDFText_GetCharOrigin": (_I, (_HANDLE, _I, _P, _P)),
    "FPDFText_GetMatrix": (_I, (_HANDLE, _I, _P)),
    "FPDFText_GetFontSize": (_D, (_HANDLE, _I)),
    "FPDFTextObj_GetFont": (_HANDLE, (_HANDLE,)),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, (_HANDLE, _P, ctypes.c_size_t)),
    "FPDFFont_GetWeight": (_I, (_HANDLE,)),
    "FPDFFont_GetFlags": (_I, (_HANDLE,)),
    "FPDFBitmap_CreateEx": (_HANDLE, (_I, _I, _I, _P, _I)),
    "FPDFBitmap_Destroy": (_VOID, (_HANDLE,)),
    "FPDFBitmap_FillRect": (_I, (_HANDLE, _I, _I, _I, _I, _U)),
    "FPDF_RenderPageBitmap": (_VOID, (_HANDLE, _HANDLE, _I, _I, _I, _I, _I, _I)),
}

MOST_PAGES = 20_000
DAMAGED = "it is damaged or cut off, or it is no PDF"
_PASSWORD = "it is encrypted; open it with its password and save it without one"
_REASONS = {4: _PASSWORD, 5: _PASSWORD}  # by PDFium's numbers of errors


def _library() -> ctypes.CDLL:
    """Load PDFium as its wheel brings it.

    ``PyDLL`` keeps the interpreter's lock: there is one thread here, and a call costs a third
    less. The wheel's own bindings take longer to import than a short document to read; they are
    asked only where the library is not beside them.
    """
    spec = find_spec("pypdfium2_raw")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        for name in ("libpdfium.so", "libpdfium.dylib", "pdfium.dll"):
            path = Path(folder) / name
            if path.is_file():
                return ctypes.PyDLL(str(path))
    from pypdfium2_raw import bindings  # type: ignore[import-untyped]

    libraries = cast("dict[str, ctypes.CDLL]", bindings._libs)  # noqa: SLF001 # pyright: ignore
    return libraries["pdfium"]


class Engine:
    """PDFium's functions under their own names: ``engine.FPDF_LoadPage(document, 0)``."""

    def __init__(self) -> None:
        library = _library()
        for name, (result, arguments) in _PROTOTYPES.items():
            function = getattr(library, name)
            function.restype = result
            function.argtypes = arguments
            setattr(self, name, function)
        self.FPDF_InitLibrary()

    def __getattr__(self, name: str) -> Call:
        """Only for what `__init__` did not set: say so."""
        raise AttributeError(f"PDFium's {name} has no prototype")

    def string(self, function: Call, *arguments: object) -> str:
        """Ask twice for a UTF-16 string: its length in bytes, then itself (64 KiB at most)."""
        length = min(int(function(*arguments, None, 0)), 65_536)
        if length <= 2:
            return ""
        buffer = ctypes.create_string_buffer(length + 2)
        function(*arguments, ctypes.addressof(buffer), length)
        return buffer.raw[:length].decode("utf-16-le", "ignore").split("\0")[0]


class OpenedPdf:
    """A document in PDFium."""

    def __init__(self, engine: Engine, path: str) -> None:
        self.engine = engine
        if os.path.getsize(path) == 0:
            raise Refused("it is empty")
        encoded = path.encode("utf-8") if sys.platform == "win32" else os.fsencode(path)
        self.handle: int = engine.FPDF_LoadDocument(encoded, None)
        if not self.handle:
            error = int(engine.FPDF_GetLastError())
            raise Refused(_REASONS.get(error, DAMAGED))
        self.pages: int = engine.FPDF_GetPageCount(self.handle)
        if self.pages < 1:
            raise Refused("it has no pages")
        if self.pages > MOST_PAGES:
            raise Refused(f"it has more than {MOST_PAGES:,} pages; split it")

    def label(self, page: int) -> str:
        """Return the label that the document gives a page, or nothing."""
        return self.engine.string(self.engine.FPDF_GetPageLabel, self.handle, page).strip()

    def said(self, tag: str) -> str:
        """Return an entry of the document information ("Title", "Author", "CreationDate")."""
        return self.engine.string(
            self.engine.FPDF_GetMetaText, self.handle, tag.encode("ascii")
        ).strip()

    def language(self) -> str:
        """Return the language that the document declares, or nothing."""
        return self.engine.string(self.engine.FPDFCatalog_GetLanguage, self.handle).strip()

    def outline(self, most: int = 5_000, deepest: int = 6) -> Iterator[tuple[int, str, int]]:
        """Yield the outline in order: depth from 1, title, page from 0 (-1: nowhere)."""
        engine, seen = self.engine, set[int]()
        first = int(engine.FPDFBookmark_GetFirstChild(self.handle, 0))
        waiting: list[tuple[int, int]] = [(1, first)]
        while waiting and len(seen) < most:
            depth, mark = waiting.pop()
            if not mark or mark in seen:
                continue
            seen.add(mark)
            title = " ".join(engine.string(engine.FPDFBookmark_GetTitle, mark).split())
            yield depth, title, self._page_of(mark)
            waiting.append((depth, int(engine.FPDFBookmark_GetNextSibling(self.handle, mark))))
            if depth < deepest:
                child = int(engine.FPDFBookmark_GetFirstChild(self.handle, mark))
                waiting.append((depth + 1, child))

    def _page_of(self, mark: int) -> int:
        engine = self.engine
        place = int(engine.FPDFBookmark_GetDest(self.handle, mark))
        if not place:
            action = int(engine.FPDFBookmark_GetAction(mark))
            place = int(engine.FPDFAction_GetDest(self.handle, action)) if action else 0
        return int(engine.FPDFDest_GetDestPageIndex(self.handle, place)) if place else -1
