"""What may be typed next, and what a query's parts are."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.query_parts import Role, without
from core.search.fields import FIELDS
from core.search.query import parse


@pytest.fixture
def complete(shared_index):
    def completing(text, cursor=None, limit=12):
        place = len(text) if cursor is None else cursor
        found = shared_index.complete(text, place, limit)
        return [text[: found.start] + item.text + text[found.end :] for item in found.items]

    return completing


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("kin", "kind:"),
        ("kind:", "kind:norm"),
        ("kind:in", "kind:instrument"),
        ("cybercrime kind:norm,e", "cybercrime kind:norm,event"),
        ("sta", "stated-in:"),
        ("theme:crit", 'theme:"critical infrastructure"'),
        ('theme:"crit', 'theme:"critical infrastructure"'),
        ("participant:jap", "participant:japan"),
        ("participant:日", "participant:japan"),
        ("tag:hot", "tag:CBM/Hotlines"),
        ("is:ann", "is:annotated"),
        ("in:", "in:notes"),
        ("year:20", "year:2013"),
        ("infrastr", "infrastructure"),
        ("critical infrastr", "critical infrastructure"),
        ('"critical infrastr', '"critical infrastructure'),
        ("-infrastr", "-infrastructure"),
        ("(infrastr", "(infrastructure"),
        ("A", "AND"),
        ("cyber ", "cyber kind:"),
    ],
)
def test_completes(complete, text, completed):
    assert completed in complete(text)


def test_completes_in_the_middle(complete):
    assert "kind:norm treaty" in complete("kind:no treaty", cursor=7)


def test_tells_every_field_with_its_values(shared_index):
    fields = {field.name: field for field in shared_index.fields()}
    assert list(fields) == list(FIELDS)
    assert [(v.value, v.count) for v in fields["theme"].values] == [
        ('"critical infrastructure"', 1),
        ("cybercrime", 1),
    ]
    assert {v.value for v in fields["kind"].values} >= {"norm", "event"}


def test_parts_say_what_each_piece_does():
    text = 'cyber -"due diligence" kind:norm (a OR b) title:"x y"'
    parts = parse(text).parts
    assert [(p.role, p.label, p.negated) for p in parts] == [
        (Role.WORD, "cyber", False),
        (Role.PHRASE, "due diligence", True),
        (Role.FIELD, "kind: norm", False),
        (Role.GROUP, "(a OR b)", False),
        (Role.FIELD, "title: x y", False),
    ]
    assert [text[p.start : p.end] for p in parts] == [
        "cyber",
        '-"due diligence"',
        "kind:norm",
        "(a OR b)",
        'title:"x y"',
    ]
    assert [p.label for p in parts[3].parts] == ["a", "OR", "b"]


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("cyber norms", "norms", "cyber"),
        ("cyber AND norms", "cyber", "norms"),
        ("a OR b OR c", "b", "a OR c"),
        ("x (a OR b) y", "a", "x (b) y"),
        ("x (a)", "a", "x"),
        ("x AND (a)", "a", "x"),
        ("kind:norm -x", "-x", "kind:norm"),
        ("NOT x y", "NOT x", "y"),
    ],
)
def test_a_part_can_be_taken_out(text, gone, left):
    def flat(parts):
        for part in parts:
            yield part
            yield from flat(part.parts)

    parts = parse(text).parts
    (part,) = [p for p in flat(parts) if text[p.start : p.end] == gone]
    assert without(text, parts, part) == left


_pieces = st.sampled_from(
    ["cyber", " ", "(", ")", "-", '"', "kind:", "year:", "title:", "20", "NOT ", "OR ", "~2", "*"]
)
_texts = st.one_of(st.text(max_size=40), st.lists(_pieces, max_size=14).map("".join))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_texts, st.integers(-1, 50))
def test_any_text_can_be_completed_and_its_parts_lie_in_it(shared_index, text, cursor):
    found = shared_index.complete(text, cursor, 8)
    assert 0 <= found.start <= found.end <= len(text)
    assert len(found.items) <= 8
    parts = parse(text).parts
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert all(a.end <= b.start for a, b in pairwise(parts))
