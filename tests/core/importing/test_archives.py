"""Hostile and broken office files: each is refused with a reason, or read without its traps."""

import io
import zipfile

import pytest

from core.errors import UnreadableError
from tests.core.importing.making import TYPES, WORD, archive, docx, read

ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def with_members(extra, **changed):
    """A Word file with members added by hand."""
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as made:
        for info, content in extra:
            made.writestr(info, content)
    return out.getvalue()


def refusal(folder, content, name="file.docx"):
    with pytest.raises(UnreadableError) as error:
        read(folder, name, content)
    assert name in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, compression):
    bomb = archive(
        {"[Content_Types].xml": TYPES, "word/document.xml": b" " * 40_000_000}, compression
    )
    assert "unpacks to far more" in refusal(tmp_path, bomb)


def test_many_members_are_refused(tmp_path):
    assert "members" in refusal(tmp_path, archive({f"{n}.xml": "" for n in range(20_001)}))


@pytest.mark.parametrize("name", ["../../outside.xml", "/etc/outside.xml", "C:/outside.xml"])
def test_nothing_reaches_outside(tmp_path, name):
    assert "outside itself" in refusal(tmp_path, with_members([(name, "x")]))
    assert [path.name for path in tmp_path.iterdir()] == ["file.docx"]


def test_links_and_nameless_members_are_passed_over(tmp_path):
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = 0o120777 << 16
    content = with_members([(link, "/etc/passwd"), (zipfile.ZipInfo(""), "x")])
    assert read(tmp_path, "file.docx", content).text.content == "Hello"


def test_the_first_of_two_members_with_one_name_is_read(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        content = with_members([("word/document.xml", "<broken")])
    assert read(tmp_path, "file.docx", content).text.content == "Hello"


def test_encrypted_members_are_named_so(tmp_path):
    content = bytearray(docx())
    content[6] |= 1  # the flag in the first member's own header
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    assert "encrypted" in refusal(tmp_path, bytes(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_resolved(tmp_path, encoding):
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?>{ENTITY}<w:document xmlns:w="{WORD}"><w:body>'
        "<w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "entities" in refusal(tmp_path, docx(word__document=b"", **{
        "word__document.xml": body.encode(encoding)
    }))  # fmt: skip


def test_strict_word_files_are_read(tmp_path):
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        "<w:p><w:r><w:t>Strictly so</w:t></w:r></w:p></w:body></w:document>"
    )
    content = docx(**{"word__document.xml": strict})
    assert read(tmp_path, "file.docx", content).text.content == "Strictly so"


def test_names_that_are_not_utf_8_do_no_harm(tmp_path):
    content = with_members([("word/\xe9\xe8.xml", "<x/>")])
    assert read(tmp_path, "file.docx", content).text.content == "Hello"


def test_locked_e_books_and_encrypted_texts_say_so(tmp_path):
    book = archive({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container/>",
        "META-INF/encryption.xml": '<e><CipherReference URI="a.xhtml"/></e>',
    })  # fmt: skip
    assert "DRM" in refusal(tmp_path, book, "book.epub")
    text = archive({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<x/>",
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
    })  # fmt: skip
    assert "encrypted" in refusal(tmp_path, text, "text.odt")


def test_tracked_changes_and_comments_are_told(tmp_path):
    body = (
        "<w:p><w:ins w:id='1' w:author='A'><w:r><w:t>New</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='A'><w:r><w:delText>Old</w:delText></w:r></w:del></w:p>"
    )
    document = read(tmp_path, "draft.docx", docx(body))
    assert document.text.content == "New"
    assert document.remarks == ("2 tracked changes were taken as accepted.",)
