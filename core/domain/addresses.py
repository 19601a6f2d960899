"""The address of a passage, which opens the window there: in exports, in citations, in mail."""

import re
from dataclasses import dataclass

from core.domain.keys import is_key
from core.errors import UserError

SCHEME = "normatlas"
LONGEST = 400  # characters
_DIGITS = 10  # of the hash: what is told apart are the passages of one text
_FORM = re.compile(
    rf"{SCHEME}:/*(?P<record>[^#/]+)/?(?:#(?P<start>\d{{1,9}})-(?P<end>\d{{1,9}}),(?P<hash>[0-9a-f]+))?"
)


@dataclass(frozen=True, slots=True)
class PassageAddress:
    """A record, and where in its text the passage stood, in code points.

    ``digest`` is the start of the SHA-256 of the passage's own words, so that they are found again
    where the text around them has changed; it is empty where the whole record is meant.
    """

    record: str
    start: int = 0
    end: int = 0
    digest: str = ""

    def __str__(self) -> str:
        """The address as it is written."""
        place = f"#{self.start}-{self.end},{self.digest}" if self.digest else ""
        return f"{SCHEME}://{self.record}{place}"


def address_of(record: str, start: int, end: int, words: str) -> PassageAddress:
    """Return the address of a passage of a record, ``words`` being what it says."""
    return PassageAddress(record, start, end, _digest(words)[:_DIGITS])


def is_passage_address(text: str) -> bool:
    """Tell whether a text is meant as such an address, well formed or not."""
    return text.lower().startswith(f"{SCHEME}:")


def read_address(text: str) -> PassageAddress:
    """Read an address; raises `UserError` for what is none."""
    form = _FORM.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if form is None or not is_key(form["record"]):
        raise UserError(
            f"“{text[:80]}” is not the address of a passage; one looks like "
            f"{SCHEME}://norm:due-diligence#10-42,0a1b2c3d4e."
        )
    if form["hash"] is None:
        return PassageAddress(form["record"])
    return PassageAddress(form["record"], int(form["start"]), int(form["end"]), form["hash"])


def place_of(address: PassageAddress, content: str) -> tuple[int, int] | None:
    """Return where the passage stands in a text now, the place nearest to its own; None if gone."""
    length = address.end - address.start
    if not address.digest or not 0 < length <= len(content):
        return None
    if _digest(content[address.start : address.end]).startswith(address.digest):
        return address.start, address.end
    last = len(content) - length
    origin = min(address.start, last)
    for distance in range(max(origin, last - origin) + 1):
        for start in {origin - distance, origin + distance}:
            if 0 <= start <= last and _says(address, content, start, length):
                return start, start + length
    return None


def _says(address: PassageAddress, content: str, start: int, length: int) -> bool:
    words = content[start : start + length]
    # Passages begin and end with a word: most places need no hash.
    return not (words[0].isspace() or words[-1].isspace()) and _digest(words).startswith(
        address.digest
    )


def _digest(words: str) -> str:
    import hashlib  # 4 MB with it, which the window can do without

    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
