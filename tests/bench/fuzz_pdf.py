"""Breaks PDF files in many ways and reads each as the reading process does.

Run as ``python -m tests.bench.fuzz_pdf FOLDER [--count N] [--seed S]``. Each variant is read by a
fork with the limits of the reading process: it may give a text, refuse with a sentence, or be ended
by PDFium (which the door turns into a refusal). Exceptions, too much time or memory, and text that
is none are printed with the seed that brings them back.
"""

import argparse
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path

from core.importing.limits import Refused
from core.importing.pdf import MEMORY
from core.importing.pdf_process import limit_process, read
from tests.bench.fuzz_readers import flip, repeat, splice, truncate
from tests.core.importing.typesetting import one_page, typeset, words_at

SECONDS = 20
LARGEST = 1_000_000  # bytes of a file that is broken
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_ODD = (b"-1", b"0", b"1e9", b"2147483648", b"99999999999999", b"-0.0001", b"null", b"[]", b"")
_NAME = re.compile(rb"/[A-Za-z]+")


def renumber(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """Put odd numbers where numbers are."""
    found = list(_NUMBER.finditer(data))
    for match in sorted(chance.sample(found, min(len(found), 8)), key=lambda m: -m.start()):
        data = data[: match.start()] + chance.choice(_ODD) + data[match.end() :]
    return data


def rename(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """Exchange names for one another."""
    found = list(_NAME.finditer(data))
    for match in sorted(chance.sample(found, min(len(found), 4)), key=lambda m: -m.start()):
        other = chance.choice(found)[0]
        data = data[: match.start()] + other + data[match.end() :]
    return data


def operate(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Break what a compressed stream holds, and compress it again."""
    streams = list(_STREAM.finditer(data))
    chance.shuffle(streams)
    for match in streams[:10]:
        try:
            plain = zlib.decompress(match[1])
        except zlib.error:
            continue
        broken = chance.choice((flip, renumber, rename, repeat, truncate))(plain, chance, others)
        packed = zlib.compress(broken[: 4 * LARGEST])
        return data[: match.start(1)] + packed + data[match.end(1) :]
    return renumber(data, chance, others)


BREAKS = (truncate, flip, splice, repeat, renumber, rename, operate, operate, operate)


def outcome(path: str) -> tuple[str, int]:
    """Read a file in a fork; return what came of it, and its peak memory in KiB."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.close(inlet)
        os.write(outlet, _read(path).encode("utf-8", "replace")[:2000])
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    _, status, used = os.wait4(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        what = "TIME" if number == signal.SIGXCPU else f"ended by {signal.Signals(number).name}"
        return what, used.ru_maxrss
    return said, used.ru_maxrss


def _read(path: str) -> str:
    limit_process(MEMORY, SECONDS)
    try:
        answer = read(path)
        for found in answer.passages:
            found.text.encode("utf-8")
            if "\n" in found.text or not 0 <= found.page < len(answer.pages):
                return f"WRONG PASSAGE {found!r}"
    except Refused as refusal:
        return f"refused: {refusal.reason}"
    except MemoryError:
        return "refused: memory"
    except Exception as error:  # noqa: BLE001 - what is looked for
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        return f"EXCEPTION {type(error).__name__}: {error} at {where}"
    return "text"


def seeds(folder: Path) -> list[bytes]:
    """Return the files that are broken: those of a folder, and some made here."""
    files = [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]
    report = "= Heading\n#lorem(300)\n#footnote[A note]\n- one\n- two\n#table(columns: 2, [a], [b])"
    lines = [(10.0, 60.0 + 200 * (n % 2), 700.0 - 9 * n, f"line {n}") for n in range(60)]
    made = [typeset(report), one_page(words_at(*lines))]
    return [data for data in files if 0 < len(data) <= LARGEST] + made


def main() -> int:
    """Break, read, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    files = seeds(given.folder)
    counted: Counter[str] = Counter()
    peak, slowest, began = 0, 0.0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "broken.pdf")
        for seed in range(given.seed, given.seed + given.count):
            chance = random.Random(seed)
            data = chance.choice(files)
            for _ in range(chance.choice((1, 1, 2, 4))):
                data = chance.choice(BREAKS)(data, chance, files)
            Path(path).write_bytes(data[: 20 * LARGEST])
            start = time.monotonic()
            what, memory = outcome(path)
            slowest, peak = max(slowest, time.monotonic() - start), max(peak, memory)
            counted[what if what.startswith(("text", "refused")) else f"{what} (seed {seed})"] += 1
            if what.startswith(("EXCEPTION", "WRONG", "TIME")):
                print(seed, what, flush=True)
    for what, count in counted.most_common():
        print(f"{count:6} {what}")
    took = time.monotonic() - began
    print(f"{given.count} variants of {len(files)} files in {took:.0f} s")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"slowest {slowest:.1f} s, peak {peak // 1024} MB (this process {own // 1024} MB)")
    return any(what.startswith(("EXCEPTION", "WRONG", "TIME")) for what in counted)


if __name__ == "__main__":
    sys.exit(main())
