"""Saved web pages: the main text, what they say of themselves, and nothing that runs or loads."""

from contextlib import suppress

import pytest

from core.domain.text import PassageKind
from core.errors import UnreadableError
from tests.core.importing.making import read, shown, spans

SENTENCE = "States should not knowingly allow their territory to be used for wrongful acts. "
PAGE = f"""<!-- saved from url=(0031)https://example.org/statement -->
<html lang="en-GB"><head><title>Statement on norms | The Ministry</title>
<meta property="og:site_name" content="The Ministry">
<meta name="citation_author" content="A. Analyst"><meta name="citation_author" content="B. Writer">
<meta name="citation_publication_date" content="2021/05/28">
<script>steal()</script><style>p {{color: red}}</style></head><body>
<nav><ul><li><a href="/">Home page of the ministry</a></li><li><a href="/n">News</a></li>
</ul></nav>
<div class="side"><a href="/x">Read about something else entirely, with a long title</a></div>
<article><h2>Norms</h2>
<p onclick="steal()">{SENTENCE * 3}<a href="/report#top">The report</a> says so.</p>
<p>{SENTENCE * 2}<img src="https://tracker.example/x.gif" alt="A map of the region"></p>
<ol start="13"><li>{SENTENCE}</li><li>{SENTENCE * 2}</li></ol></article>
<form><input value="Search words"><button>Send it now</button></form>
<footer>Imprint and privacy</footer></body></html>"""


def test_the_main_text_is_kept_with_its_structure(tmp_path):
    document = read(tmp_path, "saved.html", PAGE)
    kinds = [(kind, words[:30]) for kind, words in shown(document.text)]
    assert kinds == [
        (PassageKind.HEADING, "Statement on norms"),
        (PassageKind.HEADING, "Norms"),
        (PassageKind.PARAGRAPH, SENTENCE[:30]),
        (PassageKind.PARAGRAPH, SENTENCE[:30]),
        (PassageKind.NUMBERED_ITEM, "13. States should not knowingl"),
        (PassageKind.NUMBERED_ITEM, "14. States should not knowingl"),
    ]
    assert "[A map of the region]" in document.text.content
    assert spans(document.text) == [("link", "The report", "https://example.org/report#top")]


def test_a_page_says_who_wrote_it_and_when(tmp_path):
    metadata = read(tmp_path, "saved.html", PAGE).metadata
    assert metadata.title == "Statement on norms"
    assert metadata.authors == ("A. Analyst", "B. Writer")
    assert (metadata.date, metadata.language) == ("2021-05-28", "en-GB")
    assert (metadata.publisher, metadata.address) == (
        "The Ministry",
        "https://example.org/statement",
    )


def test_what_the_page_calls_its_main_part_is_kept_whole(tmp_path):
    articles = "".join(
        f"<div><a href='#'>Article {n}</a><div class='x whitespace-pre-wrap'>1. {SENTENCE}\n\n"
        f"2. {SENTENCE * 2}</div></div>"
        for n in range(1, 9)
    )
    page = (
        "<html><head><title>Treaty on Conduct — Open Library</title></head><body><nav>Menu</nav>"
        "<main><h1>Treaty on  Conduct</h1><details><summary>Preamble</summary><div>The Parties,"
        f"</div></details><div>{articles}</div></main><aside>{SENTENCE}</aside></body></html>"
    )
    document = read(tmp_path, "treaty.html", page)
    words = [text for _, text in shown(document.text)]
    assert words[:4] == ["Treaty on Conduct", "Preamble", "The Parties,", "Article 1"]
    assert [p.label for p in document.text.passages[3:6]] == [
        "Article 1",
        "Article 1 (1)",
        "Article 1 (2)",
    ]
    assert len(words) == 3 + 8 * 3
    said = document.metadata
    assert (said.title, said.publisher) == ("Treaty on Conduct", "Open Library")


def test_a_page_that_is_all_text_is_kept_whole(tmp_path):
    page = "<html><body><h1>Act</h1><p>One.</p><form><p>Two.</p></form><script>x</script></body>"
    document = read(tmp_path, "act.htm", page)
    assert document.text.content == "Act\nOne.\nTwo."
    assert document.metadata.title == "Act"


def test_scripts_styles_and_hidden_words_never_show(tmp_path):
    page = (
        "<html><body><p>Seen<script>evil()</script> well</p><p hidden>secret</p>"
        "<p style='display: none'>secret</p><!-- secret --><svg><text>secret</text></svg>"
        "<p><a href='javascript:evil()'>click</a></p></body></html>"
    )
    document = read(tmp_path, "page.html", page)
    assert document.text.content == "Seen well\nclick"
    assert not document.text.spans


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("cp1251", "windows-1251"), ("shift_jis", "Shift_JIS"), ("utf-16", "")],
)
def test_a_page_s_own_encoding_is_believed(tmp_path, charset, declared):
    words = "日本語" if charset == "shift_jis" else "Безопасность"
    page = f"<html><head><meta charset='{declared}'></head><body><p>{words}</p></body></html>"
    assert read(tmp_path, "page.html", page.encode(charset)).text.content == words


def test_an_archived_page_is_read_from_its_parts(tmp_path):
    archived = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\n"
        "Subject: A\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html"; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/html\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        '<html><head><meta charset=3D"utf-8"></head><body><p>Caf=C3=A9</p></body></html>\r\n'
        "--cut--\r\n"
    )
    document = read(tmp_path, "page.mhtml", archived)
    assert document.text.content == "Café"
    assert document.metadata.address == "https://example.org/a"


def test_a_page_without_words_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match="no text"):
        read(tmp_path, "empty.html", "<html><body><script>x()</script></body></html>")


def test_a_page_nested_without_end_ends_only_itself(tmp_path):
    deep = "<html><body>" + "<div>" * 50_000 + "words" + "</body></html>"
    with suppress(UnreadableError):
        assert "words" in read(tmp_path, "deep.html", deep).text.content
    assert read(tmp_path, "next.html", "<html><p>Next</p></html>").text.content == "Next"
