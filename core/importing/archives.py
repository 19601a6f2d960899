"""Office files and e-books, which are zip archives: looked over, and written anew for pandoc.

What pandoc gets holds only members that were checked: no picture, no script, no second member of
a name, nothing encrypted, nothing outside the archive's own folders.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.importing.limits import MEGABYTE, MOST_WORDS_BYTES, Refused

_MOST_MEMBERS = 20_000
_MOST_MEMBER_BYTES = 32 * MEGABYTE  # unpacked, of words
_MOST_RATIO = 400  # unpacked to packed, above a megabyte
_CHUNK = 256 * 1024
_WORDS = re.compile(r"(\.(xml|rels|xhtml|html|htm|opf|ncx|txt|css)|^mimetype)$", re.IGNORECASE)
_STRICT = (  # ISO/IEC 29500 strict names its namespaces differently; pandoc knows the others
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/presentationml/main",
        b"http://schemas.openxmlformats.org/presentationml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(LookupError, RuntimeError, NotImplementedError),  # as zipfile meets odd members
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The members of an archive that hold words, by name; ``pictures`` are the others' names."""

    words: dict[str, bytes]
    others: tuple[str, ...]

    def packed(self) -> bytes:
        """Return the archive written anew, its pictures empty."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.words.items():
                archive.writestr(zipfile.ZipInfo(name), content)
            for name in self.others:
                archive.writestr(zipfile.ZipInfo(name), b"")
        return out.getvalue()


def open_archive(given: bytes, check: Callable[[], None]) -> Archive:
    """Return what an archive holds; raises `Refused` for one that is damaged or hostile."""
    try:
        with zipfile.ZipFile(io.BytesIO(given)) as archive:
            return _read(archive, check)
    except _DAMAGED as error:
        raise Refused("it is damaged or cut off: its archive can't be unpacked") from error


def _read(archive: zipfile.ZipFile, check: Callable[[], None]) -> Archive:
    members = list(_members(archive))
    words: dict[str, bytes] = {}
    others: list[str] = []
    left = MOST_WORDS_BYTES
    for name, info in members:
        check()
        if not _WORDS.search(name):
            others.append(name)
            continue
        content = _unpacked(archive, info, left)
        left -= len(content)
        words[name] = _harmless(name, content)
    return Archive(words, tuple(others))


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the members by clean names; of several with one name the first."""
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise Refused(f"its archive has more than {_MOST_MEMBERS:,} members")
    seen: set[str] = set()
    for info in infos:
        if info.flag_bits & 0x1:
            raise Refused("it is encrypted; open it with its password and save it without one")
        name = info.filename.replace("\\", "/")
        if not name or name.endswith("/") or stat.S_ISLNK(info.external_attr >> 16) or name in seen:
            continue
        if not _stays_inside(name):
            raise Refused("its archive reaches outside itself, which no honest document does")
        seen.add(name)
        yield name, info


def _stays_inside(name: str) -> bool:
    parts = name.split("/")
    return bool(name) and not name.startswith("/") and ".." not in parts and ":" not in parts[0]


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack a member piece by piece: what an archive says of its sizes is not believed."""
    most = min(left, _MOST_MEMBER_BYTES)
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as member:
        while part := member.read(_CHUNK):
            size += len(part)
            if size > most:
                raise Refused("it unpacks to far more than a document that one reads")
            if size > MEGABYTE and size > _MOST_RATIO * max(1, info.compress_size):
                raise Refused("it unpacks to far more than its size allows for, as a zip bomb does")
            parts.append(part)
    return b"".join(parts)


def _harmless(name: str, content: bytes) -> bytes:
    """Return a member in UTF-8 and by the namespaces that pandoc knows; entities are refused."""
    if name.endswith((".txt", ".css")) or name == "mimetype":
        return content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:64]:
        content = _as_utf8(content)
    if b"<!ENTITY" in content:
        raise Refused(
            "it declares XML entities, which can reach for other files and no ordinary document "
            "does; save it anew with the program that made it"
        )
    if b"purl.oclc.org/ooxml" in content:
        for strict, known in _STRICT:
            content = content.replace(strict, known)
    return content


def _as_utf8(content: bytes) -> bytes:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-le"
    if content.startswith(b"\0"):
        encoding = "utf-16-be"
    text = content.decode(encoding, "replace")
    head, closing, rest = text.partition("?>")
    head = re.sub(r"encoding\s*=\s*[\"'][^\"']*[\"']", 'encoding="UTF-8"', head)
    return (head + closing + rest).encode("utf-8", "replace")
