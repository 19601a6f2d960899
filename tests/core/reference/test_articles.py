"""Articles: what their Markdown becomes on a page, and what is refused, with file and line."""

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.text import PassageKind, SpanKind
from core.errors import UserError
from core.reference import articles
from core.reference.compilation import compile_pack
from core.reference.fingerprint import fingerprint
from core.reference.markdown import parse_article
from core.reference.validation import validate_pack

CALM = """\
Calm is asked of [states](participant:ostland). It was *first* stated in 2015 [@source:page, para.
1(a)]. Others, see para. 2 of the same text, have repeated it; [@source:page;
@source:unseen, art. 3] some doubt it [unverified].

## Who stood where

- Östland joined, says one page. [unverified: @source:unseen]
  - Later it left [@source:page]!

> Keep calm. [@source:page, p. 4]

The weight of this is for the reader to judge, as in the [old treaty](instrument:old-treaty).
"""


@pytest.fixture
def with_article(make_pack):
    """Return what writes the small pack with one article."""

    def make(text, name="norm/calm.md"):
        folder = make_pack()
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return make


def _record(folder, key="norm:calm"):
    return next(r for r in compile_pack(folder).records if r.entry.key == key)


def _spans(text, kind):
    return [
        (text.content[s.start : s.end], s.target, s.verified, s.locator)
        for s in text.spans
        if s.kind is kind
    ]


def test_an_article_stands_between_summary_and_facts(with_article):
    text = _record(with_article(CALM)).text
    lines = text.content.split("\n")
    first = lines.index(
        "Calm is asked of states. It was first stated in 2015. Others, see para. 2 of the same "
        "text, have repeated it; some doubt it."
    )
    assert lines.index("States keep calm.") < first < lines.index("Facts")
    assert lines[first + 1 : first + 6] == [
        "Who stood where",
        "Östland joined, says one page.",
        "Later it left!",
        "Keep calm.",
        "The weight of this is for the reader to judge, as in the old treaty.",
    ]
    parts = text.passages[first : first + 6]
    kinds = ["paragraph", "heading", "list-item", "list-item", "quotation", "paragraph"]
    assert [p.kind.value for p in parts] == kinds
    assert [p.level for p in parts] == [0, 2, 1, 2, 0, 0]
    assert [p.label for p in parts][:3] == ["Article, para. 1", None, "Article, para. 2"]


def test_each_claim_knows_its_source_its_place_and_whether_it_was_verified(with_article):
    cites = _spans(_record(with_article(CALM)).text, SpanKind.CITE)
    assert ("It was first stated in 2015.", "source:page", True, "para. 1(a)") in cites
    repeated = "Others, see para. 2 of the same text, have repeated it;"
    assert (repeated, "source:page", True, None) in cites
    assert (repeated, "source:unseen", True, "art. 3") in cites
    assert ("some doubt it.", None, False, None) in cites
    assert ("Östland joined, says one page.", "source:unseen", False, None) in cites
    assert ("Keep calm.", "source:page", True, "p. 4") in cites


def test_links_lead_to_records_also_by_their_old_keys(with_article):
    text = _record(with_article(CALM)).text
    links = [(words, target) for words, target, *_ in _spans(text, SpanKind.LINK)]
    assert ("states", "participant:ostland") in links
    assert ("old treaty", "instrument:treaty") in links
    assert _spans(text, SpanKind.EMPHASIS)[0][0] == "first"


def test_sources_of_an_article_are_listed_at_the_end_of_the_page(with_article):
    text = _record(with_article(CALM)).text
    listed = [
        text.content[p.start : p.end] for p in text.passages if p.kind is PassageKind.REFERENCE
    ]
    assert [words.partition(".")[0] for words in listed] == ["A page", "Another page"]


def test_a_page_tells_its_articles_from_another_edition(with_article):
    before = fingerprint(with_article(CALM))
    assert fingerprint(with_article(CALM + "\nMore.\n")) != before
    assert fingerprint(with_article(CALM)) == before


