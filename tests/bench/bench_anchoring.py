"""How surely annotations are found again on changed text: real texts, harsh edits.

Run: ``python -m tests.bench.bench_anchoring [--trials 20000] [--corpora DIR] [--seed 1]``.

Each letter of the old text is traced to its place in the new one, so that the truth is known.
Stretches are copied too. Where the original is then gone, its copy is what a moved passage would
be, and is counted apart; where it is but changed, taking the copy without asking is a fault.
Told per kind of edit: placed rightly (taken without asking, and the very letters), wrongly (taken
without asking, and other letters: there must be none), offered at the right and at another place,
given up, and rightly lost. Then the time for 1,000 annotations on a changed text of 1 MB.
"""

import argparse
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from core.anchoring.anchor import MOVED_SCORE, Anchorer
from core.anchoring.describe import describe
from core.domain.annotations import Anchoring, Target, TextPositionSelector, Verdict
from core.domain.text import hash_text
from tests.bench.corpora import FOLDER, long_texts

PER_TEXT = 25  # annotations on each text
BLANK = set(" \n\t\r\f\u00a0")
COPY = 10**9  # added to the place of letters that were copied
LONGEST = 30_000  # characters of a text
Traced = list[tuple[str, int | None]]  # letters, each with its place in the old text


def table(rng: random.Random) -> str:
    """Make a text of many rows that are nearly alike: the hardest to tell apart."""
    words = ["party", "signatory", "observer", "abstains", "in favour", "not bound"]
    rows = [
        f"State {rng.choice('ABCDEFGH')}{rng.randint(1, 30)} supports\n"
        f"Budapest Convention: {rng.choice(words)}, verified in the chart\n"
        for _ in range(rng.randint(20, 200))
    ]
    return "".join(row * rng.choice([1, 1, 1, 2]) for row in rows)


def stretch(rng: random.Random, text: Traced, longest: int = 200) -> tuple[int, int]:
    """Choose a stretch of a text."""
    start = rng.randrange(len(text))
    return start, min(len(text), start + rng.randint(1, longest))


def set_otherwise(rng: random.Random, text: Traced) -> Traced:
    """Set a text as another format does: quotation marks, dashes, breaks, hyphens, accents."""
    marks = {'"': "\u201c", "'": "\u2019", "-": "\u2013", "\u2019": "'", "\u2013": "-"}
    marks |= {"\u201c": '"', "\u201d": '"', "\n": " ", "\u00a0": " "}
    form = rng.choice(["NFC", "NFD"])
    new: Traced = []
    for n, (letter, place) in enumerate(text):
        chance = rng.random()
        if letter in marks and chance < 0.7:
            new.append((marks[letter], place))
        elif letter == " " and chance < 0.2:
            new += [(rng.choice(["\n", "  ", "\u00a0", " \n "]), place)]
        elif letter.isalpha() and chance < 0.01 and n and text[n - 1][0].isalpha():
            new += [(rng.choice(["-\n", "\u00ad", "\u2010\n"]), None), (letter, place)]
        else:
            new.append((unicodedata.normalize(form, letter), place))
    return [(sign, place) for letters, place in new for sign in letters]


