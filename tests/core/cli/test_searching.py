"""``search`` as a user types it."""

import html
import re

import pytest


def test_search_finds_and_marks(normatlas):
    answer = normatlas.done("search", "critical", "infrastructure")
    assert answer["query"] == "critical infrastructure"
    assert answer["total"] >= len(answer["hits"]) == 20
    assert answer["seconds"] >= 0
    assert {"suggestion", "facets"} <= answer.keys()
    for hit in answer["hits"]:
        keys = {"record", "kind", "title", "passage", "start", "end", "score", "snippet", "year"}
        assert keys | {"annotation"} <= hit.keys()
        assert re.search(r"<mark>[^<]+</mark>", hit["snippet"])
        rest = re.sub(r"</?mark>", "", hit["snippet"])
        assert html.escape(html.unescape(rest), quote=False) == html.escape(
            html.unescape(rest), quote=False
        )
        assert "<" not in rest


def test_offsets_lead_into_the_text(normatlas):
    for hit in normatlas.done("search", '"critical infrastructure"', "--limit", "5")["hits"]:
        text = normatlas.done("show", hit["record"])["text"]
        assert 0 <= hit["start"] < hit["end"] <= len(text)


def test_narrowing_by_kind_year_and_participant(normatlas):
    kinds = normatlas.done("search", "cyber", "--kind", "event,instrument")
    assert {hit["kind"] for hit in kinds["hits"]} <= {"event", "instrument"}
    early = normatlas.done("search", "cyber", "--to", "2011")
    assert all(hit["year"] <= 2011 for hit in early["hits"] if hit["year"])
    everywhere = normatlas.done("search", "convention")["total"]
    korea = normatlas.done("search", "convention", "--participant", "South Korea")["total"]
    assert 0 < korea < everywhere


def test_pages_follow_on_one_another(normatlas):
    whole = normatlas.done("search", "security", "--limit", "6")["hits"]
    first = normatlas.done("search", "security", "--limit", "3")["hits"]
    second = normatlas.done("search", "security", "--limit", "3", "--offset", "3")["hits"]
    assert [hit["record"] for hit in first + second] == [hit["record"] for hit in whole]


def test_facets_count(normatlas):
    facets = normatlas.done("search", "cyber", "--facets")["facets"]
    assert sum(facets["kind"].values()) > 0
    assert "kind: " in normatlas("search", "cyber", "--facets").out
    assert "kind: " not in normatlas("search", "cyber").out


def test_notes_are_found_at_once(normatlas, norm):
    normatlas.done("annotate", norm, "--start", "0", "--end", "10", "--note", "A zyzzyva remark.")
    (hit,) = normatlas.done("search", "zyzzyva", "--in", "notes")["hits"]
    assert hit["record"] == norm
    assert hit["annotation"]


def test_tagged_passages_are_found(normatlas, norm):
    normatlas.done("tags", "add", "CBM/Hotlines")
    normatlas.done("annotate", norm, "--start", "0", "--end", "38", "--tag", "CBM/Hotlines")
    hits = normatlas.done("search", "infrastructure", "--tag", "cbm")["hits"]
    assert {hit["record"] for hit in hits} == {norm}


def test_plain_output_marks_hits(normatlas):
    said = normatlas("search", "sovereignty", "--limit", "3")
    assert "**" in said.out
    assert "<mark>" not in said.out
    assert "1 to 3 of" in said.err


@pytest.mark.parametrize("query", ['"', "(", "AND", "kind:", "year:x..y", "NOT", "a^^b", "*", "🙂"])
def test_no_query_breaks_it(normatlas, query):
    outcome = normatlas("search", "--json", "--", query)
    assert outcome.code == 0, outcome
    assert outcome.json["query"] == query


@pytest.mark.parametrize("query", ["", "   ", "\u00a0"])
def test_an_empty_query_is_refused(normatlas, query):
    normatlas("search", query).assert_refused(2, "empty")


def test_unknown_tag_and_participant(normatlas):
    normatlas("search", "x", "--tag", "Nowhere").assert_refused(2, "Nowhere", "tags")
    normatlas("search", "x", "--participant", "atlantis").assert_refused(2, "participant:atlantis")


def test_every_facet_is_printed(normatlas):
    facets = normatlas.done("search", "cyber", "--facets")["facets"]
    assert {"kind", "theme", "year", "participant", "record", "tag", "language"} == facets.keys()
    narrowed = normatlas.done("search", "cyber", "--record", next(iter(facets["record"])))
    assert narrowed["total"] == 1
    english = normatlas.done("search", "cyber", "--language", "EN")["total"]
    assert english == facets["language"]["en"]


def test_answers_are_sorted(normatlas):
    newest = normatlas.done("search", "cyber", "--kind", "event", "--sort", "date")["hits"]
    years = [hit["year"] for hit in newest]
    assert years == sorted(years, reverse=True)
    oldest = normatlas.done("search", "cyber", "--kind", "event", "--sort", "oldest")["hits"]
    assert oldest[0]["year"] < years[-1]
    titles = normatlas.done("search", "cyber", "--kind", "norm", "--sort", "title")["hits"]
    assert [h["title"].casefold() for h in titles] == sorted(h["title"].casefold() for h in titles)
    assert normatlas("search", "cyber", "--sort", "size").code == 2


def test_keywords_in_context(normatlas):
    found = normatlas.done("search", "sovereignty", "--context", "right", "--limit", "5")
    assert found["passages"] > 5
    assert found["total"] >= 5 == len(found["lines"])
    assert {line["hit"].casefold() for line in found["lines"]} == {"sovereignty"}
    said = normatlas("search", "sovereignty", "--context", "place", "--limit", "2")
    assert said.out.count("**sovereignty**") + said.out.count("**Sovereignty**") == 2
    assert "1 to 2 of" in said.err
    assert normatlas("search", "zzzqqq", "--context", "left").err.endswith("Nothing found.\n")
