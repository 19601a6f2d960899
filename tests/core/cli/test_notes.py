"""``notes``: written, found, linked and deleted from a terminal."""

import io


def test_notes_are_written_found_and_taken_away(normatlas, norm, monkeypatch):
    assert normatlas("notes", "list").err.count("normatlas notes add") == 1
    normatlas("tags", "add", "Harm")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"# Plan\n\nStart at [[{norm}|the norm]]."))
    memo = normatlas.done("notes", "add", "-")
    assert (memo["record"], memo["tag"]) == (None, None)
    assert memo["text"].startswith("# Plan")
    on_record = normatlas.done("notes", "add", "A zyxomat.", "--record", norm)
    on_tag = normatlas("notes", "add", "Not espionage.", "--tag", "Harm").out.strip()
    assert normatlas.done("notes", "list")["total"] == 3
    assert normatlas.done("notes", "list", "--text", "zyx")["notes"] == [on_record]
    lines = normatlas("notes", "list", "--tag", "harm").out.splitlines()
    assert lines == [f"{on_tag}\tHarm\tNot espionage."]
    (link,) = normatlas.done("notes", "links", norm)["links"]
    assert (link["source"], link["words"]) == (f"note:{memo['note']}", "Plan Start at the norm.")
    assert "Start at the norm" in normatlas("notes", "links", norm).out
    found = normatlas("search", "in:notes", "zyxomat").out
    assert "in your note on the record" in found
    assert normatlas("notes", "write", on_tag, "Quaxly").out == "Quaxly\n"
    assert normatlas.done("search", "quaxly")["hits"][0]["kind"] == "note"
    assert normatlas.done("notes", "delete", on_tag, memo["note"])["step"] == "Delete 2 notes"
    normatlas("notes", "show", on_tag).assert_refused(2, "no note", "deleted")
    normatlas("notes", "add", "x", "--record", norm, "--tag", "Harm").assert_refused(
        2, "not on both"
    )
    assert normatlas("notes", "show", f"note:{on_record['note']}").out == "A zyxomat.\n"
