"""Pages as pictures, and passages marked on them."""

import pytest

from core.errors import UnreadableError
from core.importing.pdf_pictures import draw_page
from core.tasks import CancelToken
from tests.core.importing.typesetting import one_page, typeset, words_at

FIRST = "States should not knowingly allow their territory to be used for wrongful acts."


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("pictures") / "set.pdf"
    made.write_bytes(
        typeset(
            "#set page(width: 100mm, height: 100mm, margin: 10mm)\n#set par(justify: true)\n"
            f"A line before it.\n\n{FIRST * 3}\n\nA line after it.\n#pagebreak()\nSecond page."
        )
    )
    return made


def _dark(picture, mark):
    """Return the share of dark pixels in a rectangle."""
    left, top = int(mark.x), int(mark.y)
    right, bottom = int(mark.x + mark.width), int(mark.y + mark.height)
    reds = [
        picture.pixels[4 * (y * picture.width + x)]
        for y in range(top, bottom)
        for x in range(left, right)
    ]
    return sum(red < 128 for red in reds) / len(reds)


def test_a_page_is_drawn_as_wide_as_asked(path):
    picture = draw_page(path, 0, 400, None, CancelToken())
    assert (picture.width, picture.height) == (400, 400)
    assert len(picture.pixels) == 4 * 400 * 400
    assert picture.pixels[:4] == b"\xff\xff\xff\xff"
    assert picture.marks == ()


def test_a_passage_is_marked_where_it_stands(path):
    picture = draw_page(path, 0, 800, FIRST * 3, CancelToken())
    assert len(picture.marks) == 5
    for mark in picture.marks:
        assert 0.05 < _dark(picture, mark) < 0.5
        assert mark.x >= 79
        assert mark.x + mark.width <= 730  # hyphens hang over
    tops = [mark.y for mark in picture.marks]
    assert tops == sorted(tops)


def test_words_inside_a_line_are_marked_alone(path):
    (mark,) = draw_page(path, 0, 800, "before it", CancelToken()).marks
    (whole,) = draw_page(path, 0, 800, "A line before it.", CancelToken()).marks
    assert mark.width < 0.7 * whole.width
    assert mark.y == whole.y


def test_words_of_another_page_are_not_marked(path):
    assert draw_page(path, 1, 200, FIRST, CancelToken()).marks == ()


def test_a_passage_over_two_pages_is_marked_on_both(tmp_path):
    made = tmp_path / "long.pdf"
    words = " ".join(f"word{n}" for n in range(150))
    made.write_bytes(
        typeset(
            "#set page(width: 80mm, height: 60mm, margin: 10mm, header: [A/76/135], "
            f'numbering: "1")\n{words}'
        )
    )
    drawn = [draw_page(made, page, 300, words, CancelToken()).marks for page in (0, 1)]
    assert all(len(marks) > 3 for marks in drawn)


def test_a_turned_page_is_marked_as_it_is_seen(tmp_path):
    made = tmp_path / "turned.pdf"
    content = words_at((12, 100, 700, "Words on a turned page"))
    made.write_bytes(one_page(content, box="0 0 595 842]/Rotate 90/X["))
    picture = draw_page(made, 0, 842, "Words on a turned page", CancelToken())
    assert (picture.width, picture.height) == (842, 595)
    (mark,) = picture.marks
    assert mark.height > 5 * mark.width
    assert 0.05 < _dark(picture, mark) < 0.5


def test_a_giant_page_is_drawn_within_bounds(tmp_path):
    made = tmp_path / "giant.pdf"
    made.write_bytes(one_page("", box="0 0 10 14400000"))
    picture = draw_page(made, 0, 1000, None, CancelToken())
    assert picture.width * picture.height <= 24_000_000


def test_what_can_not_be_drawn_is_said(path, tmp_path):
    with pytest.raises(UnreadableError, match=r"can't be shown: it has 2 pages only\."):
        draw_page(path, 5, 200, None, CancelToken())
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(UnreadableError, match="damaged"):
        draw_page(broken, 0, 200, None, CancelToken())
