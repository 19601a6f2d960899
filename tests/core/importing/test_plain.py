"""Plain text: folded lines, headings and items; encodings with and without a word on them."""

import pytest

from core.domain.text import PassageKind as Kind
from core.errors import UnreadableError
from tests.core.importing.making import read, shown

FOLDED = """RESOLUTION ON NORMS

The Security Council,

Recalling that the use of information and communi-
cations technologies must be peaceful, and that
communications matter to every one of us here,

1. Affirms that States should

(a) cooperate in good faith with each other on all
the things that need cooperation;

- exchange views
- meet
"""


def test_folded_lines_are_joined_and_parts_are_told_apart(tmp_path):
    document = read(tmp_path, "resolution.txt", FOLDED)
    assert shown(document.text) == [
        (Kind.HEADING, "RESOLUTION ON NORMS"),
        (Kind.PARAGRAPH, "The Security Council,"),
        (
            Kind.PARAGRAPH,
            (
                "Recalling that the use of information and communications technologies must be "
                "peaceful, and that communications matter to every one of us here,"
            ),
        ),
        (Kind.PARAGRAPH, "1. Affirms that States should"),
        (
            Kind.NUMBERED_ITEM,
            "(a) cooperate in good faith with each other on all the things that need cooperation;",
        ),
        (Kind.LIST_ITEM, "exchange views"),
        (Kind.LIST_ITEM, "meet"),
    ]
    assert [p.label for p in document.text.passages][2:5] == ["PP 1", "OP 1", "OP 1 (a)"]
    assert document.metadata.title == "RESOLUTION ON NORMS"


def test_lines_that_are_paragraphs_stay_apart(tmp_path):
    text = "A first paragraph that ends.\nA second one that ends too.\nMr Smith\nMs Jones\n"
    assert len(read(tmp_path, "speech.txt", text).text.passages) == 4


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe 中文"),
        ("utf-8-sig", "Größe"),
        ("utf-16", "Größe"),
        ("utf-16-le", "A plain sentence without a mark of its order."),
        ("cp1252", "L’été dernier, l’Assemblée générale a rappelé son engagement à la sécurité."),
        ("cp1251", "Генеральная Ассамблея вновь подтверждает принципы международного права."),
        ("shift_jis", "国際連合総会は、国際法の諸原則を再確認し、すべての国に協力を要請する。"),
    ],
)
def test_encodings(tmp_path, encoding, text):
    document = read(tmp_path, "words.txt", text.encode(encoding))
    assert document.text.content == text


def test_a_guessed_encoding_is_said(tmp_path):
    text = "Генеральная Ассамблея вновь подтверждает принципы международного права."
    (remark,) = read(tmp_path, "words.txt", text.encode("cp1251")).remarks
    assert "taken to be cp1251" in remark


def test_composed_once_with_direction_kept_and_controls_gone(tmp_path):
    content = read(
        tmp_path, "words.txt", "Cafe\u0301 \u200fשלום\u200e co\u00adoperation\x07\r\nx"
    ).text
    assert content.content == "Café \u200fשלום\u200e cooperation\nx"


def test_a_few_nuls_are_left_out_and_many_are_no_text(tmp_path):
    document = read(tmp_path, "log.txt", b"some words\0 and more words" + b" here" * 100)
    assert document.remarks == ("1 NUL byte was left out.",)
    with pytest.raises(UnreadableError, match="no text"):
        read(tmp_path, "data.txt", b"some\0\0words\0\1\0" * 400)


def test_text_without_end_is_refused(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
        file.write(b"words")
    with pytest.raises(UnreadableError, match=r"huge\.txt.*MB of text"):
        read_again(path)
    with pytest.raises(UnreadableError, match="may have"):
        read(tmp_path, "long.txt", b"A line of words.\n" * 160_000)


def read_again(path):
    from core.importing.reading import read_file
    from core.tasks import CancelToken

    return read_file(path, cancel=CancelToken())
