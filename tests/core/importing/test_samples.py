"""Real files that are hard to read; run where they are at hand, with their list beside them.

They lie in ``shared/samples`` beside the project, or where ``NORMATLAS_SAMPLES`` says.
"""

import csv
import os
from pathlib import Path

import pytest

from core.errors import UnreadableError
from core.importing.reading import read_file
from core.tasks import CancelToken

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "samples"
FOLDER = Path(os.environ.get("NORMATLAS_SAMPLES", BESIDE))
LIST = FOLDER / "manifest.csv"

REASONS = {
    "tika-testWORD_protected_passtika.docx": "encrypted",
    "epubcheck-ocf-zip-unreadable-empty-fatal.epub": "empty",
    "odf-PasswordProtected.odt": "encrypted",
    "epubcheck-ocf-zip-unreadable-image-with-epub-extension-fatal.epub": "picture",
    "poi-bug53475-password-is-pass.docx": "encrypted",
    "tika-testODTEncrypted.odt": "encrypted",
    "tika-testWORD_truncated.docx": "cut off",
    "tika-testODTnotaZipFile.odt": "no ODT file",
    "epubcheck-ocf-container-not-ocf-error.epub": "no EPUB file",
    "poi-truncated62886.docx": "cut off",
    "epubcheck-ocf-zip-unreadable-no-end-header-fatal.epub": "cut off",
    "pdfminer-aes-256-r6.pdf": "encrypted",
    "pdfplumber-zero-bytes.pdf": "empty",
    "tika-testOCR.pdf": "pictures; run text recognition",
    "poi-ExternalEntityInText.docx": "entities",
    "made-TAMReview-truncated.pdf": "cut off",
    "opf-T02-02_002_recursive-kids.pdf": "blank",
}
"""What is said of those that are refused; of any other it must not be refused for these."""


def _listed():
    if not LIST.is_file():
        return []
    with LIST.open(encoding="utf-8", newline="") as file:
        return [(row["file"], row["expect"], row["must_find"]) for row in csv.DictReader(file)]


def test_the_samples_are_at_hand():
    if not LIST.is_file():
        pytest.skip("the sample files are not at hand")
    named = {name for name, _, _ in _listed()}
    assert named >= set(REASONS)
    assert all((FOLDER / name).is_file() for name in named)


@pytest.mark.parametrize(("name", "expected", "words"), _listed())
def test_a_sample_is_read_or_refused_as_listed(name, expected, words):
    refusal, text = "", None
    try:
        text = read_file(FOLDER / name, cancel=CancelToken()).text
    except UnreadableError as error:
        refusal = str(error)
    if text is None:
        assert expected != "text"
        assert refusal.startswith(f"“{name}” was not read: ")
        assert REASONS.get(name, "damaged") in refusal
    else:
        assert expected in ("text", "survive")
        assert name not in REASONS
        assert words in text.content
        assert text.content == "\n".join(text.content[p.start : p.end] for p in text.passages)
        text.content.encode()


def test_a_page_of_unnamed_characters_says_what_it_was_taken_for():
    sample = FOLDER / "tika-russian.cp866.txt"
    if not sample.is_file():
        pytest.skip("the sample files are not at hand")
    remarks = read_file(sample, cancel=CancelToken()).remarks
    assert any("taken to be cp" in remark for remark in remarks)
