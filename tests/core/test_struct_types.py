"""Documents are read, and the index opened, by several threads at once, also as the first thing."""

import subprocess
import sys

import pytest

FIRST = """
import sys
from threading import Barrier, Thread

{imports}

sys.setswitchinterval(1e-6)
start = Barrier(4)

def work():
    start.wait()
    {decode}

threads = [Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
TREE = b'{"blocks": [{"t": "Para", "c": [{"t": "Str", "c": "x"}]}], "meta": {}}'


FIRSTS = {
    "a pandoc tree": ("from core.importing.tree import decode", f"decode({TREE!r})"),
    "what a PDF says": (
        (
            "from core.importing.pdf import _decoded\n"
            "from core.importing.pdf_answer import Answer\n"
            "from msgspec.msgpack import encode\ngiven = encode(Answer())"
        ),
        "_decoded(given)",
    ),
    "a record of the pack": (
        (
            "from contextlib import suppress\nfrom msgspec import ValidationError, convert\n"
            "from core.reference.schema import Norm"
        ),
        "with suppress(ValidationError): convert({}, Norm)",
    ),
}


@pytest.mark.parametrize("what", FIRSTS)
def test_the_first_to_decode_may_be_many(what: str) -> None:
    imports, decode = FIRSTS[what]
    script = FIRST.format(imports=imports, decode=decode)
    for _ in range(3):
        ended = subprocess.run(
            [sys.executable, "-c", script], check=False, capture_output=True, text=True
        )
        assert (ended.returncode, ended.stderr) == (0, "")
