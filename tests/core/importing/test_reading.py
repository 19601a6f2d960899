"""Files of every format, by what they hold; and those that are no documents."""

import os

import pytest

from core.domain.text import PassageKind as Kind
from core.errors import CancelledError, UnreadableError
from core.importing.reading import read_file
from core.tasks import CancelToken
from tests.core.importing.making import archive, docx, read, shown

MARKDOWN = """# Norms

States should *not* damage [infrastructure](https://example.org/ci).[^1]

1. One
   (with more)
2. Two

   a. Inner

[^1]: The **note**.

| State | Since |
|-------|-------|
| Estonia | 2007 |
"""


def test_markdown_keeps_its_structure(tmp_path):
    document = read(tmp_path, "norms.md", MARKDOWN)
    assert document.format == "markdown"
    assert shown(document.text) == [
        (Kind.HEADING, "Norms"),
        (Kind.PARAGRAPH, "States should not damage infrastructure.[1]"),
        (Kind.NOTE, "[1] The note."),
        (Kind.NUMBERED_ITEM, "1. One (with more)"),
        (Kind.NUMBERED_ITEM, "2. Two"),
        (Kind.NUMBERED_ITEM, "a. Inner"),
        (Kind.TABLE_HEAD, "State\tSince"),
        (Kind.TABLE_ROW, "Estonia\t2007"),
    ]
    assert [p.level for p in document.text.passages] == [1, 0, 0, 1, 1, 2, 0, 0]


def test_a_word_file_in_another_name_is_told_by_what_it_holds(tmp_path):
    assert read(tmp_path, "letter.txt", docx()).format == "docx"
    with pytest.raises(UnreadableError, match=r"rename it to \.docx"):
        read(tmp_path, "letter.epub", docx())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.docx", b"", "empty"),
        ("blank.txt", b"\xef\xbb\xbf \n\n", "empty"),
        ("picture.docx", b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        ("words.odt", b"No archive at all.", "no ODT file"),
        ("cut.docx", docx()[:-40], "damaged or cut off"),
        ("odd.zip", archive({"a.bin": b"1"}), "no document"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "of the old kind"),
        ("random.txt", bytes(range(256)) * 8, "no text"),
    ],
)
def test_what_is_no_document_is_refused_by_name(tmp_path, name, content, reason):
    with pytest.raises(UnreadableError, match=reason) as refusal:
        read(tmp_path, name, content)
    assert name in str(refusal.value)


def test_files_that_can_not_be_opened_say_why(tmp_path):
    with pytest.raises(UnreadableError, match="not there any more"):
        read_file(tmp_path / "gone.txt", cancel=CancelToken())
    with pytest.raises(UnreadableError, match=r"folder|ordinary file"):
        read_file(tmp_path, cancel=CancelToken())
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableError, match="ordinary file"):
        read_file(tmp_path / "pipe.txt", cancel=CancelToken())


def test_cancelled_reading_stops(tmp_path):
    token = CancelToken()
    token.cancel()
    (tmp_path / "a.md").write_text("Words")
    with pytest.raises(CancelledError):
        read_file(tmp_path / "a.md", cancel=token)


def test_reading_ends_with_its_time(tmp_path):
    with pytest.raises(UnreadableError, match="longer than"):
        read(tmp_path, "slow.md", "[" * 60_000 + "word", seconds=0.5)
