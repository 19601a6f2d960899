"""PDF files as they read: order, structure, labels, scripts; and those that are refused."""

import zlib

import pytest

from core.domain.text import PassageKind as Kind
from core.errors import CancelledError, UnreadableError
from core.importing import pdf
from core.importing.child import Deadline
from core.importing.limits import Refused
from core.importing.pdf import read_pdf
from core.importing.reading import read_file
from core.tasks import CancelToken
from tests.core.importing.making import read, shown, spans
from tests.core.importing.typesetting import (
    need_font,
    one_page,
    read_set,
    stream,
    typeset,
    words_at,
    written,
)

REPORT = """
#set document(title: "On the conduct of States", author: "The Group", date: datetime(
  year: 2021, month: 7, day: 14))
#set text(lang: "en", size: 10pt)
#set page(width: 148mm, height: 210mm, margin: 20mm, numbering: "1",
  header: [A/76/135 #h(1fr) Advance copy])
#set par(justify: true)
#set heading(numbering: none)
= On the conduct of States

States should not knowingly allow their territory to be used for internationally wrongful acts
using information and communications technologies.#footnote[See resolution 70/237, and what was
said of it.] They reaffirm what was said before, and what follows from it for the security of
all, and add nothing else.

== Norms

#lorem(140)

+ Consistent with the purposes of the United Nations, States should cooperate.
+ In case of incidents, States should consider all relevant information.

- A simple point of the list
- Another point

== Cooperation

#lorem(160)

#table(columns: 2, [State], [Since], [Estonia], [2007], [Georgia], [2008])
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return read_set(tmp_path_factory.mktemp("pdf"), REPORT)


def test_a_report_keeps_its_headings_items_notes_and_rows(report):
    words = shown(report.text)
    assert words[0] == (Kind.HEADING, "On the conduct of States")
    kinds = [(kind, text[:24]) for kind, text in words]
    assert (Kind.HEADING, "Norms") in kinds
    assert (Kind.HEADING, "Cooperation") in kinds
    assert (Kind.NUMBERED_ITEM, "1. Consistent with the p") in kinds
    assert (Kind.LIST_ITEM, "A simple point of the li") in kinds
    assert (Kind.TABLE_ROW, "Estonia\t2007") in words
    assert words[2] == (Kind.NOTE, "[1] See resolution 70/237, and what was said of it.")
    levels = [p.level for p in report.text.passages if p.kind is Kind.HEADING]
    assert levels == [1, 2, 2]


def test_a_note_hangs_on_its_mark(report):
    assert spans(report.text) == [("note", "[1]", "1"), ("note", "[1]", "1")]
    assert report.text.passages[2].label == "note 1"


def test_running_heads_and_page_numbers_are_left_out(report):
    assert "Advance copy" not in report.text.content
    assert not any(text.isdigit() for _, text in shown(report.text))


def test_a_paragraph_across_pages_is_one_and_has_the_page_it_begins_on(report):
    paragraphs = [text for kind, text in shown(report.text) if kind is Kind.PARAGRAPH]
    assert len(paragraphs) == 3  # no page's end makes two of one
    assert report.pages == ("1", "2")
    assert report.text.passages[0].page == "1"
    assert report.text.passages[-1].page == "2"


def test_what_it_says_of_itself(report):
    said = report.metadata
    assert (said.title, said.authors) == ("On the conduct of States", ("The Group",))
    assert (said.date, said.language) == ("2021-07-14", "en")
    assert report.format == "pdf"


def test_a_symbol_at_the_head_of_each_page_parts_no_sentence(tmp_path):
    page = '#set page(width: 110mm, height: 70mm, header: align(right)[A/70/174], numbering: "1/1")'
    sentence = "States should not knowingly allow their territory to be used for wrongful acts. "
    document = read_set(tmp_path, f"{page}\n{sentence * 12}")
    assert document.text.content == (sentence * 12).strip()
    assert document.pages == ("1", "2")


def test_ragged_lines_go_on_and_an_article_begins_anew(tmp_path):
    lines = [
        "Each Party shall take care, in all that it does and in all that is done for it",
        "by others on its territory or elsewhere under its control, so that",
        "internationally wrongful acts are not done by means of these technologies, under",
        "the law of the sea, and of all else.",
        "Article 7. Each Party shall say what it has done to keep to what it promised",
        "here.",
    ]
    placed = [(10, 60, 700 - 12 * n, line) for n, line in enumerate(lines)]
    wide = words_at(*placed, (10, 60, 500, "- " * 62))
    document = read(tmp_path, "ragged.pdf", one_page(wide))
    words = [text for _, text in shown(document.text)]
    assert words[:2] == [" ".join(lines[:4]), " ".join(lines[4:])]


def test_columns_are_read_one_after_the_other(tmp_path):
    document = read_set(
        tmp_path,
        """
        #set page(width: 160mm, height: 120mm)
        #set par(justify: true)
        = A title across both
        #columns(2)[
          First column begins. #lorem(40)

          The first column ends with this.
          #colbreak()
          Second column begins. #lorem(40)

          The second column ends so.
        ]
        """,
    )
    content = document.text.content
    order = ["A title across", "First column begins", "first column ends", "Second column begins"]
    places = [content.index(words) for words in (*order, "second column ends so")]
    assert places == sorted(places)
    assert all("First" not in text or "Second" not in text for _, text in shown(document.text))


def test_words_parted_at_a_line_end_are_whole_and_own_hyphens_stay(tmp_path):
    sentence = (
        "Confidence-building measures and cybersecurity cooperation between participating "
        "organisations strengthen interoperability; well-known responsibilities of "
        "intergovernmental institutions require confidence-building and transparency "
        "measures notwithstanding "
        "extraterritorial jurisdiction over telecommunications infrastructure. "
    )
    document = read_set(
        tmp_path,
        '#set page(width: 75mm, height: 400mm)\n#set text(lang: "en", hyphenate: true)\n'
        "#set par(justify: true)\n" + sentence * 3,
    )
    assert document.text.content == (sentence * 3).strip()


def test_page_labels_are_the_files_own(tmp_path):
    document = read_set(
        tmp_path,
        '#set page(numbering: "i", height: 60mm)\nPreface of some length.\n'
        '#pagebreak()\nMore of it.\n#set page(numbering: "1")\n#counter(page).update(1)\n'
        "The report proper.",
    )
    assert document.pages == ("i", "ii", "1")
    assert [p.page for p in document.text.passages] == ["i", "ii", "1"]


def test_articles_are_labelled_as_one_cites_them(tmp_path):
    document = read_set(
        tmp_path,
        """
        #set page(height: 200mm)
        *Article 35*

        1. #h(0.5em) Nothing in this Convention shall affect other rights.

        2. #h(0.5em) Each State Party shall take measures.

        *Article 36*

        Each State may withdraw.
        """,
    )
    labels = [p.label for p in document.text.passages]
    assert labels == ["Article 35", "Article 35 (1)", "Article 35 (2)", "Article 36", "Article 36"]


def test_articles_at_the_head_of_each_page_are_no_running_heads(tmp_path):
    duties = ["cooperate", "inform others", "give notice", "make good", "report on this"]
    pages = [f"*Article {n}*\n\nEach State shall {duty}." for n, duty in enumerate(duties, 1)]
    document = read_set(tmp_path, "#set page(height: 60mm)\n" + "\n#pagebreak()\n".join(pages))
    assert [p.label for p in document.text.passages[::2]] == [f"Article {n}" for n in range(1, 6)]


def test_arabic_reads_in_its_own_order(tmp_path):
    family = need_font("Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans")
    sentence = (
        "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرا وعليهم أن يعامل "
        "بعضهم بعضا بروح الإخاء في عام 1948 وفي الأمم المتحدة."
    )
    document = read_set(
        tmp_path,
        f'#set page(width: 100mm, height: 100mm)\n#set text(font: "{family}", lang: "ar")\n'
        f"{sentence}",
        fonts=True,
    )
    assert document.text.content == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "人人有权享有生命、自由和人身安全。任何人不得使为奴隶或奴役;一切形式的奴隶制度和奴隶买卖,均应予以禁止。"
        * 2,
        "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。" * 2,
    ],
)
def test_east_asian_text_has_no_spaces_at_line_ends(tmp_path, sentence):
    family = need_font("Noto Sans CJK SC", "Noto Sans CJK JP", "Droid Sans Fallback")
    document = read_set(
        tmp_path,
        f'#set page(width: 90mm, height: 100mm)\n#set text(font: "{family}")\n{sentence}',
        fonts=True,
    )
    assert document.text.content == sentence


def test_letters_alone_between_spaces_are_not_lost(tmp_path):
    document = read(
        tmp_path,
        "digits.pdf",
        one_page(
            "BT /F 12 Tf 72 700 Td (Article) Tj ET BT /F 12 Tf 130 700 Td (7) Tj ET\n"
            + words_at((12, 72, 680, "Each State may withdraw at any time."))
        ),
    )
    assert shown(document.text)[0][1] == "Article 7"


def test_the_columns_of_a_bilingual_treaty_are_read_one_by_one(tmp_path):
    left = [(10, 60, 700 - 12 * n, f"English line {n} of the treaty text") for n in range(12)]
    right = [(10, 320, 700 - 12 * n, f"Ligne {n} du texte de la convention") for n in range(12)]
    content = read(tmp_path, "treaty.pdf", one_page(words_at(*left, *right))).text.content
    assert content.index("English line 11") < content.index("Ligne 0")


def test_a_picture_of_text_is_named_as_such(tmp_path):
    image = stream("0", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
                        "/ColorSpace/DeviceGray")  # fmt: skip
    scan = one_page("q 500 0 0 700 40 40 cm /X Do Q", more=[image])
    with pytest.raises(UnreadableError, match=r"“scan\.pdf” .* no text layer.*text recognition"):
        read(tmp_path, "scan.pdf", scan)


def test_blank_pages_are_said_to_be_blank(tmp_path):
    with pytest.raises(UnreadableError, match="blank"):
        read(tmp_path, "blank.pdf", one_page(""))


def test_an_encrypted_file_is_refused_with_what_to_do(tmp_path):
    key = "<" + "ab" * 32 + ">"
    pages = "<</Type/Pages/Kids[]/Count 0>>"
    crypt = f"/Encrypt <</Filter/Standard/V 1/R 2/O {key}/U {key}/P -44>>/ID[{key}{key}]"
    with pytest.raises(UnreadableError, match="encrypted; open it with its password"):
        read(tmp_path, "secret.pdf", written(["<</Type/Catalog/Pages 2 0 R>>", pages], crypt))


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_file_cut_off_is_refused_in_one_sentence(tmp_path, share):
    whole = typeset("#lorem(300)")
    with pytest.raises(UnreadableError, match=r"^“cut\.pdf” was not read: it is damaged or cut"):
        read(tmp_path, "cut.pdf", whole[: int(len(whole) * share)])


def test_pages_that_hold_themselves_end(tmp_path):
    looped = written(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>",
            "<</Type/Pages/Kids[2 0 R]/Count 1>>",
        ]
    )
    with pytest.raises(UnreadableError, match="was not read"):
        read(tmp_path, "looped.pdf", looped)


def test_a_form_that_draws_itself_ends(tmp_path):
    form = stream(
        "BT /F 12 Tf 72 700 Td (Once is enough) Tj ET /X Do",
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>"
        "/XObject<</X 6 0 R>>>>",
    )
    document = read(tmp_path, "form.pdf", one_page("/X Do", more=[form]))
    assert "Once is enough" in document.text.content


def test_a_page_of_giant_size_is_read(tmp_path):
    far = one_page(
        words_at((12, 72, 700, "Near the corner"), (12, 9e8, 9e8, "Far away")),
        box="0 0 1000000000 1000000000",
    )
    assert "Near the corner" in read(tmp_path, "giant.pdf", far).text.content


def test_a_million_pages_by_a_trick_are_refused(tmp_path):
    pages = written(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )
    with pytest.raises(UnreadableError, match=r"more than 20,000 pages|damaged|blank"):
        read(tmp_path, "many.pdf", pages)


def test_time_is_limited(tmp_path):
    path = tmp_path / "slow.pdf"
    path.write_bytes(typeset("Short."))
    with pytest.raises(Refused, match=r"longer than 0\.001 seconds"):
        read_pdf(path, CancelToken(), Deadline(0.001))
    assert read_pdf(path, CancelToken()).text.content == "Short."  # the next is not concerned


def test_letters_that_are_spaced_out_are_words(tmp_path):
    spaced = words_at((12, 72, 700, "CHAPTER OF RULES")).replace("BT", "BT 5 Tc", 1)
    document = read(tmp_path, "spaced.pdf", one_page(spaced))
    assert document.text.content == "CHAPTER OF RULES"


def test_cancelling_ends_it(tmp_path):
    path = tmp_path / "late.pdf"
    path.write_bytes(typeset("Short."))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        read_file(path, cancel=cancel)


def test_paragraphs_of_one_line_stay_apart(tmp_path):
    document = read_set(
        tmp_path,
        "#set page(height: 90mm)\nStates should settle disputes.\n\nAnd nothing else follows it.",
    )
    assert len(document.text.passages) == 2


def test_hyphens_are_told_by_the_words_of_the_text(tmp_path):
    lines = [
        "The under-", "standing of States is stand-", "ing law; the decision-", "making of all",
        "bodies. Under it decision-making stands and is standing.",
    ]  # fmt: skip
    placed = [(10, 60, 700 - 12 * n, line) for n, line in enumerate(lines)]
    content = read(tmp_path, "hyphens.pdf", one_page(words_at(*placed))).text.content
    assert "understanding of States is standing law; the decision-making of all" in content


def test_raised_words_keep_the_space_before_them(tmp_path):
    document = read_set(
        tmp_path,
        "#set super(typographic: false)\nThe 10#super[th] meeting #super[raised words] ends.\n",
    )
    assert document.text.content == "The 10th meeting raised words ends."


@pytest.mark.parametrize("forks", [True, False])
def test_what_unpacks_to_more_than_the_memory_ends_that_file_alone(tmp_path, monkeypatch, forks):
    if forks and not pdf.FORKS:
        pytest.skip("a process that has loaded libraries can't fork here")
    monkeypatch.setattr(pdf, "FORKS", forks)
    monkeypatch.setattr(pdf, "MEMORY", 300 * 1024 * 1024)
    packer, blanks = zlib.compressobj(1), b" " * 1_000_000
    packed = b"".join(packer.compress(blanks) for _ in range(400)) + packer.flush()
    bomb = one_page("").replace(
        b"<</Length 0>>stream\n",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed,
    )
    with pytest.raises(UnreadableError, match=r"more memory than it may take|damaged"):
        read(tmp_path, "bomb.pdf", bomb)
    after = read(tmp_path, "after.pdf", one_page(words_at((12, 72, 700, "Read all the same"))))
    assert after.text.content == "Read all the same"


def test_a_resolution_keeps_its_centred_title_whole(tmp_path):
    title = (
        "73/27. Developments in the field of information and telecommunications in the context "
        "of international security"
    )
    document = read_set(
        tmp_path,
        "#set page(width: 210mm, height: 200mm, margin: 25mm, footer: [#align(center)[1/4]])\n"
        f"#align(center)[*{title}*]\n\n_Recalling_ its resolutions 36/103 and 43/78 H, #lorem(40)"
        "\n\n1. #h(4mm) _Welcomes_ the rules of responsible behaviour of States.",
    )
    words = shown(document.text)
    assert words[0] == (Kind.HEADING, title)
    assert len(words) == 3
