"""Pandoc's trees as texts: any tree gives passages that fill the text, or one refusal."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.text import PassageKind as Kind
from core.importing import tree
from core.importing.document import map_tree
from core.importing.labels import label_passages
from core.importing.limits import Refused
from tests.core.importing.making import shown, spans

NO_ATTRIBUTES = ["", [], []]


def mapped(*blocks, meta=None, title_in_text=False):
    document = json.dumps({"pandoc-api-version": [1, 23], "meta": meta or {}, "blocks": blocks})
    return map_tree(tree.decode(document.encode()), lambda: None, title_in_text=title_in_text)


def node(name, *content):
    return (
        {"t": name, "c": content[0] if len(content) == 1 else list(content)}
        if content
        else {"t": name}
    )


def words(said):
    return [piece for word in said.split() for piece in (node("Space"), node("Str", word))][1:]


def para(*inlines):
    return node("Para", list(inlines))


def cell(said, down=1, across=1):
    return [
        NO_ATTRIBUTES,
        node("AlignDefault"),
        down,
        across,
        [node("Plain", words(said))] * bool(said),
    ]


def table(rows, head=()):
    def given_rows(cells):
        return [[NO_ATTRIBUTES, row] for row in cells]

    columns = [[node("AlignDefault"), node("ColWidthDefault")]] * 3
    body = [NO_ATTRIBUTES, 0, [], given_rows(rows)]
    foot = [NO_ATTRIBUTES, []]
    return node(
        "Table", NO_ATTRIBUTES, [None, []], columns, [NO_ATTRIBUTES, given_rows(head)], [body], foot
    )


def test_cells_that_span_leave_empty_ones_beside_them():
    text = mapped(
        table(
            [[cell("Estonia", down=2), cell("2007")], [cell("2021")], [cell("Japan", across=2)]],
            head=[[cell("State"), cell("Since")]],
        )
    ).text
    assert shown(text) == [
        (Kind.TABLE_HEAD, "State\tSince"),
        (Kind.TABLE_ROW, "Estonia\t2007"),
        (Kind.TABLE_ROW, "\t2021"),
        (Kind.TABLE_ROW, "Japan\t"),
    ]


def test_a_page_laid_out_as_a_table_is_read_as_a_page():
    inner = [
        NO_ATTRIBUTES,
        node("AlignDefault"),
        1,
        1,
        [node("Header", 2, NO_ATTRIBUTES, words("Head")), para(*words("Body"))],
    ]
    text = mapped(table([[inner, cell("Aside")]])).text
    assert shown(text) == [
        (Kind.HEADING, "Head"),
        (Kind.PARAGRAPH, "Body"),
        (Kind.PARAGRAPH, "Aside"),
    ]


def test_notes_follow_their_passage_and_a_table_s_notes_the_table():
    note = node("Note", [para(*words("Noted."))])
    noted = [NO_ATTRIBUTES, node("AlignDefault"), 1, 1, [node("Plain", [node("Str", "A"), note])]]
    result = mapped(table([[noted, cell("B")]]), para(node("Str", "Said."), note))
    assert shown(result.text) == [
        (Kind.TABLE_ROW, "A[1]\tB"),
        (Kind.NOTE, "[1] Noted."),
        (Kind.PARAGRAPH, "Said.[2]"),
        (Kind.NOTE, "[2] Noted."),
    ]
    assert ("note", "[2]", "2") in spans(result.text)


def test_hard_breaks_part_lines_but_not_sentences():
    lines = [
        node("Str", "Mr"),
        node("LineBreak"),
        node("Str", "Ms"),
        node("LineBreak"),
        node("Str", "and"),
    ]
    assert shown(mapped(para(*lines)).text) == [(Kind.LINE, "Mr"), (Kind.LINE, "Ms and")]
    parted = [node("Str", "One"), node("LineBreak"), node("LineBreak"), node("Str", "Two")]
    assert shown(mapped(para(*parted)).text) == [(Kind.PARAGRAPH, "One"), (Kind.PARAGRAPH, "Two")]


def test_only_web_addresses_are_links():
    links = [
        node("Link", NO_ATTRIBUTES, words("a"), [target, ""])
        for target in ("https://a.org/b", "javascript:x()", "#part", "norm:key", "file:///etc")
    ]
    assert spans(mapped(para(*links)).text) == [("link", "a", "https://a.org/b")]


def test_raw_blocks_and_pictures_leave_no_markup():
    picture = node("Image", NO_ATTRIBUTES, words("A map"), ["map.png", ""])
    named = node("Image", NO_ATTRIBUTES, words("image1.png"), ["image1.png", ""])
    result = mapped(node("RawBlock", "html", "<script>x()</script>"), para(picture), para(named))
    assert shown(result.text) == [(Kind.CAPTION, "A map")]
    assert result.remarks == ("2 pictures were left out.",)


def test_what_a_format_takes_out_of_the_text_is_put_back():
    meta = {
        "title": node("MetaInlines", words("On norms")),
        "author": node("MetaList", [node("MetaString", "A. B.")]),
    }
    result = mapped(para(*words("Text")), meta=meta, title_in_text=True)
    assert result.text.content == "On norms\nA. B.\nText"
    assert result.said == {"title": ("On norms",), "author": ("A. B.",)}


def test_composed_letters_keep_their_marks_in_place():
    strong = node("Strong", [node("Str", "cafe\u0301s")])
    text = mapped(para(node("Str", "e\u0301"), node("Space"), strong, node("Str", "\u0301"))).text
    assert unicodedata.is_normalized("NFC", text.content)
    assert ("strong", "caféś", None) in spans(text)


def test_a_long_paragraph_is_cut_between_sentences():
    text = mapped(para(*words("It is so. " * 4000))).text
    assert len(text.passages) == 3
    assert all(text.content[p.start : p.end].endswith("so.") for p in text.passages)


def test_deep_and_senseless_trees_are_refused():
    deep = para(*words("x"))
    for _ in range(70):
        deep = node("BlockQuote", [deep])
    with pytest.raises(Refused, match="nested too deeply"):
        mapped(deep)
    with pytest.raises(Refused, match="can't be understood"):
        tree.decode(b'{"blocks": [{"t": "Para", "c": 3}]}')
    with pytest.raises(Refused, match="nested too deeply"):
        tree.decode(b'{"blocks": ' + b'[{"t":"BlockQuote","c":' * 5000)


WORDS = st.text(st.characters(codec=None), max_size=12)
INLINES = st.deferred(
    lambda: st.one_of(
        st.builds(lambda said: node("Str", said), WORDS),
        st.sampled_from([node("Space"), node("SoftBreak"), node("LineBreak")]),
        st.builds(
            node,
            st.sampled_from(["Emph", "Strong", "Underline", "Strikeout", "Superscript"]),
            st.lists(INLINES, max_size=3),
        ),
        st.builds(lambda said: node("Code", NO_ATTRIBUTES, said), WORDS),
        st.builds(
            lambda said, to: node("Link", NO_ATTRIBUTES, said, [to, ""]),
            st.lists(INLINES, max_size=2),
            WORDS,
        ),
        st.builds(
            lambda said: node("Image", NO_ATTRIBUTES, said, ["", ""]), st.lists(INLINES, max_size=2)
        ),
        st.builds(lambda held: node("Note", held), st.lists(BLOCKS, max_size=2)),
    )
)
LINES = st.lists(INLINES, max_size=4)
BLOCKS = st.deferred(
    lambda: st.one_of(
        st.builds(lambda held: node("Para", held), LINES),
        st.builds(lambda held: node("Plain", held), LINES),
        st.builds(
            lambda level, held: node("Header", level, NO_ATTRIBUTES, held),
            st.integers(-2, 9),
            LINES,
        ),
        st.builds(lambda held: node("LineBlock", held), st.lists(LINES, max_size=2)),
        st.builds(lambda said: node("CodeBlock", NO_ATTRIBUTES, said), WORDS),
        st.builds(lambda held: node("BlockQuote", held), st.lists(BLOCKS, max_size=2)),
        st.builds(
            lambda held: node("BulletList", held),
            st.lists(st.lists(BLOCKS, max_size=2), max_size=2),
        ),
        st.builds(
            lambda first, held: node(
                "OrderedList", [first, node("LowerRoman"), node("TwoParens")], held
            ),
            st.integers(-5, 5000),
            st.lists(st.lists(BLOCKS, max_size=2), max_size=2),
        ),
        st.builds(
            lambda term, held: node("DefinitionList", [[term, [held]]]),
            LINES,
            st.lists(BLOCKS, max_size=2),
        ),
        st.builds(
            lambda held, down, across: table(
                [[[NO_ATTRIBUTES, node("AlignLeft"), down, across, held]]] * 2
            ),
            st.lists(BLOCKS, max_size=2),
            st.integers(-1, 3),
            st.integers(-1, 3),
        ),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=4))
def test_any_tree_gives_passages_that_fill_the_text(blocks):
    try:
        text = mapped(*blocks).text
    except Refused:
        return
    assert text.content == "\n".join(said for _, said in shown(text))
    assert unicodedata.is_normalized("NFC", text.content)
    assert all(p.n == n and p.start < p.end for n, p in enumerate(text.passages))
    assert all(0 <= s.start < s.end <= len(text.content) for s in text.spans)
    text.content.encode()
    assert not set(text.content) & set("\r\0\u2028\u2029\ufeff")
    labelled = label_passages(text.passages, text.content)
    assert [(p.start, p.end) for p in labelled] == [(p.start, p.end) for p in text.passages]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_tree_or_refused(given_bytes):
    try:
        tree.decode(given_bytes)
    except Refused:
        return
