"""Marks and snippets."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from core.search.snippet import Marker

MARKER = Marker(frozenset({"cafe"}), ((frozenset({"due"}), frozenset({"diligence"})),))


def test_hits_are_marked_and_the_rest_is_escaped():
    assert MARKER.snippet("<i>Café</i> & co") == "&lt;i&gt;<mark>Café</mark>&lt;/i&gt; &amp; co"


def test_a_phrase_is_one_mark_and_its_words_alone_are_none():
    text = "Due care, and due diligence."
    assert MARKER.snippet(text) == "Due care, and <mark>due diligence</mark>."


def test_a_symbol_is_marked_with_its_closing_parenthesis():
    marker = Marker(phrases=((frozenset({"13"}), frozenset({"f"})),))
    assert marker.snippet("para. 13(f), first") == "para. <mark>13(f)</mark>, first"


def test_a_long_text_is_cut_around_the_hits():
    text = "word " * 300 + "due diligence at a café " + "word " * 300
    snippet = MARKER.snippet(text, 100)
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert "<mark>due diligence</mark> at a <mark>café</mark>" in snippet
    assert len(re.sub("<[^>]*>", "", snippet)) <= 102


@given(st.text(), st.integers(20, 300))
def test_a_snippet_is_a_stretch_of_the_text(text, width):
    marker = Marker(frozenset({"a", "0"}))
    bare = unescape(marker.snippet(text, width).replace("<mark>", "").replace("</mark>", ""))
    flat = text.replace("\n", " ").replace("\t", " · ")
    if "&" not in text:
        assert bare.removeprefix("…").removesuffix("…") in flat or "…" in text
    for start, end in marker.spans(text):
        assert 0 <= start < end <= len(text)