def edit_words(rng: random.Random, text: Traced) -> Traced:
    """Put in, take out and replace words all over."""
    for _ in range(max(1, len(text) // rng.choice([100, 300, 1000]))):
        start, end = stretch(rng, text, 12)
        put = rng.choice(["", "", " indeed", " not", " shall", "xy", " of the Charter"])
        text[start:end] = [(letter, None) for letter in put]
    return text


def cut_and_paste(rng: random.Random, text: Traced) -> Traced:
    """Delete, move and put in whole stretches."""
    for _ in range(rng.randint(1, 12)):
        start, end = stretch(rng, text, 1500)
        what, taken = rng.choice(["delete", "move", "copy"]), text[start:end]
        if what != "copy":
            del text[start:end]
        at = rng.randrange(len(text) + 1)
        if what == "move":
            text[at:at] = taken
        elif what == "copy":
            marked = [(letter, None if n is None else n % COPY + COPY) for letter, n in taken]
            text[at:at] = marked
        if not text:
            break
    return text or [("x", None)]


def rewrite(rng: random.Random, text: Traced) -> Traced:
    """Do all of it at once."""
    return set_otherwise(rng, edit_words(rng, cut_and_paste(rng, text)))


EDITS: dict[str, Callable[[random.Random, Traced], Traced]] = {
    "set otherwise": set_otherwise,
    "words": edit_words,
    "cut and paste": cut_and_paste,
    "all": rewrite,
}


def outcome(placed: Anchoring, place: range, new: Traced, kept: set[int]) -> str:
    """Say what became of a passage of the old text, beside what should have."""
    alive = sum(n in kept for n in place) * 2 > len(place)
    if placed.position is None:
        return "given up" if alive else "rightly lost"
    shown = new[placed.position.start : placed.position.end]
    letters = [place for letter, place in shown if letter not in BLANK]
    own = sum(n is not None and n in place for n in letters)
    copied = sum(n is not None and n - COPY in place for n in letters)
    right = own * 2 > len(letters)
    if placed.verdict is Verdict.CHANGED:
        if not alive:
            return "offered though gone"
        return "offered, right" if right else "offered, other"
    assert placed.score >= MOVED_SCORE
    if right:
        return "placed rightly"
    if copied * 2 <= len(letters):
        return "WRONG"
    return "on its copy" if alive else "moved as its copy, itself gone"


def try_text(
    rng: random.Random, text: str, name: str, *, known: bool
) -> Iterator[tuple[str, str, str]]:
    """Mark a text, change it, and yield what became of each mark, with the old and new words."""
    new_letters = EDITS[name](rng, [(letter, n) for n, letter in enumerate(text)])
    new = "".join(letter for letter, _ in new_letters)
    kept = {n for _, n in new_letters if n is not None}
    anchorer = Anchorer(new, hash_text(new), text if known else None)
    sha256 = hash_text(text)
    marked = 0
    while marked < PER_TEXT:
        start = rng.randrange(len(text))
        end = min(len(text), start + int(rng.choice([4, 12, 40, 150, 600]) * (0.5 + rng.random())))
        if text[start:end].isspace():
            continue
        marked += 1
        position = TextPositionSelector(start, end)
        target = Target("document:x", position, describe(text, start, end), sha256)
        placed = anchorer.place(target, known=known)
        words = "" if placed.position is None else new[placed.position.start : placed.position.end]
        yield outcome(placed, range(start, end), new_letters, kept), text[start:end], words


def big(texts: list[str]) -> float:
    """Return the seconds for 1,000 annotations on a changed text of 1 MB."""
    rng, text = random.Random(7), "\n".join(texts)[:1_000_000]
    new = "".join(letter for letter, _ in edit_words(rng, [(c, None) for c in text]))
    old, targets = hash_text(text), list[Target]()
    for _ in range(1000):
        start = rng.randrange(len(text) - 200)
        end = start + rng.randint(20, 200)
        position = TextPositionSelector(start, end)
        targets.append(Target("document:x", position, describe(text, start, end), old))
    sha256 = hash_text(new)
    began, busy = time.perf_counter(), time.process_time()
    anchorer = Anchorer(new, sha256, text)
    found = Counter(anchorer.place(target, known=True).verdict.value for target in targets)
    took = time.perf_counter() - began
    busy = time.process_time() - busy
    spent = f"{took:.2f} s, of them {busy:.2f} s at work"
    sys.stdout.write(f"1,000 on {len(text):,} characters: {spent}, {dict(found)}\n")
    return took


def main() -> None:
    """Run the trials and print what came of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpora", type=Path, default=FOLDER)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    texts = [text[:LONGEST] for text in long_texts(given.corpora)]
    rng.shuffle(texts)
    big(texts)
    ways = [(name, known) for known in (True, False) for name in EDITS]
    results = {way: Counter[str]() for way in ways}
    rounds = -(-given.trials // (PER_TEXT * len(ways)))
    for n in range(rounds):
        text = table(rng) if n % 4 == 0 else texts[n % len(texts)]
        for (name, known), found in results.items():
            for what, old, new in try_text(rng, text, name, known=known):
                found[what] += 1
                if what == "WRONG":
                    sys.stdout.write(f"{name}: {old!r} -> {new!r}\n")
    total = sum(results.values(), Counter[str]())
    named = [
        (f"{name}{', old text not known' * (not known)}", found)
        for (name, known), found in results.items()
    ]
    for name, found in [*named, ("together", total)]:
        every = found.total()
        shares = ", ".join(f"{what} {n / every:.2%} ({n:,})" for what, n in sorted(found.items()))
        sys.stdout.write(f"{name}: {every:,} trials: {shares}\n")
    sys.exit(1 if total["WRONG"] else 0)


if __name__ == "__main__":
    main()
