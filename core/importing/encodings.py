"""Bytes as text: by their byte order mark, by what they declare, else by the best guess."""

import codecs
import re
from dataclasses import dataclass

from core.importing.limits import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})"
    rb"|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|(?:^|\n)[^\n]{0,20}?coding[:=]\s*([\w.-]{2,40})",
    re.IGNORECASE,
)
_HEAD = 4096
_SAMPLE = 96 * 1024
_AS_BROWSERS_DO = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252",
                   "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
                   "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932",
                   "x-sjis": "cp932", "tis-620": "cp874", "iso-8859-9": "cp1254"}  # fmt: skip
_WESTERN = set(
    "àâäáãåæçèéêëìíîïñòóôõöøœùúûüßÿÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÕÖØŒÙÚÛÜ¿¡«»“”‘’„–—…•€£§°ªº·\u00a0\u00ad"
)
_MOST_NULS = 0.001
_MOST_CONTROLS = 0.02
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and what its bytes were taken for; ``remarks`` where that was in doubt."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(given: bytes) -> Decoded:
    """Return bytes as text; raises `Refused` where they are none."""
    decoded = _decode(given)
    nuls = decoded.text.count("\0")
    controls = len(_CONTROLS.findall(decoded.text[: 1024 * 1024]))
    size = len(decoded.text) or 1
    if nuls > _MOST_NULS * size + 2 or controls > _MOST_CONTROLS * min(size, 1024 * 1024) + 2:
        raise Refused("it is no text, whatever its name says")
    if nuls:
        remark = f"{nuls:,} NUL byte{'s were' if nuls > 1 else ' was'} left out."
        return Decoded(decoded.text.replace("\0", ""), decoded.encoding, (*decoded.remarks, remark))
    return decoded


def _decode(given: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if given.startswith(mark):
            return _with_losses(given, encoding)
    declared = _declared(given)
    for encoding in (declared, _without_mark(given), "utf-8"):
        text = _strictly(given, encoding)
        if text is not None and encoding is not None:
            return Decoded(text, encoding)
    if _is_nearly_utf8(given):
        return _with_losses(given, "utf-8")
    guess = _guess(given)
    text = given.decode(guess, "replace")
    said = f"; it says {declared}" if declared else ""
    return Decoded(text, guess, (f"Its characters were taken to be {guess}{said}.",))


def _with_losses(given: bytes, encoding: str) -> Decoded:
    text = given.decode(encoding, "replace")
    lost = text.count("\ufffd") - given.count("\ufffd".encode())
    name = encoding.removesuffix("-sig")
    if lost <= 0 or _strictly(given, encoding) is not None:
        return Decoded(text, name)
    few = "1 character" if lost == 1 else f"{lost:,} characters"
    return Decoded(text, name, (f"{few} could not be read as {name}.",))


def _declared(given: bytes) -> str | None:
    match = _DECLARED.search(given[:_HEAD])
    if match is None:
        return None
    name = next(group for group in match.groups() if group).decode("ascii").lower()
    try:
        known = codecs.lookup(_AS_BROWSERS_DO.get(name, name)).name
    except LookupError:
        return None
    return None if known.startswith(("utf-16", "utf-32")) else known  # ASCII was read to find it


def _strictly(given: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return given.decode(encoding)
    except (UnicodeDecodeError, LookupError, AssertionError, ValueError):
        return None


def _without_mark(given: bytes) -> str | None:
    """Return UTF-16 where every other byte of plain text would be empty."""
    sample = given[:_HEAD]
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _is_nearly_utf8(given: bytes) -> bool:
    """Tell whether bytes are UTF-8 but for a few slips, as files that were pasted together."""
    sample = given[: 1024 * 1024]
    high = sum(1 for byte in sample if byte >= 0x80)
    bad = sample.decode("utf-8", "replace").count("\ufffd")
    return bad * 50 < high


def _guess(given: bytes) -> str:
    from charset_normalizer import from_bytes

    western = _strictly(given[:_SAMPLE], "cp1252")
    if western and all(letter.isascii() or letter in _WESTERN for letter in western):
        return "cp1252"  # the guess by statistics takes short French for Slovak
    best = from_bytes(given[:_SAMPLE]).best()
    return "cp1252" if best is None else best.encoding
