"""Annotations survive changes of the text, or say that they do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.anchoring.anchor import MOVED_SCORE, Anchorer, anchor
from core.anchoring.describe import CONTEXT, MAX_CONTEXT, describe
from core.anchoring.folding import Folded
from core.anchoring.match_quote import find_quote
from core.domain.annotations import Target, TextPositionSelector, TextQuoteSelector, Verdict
from core.domain.text import hash_text

TEXT = (
    "London 2011 💻\n"
    "A cafx\u0301 in Séoul; يجب ألا تسمح الدول عن علم باستخدام أراضيها, said the chair.\n"
    "States should not knowingly allow their territory to be used.\n"
    "Article\u00a02 applies. States should not conduct such activity."
)


def fold(text):
    return Folded(text).text


def target_of(text, start, end):
    return Target(
        "norm:x", TextPositionSelector(start, end), describe(text, start, end), hash_text(text)
    )


def place(text, target):
    return anchor(text, target, hash_text(text))


def words_of(text, anchoring):
    return text[anchoring.position.start : anchoring.position.end]


@pytest.mark.parametrize(
    "quote", ["💻\nA cafx\u0301", "ألا تسمح الدول", "Article\u00a02", "States should not", TEXT]
)
def test_an_unchanged_text_gives_the_passage_back_exactly(quote):
    start = TEXT.index(quote)
    anchoring = place(TEXT, target_of(TEXT, start, start + len(quote)))
    assert anchoring.verdict is Verdict.EXACT
    assert anchoring.score == 1
    assert words_of(TEXT, anchoring) == quote


def test_text_put_in_before_moves_the_passage():
    target = target_of(TEXT, 100, 140)
    anchoring = place("New heading\n" + TEXT, target)
    assert anchoring.verdict is Verdict.MOVED
    assert anchoring.position == TextPositionSelector(112, 152)


def test_text_put_in_after_leaves_the_passage_exact():
    assert place(TEXT + "\nAnnex", target_of(TEXT, 100, 120)).verdict is Verdict.EXACT


def test_a_changed_word_is_offered_for_confirming():
    start = TEXT.index("States should not knowingly")
    target = target_of(TEXT, start, start + 45)
    new = TEXT.replace("not knowingly", "never knowingly")
    anchoring = place(new, target)
    assert anchoring.verdict is Verdict.CHANGED
    assert words_of(new, anchoring).startswith("States should never knowingly allow")


def test_the_same_words_in_strange_surroundings_are_never_taken_silently():
    first = TEXT.index("States should not")
    target = target_of(TEXT, first, first + len("States should not"))
    new = TEXT.replace("States should not knowingly allow their territory to be used.\n", "")
    assert place(new, target).verdict in {Verdict.CHANGED, Verdict.LOST}


def test_a_twin_with_one_side_alike_does_not_take_the_place_of_a_deleted_passage():
    rows = [
        f"State {n} supports\nBudapest Convention: party, verified in the chart" for n in "ABCD"
    ]
    text = "\n".join(rows)
    start = text.index("party", text.index("State C"))
    target = target_of(text, start, start + len("party"))
    assert place("\n".join(rows), target).verdict is Verdict.EXACT
    moved = place("\n".join(["Heading", *rows]), target)
    assert (moved.verdict, moved.position.start) == (Verdict.MOVED, start + len("Heading\n"))
    gone = place("\n".join(rows[:2] + rows[3:]), target)
    assert gone.verdict in {Verdict.CHANGED, Verdict.LOST}


def prose(first, count=60):
    """Sentences of which no two share more than a few letters in a row."""
    return [
        f"Clause {hash_text(str(n))[:24]} binds {hash_text(f'x{n}')[:24]}."
        for n in range(first, first + count)
    ]


PROSE = prose(0)
COPIED = "\n".join(PROSE[30:33])


def placed_on(new, *, known=True):
    text = "\n".join(PROSE)
    start = text.index(PROSE[31])
    target = target_of(text, start, start + len(PROSE[31]))
    placed = Anchorer(new, hash_text(new), text if known else None).place(target, known=known)
    return placed, target


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("edited", ["passage", "surroundings"])
def test_a_copy_of_a_passage_that_was_edited_is_offered_not_taken(edited, known):
    word = PROSE[31 if edited == "passage" else 30][-12:]
    new = "\n".join(PROSE).replace(word, "else.") + "\n" + COPIED + "\n" + "\n".join(prose(90, 9))
    placed, _ = placed_on(new, known=known)
    assert placed.verdict is Verdict.CHANGED
    assert placed.score < MOVED_SCORE
    assert words_of(new, placed)


def test_a_passage_that_stayed_is_told_from_its_copy_by_its_neighbours():
    new = "\n".join([*PROSE, PROSE[31], *prose(90, 9)])
    placed, target = placed_on(new)
    assert (placed.verdict, placed.position) == (Verdict.EXACT, target.position)
    above = "\n".join(["Summary", PROSE[31], *PROSE])
    placed, target = placed_on(above)
    assert placed.verdict is Verdict.MOVED
    assert placed.position is not None
    assert placed.position.start == above.rindex(PROSE[31])


def test_a_passage_that_moved_with_its_surroundings_is_followed():
    new = "\n".join([*PROSE[:28], *PROSE[36:], *PROSE[28:36]])
    placed, _ = placed_on(new)
    assert (placed.verdict, words_of(new, placed)) == (Verdict.MOVED, PROSE[31])


def test_a_text_repeated_whole_leaves_no_certain_place():
    placed, _ = placed_on("\n".join(PROSE * 2))
    assert placed.verdict is Verdict.CHANGED


SET_OTHERWISE = [
    ("typographic", "the state\u2019s \u201cdue diligence\u201d \u2013 in full \u2026"),
    ("plain", 'the state\'s "due diligence" - in full ...'),
    ("broken", 'the state\'s\n"due dili-\ngence"  -\u00a0in\nfull ...'),
    ("soft hyphens", "the state's ''due dili\u00adgence'' -- in full ..."),
]


@pytest.mark.parametrize("before", [text for _, text in SET_OTHERWISE])
@pytest.mark.parametrize("after", [text for _, text in SET_OTHERWISE])
def test_a_passage_is_found_in_another_format_of_its_document(before, after):
    head, tail = (
        "Recalling its earlier \ufb01ndings, and caf\u00e9s, it asks for ",
        " of every measure taken.",
    )
    text = head + before + tail
    new = "Page 1\n" + head.replace("\ufb01", "fi").replace("\u00e9", "e\u0301") + after + tail
    anchoring = place(new, target_of(text, len(head), len(head) + len(before)))
    assert anchoring.verdict is Verdict.MOVED
    assert words_of(new, anchoring) == after
    assert anchoring.score == (1 if before == after else pytest.approx(0.98))


@given(st.text("ab \n-\"'\u2013\u00ad\ufb01\u00e9\uac00\u2126\ud800", max_size=40))
def test_folding_keeps_the_order_and_knows_the_places(text):
    form = Folded(text)
    assert len(form.text) == len(form.places)
    assert list(form.places) == sorted(form.places)
    assert fold(form.text.replace("-", "").replace('"', "")) == "".join(
        sign for sign in form.text if sign not in '-"'
    )
    for n, place in enumerate(form.places):
        sign = form.text[n]
        assert sign == text[place] or sign in fold(text[place])


def test_a_deleted_passage_is_lost():
    sentence = "States should not knowingly allow their territory to be used.\n"
    start = TEXT.index(sentence)
    anchoring = place(TEXT.replace(sentence, ""), target_of(TEXT, start, start + len(sentence)))
    assert anchoring.verdict is Verdict.LOST
    assert anchoring.position is None


def test_a_wrong_position_is_not_trusted_even_when_the_hash_fits():
    target = target_of(TEXT, 100, 120)
    off = Target(target.record, TextPositionSelector(3, 23), target.quote, target.text_sha256)
    anchoring = place(TEXT, off)
    assert anchoring.verdict is Verdict.MOVED
    assert anchoring.position == TextPositionSelector(100, 120)


def test_an_empty_quotation_is_lost():
    quote = TextQuoteSelector("", "", "")
    anchoring = place(TEXT, Target("norm:x", TextPositionSelector(0, 0), quote, hash_text(TEXT)))
    assert anchoring.verdict is Verdict.LOST


def test_context_grows_until_the_passage_stands_alone_and_no_further():
    row = "The same row of a long table, again and again.\n"
    text = "Heading\n" + row * 10
    start = len("Heading\n") + 5 * len(row)
    selector = describe(text, start, start + 8)
    assert len(selector.prefix) > CONTEXT
    assert len(find_quote(text, selector.exact, selector.prefix, selector.suffix)) == 1
    endless = describe(row * 1000, 500 * len(row), 500 * len(row) + 8)
    assert len(endless.prefix) == len(endless.suffix) == MAX_CONTEXT


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)])
def test_offsets_that_are_no_passage_are_refused(start, end):
    with pytest.raises(ValueError, match="no passage"):
        describe(TEXT, start, end)


@given(st.text(min_size=1, max_size=120), st.data())
def test_any_selector_leads_back_on_any_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = describe(text, start, end)
    assert selector.exact == text[start:end]
    places = [text[p : p + end - start] for p in range(len(text))]
    assert places[start] == selector.exact
    anchoring = place(text, target_of(text, start, end))
    assert anchoring.verdict is Verdict.EXACT
    assert anchoring.position == TextPositionSelector(start, end)


WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzéßжش漢😀", min_size=3, max_size=9),
    min_size=30,
    max_size=60,
    unique=True,
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "replace"]),
        st.floats(0, 1),
        st.integers(1, 40),
        st.text("xyz XYZ\n", min_size=1, max_size=40),
    ),
    max_size=6,
)


def edit(text, edits):
    """Apply edits; each letter of the old text is traced to its new place."""
    letters = [(letter, n) for n, letter in enumerate(text)]
    for what, where, length, new in edits:
        at = int(where * len(letters))
        end = at if what == "insert" else at + length
        put = [] if what == "delete" else [(letter, None) for letter in new]
        letters[at:end] = put
    return "".join(letter for letter, _ in letters), {
        old: new for new, (_, old) in enumerate(letters) if old is not None
    }


@settings(max_examples=150, deadline=None)
@given(WORDS, EDITS, st.floats(0, 0.9), st.integers(4, 80))
def test_random_edits_never_place_a_passage_wrong(words, edits, where, length):
    text = " ".join(words)
    start = int(where * (len(text) - 4))
    end = min(len(text), start + length)
    new, traced = edit(text, edits)
    anchoring = place(new, target_of(text, start, end))
    if anchoring.verdict in {Verdict.EXACT, Verdict.MOVED}:
        assert anchoring.score >= MOVED_SCORE
        assert fold(words_of(new, anchoring)) == fold(text[start:end])
        survived = [traced[n] for n in range(start, end) if n in traced]
        shown = range(anchoring.position.start, anchoring.position.end)
        assert any(n in shown for n in survived)  # these very words, not others like them
    quote = describe(text, start, end)
    first, last = start - len(quote.prefix), end + len(quote.suffix)
    whole = fold(text[first:last])
    intact = [traced.get(n) for n in range(first, last)]
    together = None not in intact and intact == list(range(intact[0], intact[0] + len(intact)))
    if together and fold(new).count(whole) == fold(text).count(whole) == 1:
        assert anchoring.verdict in {Verdict.EXACT, Verdict.MOVED}
        assert anchoring.position.start == traced[start]
