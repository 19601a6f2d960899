"""Kills a process while it writes, again and again: ``python -m tests.bench.crash_index [ROUNDS]``.

The process annotates, tags, undoes, catches up, merges segments and rebuilds the index, and says
what was acknowledged. It is killed with SIGKILL at a random moment, while a second process' reader
is open and searching. Then the workspace is opened, and its index compared with its database,
document by document and word by word.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np

from core.domain.annotations import AnnotationFilter
from core.domain.search import SearchQuery
from core.search.building import Builder
from core.search.columns import TEXTS, Columns, Source, merged
from core.search.whoosh_index import open_index
from core.storage.repositories.index_feed import IndexFeed
from core.storage.unit_of_work import Database
from core.workspace import DATABASE, INDEX, Workspace, open_workspace

RECORD = "norm:state-sovereignty-ict"
ROUNDS = 200
_SCATTER = 0x9E3779B97F4A7C15  # odd; makes a different number of each position
WRITER = """
import random, sys, threading, time
from pathlib import Path
from core.errors import UserError
from core.workspace import open_workspace
chance = random.Random(int(sys.argv[3]))
w = open_workspace(Path(sys.argv[1]), analyst="Killed")
tag = f"Round {sys.argv[3]}"
def tidy():
    while True:
        w.search.tidy()
        time.sleep(0.02)
threading.Thread(target=tidy, daemon=True).start()
print("ready", flush=True)
while True:
    step = chance.random()
    at = chance.randrange(20)
    if step < 0.75:
        word = f"borogove{chance.randrange(10**9)}"
        made, _ = w.annotations.annotate(
            sys.argv[2], at, at + 5, tags=[tag], create_tags=True, note=word
        )
        print("made", made.id, word, flush=True)
    elif step < 0.85:
        try:
            w.history.undo()
        except UserError:  # nothing to undo
            pass
        print("undone", flush=True)
    elif step < 0.93:
        w.search.rebuild()
        print("rebuilt", flush=True)
    if chance.random() < 0.8:
        w.search.catch_up()
        print("caught", flush=True)
"""


def kill_once(folder: Path, seed: int, longest: float) -> dict[str, str]:
    """Let a writer run and kill it; returns the acknowledged notes with their word."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), RECORD, str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == "ready"
        time.sleep(random.Random(seed).uniform(0.0, longest))
        assert process.poll() is None, "the writer ended by itself"
    finally:
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().splitlines()
        process.stdout.close()
        process.wait()
    made: dict[str, str] = {}
    for words in (line.split() for line in lines):
        if words[:1] == ["made"] and len(words) == 3:
            made[words[1]] = words[2]
        elif words == ["undone"]:
            made = {}  # one of them is gone, and its predecessors may be: not to be counted on
    return made


def differences(folder: Path) -> list[str]:
    """Compare the index with what the database would make of it; empty when they agree."""
    index = open_index(folder / INDEX)
    if index is None:
        return ["the index can't be opened"]
    database = Database(folder / DATABASE, "checking")
    try:
        builder = Builder()
        with database.read() as session:
            feed = IndexFeed(session)
            waiting = feed.waiting()
            for item in (*feed.records(), *feed.notes()):
                builder.add(item)
        snapshot = index._opened.snapshot
        held = merged([Source(part.segment.columns, part.living) for part in snapshot.parts])
        found = [] if waiting == 0 else [f"{waiting} changes are not in the index"]
        return found + _unlike(_content(held), _content(builder.columns()))
    finally:
        index.close()
        database.close()


def _content(columns: Columns) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Return each document by its record or note and number, with a print of its words."""
    prints = np.zeros(columns.size, np.uint64)
    for field in TEXTS:
        postings = columns.postings[field]
        sums = [zlib.crc32(f"{field} {word}".encode()) for word in columns.words]
        words = np.repeat(np.array(sums, np.uint64), np.diff(postings.position_starts))
        places = postings.positions.astype(np.uint64) * np.uint64(_SCATTER) + np.uint64(1)
        documents = np.repeat(postings.documents.astype(np.int64), postings.frequencies)
        np.add.at(prints, documents, words * places)
    texts = [(number,) for number in prints.tolist()]
    records, notes = iter(columns.records), iter(columns.notes)
    content: dict[tuple[object, ...], tuple[object, ...]] = {}
    record = None
    for place, text in zip(columns.places.tolist(), texts, strict=True):
        part, n, *rest = place
        if part == 1:
            record = next(records)
            content[record.key, n] = (record, *text)
        elif part == 3:
            note = next(notes)
            content[note.annotation, n] = (note, *text)
        else:
            assert record is not None
            content[record.key, n] = (*rest, *text)
    return content


def _unlike(held: dict, wanted: dict) -> list[str]:
    found = [f"{key} is not in the index" for key in wanted.keys() - held.keys()]
    found += [f"{key} should not be in the index" for key in held.keys() - wanted.keys()]
    found += [
        f"{key} has other words" for key in wanted.keys() & held.keys() if wanted[key] != held[key]
    ]
    return found[:20]


def round_trip(folder: Path, seed: int, reader: Workspace, longest: float) -> list[str]:
    """Do one round; returns what is wrong after it."""
    reader.search.search(SearchQuery("sovereignty"))
    made = kill_once(folder, seed, longest)
    reader.search.search(SearchQuery("sovereignty "))  # the second reader is still there
    opened = open_workspace(folder)
    try:
        opened.search.catch_up()
        there = {a.id for a in opened.annotations.find(AnnotationFilter(analyst="Killed"))}
        wrong = [f"{lost} was acknowledged and is lost" for lost in made.keys() - there]
        for annotation, word in [*made.items()][-5:]:
            hits = opened.search.search(SearchQuery(f"{word} ")).hits
            if annotation not in {hit.annotation for hit in hits}:
                wrong.append(f"{annotation} is not found by {word}")
    finally:
        opened.close()
    if not reader.search.search(SearchQuery("sovereignty ")).total:
        wrong.append("the second reader finds nothing")
    return wrong + differences(folder)


def main(rounds: int) -> int:
    """Run the rounds; returns 1 if anything was wrong."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        open_workspace(folder).close()
        failures = 0
        reader = open_workspace(folder)
        for seed in range(rounds):
            wrong = round_trip(folder, seed, reader, 1.5)
            failures += bool(wrong)
            if wrong or seed % 10 == 9:
                print(f"round {seed + 1}: {wrong or 'all is well so far'}", flush=True)
            if seed % 40 == 39:  # annotations would pile up
                reader.close()
                shutil.rmtree(folder)
                open_workspace(folder).close()
                reader = open_workspace(folder)
        reader.close()
    print(f"{rounds} kills, {failures} with something wrong")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
