"""``notes``: written, found, linked and deleted from a terminal."""

import io


def test_notes_are_written_found_and_taken_away(normatlas, norm, monkeypatch):
    assert normatlas("notes", "list").err.count("normatlas notes add") == 1
    monkeypatch.setattr("sys.stdin", io.StringIO(f"# Plan\n\nStart at [[{norm}|the norm]]."))
    memo = normatlas.done("notes", "add", "-")
    assert (memo["record"], memo["tag"]) == (None, None)
    on_record = normatlas("notes", "add", "A zyxomat.", "--record", norm).out.strip()
    assert normatlas("notes", "list").out.splitlines() == [
        f"{on_record}\t{norm}\tA zyxomat.",
        f"{memo['note']}\t\tPlan",
    ]
    (link,) = normatlas.done("notes", "links", norm)["links"]
    assert (link["source"], link["words"]) == (f"note:{memo['note']}", "Plan Start at the norm.")
    assert "in your note on the record" in normatlas("search", "in:notes", "zyxomat").out
    assert normatlas("notes", "write", on_record, "Quaxly").out == "Quaxly\n"
    deleted = normatlas.done("notes", "delete", f"note:{on_record}", memo["note"])
    assert deleted["step"] == "Delete 2 notes"
    normatlas("notes", "show", on_record).assert_refused(2, "no note", "deleted")
