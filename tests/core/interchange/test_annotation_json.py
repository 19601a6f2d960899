"""JSON of annotations that others made: W3C Web Annotation and Hypothesis, good and bad."""

import json
import socket

import pytest

from core.domain.annotations import TextPositionSelector
from core.interchange import json_text, web_annotation
from core.interchange.files import read_project
from core.interchange.problems import FileRefusedError

PAGE = "https://example.org/page"
REPLY = "Yes. <b>Indeed</b>"


def hypothesis(identity, selectors, **more):
    target = [{"source": PAGE, "selector": selectors}]
    said = {"id": identity, "uri": PAGE, "target": target, "user": "acct:ada@hypothes.is"}
    return {**said, "document": {"title": ["A page"]}, "created": "2026-03-05T09:30:00Z", **more}


HYPOTHESIS = [
    hypothesis(
        "aaa",
        [
            {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0},
            {"type": "TextPositionSelector", "start": 4, "end": 17},
            {"type": "TextQuoteSelector", "exact": "على 各国 🕊", "prefix": "so ", "suffix": "."},
        ],
        tags=["CBM", "CBM/Hotlines"],
        text="Look\nagain",
    ),
    hypothesis("bbb", [], references=["aaa"], text=REPLY, user_info={"display_name": "Bob"}),
    hypothesis("ccc", None, text="On the whole page", tags=["page"]),
    hypothesis("ddd", [], references=["zzz"], text="To one that is not here"),
]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "handed.json"


def read(file, said):
    file.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return read_project(file)


@pytest.mark.parametrize(
    "wrap", [list, lambda a: {"annotations": a}, lambda a: {"rows": a, "total": len(a)}]
)
def test_hypothesis_comes_with_quotation_tags_replies_and_page_notes(file, wrap):
    project = read(file, wrap(HYPOTHESIS))
    (found,) = project.annotations
    paths = {tag.id: tag for tag in project.tags}
    assert (found.quote.exact, found.quote.prefix, found.analyst) == ("على 各国 🕊", "so ", "ada")
    assert found.note == f"Look\nagain\n\n**Bob:** {REPLY}"
    assert [paths[tag].name for tag in found.tags] == ["CBM", "Hotlines"]
    assert [(s.title, s.address) for s in project.sources] == [("A page", PAGE)]
    assert [note.text for note in project.notes] == ["On the whole page"]
    assert len(project.remarks) == 2  # the page's tag, the reply to nothing
    assert read_project(file) == project


def on(selector, **more):
    return {"type": "Annotation", "target": {"source": PAGE, "selector": selector}, **more}


QUOTE = {"type": "TextQuoteSelector", "exact": "words"}


def test_nothing_that_a_file_points_to_is_fetched(file, monkeypatch):
    def asked(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", asked)
    monkeypatch.setattr(socket, "getaddrinfo", asked)
    said = {
        "@context": ["https://evil.example/context.jsonld", {"@import": "http://evil.example/x"}],
        "type": "AnnotationCollection",
        "first": {"type": "AnnotationPage", "items": [on(QUOTE)], "next": "https://evil.example/2"},
        "last": "https://evil.example/9",
    }
    project = read(file, said)
    assert [a.quote.exact for a in project.annotations] == ["words"]
    assert project.remarks == ("Left out: 1 pages that lie elsewhere and are never fetched.",)


@pytest.mark.parametrize(
    ("start", "end"),
    [(-5, 3), (7, 3), (3, 3), (0.5, 2), ("1", "4"), (True, 4), (2**40, 2**41), (None, None)],
)
def test_a_position_that_is_none_leaves_the_words(file, start, end):
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    (found,) = read(file, [on([place, QUOTE])]).annotations
    assert (found.position, found.quote.exact) == (None, "words")


def test_selectors_in_selectors_are_read(file):
    fragment = {"type": "FragmentSelector", "value": "char=10,15", "refinedBy": QUOTE}
    (found,) = read(file, {"@graph": [on(fragment, bodyValue="A note")]}).annotations
    assert (found.position, found.note) == (TextPositionSelector(10, 15), "A note")


MANY = json.dumps([on(QUOTE, id=f"urn:x:{n}") for n in range(4)])
BAD = {
    "cut off": (MANY[:-9], "no well-formed JSON"),
    "nested": ("[" * 200_000, "nested too deep"),
    "deep objects": ('{"items":' * 200_000, "nested too deep"),
    "a long number": ("[" + "9" * 5_000 + "]", "no well-formed JSON"),
    "half of UTF-8": (b'["\xe2\x82"]', "no UTF-8"),
    "one id twice": (json.dumps([on(QUOTE, id="urn:x:1")] * 2), "have the id"),
    "too many": (MANY, "more than 3 annotations"),
    "too many lists": ("[" + "[]," * 50 + "1]", "more than"),
    "too many objects": ("[" + "{}," * 50 + "1]", "more than"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_can_not_be_read_is_refused_in_one_line(file, name, monkeypatch):
    if name.startswith("too many"):
        monkeypatch.setattr(json_text, "MAX_ANNOTATIONS", 3)
        monkeypatch.setattr(json_text, "_MOST_LISTS", 30)
    said, why = BAD[name]
    file.write_bytes(said if isinstance(said, bytes) else said.encode())
    with pytest.raises(FileRefusedError, match=why) as refused:
        read_project(file)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "said", [{}, [], [1, None, "x", [[]]], {"type": "Annotation"}, [on(QUOTE, body=[{"items": 3}])]]
)
def test_strange_values_are_passed_over(file, said):
    assert len(read(file, said).annotations) <= 1
    assert web_annotation.span("1", 2) is None
