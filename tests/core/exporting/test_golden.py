"""Each format, byte by byte. NORMATLAS_WRITE_GOLDEN=1 writes the files anew, to be looked at."""

import os
from pathlib import Path

import pytest

from core.exporting import full_json, html, jsonld, markdown, tables
from tests.core.exporting.sample import sample_report

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize(
    ("render", "name"),
    [
        (markdown.render, "report.md"),
        (html.render, "report.html"),
        (tables.render_csv, "report.csv"),
        (full_json.render, "report.json"),
        (jsonld.render, "report.jsonld"),
    ],
)
def test_a_report_comes_out_as_it_always_did(render, name):
    made = render(sample_report()).encode()
    if os.environ.get("NORMATLAS_WRITE_GOLDEN"):
        (GOLDEN / name).write_bytes(made)
    assert made == (GOLDEN / name).read_bytes()
    assert made == render(sample_report()).encode()
