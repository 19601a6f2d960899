"""``list`` and ``show`` on the shipped reference."""

import json

import pytest


def test_list_has_every_record(normatlas):
    answer = normatlas.done("list")
    counts = {}
    for record in answer["records"]:
        counts[record["kind"]] = counts.get(record["kind"], 0) + 1
    assert answer["total"] == len(answer["records"])
    assert (counts["norm"], counts["instrument"], counts["initiative"]) == (147, 155, 155)
    assert (counts["participant"], counts["event"]) == (544, 260)
    assert counts["source"] > 1000  # exactly: the test of the shipped pack


def test_list_is_one_line_a_record(normatlas, norm):
    lines = normatlas("list", "--kind", "norms,events").out.splitlines()
    assert len(lines) == 147 + 260
    cells = next(line.split("\t") for line in lines if line.startswith(norm))
    assert cells == [norm, "norm", "Do not damage critical infrastructure"]


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        ("seed=yes", lambda record: record["seed"]),
        ("verified=no", lambda record: not record["verified"]),
        ("type=State", lambda record: record["type"] == "state"),
        ("year=2011", lambda record: record["year"] <= 2011),
        ("year=2014..2015", lambda record: record["year"] <= 2015),
        ("year=..1999", lambda record: record["year"] <= 1999),
    ],
)
def test_list_where(normatlas, where, holds):
    found = normatlas.done("list", "--where", where)["records"]
    assert 0 < len(found) < 1900
    assert all(holds(record) for record in found)


def test_list_where_conditions_all_hold(normatlas):
    both = normatlas.done("list", "--kind", "norm", "--where", "seed=yes", "--where", "year=2011")
    one = normatlas.done("list", "--kind", "norm", "--where", "seed=yes")
    assert 0 < both["total"] < one["total"]


def test_show_json_has_the_contracts_shape(normatlas, norm):
    record = normatlas.done("show", norm)
    assert record["record"] == norm
    assert record["kind"] == "norm"
    assert len(record["sha256"]) == 64
    for passage in record["passages"]:
        assert {"n", "kind", "level", "start", "end", "label", "page"} <= passage.keys()
    joined = "\n".join(record["text"][p["start"] : p["end"]] for p in record["passages"])
    assert joined == record["text"]
    assert record["facts"]
    for fact in record["facts"]:
        assert {"text", "year", "source", "verified"} <= fact.keys()
    stated = [tie for tie in record["relations"] if tie["predicate"] == "stated-in"]
    assert "instrument:gge-2015" in [tie["record"] for tie in stated]
    keys = {"predicate", "record", "title", "since", "until", "role", "source"}
    assert all(keys <= tie.keys() for tie in record["relations"])
    assert isinstance(record["fields"], dict)


def test_show_text_is_the_canonical_text_alone(normatlas, norm):
    assert normatlas("show", norm, "--text").out == normatlas.done("show", norm)["text"] + "\n"


def test_show_reads_as_an_article(normatlas, norm):
    record = normatlas.done("show", norm)
    said = normatlas("show", norm).out
    assert said.startswith(record["title"])
    assert record["summary"] in said
    for fact in record["facts"]:
        assert fact["text"] in said
        if fact["source_title"]:
            assert fact["source_title"] in said
    for tie in record["relations"]:
        assert tie["title"] in said


def test_show_says_what_is_not_verified(normatlas):
    for entry in normatlas.done("list", "--kind", "initiative", "--where", "seed=yes")["records"]:
        record = normatlas.done("show", entry["record"])
        if any(not fact["verified"] for fact in record["facts"]):
            assert "not verified" in normatlas("show", entry["record"]).out
            return
    pytest.fail("the reference has unverified facts")


def test_show_says_dates_in_words(normatlas):
    said = normatlas("show", "initiative:london-conference-on-cyberspace").out
    assert "1–2 November 2011" in said
    assert "2011-11-01/2011-11-02" not in said


def test_show_markdown_is_an_article_with_links(normatlas, norm):
    said = normatlas("show", norm, "--markdown").out
    assert said.startswith("# Do not damage critical infrastructure\n")
    assert "\n## " in said
    assert "](<instrument:gge-2015>)" in said
    assert "\n\n\n" not in said


def test_unknown_key_suggests_the_near_one(normatlas):
    normatlas("show", "norm:gge-13f-no-ci-damages").assert_refused(2, "norm:gge-13f-no-ci-damage")


def test_not_a_key(normatlas):
    normatlas("show", "no key").assert_refused(2, "no key", "norm:due-diligence")


def test_json_keeps_every_script(normatlas, norm):
    said = normatlas("show", norm, "--json").out
    assert json.loads(said) == normatlas.done("show", norm)
    assert "\\u" not in said
