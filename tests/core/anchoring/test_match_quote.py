"""Quotations are found where they are, and nowhere else."""

import json
import time
from pathlib import Path

import pytest

from core.anchoring.match_quote import Quote, find_quote, match_quote

TIMES = (
    "It was the best of times, it was the worst of times; we had everything before us, "
    "we had nothing before us."
)
FIRST, SECOND = TIMES.index("before us"), TIMES.rindex("before us")


def _own_cases():
    yield "once", "quote-all", "red green blue", ("green", "", "", None), [(4, 9)]
    yield "overlapping", "quote-all", "bananas", ("ana", "", "", None), [(1, 4), (3, 6)]
    yield "prefix", "quote-all", "one cat, two cat", ("cat", "two ", "", None), [(13, 16)]
    yield "suffix", "quote-all", "cat one, cat two", ("cat", "", " two", None), [(9, 12)]
    yield "wrong prefix", "quote-all", "one cat", ("cat", "two ", "", None), []
    yield "emoji", "quote-all", "a😀b 😀c", ("😀c", "", "", None), [(4, 6)]
    yield "arabic", "quote-all", "قال الأمن السيبراني هنا", ("الأمن", "", "", None), [(4, 9)]
    yield (
        "no-break space",
        "quote-all",
        "art. 2 x, art.\u00a02 y",
        ("art.\u00a02", "", "", None),
        [(10, 16)],
    )
    yield (
        "pasted decomposed",
        "quote-all",
        "le caf\u00e9 noir",
        ("cafe\u0301", "", "", None),
        [(3, 7)],
    )
    yield "over lines", "quote-all", "one\ntwo\nthree", ("two\nth", "", "", None), [(4, 10)]
    yield "empty", "quote-all", "abc", ("", "", "", None), []
    yield (
        "nearly the prefix",
        "best",
        TIMES,
        ("before us", "we had every-thing ", "", None),
        [(FIRST, FIRST + 9)],
    )
    yield (
        "nearly the other",
        "best",
        TIMES,
        ("before us", "we had nout ", "", None),
        [(SECOND, SECOND + 9)],
    )
    yield "altered", "best", TIMES, ("befor us", "", "", None), [(FIRST, FIRST + 9)]
    yield "altered, hint", "best", TIMES, ("befor us", "", "", SECOND), [(SECOND, SECOND + 9)]
    yield "nothing like it", "best", TIMES, ("Quarterly figures of the port", "", "", None), []
    yield "empty text", "best", "", ("foobar", "", "", None), []
    yield "empty quotation", "best", "foobar", ("", "", "", None), []


def _shared_cases():
    file = Path(__file__).parents[4] / "shared" / "standards" / "anchoring" / "anchoring.jsonl"
    if not file.exists():
        return
    for line in file.read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["kind"] == "position" or case["text"].startswith("@"):
            continue
        kind = "quote-all" if case["kind"] == "quote-all" else "best"
        context = (case["prefix"] or "", case["suffix"] or "", case.get("hint"))
        expected = [tuple(place) for place in case["expected"]]
        yield case["id"], kind, case["text"], (case["exact"], *context), expected


CASES = [*_own_cases(), *_shared_cases()]


@pytest.mark.parametrize(
    ("kind", "text", "quote", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_quotation_leads_to_its_places(kind, text, quote, expected):
    if kind == "quote-all":
        found = [(p.start, p.end) for p in find_quote(text, *quote[:3])]
    else:
        match = match_quote(text, Quote(*quote))
        found = [(match.position.start, match.position.end)] if match else []
    assert found == expected


def test_a_rewritten_word_does_not_hide_the_passage():
    text = "Preamble. States should never knowingly allow their territory to be used. End."
    match = match_quote(
        text, Quote("States should not knowingly allow their territory", "Preamble. ")
    )
    assert match is not None
    assert not match.exact
    assert text[match.position.start : match.position.end] == (
        "States should never knowingly allow their territory"
    )


def test_a_long_passage_with_a_few_changes_is_found_whole():
    words = [f"word{n}" for n in range(3000)]
    quote = " ".join(words[500:2500])
    text = " ".join(w if n % 100 else "altered" for n, w in enumerate(words))
    match = match_quote(text, Quote(quote, "word499 ", " word2500"))
    assert match is not None
    found = text[match.position.start : match.position.end]
    assert found.split()[1] == "word501"
    assert found.split()[-1] == "word2499"


@pytest.mark.parametrize("text", ["a" * 1_000_000, "the " * 250_000], ids=["letters", "words"])
@pytest.mark.parametrize("quote", ["a" * 40, "the the the", "q" * 5_000, "the thz " * 300])
def test_repetitive_texts_take_bounded_time(text, quote):
    started = time.perf_counter()
    match_quote(text, Quote(quote, "left" * 8, "right" * 6, 500))
    assert time.perf_counter() - started < 20  # measured: 2 s at worst


def test_a_whole_long_text_with_changes_takes_bounded_time():
    words = [f"w{n * 7919 % 100_003}" for n in range(100_000)]
    text = " ".join(w if n % 500 else "altered" for n, w in enumerate(words))
    started = time.perf_counter()
    match = match_quote(text, Quote(" ".join(words), hint=0))
    assert match is not None
    assert match.position.end == len(text)
    assert time.perf_counter() - started < 30  # measured: 1 s
