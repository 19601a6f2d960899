"""``annotate``, ``annotations`` and ``tags``."""

import pytest


@pytest.fixture
def text(normatlas, norm):
    return normatlas.done("show", norm)["text"]


def repeated_word(text):
    return next(word for word in text.split() if len(word) > 5 and text.count(word) > 1)


def test_annotating_by_quotation_and_by_offsets_is_the_same(normatlas, norm, text):
    start = text.index("\n") + 1
    end = text.index("\n", start)
    by_offsets = normatlas.done("annotate", norm, "--start", str(start), "--end", str(end))
    quote = text[: text.index("\n", end + 1)]
    by_quote = normatlas.done("annotate", norm, "--quote", quote)
    assert by_offsets["exact"] == text[start:end]
    assert (by_quote["start"], by_quote["exact"]) == (0, quote)


def test_annotations_come_back_exactly(normatlas, norm, text):
    normatlas.done("tags", "add", "Ströme/Ñandú 🙂")
    made = normatlas.done(
        "annotate",
        norm,
        "--start",
        "0",
        "--end",
        str(len(text)),
        "--tag",
        "Ströme/Ñandú 🙂",
        "--note",
        "سلام 🙂\n\n*second*",
    )
    listed = normatlas.done("annotations")
    assert listed == {"total": 1, "annotations": [made]}
    assert made["exact"] == text
    assert made["tags"] == ["Ströme/Ñandú 🙂"]
    assert made["note"] == "سلام 🙂\n\n*second*"
    assert made["state"] == "anchored"
    assert made["analyst"] == "Ada Analyst"
    assert made["citation"]
    assert made["created"].endswith("Z")
    assert {"id", "record", "title", "prefix", "suffix", "modified"} <= made.keys()


def test_filters(normatlas, norm):
    normatlas.done("tags", "add", "A/B")
    normatlas.done("annotate", norm, "--start", "0", "--end", "4", "--tag", "A/B")
    normatlas.done("annotate", "instrument:gge-2015", "--start", "0", "--end", "4")
    assert normatlas.done("annotations")["total"] == 2
    assert normatlas.done("annotations", "--record", norm)["total"] == 1
    assert normatlas.done("annotations", "--tag", "A")["total"] == 1
    assert normatlas.done("annotations", "--analyst", "Ada Analyst")["total"] == 2
    assert normatlas.done("annotations", "--analyst", "Bob")["total"] == 0
    assert normatlas.done("annotations", "--state", "anchored,moved")["total"] == 2
    assert normatlas.done("annotations", "--state", "orphaned")["total"] == 0


def test_annotations_are_one_line_each(normatlas, norm):
    normatlas.done("annotate", norm, "--start", "0", "--end", "200", "--note", "two\nlines")
    said = normatlas("annotations").out
    assert said.count("\n") == 1
    assert "two lines" in said


def test_a_quotation_that_recurs_needs_its_surroundings(normatlas, norm, text):
    word = repeated_word(text)
    normatlas("annotate", norm, "--quote", word).assert_refused(2, word, "--prefix")
    second = text.index(word, text.index(word) + 1)
    made = normatlas.done("annotate", norm, "--quote", word, "--prefix", text[:second])
    assert made["start"] == second


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--quote", "no such words here"], ["no such words here", "--text"]),
        (["--quote", ""], ["empty"]),
        (["--start", "0", "--end", "9", "--tag", "Missing"], ["Missing", "tags add"]),
        (["--start", "0", "--end", "9", "--tag", "a//b"], ["a//b"]),
        (["--start", "5", "--end", "5"], ["5"]),
        (["--start", "-1", "--end", "5"], ["-1"]),
        (["--start", "0", "--end", "99999999"], ["99999999"]),
    ],
)
def test_refusals_leave_nothing_behind(normatlas, norm, arguments, words):
    normatlas("annotate", norm, *arguments).assert_refused(2, *words)
    assert normatlas.done("annotations")["total"] == 0
    assert normatlas.done("tags", "list")["total"] == 0


def test_annotating_an_unknown_record(normatlas):
    normatlas("annotate", "norm:nope", "--start", "0", "--end", "1").assert_refused(2, "norm:nope")


def test_unknown_filters_are_refused(normatlas):
    normatlas("annotations", "--tag", "Nowhere").assert_refused(2, "Nowhere")
    normatlas("annotations", "--record", "norm:nope").assert_refused(2, "norm:nope")


def test_tags_are_listed_with_counts(normatlas, norm):
    added = normatlas.done("tags", "add", "CBM/Hotlines", "--color", "#AA3377", "--definition", "D")
    assert (added["path"], added["color"], added["definition"]) == ("CBM/Hotlines", "#aa3377", "D")
    normatlas.done("annotate", norm, "--start", "0", "--end", "4", "--tag", "CBM/Hotlines")
    tags = {tag["path"]: tag for tag in normatlas.done("tags", "list")["tags"]}
    assert list(tags) == ["CBM", "CBM/Hotlines"]
    assert tags["CBM/Hotlines"]["count"] == 1
    assert "CBM/Hotlines\t1\t#aa3377\tD\n" in normatlas("tags", "list").out


def test_tags_are_refused(normatlas):
    normatlas("tags", "add", "").assert_refused(2)
    normatlas("tags", "add", "A", "--color", "pink").assert_refused(2, "pink")
    normatlas.done("tags", "add", "A")
    normatlas("tags", "add", "a").assert_refused(2)