REFUSED = {
    "unknown source": ("A. [@source:gone]", 1, "there is no source “source:gone”"),
    "unknown record": ("A.\n\n[b](norm:gone) c.", 3, "there is no record “norm:gone”"),
    "web link": ("[b](https://example.org) c.", 1, "which is no record"),
    "relative link": ("[b](../x.md) c.", 1, "which is no record"),
    "script": ("[b](javascript:alert) c.", 1, "does not belong"),
    "autolink": ("A <https://example.org>.", 1, "not allowed"),
    "bare address": ("One\nsee https://example.org.", 2, "web addresses"),
    "title": ("# Keep calm", 1, "the record has the title"),
    "deep heading": ("##### x", 1, "headings below level 4"),
    "HTML block": ("a\n\n<script>x</script>", 3, "raw HTML"),
    "HTML inline": ("a\nb <b>c</b>", 2, "raw HTML"),
    "comment": ("<!-- x -->", 1, "raw HTML"),
    "image": ("![x](norm:calm)", 1, "images"),
    "remote image": ("![x](https://example.org/x.png)", 1, "images"),
    "table": ("| a | b |\n|---|---|\n| c | d |", 1, "tables"),
    "code": ("a\n\n```\nx\n```", 3, "blocks of code"),
    "indented": ("a\n\n    x", 3, "indented"),
    "code mark": ("a `b`", 1, "code marks"),
    "numbered": ("1. a", 1, "numbered lists"),
    "rule": ("a\n\n---\n\nb", 3, "rules"),
    "line break": ("a  \nb", 1, "line breaks"),
    "footnote": ("a [^1]", 1, "does not belong"),
    "reference": ("[a]: norm:calm\n\n[b][a] &amp; c", 3, "“&amp;” does not belong"),
    "entity": ("a &lt;b&gt;", 1, "does not belong"),
    "not a citation": ("a [@sources:page]", 1, "is not a citation"),
    "citation of a record": ("a [@norm:calm]", 1, "is not a citation"),
    "unknown flag": ("a [unverified @source:page]", 1, "is not a citation"),
    "open citation": ("a [@source:page b", 1, "does not belong"),
    "citation first": ("[@source:page] a", 1, "must follow the claim"),
    "citation in a heading": ("## a [@source:page]", 1, "a heading can't"),
    "citation in a link": ("[a [@source:page]](norm:calm)", 1, "does not belong"),
    "citation in brackets": ("a ([@source:page])", 1, "empty brackets"),
    "deep list": ("- a\n  - b\n    - c\n      - d", 4, "lists deeper than 3"),
    "quotation in a list": ("- > a", 1, "quotations inside"),
    "front matter": ("---\ntitle: x\n---\na", 1, "front matter"),
    "empty": ("", 1, "is empty"),
    "blank": ("\n \n", 1, "is empty"),
    "carriage returns": ("a\r\nb", 1, "line ends"),
    "byte order mark": ("\ufeffa", 1, "byte order mark"),
    "hidden direction": ("a\n\u202eb", 2, "U+202E"),
    "control": ("a\x07", 1, "U+0007"),
    "zero": ("a\x00b", 1, "U+0000"),
    "not UTF-8": (b"a\nb \xff", 2, "not UTF-8"),
    "too large": ("a " * 40_000, 1, "larger than 32 KiB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_an_article_may_not_hold_is_told_with_file_line_and_reason(with_article, name):
    text, line, reason = REFUSED[name]
    folder = with_article(text)
    problems = validate_pack(folder)
    assert {p.line for p in problems if reason in p.what} == {line}, problems
    assert {(p.file, p.key) for p in problems} == {("articles/norm/calm.md", "norm:calm")}
    with pytest.raises(UserError, match=r"articles/norm/calm\.md, line"):
        compile_pack(folder)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("norm/gone.md", "there is no record “norm:gone”"),
        ("instrument/old-treaty.md", "is an alias; the article of instrument:treaty"),
        ("source/page.md", "not a kind that has articles"),
        ("calm.md", "does not belong here"),
        ("norm/calm.txt", "does not belong here"),
        ("norm/CALM.md", "there is no record"),
        ("norm/deep/calm.md", "does not belong here"),
    ],
)
def test_files_that_belong_to_no_record(with_article, name, reason):
    (problem,) = validate_pack(with_article("A.", name))
    assert reason in problem.what
    assert problem.file.startswith("articles/")


def test_links_and_pipes_in_the_folder_are_not_followed(with_article, tmp_path):
    folder = with_article("A.")
    (tmp_path / "outside.md").write_text("Outside.", encoding="utf-8")
    (folder / "articles" / "norm" / "calm.md").unlink()
    (folder / "articles" / "norm" / "calm.md").symlink_to(tmp_path / "outside.md")
    os.mkfifo(folder / "articles" / "event.md")
    (folder / "norms.yaml").rename(folder / "norms.bak")
    (folder / "norms.yaml").symlink_to(folder / "norms.bak")
    (problem,) = validate_pack(folder)
    assert (problem.file, problem.what) == ("norms.yaml", "is not an ordinary file")
    (folder / "norms.yaml").unlink()
    (folder / "norms.bak").rename(folder / "norms.yaml")
    assert [p.what.partition(";")[0] for p in validate_pack(folder)] == [
        "does not belong here",
        "is not an ordinary file",
    ]


def test_more_files_than_a_pack_may_have(with_article, monkeypatch):
    monkeypatch.setattr(articles, "MAX_TOTAL", 1000)
    folder = with_article("A. " * 400)
    (problem,) = validate_pack(folder)
    assert "in all" in problem.what


@pytest.mark.parametrize("piece", ["[", "![", "[@", "[a](", "> ", "- ", "*a ", "*_", "|a", "<!-- "])
def test_hostile_markdown_ends_soon(piece):
    began = time.monotonic()
    parse_article((piece * articles.MAX_BYTES)[: articles.MAX_BYTES])
    assert time.monotonic() - began < 10  # it takes less than one; the bound is for slow machines


@given(st.text(alphabet="ab .\n#->*_[]()@:;,!`&<|\\u0301source", max_size=80))
def test_whatever_is_written_gives_passages_in_order_or_a_problem(words):
    parsed = parse_article(words)
    for block in parsed.blocks:
        assert block.words == block.words.strip()
        assert "\n" not in block.words
        assert block.line >= 1
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(block.words)
