"""Which kind of document an archive is, and whether it is one that can be read."""

import re

from core.importing.archives import Archive
from core.importing.limits import Refused

_OOXML = (
    ("wordprocessingml", "docx"),
    ("presentationml", "pptx"),
    ("spreadsheetml", "xlsx"),
    ("ms-word.", "docx"),
    ("ms-powerpoint.", "pptx"),
    ("ms-excel.", "xlsx"),
)
_MAIN_PART = re.compile(
    rb"ContentType\s*=\s*[\"']application/(?:vnd\.)?([^\"']*?)\.?main\+xml[\"']", re.IGNORECASE
)
_ODF = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.text-master": "odt",
    "application/epub+zip": "epub",
}
_FAMILIES = {
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), "docx"),
    **dict.fromkeys(("pptx", "pptm", "ppsx", "potx"), "pptx"),
    **dict.fromkeys(("xlsx", "xlsm", "xltx"), "xlsx"),
    **dict.fromkeys(("odt", "ott", "odm"), "odt"),
    "epub": "epub",
}
_SAVE_AS = {
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument table; save it as XLSX",
    "application/vnd.oasis.opendocument.presentation": "OpenDocument slides; save them as PPTX",
}
_CHANGE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
_LOCKED = re.compile(
    rb"<(?:\w+:)?CipherReference[^>]*\.(?:x?html?|opf|ncx|xml)[\"']", re.IGNORECASE
)


def kind_of(archive: Archive, suffix: str) -> str:
    """Return "docx", "pptx", "xlsx", "odt" or "epub"; raises `Refused` for anything else.

    A document of one kind in the name of another is refused too: its maker said it was no such.
    """
    kind = _kind_of(archive)
    promised = _FAMILIES.get(suffix)
    if promised not in (None, kind):
        raise Refused(f"it is no {suffix.upper()} file but {kind.upper()}; rename it to .{kind}")
    return kind


def _kind_of(archive: Archive) -> str:
    types = archive.words.get("[Content_Types].xml")
    if types is not None:
        return _ooxml_kind(types)
    said = archive.words.get("mimetype", b"")[:200].decode("ascii", "replace").strip()
    if said in _SAVE_AS:
        raise Refused(f"it is {_SAVE_AS[said]}")
    kind = _ODF.get(said)
    if kind is None and "META-INF/container.xml" in archive.words:
        kind = "epub"
    if kind is None and "content.xml" in archive.words:
        kind = "odt"
    if kind is None:
        raise Refused("it is an archive, but no document that can be read; unpack it first")
    _check_locks(archive, kind)
    return kind


def _ooxml_kind(types: bytes) -> str:
    mains = b" ".join(_MAIN_PART.findall(types)).decode("ascii", "replace").lower()
    for sign, kind in _OOXML:
        if sign in mains:
            return kind
    raise Refused("it is an office file of a kind that can't be read; save it as DOCX")


def _check_locks(archive: Archive, kind: str) -> None:
    """Refuse what is encrypted. (Fonts of e-books often are, in a way that hides nothing.)"""
    if kind == "odt":
        is_locked = b"encryption-data" in archive.words.get("META-INF/manifest.xml", b"")
        if is_locked:
            raise Refused("it is encrypted; open it with its password and save it without one")
        if "content.xml" not in archive.words:
            raise Refused("it is damaged: its text is missing")
        return
    if _LOCKED.search(archive.words.get("META-INF/encryption.xml", b"")):
        raise Refused("it is locked against copying (DRM)")
    if "META-INF/container.xml" not in archive.words:
        raise Refused("it is damaged: it does not say where its text begins")


def changes_in(archive: Archive) -> tuple[str, ...]:
    """Say what of a Word file's review is not in the text that is read."""
    body = archive.words.get("word/document.xml", b"")
    changes = len(_CHANGE.findall(body))
    remarks: list[str] = []
    if changes:
        few = "1 tracked change was" if changes == 1 else f"{changes:,} tracked changes were"
        remarks.append(f"{few} taken as accepted.")
    comments = archive.words.get("word/comments.xml", b"").count(b"<w:comment ")
    if comments:
        few = "1 comment was" if comments == 1 else f"{comments:,} comments were"
        remarks.append(f"{few} left out.")
    return tuple(remarks)
