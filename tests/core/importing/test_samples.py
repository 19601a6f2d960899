"""Real files that are hard to read; run where they are at hand (``NORMATLAS_SAMPLES=FOLDER``)."""

import os
from pathlib import Path

import pytest

from core.errors import UnreadableError
from core.importing.reading import read_file
from core.tasks import CancelToken

FOLDER = Path(os.environ.get("NORMATLAS_SAMPLES", "samples"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the sample files are not at hand")

REFUSED = {
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
    "poi-ExternalEntityInText.docx": "entities",
}
READ = {
    "mammoth-strict-format.docx": "Test",
    "udhr-cmn_hans.rtf": "人人有权享有生命、自由和人身安全",
    "udhr-cmn_hans.epub": "人人有权享有生命、自由和人身安全",
    "udhr-cmn_hans.html": "人人有权享有生命、自由和人身安全",
    "udhr-arb.odt": "يولد جميع الناس أحرارًا متساوين",
    "udhr-arb.epub": "يولد جميع الناس أحرارًا متساوين",
    "udhr-rus.docx": "Все люди рождаются свободными и равными",
    "udhr-rus.html": "Все люди рождаются свободными и равными",
    "udhr-spa.html": "Todos los seres humanos nacen libres",
    "udhr-fra.rtf": "Tous les êtres humains naissent libres",
    "udhr-fra.odt": "Tous les êtres humains naissent libres",
    "udhr-kor.odt": "모든 인간은 태어날 때부터 자유로우며",
    "poi-HeaderFooterUnicode.docx": "simple word document, over two pages",
    "poi-ComplexNumberedLists.docx": "This is a document with numbered lists",
    "tika-testRTFVarious.rtf": "Footnote appears here",
    "tika-testRTFJapanese.rtf": "ゾルゲと尾崎、淡々と最期",
    "tika-testRTFInvalidUnicode.rtf": "Mismatched pair",
    "tika-testEPUB_xml_ext.epub": "It was a bright cold day in April",
    "tika-testNPEOpenDocument.odt": "Práctica de GnuPG",
    "tika-boilerplate.html": "This is the real meat of the page",
    "tika-testTXTNonASCIIUTF8.txt": "Le renard brun rapide saute",
    "epubcheck-ocf-filename-utf8-valid.epub": "Call me Ishmael.",
    "ungdc-EST_76_2021.txt": "digital development and digital underdevelopment",
    "ungdc-NLD_76_2021.txt": "in the grip of the coronavirus disease",
    "unsc-S_RES_0242_1967.txt": "inadmissibility of the acquisition of territory by war",
}
SURVIVED = [
    "tika-testBinControlWord.rtf",
    "tika-testArabicMisleadingCharset.html",
    "poi-clusterfuzz-testcase-minimized-POIXWPFFuzzer-5313273089884160.docx",
    "poi-clusterfuzz-testcase-minimized-POIFuzzer-6709287337197568.docx",
    "odf-duplicate-files.odt",
    "tika-russian.cp866.txt",
    "epubcheck-ocf-filename-not-utf8-error.epub",
]


@pytest.mark.parametrize("name", READ)
def test_it_is_read_with_its_words(name):
    text = read_file(FOLDER / name, cancel=CancelToken()).text
    assert READ[name] in text.content
    assert text.content == "\n".join(text.content[p.start : p.end] for p in text.passages)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_reason(name):
    with pytest.raises(UnreadableError, match=REFUSED[name]):
        read_file(FOLDER / name, cancel=CancelToken())


@pytest.mark.parametrize("name", SURVIVED)
def test_it_is_read_or_refused_and_no_more(name):
    try:
        text = read_file(FOLDER / name, cancel=CancelToken()).text
    except UnreadableError as refusal:
        assert name in str(refusal)  # noqa: PT017 - either outcome will do
    else:
        text.content.encode()


def test_the_misleading_page_says_what_it_was_taken_for():
    remarks = read_file(FOLDER / "tika-russian.cp866.txt", cancel=CancelToken()).remarks
    assert any("taken to be cp" in remark for remark in remarks)
