"""Quotations are found where they are, and nowhere else."""

import json
import time

import pytest

from core.anchoring.anchor import anchor
from core.anchoring.describe import describe
from core.anchoring.match_quote import Quote, find_quote, match_quote
from core.domain.annotations import Target, TextPositionSelector
from core.domain.text import hash_text
from tests.core.interchange.standards import FOLDER

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


def _collected():
    file = FOLDER / "anchoring" / "anchoring.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return {case["id"]: case for case in map(json.loads, lines)}


COLLECTED = _collected()
PAGE_ALONE = "its page is not among the collected texts, so that there is nothing to place it on"
NOT_TRIED = {
    "apache-position/empty quote": "no words are marked; an annotation without any is refused",
    "hypothesis-page/LOCXbsOCEeaQl6f6fQh87Q": PAGE_ALONE,
    "hypothesis-page/Ic6rNsOCEeaQl--ofD7IUg": PAGE_ALONE,
    "hypothesis-page/0v-8NMOBEeaQl88x78UnFQ": PAGE_ALONE,
    "hypothesis-page/wy1stsOBEeaQlychltExbg": PAGE_ALONE,
    "hypothesis-page/rvTr_MOBEeaQl9tXcHfSkw": PAGE_ALONE,
}
"""Of the 76 cases collected from other annotators, those that are not tried, and why."""


def _shared_cases():
    for name, case in COLLECTED.items():
        if name in NOT_TRIED or case["kind"] == "position":
            continue
        kind = "quote-all" if case["kind"] == "quote-all" else "best"
        context = (case["prefix"] or "", case["suffix"] or "", case.get("hint"))
        expected = [tuple(place) for place in case["expected"]]
        yield name, kind, case["text"], (case["exact"], *context), expected


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


POSITIONS = [
    c for name, c in COLLECTED.items() if c["kind"] == "position" and name not in NOT_TRIED
]


@pytest.mark.parametrize("case", POSITIONS, ids=[case["id"] for case in POSITIONS])
def test_a_position_counts_code_points(case):
    text, (start, end) = case["text"], case["expected"][0]
    assert describe(text, case["start"], case["end"]).exact == case["expected_text"]
    target = Target("x", TextPositionSelector(start, end), describe(text, start, end), "")
    assert anchor(text, target, hash_text(text)).position == target.position


@pytest.mark.skipif(not COLLECTED, reason="the collected cases are not beside the project")
def test_every_collected_case_is_tried_or_its_reason_told():
    tried = {name for name, *_ in _shared_cases()} | {case["id"] for case in POSITIONS}
    assert tried | set(NOT_TRIED) == set(COLLECTED)
    assert not tried & set(NOT_TRIED)
    assert all(COLLECTED[name]["text"].startswith("@") for name in NOT_TRIED if "page" in name)
    empty = COLLECTED["apache-position/empty quote"]
    with pytest.raises(ValueError, match="no passage"):
        describe(empty["text"], empty["start"], empty["end"])


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
