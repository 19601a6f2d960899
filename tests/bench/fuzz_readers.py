"""Breaks real files in many ways and reads each: what comes of it, and with how much memory.

Run as ``python -m tests.bench.fuzz_readers FOLDER [--count N] [--seed S]``. A reader may give a
text or refuse with one sentence; anything else is printed with the seed that brings it back.
"""

import argparse
import io
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from core.domain.documents import ReadDocument
from core.errors import UnreadableError
from core.importing.reading import read_file
from core.tasks import CancelToken

SECONDS = 20.0
LARGEST = 600_000  # bytes of a file that is broken
TOO_MUCH_MEMORY = 1024 * 1024  # KiB

Break = Callable[[bytes, random.Random, list[bytes]], bytes]


def truncate(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def flip(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        if broken:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def splice(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    start = chance.randrange(len(other) + 1)
    piece = other[start : start + chance.randrange(1, 5000)]
    at = chance.randrange(len(data) + 1)
    return data[:at] + piece + data[at + chance.choice((0, len(piece))) :]


def repeat(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randrange(1, 400)]
    return data[:start] + piece * chance.choice((2, 50, 2000)) + data[start:]


def operate(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Break one member of an archive, and close the archive properly again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # noqa: BLE001 - a broken archive is broken in any way
        return flip(data, chance, others)
    if not members:
        return data
    at = chance.randrange(len(members))
    name, content = members[at]
    what = chance.randrange(7)
    if what < 4:
        content = chance.choice((truncate, flip, splice, repeat))(content, chance, others)
    elif what == 4:
        del members[at]
    elif what == 5:
        name = chance.choice(("../" + name, "/" + name, name.upper(), "C:" + name, ""))
    else:
        content = content.replace(b"<", b"<!DOCTYPE x [<!ENTITY y 'z'>]><", 1)
    if what != 4:
        members[at] = (name, content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((0, 8))) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def nest(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    piece = chance.choice(
        (b"<div>", b"<ul><li>", b"{\\rtf1 ", b"> ", b"- ", b"[", b"*", b"<table><tr><td>")
    )
    at = chance.randrange(len(data) + 1)
    return data[:at] + piece * chance.choice((10, 1000, 30_000)) + data[at:]


BREAKS: tuple[Break, ...] = (truncate, flip, splice, repeat, operate, operate, nest)


def complaint(document: ReadDocument) -> str | None:
    """Return what is wrong with a text that was read."""
    text = document.text
    end = -1
    for passage in text.passages:
        if passage.start != end + 1 or passage.end <= passage.start:
            return f"passage {passage.n} does not follow"
        end = passage.end
    if end != len(text.content):
        return "the passages do not fill the text"
    if any(not 0 <= s.start < s.end <= len(text.content) for s in text.spans):
        return "a span lies outside"
    text.content.encode()
    return None


def attempt(path: Path) -> str:
    """Read one broken file; returns the kind of outcome."""
    began = time.monotonic()
    try:
        found = complaint(read_file(path, cancel=CancelToken(), seconds=SECONDS))
        outcome = "read" if found is None else f"WRONG {found}"
    except UnreadableError as error:
        reason = str(error).partition("” was not read: ")[2] or str(error)
        outcome = f"refused: {reason[:34]}"
    except Exception as error:  # noqa: BLE001 - what this looks for
        traceback.print_exc()
        outcome = f"CRASH {type(error).__name__}"
    if time.monotonic() - began > SECONDS + 5:
        outcome = "TOO LONG " + outcome
    return outcome


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder", type=Path)
    given.add_argument("--count", type=int, default=1000)
    given.add_argument("--seed", type=int, default=1)
    asked = given.parse_args()
    paths = [p for p in sorted(asked.folder.iterdir()) if p.suffix not in (".csv", ".pdf")]
    files = [(p.name, p.read_bytes()) for p in paths if 0 < p.stat().st_size < LARGEST]
    contents = [data for _, data in files]
    outcomes: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.count):
            chance = random.Random(f"{asked.seed}/{number}")
            name, data = chance.choice(files)
            broken = chance.choice(BREAKS)(data, chance, contents)
            path = Path(folder, name)
            path.write_bytes(broken)
            outcome = attempt(path)
            outcomes[outcome] += 1
            if outcome.isupper() or outcome.split()[0] in ("WRONG", "CRASH", "TOO"):
                print(f"{asked.seed}/{number} {name}: {outcome}", flush=True)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for outcome, count in outcomes.most_common():
        print(f"{count:6} {outcome}")
    took = time.monotonic() - began
    peaks = f"{own // 1024} MB here, {children // 1024} MB in one child"
    print(f"{asked.count} files, {took:.0f} s; peak {peaks}")
    return int(max(own, children) > TOO_MUCH_MEMORY or any(o[0] in "WCT" for o in outcomes))


if __name__ == "__main__":
    sys.exit(main())
