"""Offsets and document positions agree on any text, whatever is drawn between."""

from hypothesis import given
from hypothesis import strategies as st

from gui.reader.offsets import Inset, OffsetMap, utf16_length

TRICKY = st.sampled_from(
    ["a", "é", "e\u0301", "😀", "👩‍👩‍👧", "\u00a0", "سلام", "\n", "\t", "𝔘", "中"]
)
TEXTS = st.lists(TRICKY | st.characters(exclude_categories=("Cs",)), max_size=40).map("".join)


@st.composite
def _texts_with_insets(draw):
    text = draw(TEXTS)
    offsets = draw(st.lists(st.integers(0, len(text)), max_size=8))
    return text, [
        (offset, draw(st.sampled_from(["1", " 12", "😀○"]))) for offset in sorted(offsets)
    ]


def _document_of(text, insets):
    """The reference: the document spelt out as UTF-16 units, with each unit's code point."""
    owner = []
    for offset in range(len(text) + 1):
        for at, inset in insets:
            if at == offset:
                owner.extend([None] * utf16_length(inset))
        if offset < len(text):
            owner.extend([offset] * utf16_length(text[offset]))
    return owner


@given(_texts_with_insets())
def test_every_code_point_maps_to_its_unit_and_back(case):
    text, insets = case
    owner = _document_of(text, insets)
    offsets = OffsetMap(text, [Inset(at, utf16_length(inset)) for at, inset in insets])
    assert offsets.document_length == len(owner)
    for offset in range(len(text)):
        position = offsets.to_document(offset)
        assert owner[position] == offset
        assert position == owner.index(offset)
        assert offsets.to_text(position) == offset
        end = offsets.to_document_end(offset + 1)
        assert owner[end - 1] == offset
    assert offsets.to_text(len(owner)) == len(text)


@given(_texts_with_insets())
def test_positions_inside_an_inset_belong_to_what_follows(case):
    text, insets = case
    offsets = OffsetMap(text, [Inset(at, utf16_length(inset)) for at, inset in insets])
    owner = _document_of(text, insets)
    for position, offset in enumerate(owner):
        if offset is None:
            following = next((o for o in owner[position:] if o is not None), len(text))
            assert offsets.to_text(position) == following
        else:
            assert offsets.to_text(position) == offset


@given(_texts_with_insets(), st.data())
def test_a_range_comes_back_as_it_was(case, data):
    text, insets = case
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = OffsetMap(text, [Inset(at, utf16_length(inset)) for at, inset in insets])
    first, last = offsets.range_to_document(start, end)
    assert (offsets.to_text(first), offsets.to_text(last)) == (start, max(start, end))
