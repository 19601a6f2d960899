"""What a file is, by what it holds; its name counts only between kinds of plain text."""

import re

from core.importing.limits import Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"BM", "a picture"),
    (b"\0\0\1\0", "a picture"),
    (b"\x1f\x8b", "a packed archive (gzip); unpack it first"),
    (b"BZh", "a packed archive (bzip2); unpack it first"),
    (b"\xfd7zXZ", "a packed archive (xz); unpack it first"),
    (b"7z\xbc\xaf", "a packed archive (7-Zip); unpack it first"),
    (b"Rar!", "a packed archive (RAR); unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xffWPC", "a WordPerfect file; save it as DOCX"),
    (b"AT&TFORM", "a DjVu file; print it to PDF"),
    (b"SQLite format 3", "a database"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or film"),
    (b"fLaC", "a sound"),
    (b"RIFF", "a sound, film or picture"),
    (b"\0asm", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
)
_BOXED = {"docx", "docm", "dotx", "odt", "ott", "epub", "pptx", "xlsx", "pdf", "rtf", "doc"}
"""Suffixes of formats that are never mere text."""
_BY_SUFFIX = {
    "md": "markdown", "markdown": "markdown", "mdown": "markdown", "mkd": "markdown",
    "rst": "rst", "org": "org", "tex": "latex", "latex": "latex", "ltx": "latex",
    "csv": "csv", "tsv": "tsv", "tab": "tsv", "textile": "textile", "wiki": "mediawiki",
    "mediawiki": "mediawiki", "typ": "typst", "dj": "djot", "adoc": "asciidoc",
    "asciidoc": "asciidoc", "html": "html", "htm": "html", "xhtml": "html",
}  # fmt: skip
_BEFORE_ROOT = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>)*", re.S
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)([^>]*)", re.S)
_HTML = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_MHTML = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related",
                    re.IGNORECASE)  # fmt: skip
_XML = {"fictionbook": "fb2", "opml": "opml"}
_DOCBOOK = {"book", "article", "chapter", "part", "refentry", "section", "set"}
_HEAD = 6000


def binary_kind(given: bytes) -> str | None:
    """Return "pdf", "zip", "rtf", or None for text; raises `Refused` for what can't be read."""
    head = given[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not given.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise Refused("it is empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        raise Refused(_of_ole(given))
    for magic, what in _FOREIGN:
        if given.startswith(magic) and (len(magic) > 2 or b"\0" in given[:512]):
            raise Refused(
                f"it is {what}, whatever its name says" if ";" not in what else f"it is {what}"
            )
    if given[60:68] == b"BOOKMOBI":
        raise Refused("it is a Kindle book; convert it to EPUB")
    if given[4:8] == b"ftyp":
        raise Refused("it is a film or picture, whatever its name says")
    return "pdf" if b"%PDF-" in given[:1024] else None


def _of_ole(given: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in given:
        return "it is encrypted; open it with its password and save it without one"
    return "it is an office file of the old kind (DOC, XLS, PPT); save it as DOCX, XLSX or PPTX"


def text_kind(text: str, suffix: str) -> str:
    """Return pandoc's name of a text's format, or "plain", "mhtml"; ``suffix`` has no dot."""
    head = text[:_HEAD]
    if _MHTML.match(head):
        return "mhtml"
    before = _BEFORE_ROOT.match(head)
    root = _ROOT.match(head, before.end() if before else 0)
    if root and (kind := _marked_up(root, head)):
        return kind
    if _HTML.search(head) and head.lstrip()[:1] == "<":
        return "html"
    if head.lstrip()[:1] == "{" and '"nbformat"' in text and '"cells"' in text:
        return "ipynb"
    if "\\documentclass" in text[:100_000] or "\\begin{document}" in text[:100_000]:
        return "latex"
    if suffix in _BOXED:
        raise Refused(f"it is no {suffix.upper()} file: it is damaged, or its name is wrong")
    return _BY_SUFFIX.get(suffix, "plain")


def _marked_up(root: re.Match[str], head: str) -> str | None:
    name = root[1].lower()
    if name == "html":
        return "html"
    if name in _XML:
        return _XML[name]
    if name in _DOCBOOK and ("docbook" in head.lower()):
        return "docbook"
    if name == "article" and re.search(r"article-type=|dtd-version=|JATS|NLM|<front>", head):
        return "jats"
    if head.lstrip().startswith("<?xml") and not _HTML.search(head):
        raise Refused(f"it is an XML file of a kind that can't be read (“{root[1][:40]}”)")
    return None
