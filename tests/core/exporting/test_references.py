"""Reference managers read back what is written for them."""

import json

import bibtexparser
import pytest
import rispy

from core.exporting import references

WORKS = [
    {
        "id": "instrument:gge-2015",
        "type": "report",
        "title": "Report of the {Group} & 100 % of_its experts",
        "author": [{"literal": "UN General Assembly"}],
        "number": "UN Doc. A/70/174",
        "issued": {"date-parts": [[2015, 7, 22]]},
    },
    {
        "id": "instrument:gge 2015",
        "type": "webpage",
        "title": "البنية التحتية\nالحيوية",
        "author": [{"family": "Öztürk", "given": "Ada"}, {"literal": "A body"}],
        "URL": "https://example.org/?p=1&q=a_b",
        "issued": {"date-parts": [[2015], [2016]]},
    },
    {"id": "page-norm:x", "type": "chapter", "title": "X", "container-title": "Pack"},
]


def test_csl_json_is_what_was_cited():
    assert json.loads(references.render_csl(WORKS)) == WORKS


def test_bibtex_is_read_back():
    library = bibtexparser.parse_string(references.render_bibtex(WORKS))
    assert not library.failed_blocks
    report, page, chapter = library.entries
    keys = ["instrument-gge-2015", "instrument-gge-2015-2", "page-norm-x"]
    assert [e.key for e in library.entries] == keys
    assert report.entry_type == "techreport"
    assert report["number"] == "UN Doc. A/70/174"
    assert report["title"] == r"{Report of the \{Group\} \& 100 \% of\_its experts}"
    assert report["month"] == "jul"
    assert page["author"] == "Öztürk, Ada and {A body}"
    assert page["url"] == WORKS[1]["URL"]
    assert chapter["booktitle"] == "Pack"


def test_ris_is_read_back():
    report, page, _ = rispy.loads(references.render_ris(WORKS))
    assert report["type_of_reference"] == "RPRT"
    assert report["title"] == WORKS[0]["title"]
    assert report["authors"] == ["UN General Assembly"]
    assert report["date"] == "2015/07/22/"
    assert page["authors"] == ["Öztürk, Ada", "A body"]
    assert page["urls"] == [WORKS[1]["URL"]]
    assert page["title"] == "البنية التحتية الحيوية"


@pytest.mark.parametrize("name", ["render_bibtex", "render_ris"])
def test_no_works_are_no_text(name):
    assert getattr(references, name)([]) == ""
